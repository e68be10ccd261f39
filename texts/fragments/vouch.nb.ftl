### Noen andre går god for en person: dit, tilbake, og tilbake med tomme hender.

sign-in-with = Logg inn med { $provider }
sign-in-again = Prøv igjen med { $provider }
sign-in-other-way = En annen måte
who-or = Eller logg inn
who-vouched = { $provider } har fortalt oss hvem du er. Vi trenger også e-postadressen din til svaret.
leaving-title = Du er på vei
leaving-lead = Du logger inn med { $provider } og kommer tilbake hit etterpå. Vi ser verken passordet eller koden din.
not-vouched-kept = Det du har skrevet her, er tatt vare på.
not-vouched-declined-title = Du logget ikke inn
not-vouched-declined = { $provider } slapp ingen inn. Kanskje ombestemte du deg. Ingenting har skjedd.
not-vouched-down-title = Ikke noe svar akkurat nå
not-vouched-down = Vi får ikke tak i { $provider }. Det er ikke din feil. Prøv igjen om noen minutter, eller velg en annen måte.
not-vouched-wrong-title = Vi kunne ikke stole på svaret
not-vouched-wrong = { $provider } svarte, men ikke slik det skal. Derfor brukte vi ikke svaret. Prøv igjen. Si fra til oss hvis det skjer en gang til.
not-vouched-stale-title = Logg inn en gang til
not-vouched-stale = Det er mer enn fem minutter siden du logget inn med { $provider }. Vi spør en gang til, i tilfelle noen andre bruker maskinen din nå.
not-vouched-weak-title = Du må logge inn sikrere
not-vouched-weak = Du er logget inn med { $provider }, men på en enkel måte. Her må vi være sikrere. Velg den sikreste måten du har der.
not-vouched-lost-title = Vi mistet tråden
not-vouched-lost = Det tok for lang tid, eller du begynte i et annet vindu. Start på nytt.
not-vouched-nobody-title = Vi vet ikke hvem dette er
not-vouched-nobody = Du er logget inn med { $provider }. Men vi får verken et kundenummer eller en e-postadresse som er sjekket. Velg en annen måte.
