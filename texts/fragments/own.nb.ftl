### Å vise hvem man er med noe man selv har satt opp: en kode-app, en passnøkkel, reservekoder.

own-title = Vis enklere neste gang hvem du er
own-lead = Sett opp en kode-app eller en passnøkkel. Må vi neste gang være sikrere på at det er deg, er det nok.
own-settles = Det du setter opp, teller for saker du sender tre dager senere eller mer. Vi sier fra på e-post. Var det ikke du, har du tid til å stoppe det.
own-prove = Før du endrer noe, sjekker vi at det er deg. Vi sender en kode til e-postadressen din.
own-list = Dette har du satt opp
own-app = Sett opp en kode-app
own-app-what = En app på telefonen som viser en ny kode hvert halve minutt.
own-app-title = Sett opp kode-appen din
own-app-beside-title = En kode-app til
own-app-beside = Appen du har nå, virker til du fjerner den.
own-passkey-title = Lag passnøkkelen din
own-codes-title = Reservekodene dine
own-codes-lead = Mister du telefonen eller passnøkkelen, kan du skrive en av disse der vi spør om koden fra appen. Hver kode virker én gang.
prove-app = Kode fra appen min
prove-app-hint = Eller en reservekode
prove-passkey = Passnøkkel
prove-passkey-hint = Fingeravtrykk, ansikt eller PIN
use-app-title = Skriv koden fra appen din
use-app-hint = 6 sifre, eller en reservekode. Hver kode virker én gang
use-passkey-title = Vis med passnøkkelen hvem du er
use-passkey-other = Velg en annen måte
mail-account-not-you-subject = Var det ikke du? Ring eller skriv til oss med en gang. På siden til saken din kan du fjerne det som er satt opp.
letter-account-changed = E-post om at en nøkkel ble endret
fact-factor-added = Personen satte opp en nøkkel
fact-factor-removed = Personen fjernet en nøkkel
fact-recovery-renewed = Personen laget nye reservekoder
