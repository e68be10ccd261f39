### The rights that change something: letters, facts, forms.

# Parts of letters
mail-received-reference = Saksnummeret ditt er { $reference }.
mail-rights = Du kan også be oss rette, slette eller slutte å bruke opplysninger om deg.
mail-ready-withheld = Noe er holdt tilbake, fordi vi ikke er sikre nok på at det er deg (Art. 12(6)). Svar på denne e-posten, så finner vi en måte.
mail-done-none-kept = Vi har ikke beholdt noe.

# Taking along (Art. 20)
mail-portable-lead = Filen din er klar til { $date }. Den har opplysningene du har gitt oss, i et format som programmer kan lese (Art. 20).
mail-portable-left-out = Dette er ikke med. Grunnen står i filen:
mail-portable-all = Vi har ikke utelatt noen slags opplysninger.

# Corrected (Art. 16)
mail-corrected-lead = Dette har vi rettet (Art. 16):
mail-corrected-none = Vi har ikke rettet noe.
mail-corrected-refused = Dette har vi ikke rettet:
mail-corrected-all = Alt du ba om, er rettet.
letter-not-held = Vi fant ikke dette i systemene våre.

# Restricted, stopped, lifted (Art. 18, 21, 7(3))
mail-restricted-lead = Bruken er satt på pause (begrensning, Art. 18). Vi lagrer disse opplysningene, men bruker dem ikke. Du får beskjed før pausen slutter:
mail-lifted-lead = Pausen er slutt (Art. 18). Vi bruker disse opplysningene som før:
mail-stays-lead = Vi har lest det du skrev. Pausen fortsetter, og vi bruker ikke opplysningene (Art. 18). Du trenger ikke gjøre noe.
mail-upheld-lead = Du sa nei, og grunnen din veier mest. Vi har sluttet å bruke disse opplysningene (Art. 21):
mail-overridden-lead = Du sa nei (protesterte, Art. 21). Vi har veid det, og mener at vi har en sterkere grunn:
mail-overridden-next = Etter denne e-posten bruker vi opplysningene igjen.
mail-marketing-lead = Du får ikke mer reklame fra oss (Art. 21(3)). Vi har stoppet det her:
mail-consent-lead = Samtykket ditt er trukket (Art. 7(3)). Vi har stoppet dette:
mail-lift-subject = Viktig om saken din { $reference }
mail-lift-lead = Bruken av opplysningene dine er på pause (begrensning, Art. 18). Snart vil vi avslutte pausen og bruke dem igjen.
mail-lift-speak = Er du uenig? Si fra på siden innen { $date }. Ellers slutter pausen.
lift-contested = Du sa at opplysningene er gale. Vi er ferdige med å sjekke dem.
lift-unlawful = Du sa at vi ikke har lov til å bruke dem. Vi har sett på det.
lift-claims = Du trengte dem til et krav. Så vidt vi vet, gjør du ikke det lenger.
lift-objected = Du sa nei til bruken. Vi er ferdige med å vurdere det.
lift-over = Slik vi ser det, er grunnen borte.

# To a recipient (Art. 19)
mail-recipient-subject-erased = Sletting hos dere – { $reference }
mail-recipient-lead-erased = Til { $recipient }. Dere har mottatt opplysninger om en person fra { $name }. Personen har fått dem slettet hos oss (personvernforordningen art. 17 og 19).
mail-recipient-what-erased = Slettet { $date }:
mail-recipient-do-erased = Slett det samme hos dere, eller fortell oss hvorfor dere må beholde det. Svar på denne e-posten og oppgi { $reference }.
mail-recipient-subject-corrected = Retting hos dere – { $reference }
mail-recipient-lead-corrected = Til { $recipient }. Dere har mottatt opplysninger om en person fra { $name }. Personen har fått dem rettet hos oss (personvernforordningen art. 16 og 19).
mail-recipient-what-corrected = Rettet { $date }:
mail-recipient-do-corrected = Rett det samme hos dere, eller fortell oss hvorfor ikke. Svar på denne e-posten og oppgi { $reference }.
mail-recipient-subject-restricted = Pause hos dere – { $reference }
mail-recipient-lead-restricted = Til { $recipient }. Dere har mottatt opplysninger om en person fra { $name }. Bruken av dem er nå satt på pause hos oss (begrensning, personvernforordningen art. 18 og 19).
mail-recipient-what-restricted = Satt på pause { $date }:
mail-recipient-do-restricted = Lagre det, og bruk det ikke til noe annet før vi skriver igjen. Svar på denne e-posten og oppgi { $reference }.
mail-recipient-subject-lifted = Pausen er slutt – { $reference }
mail-recipient-lead-lifted = Til { $recipient }. Dere har mottatt opplysninger om en person fra { $name }. Pausen vi meldte om, er slutt (opphevet begrensning, personvernforordningen art. 18 og 19).
mail-recipient-what-lifted = Slutt { $date }:
mail-recipient-do-lifted = Dere kan bruke det som før. Svar på denne e-posten og oppgi { $reference }.
mail-recipient-subject-stopped = Stans hos dere – { $reference }
mail-recipient-lead-stopped = Til { $recipient }. Dere har mottatt opplysninger om en person fra { $name }. Personen vil ikke at de brukes mer, og vi har stoppet det (personvernforordningen art. 7(3), 19 og 21).
mail-recipient-what-stopped = Stanset { $date }:
mail-recipient-do-stopped = Slutt å bruke det, eller fortell oss hvorfor ikke. Svar på denne e-posten og oppgi { $reference }.

# Names of letters
letter-portability-ready = Filen er klar
letter-rectification-done = Svar på rettingen
letter-restriction-done = Bruken er satt på pause
letter-lift-notice = Varsel om at pausen slutter
letter-restriction-lifted = Pausen er slutt
letter-restriction-stays = Pausen fortsetter
letter-objection-upheld = Medhold i innsigelsen
letter-objection-overridden = Avslag på innsigelsen
letter-marketing-stopped = Reklamen er stoppet
letter-consent-stopped = Samtykket er trukket

# What the log says
fact-change-planned = En plan for endringer ble laget
fact-system-corrected = Et system ble rettet
fact-system-restricted = Bruken ble stoppet i et system
fact-system-lifted = En pause ble avsluttet i et system
fact-change-verified = Endringen ble lest tilbake
fact-objection-sorted = Innsigelsen ble sortert
fact-clock-extended = Vi så om fristen kan forlenges
fact-erasure-accounted = Vi så om noe alt er slettet

# Forms and outcomes
form-correction-decision = Bestem hva som rettes
form-correction-decision-lead = Stemmer det personen sier? Grunn kreves ikke. Det du ikke retter, må du begrunne.
form-correction-proof = Rett for hånd
form-correction-proof-lead = Rett dette selv i systemet. Skriv hva du gjorde og når. Et bilag rettes med et nytt bilag.
form-restriction-decision = Bestem om bruken settes på pause
form-restriction-decision-lead = Passer en av de fire grunnene til en pause (begrensning, Art. 18(1))? Er du i tvil, sett på pause først.
form-restriction-proof = Stopp bruken for hånd, eller avslutt pausen
form-restriction-proof-lead = Systemet kan ikke gjøre dette selv. Gjør det, og skriv hva du gjorde og når.
form-lift-objection = Personen kan si nei til at pausen slutter
form-lift-objection-lead = Vi venter på personen.
form-lift-decision = Skal pausen avsluttes?
form-lift-decision-lead = Personen har sagt nei. Les det, og bestem.
form-objection-balance = Vei innsigelsen
form-objection-balance-lead = Bruken er stanset. Bare tvingende grunner, eller et rettskrav, veier tyngre enn personen (Art. 21(1)).
outcome-correct = Rett alt
outcome-correction-decision-partly = Rett det jeg har krysset av
outcome-restrict = Sett bruken på pause
outcome-lift = Avslutt pausen
outcome-stays = Pausen fortsetter
outcome-upheld = Gi medhold
outcome-overridden = Våre grunner veier tyngre
outcome-objects = Personen sier nei

# What the handler sees
hint-why = Personen skriver
hint-kinds = Gjelder
ask-ground-contested = Opplysningene er gale, sier personen – Art. 18(1)(a)
ask-ground-unlawful = Bruken er ulovlig, men de skal ikke slettes – Art. 18(1)(b)
ask-ground-claims = Personen trenger dem til et krav – Art. 18(1)(c)
ask-ground-objected = En innsigelse blir veid – Art. 18(1)(d)
task-changes = Dette blir endret
task-change-now = Nå
task-change-to = Blir
task-apply = Rettes når du velger en del
task-not-held = Dette fant vi ikke, så det kan ikke rettes:
by-hand-append-only = For hånd: det er bokført, og rettes med et nytt bilag
by-hand-differs = For hånd: ingenting sier det personen sier at det sier
by-hand-several = For hånd: flere passer, og vi vet ikke hvilken
by-hand-unreadable = For hånd: det er en fil, eller den lot seg ikke lese
by-hand-no-flag = For hånd: systemet kan ikke merke dette
by-hand-inside = For hånd: det ligger inne i et dokument eller en liste
plan-lead-changes = Dette endrer vi, felt for felt. Planen er låst.
case-lift = Avslutt pausen
case-lift-lead = Personen får beskjed først, og kan si nei i 14 dager.

# What is wrong with a form
problem-apply-missing = Kryss av for minst én retting, eller avslå
problem-apply-unknown = Denne rettingen er ikke i planen. Last siden på nytt.

mail-fee-subject = En kopi til koster noe, sak { $reference }
mail-fee-lead = Du ba om de samme opplysningene { $before }, og vi sendte dem. En kopi til koster { $fee }.
mail-fee-now = Si på siden innen { $date } om du vil ha den. Du betaler bare hvis du sier ja. Da får du kopien og en faktura. Vil du ikke ha den, trekker du forespørselen: det er gratis.
letter-fee-notice = Varsel om at en kopi til koster noe
form-fee-decision = Bestem om en kopi til koster noe
form-fee-decision-lead = De samme opplysningene ble sendt for mindre enn et år siden. Ta bare det kopien koster oss, og bare hvis ingenting er endret. Skriv hvorfor, slik at personen kan lese det.
form-fee-answer = Personen sier om kopien kan koste noe
form-fee-answer-lead = Vi venter på personen.
outcome-free = Kopien er gratis
outcome-charge = Be om gebyret
mail-portable-delivered = Vi har også sendt filen rett til { $name }, slik du ba om (Art. 20(2)).
mail-portable-undelivered = Vi fikk ikke sendt filen til { $name }. Du kan laste den ned og gi den videre selv.
form-transmission-proof = Gi filen videre for hånd
form-transmission-proof-lead = Det andre selskapet tok ikke imot filen. Send den på en annen trygg måte, eller skriv hvorfor det ikke går. Personen får lese at den ikke kom fram.
outcome-delivered = Det andre selskapet har filen
mail-message-subject = Du har en melding fra oss, sak { $reference }
mail-message-lead = Det ligger en melding fra oss om saken din. Les den på siden din:
letter-message-waits = E-post om at en melding venter
form-message-reply = Svar på en melding
form-message-reply-lead = Personen skrev til oss. Det du skriver, vises på siden hennes; e-posten sier ikke hva som står der. Det er ingen avgjørelse om forespørselen.
outcome-answered = Send svaret
hint-message = Hun skrev
