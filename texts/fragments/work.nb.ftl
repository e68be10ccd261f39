### Ett system i én sak: hva det ble spurt om, hvert forsøk, hva det svarte.

work-title = Et system i sak { $reference }
work-again = Nytt forsøk { $moment }.
work-asked = Hva det ble spurt om
work-asked-lead = Hver setning eller hvert kall én gang, med et navn eller et spørsmålstegn der verdiene står. Et søk bruker bare dem som tidligere svar fører til.
work-asked-none = Ingenting er sendt til systemet.
work-when = Når
work-what = Hva
work-who = Hvem
work-came = Resultat
work-attempts-none = Ingen har prøvd noe ennå.
work-replies = Hva som kom tilbake
work-replies-none = Ingenting har kommet tilbake ennå.
work-by-person = sagt av en medarbeider
work-by-system = svar fra systemet
work-evidence = Bevis (SHA-256)
work-system = Om systemet

doing-locate = Finne
doing-locate-mailbox = Finne det som sendes
doing-erase = Slette
doing-verify-erased = Lese etter
doing-erase-deferred = Slette det som var spart til i dag
doing-held-restrict = Bare lagre, fordi en sperre holder på det
doing-held-lift = Gi tilbake det en sperre holdt på
doing-correct = Rette
doing-verify-corrected = Lese etter rettingen
doing-restrict = Stanse bruken
doing-verify-restricted = Lese etter stansen
doing-lift = Avslutte pausen
doing-verify-lifted = Lese etter avslutningen

came-done = Gjort
came-found = Noe ble funnet
came-nothing = Det var ingenting der
came-erased = Slettet
came-blocked = En sperre stanset det
came-clean = Alt er som det skal
came-remains = Noe står der ennå
came-corrected = Rettet
came-restricted = Stanset
came-lifted = Avsluttet
came-failed = Noe av det må gjøres for hånd

trouble-by-hand = Systemet kan ikke dette. En medarbeider gjør det.
trouble-busy = Systemet var opptatt.
trouble-away = Systemet svarte ikke.
trouble-too-much = Det tok for lang tid, eller var for mye på en gang.
trouble-map = Systemet og datakartet stemmer ikke overens.
trouble-changed = Noen har endret dataene etter at planen ble laget.
trouble-guarded = Systemets egne regler stanset det.
trouble-answer = Svaret fra systemet kunne ikke brukes.
trouble-denied = Systemet slipper ikke habeas inn.
trouble-refused = Systemet sier at det ikke kan gjøres.
trouble-broken = Systemet svarte med en feil.
trouble-other = Det kunne ikke gå videre.

count-records = Poster
count-deleted = Slettet
count-cleared = Delvis tømt
count-already-gone = Borte fra før
count-changed = Felt som ble endret
count-already = Felt som sa det fra før
count-gone = Felt i poster som er borte
count-checked = Poster lest etter
count-ticked = Punkter krysset av

fact-system-signed-off = En medarbeider skrev under på arbeidet
