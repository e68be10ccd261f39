### Letters.

# In every letter
mail-open = Åpne saken
mail-open-invitation = Velg passord
mail-open-hold-review = Se på sperren
mail-open-erasures-stopped = Se på det
mail-open-drift = Se hva det er
mail-open-withdrawal-confirmed = Begynn på nytt
mail-open-asked-for-you = Jeg vil stoppe det
mail-open-erasure-notice = Jeg vil stoppe det
mail-open-recipient-notice = Svar oss
mail-open-code = Gå videre
mail-sign = Hilsen { $name }
mail-contact = Du kan svare på denne e-posten, skrive til { $email } eller ringe { $phone }.
mail-follow = Følg saken her:
mail-whole-answer = Hele svaret står her:
mail-complain-short = Du kan når som helst klage til { $authority }.
mail-complain = Du kan klage til { $authority }. Du trenger ikke spørre oss først.
mail-disagree = Er du uenig? Be oss se på det igjen: skriv til { $email } og oppgi { $reference }.
mail-decided-subject = Vi har svart på saken din { $reference }

# 1 Code, and the links of "find my case"
mail-code-subject = Koden din er { $code }
mail-code-lead = Du, eller noen andre, skrev adressen din på personvernsiden til { $name }. Her er koden:
mail-code-until = Den virker til klokka { $time }.
mail-code-not-you = Var det ikke deg? Da kan du se bort fra denne e-posten. Ingenting skjer.
mail-links-subject = Lenken du ba om fra { $name }
mail-links-lead = Her er sakene dine hos oss. Hver lenke virker én gang, til { $time }.

# 2 Received
mail-received-subject = Vi har mottatt saken din { $reference }
mail-received-lead = Vi har mottatt saken. Du får svar senest { $date }. Du trenger ikke gjøre noe nå.

# 3 Question
mail-question-subject = Vi trenger noe fra deg – { $reference }
mail-question-lead = Vi jobber med saken din, men mangler noe:
mail-question-by = Svar på denne e-posten senest { $date }.
mail-question-else = Hører vi ikke fra deg, må vi svare ut fra det vi vet. Du kan alltid spørre på nytt.

# 4 Longer
mail-longer-subject = Saken tar lengre tid – { $reference }
mail-longer-lead = Vi trenger mer tid. Du får nå svar senest { $date }. Dette er grunnen:

# 5 Ready
mail-ready-subject = Svaret ditt er klart – { $reference }
mail-ready-lead = Kopien du ba om, ligger klar til { $date }.
mail-ready-open = Du kan lese alt på siden, eller laste ned en fil som virker uten nett.

# Before an erasure
mail-notice-subject = Viktig om saken din { $reference }
mail-notice-lead = Noen har bedt { $name } om å slette opplysningene dine.
mail-notice-you = Var det deg, trenger du ikke gjøre noe.
mail-notice-not-you = Var det ikke deg, eller har du ombestemt deg? Du kan stoppe det til { $moment }:

# 7 Answers
mail-done-all = Vi har slettet alt vi hadde om deg.
mail-done-partly = Vi har slettet det vi kan. Noe må vi beholde litt til.
mail-done-none-deleted = Vi har ikke slettet noe ennå.
mail-done-backups = Sikkerhetskopiene våre er også tomme for det senest { $date }.
mail-done-until = Vi beholder det til og med { $date }.
mail-done-review = Vi ser på det igjen { $date }.
mail-refused-lead = Vi har ikke gjort det du ba om. Dette er grunnen:

# Withdrawn
mail-withdrawn-subject = Saken din { $reference } er trukket
mail-withdrawn-lead = Du har trukket saken. Vi gjør ikke noe mer med den. Opplysningene blir der de er.
mail-withdrawn-not-you = Vil du likevel, kan du begynne på nytt når som helst:

# 8 The rest is gone
mail-rest-subject = Nå er resten slettet
mail-rest-lead = Vi lovet å si fra. { $date } slettet vi dette, som vi måtte beholde etter sak { $reference }:
mail-rest-all = Ingenting fra den saken er igjen. Du trenger ikke gjøre noe.
mail-rest-more =
    { $remaining ->
        [one] 1 type gjenstår
       *[other] { $remaining } typer gjenstår
    }. Vi skriver til deg når det også er borte.

# To a recipient
mail-recipient-person = Dere kjenner personen som: { $person }
mail-recipient-again = Vi skrev til dere om dette { $date } og har ikke fått svar.
mail-recipient-answer = Svar her. Dere trenger ingen konto. Lenken virker i 90 dager.
question-identity = Vi er ikke sikre på at det er deg. Hvordan kan vi sjekke det? Du trenger aldri å sende oss kopi av passet.

# To the owner of a system
mail-drift-subject = Noe er endret i { $label }
mail-drift-lead = I natt sammenlignet vi { $label } med det du har fortalt oss om det. { $problems ->
    [one] Én ting stemmer ikke.
   *[other] { $problems } ting stemmer ikke.
 }
mail-drift-do = Se på det. Vi kan gå glipp av opplysninger om noen til du har gjort det.
mail-drift-left = Skal det være slik? Skriv hvorfor på den siden. Da får du ikke flere e-poster om det.

# Til den som svarer for en sperre
mail-review-subject = Se på sperre { $hold } igjen
mail-review-soon = Noen må se på sperre { $hold } igjen senest { $date }.
mail-review-today = Noen må se på sperre { $hold } igjen i dag.
mail-review-overdue = Noen skulle ha sett på sperre { $hold } igjen senest { $date }.
mail-review-do = Trengs den ennå? Skriv hvorfor og hvor lenge. Hvis ikke, be om å oppheve den.
mail-review-holds = Til da gjelder den som før. Vi minner deg på det.
