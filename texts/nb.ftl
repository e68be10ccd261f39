### Pages for the person, and what every page shares.

# Around every page
skip-to-content = Hopp til innholdet
face-portal = personvern
face-desk = saksbord
face-room = innsynsrom
face-demo = demo
nav-language = Språk
nav-foot = Om siden
nav-help = Hjelp og kontakt
nav-find = Finn saken min
nav-rights = Rettighetene dine
nav-about = Om denne siden
nav-accessibility = Tilgjengelighet
back = Tilbake
continue = Fortsett
change = Endre
leave = Forlat raskt
pages = Sider
pages-before = Forrige
pages-next = Neste
pages-at = Side { $page } av { $pages }
contact-heading = Snakk med oss
why-heading = Hvorfor spør vi?
never-passport = Vi ber aldri om kopi av pass eller førerkort her.
complaint-text = Du kan klage til { $authority }. Du trenger ikke spørre oss først.
complaint-court = Du kan også ta saken til retten.
free-of-charge = Dette koster deg ingenting.

# When a form needs another look
problem-title-prefix = Feil:
problem-heading = Noe må rettes
problem-right-missing = Velg hva du vil gjøre
problem-email-invalid = Skriv hele e-postadressen, for eksempel navn@eksempel.no
problem-code-wrong = Koden stemmer ikke. Sjekk de 6 tallene
problem-code-expired = Koden er for gammel. Be om en ny kode
problem-code-wait = Koden var feil fem ganger. Prøv igjen klokka { $time }
problem-kind-missing = Velg hvilket nummer du har
problem-number-missing = Skriv nummeret
problem-number-wrong = Nummeret hører ikke til denne e-postadressen. Sjekk det en gang til
problem-scope-missing = Velg alt eller noe
problem-kinds-missing = Kryss av for minst én ting
problem-sign-in = Adressen eller passordet stemmer ikke
problem-totp-wrong = Koden stemmer ikke, eller er brukt. Vent på neste kode
problem-outcome-missing = Velg et utfall
problem-reason-missing = Skriv hvorfor
problem-statute-missing = Skriv hvilken lov og paragraf grunnlaget viser til
problem-ground-missing = Velg et grunnlag i loven
problem-stale = Saken er endret siden du åpnet skjemaet. Se over og send en gang til
problem-basis-missing = Velg hvorfor det må bevares
problem-matter-missing = Skriv en referanse
problem-owner-missing = Skriv hvem som svarer for sperren
problem-review-invalid = Skriv en dato senest { $date }
problem-review-not-later = Velg en dag etter dagen som gjelder nå
problem-case-unknown = Det finnes ingen sak med dette nummeret
problem-date-invalid = Skriv en dato etter demoens dato

# Start
start-title = Bestem over opplysningene dine
start-lead = Her kan du se, rette eller slette opplysningene vi har om deg, og bestemme hvordan vi bruker dem. Det er gratis. Det tar som regel under fem minutter.
start-question = Hva vil du gjøre?
start-access = Se opplysningene mine
start-access-hint = Få en kopi du kan lese og lagre
start-erasure = Slette opplysningene mine
start-erasure-hint = Noe må vi beholde etter loven. Vi viser deg hva og hvorfor
start-portability = Flytte opplysningene mine
start-portability-hint = Få en fil du kan ta med til en annen
start-rectification = Rette noe som er feil
start-rectification-hint = Vis oss hva som er galt, og hva som er riktig
start-restriction = Sette bruken på pause
start-restriction-hint = Vi tar vare på opplysningene, men bruker dem ikke
start-objection = Si nei til reklame eller annen bruk
start-objection-hint = Reklame stopper vi med en gang
start-consent-withdrawal = Trekke tilbake et samtykke
start-consent-withdrawal-hint = Like lett som å si ja
start-other-ways = Andre måter
start-other-ways-text = Ring eller skriv til oss, også hvis du spør for barnet ditt eller en annen. Da hjelper en person deg.

# Who, code, second item
who-title = Hva er e‑postadressen din?
who-hint = Bruk den du har hos oss. Vi sender deg en kode
who-send = Send kode
who-no-mailbox = Jeg kommer ikke inn på den e‑posten
who-why = Vi må vite at det er deg, så ingen andre får se eller endre noe.
code-title = Sjekk e‑posten din
code-lead = Vi har sendt en kode til <strong>{ $address }</strong>.
code-neutral = Koden kommer innen to minutter. Kommer den ikke, sjekk adressen.
code-label = Kode
code-hint = 6 tall. Virker til klokka { $time }
code-again = Send en ny kode
code-sent-again = Vi har sendt en ny kode. Den gamle virker ikke lenger.
code-other-address = Bruk en annen adresse
code-missing-heading = Kommer ikke koden?
code-missing-text = Se i mappen for søppelpost. Sjekk at adressen er skrevet riktig.
item-title = Har du kundenummer eller ordrenummer?
item-lead = Du finner det på fakturaen eller i e-posten du fikk da du bestilte.
item-which = Hvilket nummer har du?
item-customer-number = Kundenummer
item-customer-number-hint = Står øverst på fakturaen
item-order-number = Ordrenummer
item-order-number-hint = Står i e-posten om bestillingen
item-number = Nummeret
item-neither = Jeg har ingen av dem
item-why = E-posten alene er ikke nok. Nummeret er noe bare du og vi vet.

# Scope, check
scope-title = Hva vil du at vi skal slette?
everything-erasure = Alt dere kan slette
everything-erasure-hint = Vi viser deg det som må bli, og hvorfor
scope-choose-hint = Velg mellom typene nedenfor
scope-kinds = Slett dette
scope-effect = Da stenges kontoen din. Det kan ikke angres.
scope-stays = Hva vi kanskje må beholde
scope-stays-lead = Vi ser på hver opplysning, og sier deg hva som ble igjen. Vi sletter det selv når tiden er ute.
stays-in-part = Bare den delen som trengs.
stays-until = Det som er fra i dag, kan bli liggende til og med <strong>{ $date }</strong>. Det som er eldre, slettes før.
stays-nothing = Vi vet ikke om noen regel som holder igjen noe av dette.
stays-hold = Er vi uenige om noe, kan mer bli til det er løst. Da sier vi hvorfor.
check-title = Se over før du sender
check-right = Du vil
check-email = E-postadresse
check-scope-erasure = Vi skal slette
check-language = Språk i svaret
check-then = Når du har sendt
check-then-access = Vi henter det vi har om deg, og lager en kopi. Du får e-post når den er klar.
check-then-erasure = En person ser over. Så venter vi i tre døgn, og du kan stoppe slettingen. Deretter sletter vi.
check-by = Du får svar senest <strong>{ $date }</strong>.
check-send-access = Be om kopi
check-send-erasure = Be om sletting

# Status
case-title-access = Saken din: se opplysninger
case-title-erasure = Saken din: slette opplysninger
case-title-portability = Saken din: flytte opplysninger
case-title-rectification = Saken din: rette opplysninger
case-title-restriction = Saken din: sette bruken på pause
case-title-objection = Saken din: si nei til bruk
case-title-consent-withdrawal = Saken din: trekke tilbake samtykke
case-lead-received = <strong>Vi har mottatt saken.</strong> Du får svar senest <strong>{ $due }</strong>. Du trenger ikke gjøre noe nå.
case-lead-checking = <strong>Vi sjekker at det er deg.</strong> Du får svar senest <strong>{ $due }</strong>. Du trenger ikke gjøre noe nå.
case-lead-working = <strong>Vi jobber med saken.</strong> Du får svar senest <strong>{ $due }</strong>. Du trenger ikke gjøre noe nå.
case-lead-waiting = Vi trenger noe fra deg
case-lead-answered = <strong>Vi har svart.</strong> Du kan lese svaret og skrive det ut.
case-lead-withdrawn = <strong>Du har trukket saken.</strong> Vi gjør ikke noe mer med den. Du kan begynne på nytt når du vil.
case-waiting-how = Svar senest <strong>{ $date }</strong> på e-posten vi sendte, eller skriv til { $email } og oppgi { $reference }.
case-waiting-clock = Fristen vår står stille mens vi venter på deg.
case-cooling = <strong>Vi er klare til å slette.</strong> Vi begynner <strong>{ $moment }</strong>. Til da kan du stoppe det.
case-cooling-not-you = Var det ikke du som ba om dette? Stopp slettingen nå.
case-stop = Stopp slettingen
case-extended = Saken tar lengre tid enn en måned.
case-late = Vi er for sene. Det beklager vi
case-late-lead = Du skulle hatt svar senest { $due }.
case-late-promise = Nå får du svar senest <strong>{ $date }</strong>.
case-complain = Klag til { $authority }
case-see-answer = Les svaret
case-see-data = Se opplysningene
case-download = Last ned kopi
case-troubled = Vi får ikke tak i dette ennå: { $system }. Vi prøver igjen av oss selv.
case-steps = Dette skjer
case-reference = Saksnummer
case-received = Mottatt
case-due = Svar senest
case-updated = Oppdatert klokka { $time }.
case-update = Oppdater siden
case-withdraw = Trekk saken tilbake
case-record = Utskrift av saken
step-received = Mottatt
step-identity = Vi vet at det er deg
step-collect = Vi henter opplysningene
step-decide = En person ser over
step-cooling = Du kan stoppe slettingen
step-erase = Vi sletter og svarer
step-answer = Du får kopien
step-state-done = ferdig
step-state-now = pågår nå
step-state-ahead = kommer
step-systems = { $done } av { $all } systemer er ferdige
step-by = Senest { $date }
withdraw-title = Vil du trekke saken?
withdraw-access = Vi slutter å hente opplysninger. Du får ikke noe svar.
withdraw-erasure = Vi sletter ikke noe. Opplysningene blir der de er.
withdraw-again = Du kan begynne på nytt når du vil.
withdraw-yes = Trekk saken
withdraw-no = Fortsett saken

# What we hold
held-title = Dette har vi om deg
held-lead = Hentet fra systemene våre { $time }. Trykk på en boks for å se alt.
held-kinds = Opplysninger
held-show = Vis «{ $kind }»
held-count = Antall
held-latest = Siste
held-where = Hvor
held-keep = Beholdes til
held-nothing = Vi har ingenting om deg under denne adressen.
held-withheld = Vises ikke her
held-withheld-lead = Dette har vi også. Det kan skade deg om feil person ser det. Derfor må vi være sikrere på at det er deg.
held-withheld-how = Slik får du se det
held-searched = Her har vi lett
held-empty = Vi lette, men fant ingenting av dette:
held-unread = Vi fikk ikke lest dette ennå: { $system }. Vi prøver igjen i natt.
keep-unknown = Ikke bestemt. Vi sier fra når vi vet det
tier-mailbox = kode på e-post
tier-second-item = e-post og kundenummer
tier-two-channels = kode på e-post og telefon
tier-substantial = innlogging med eID, eller en samtale med oss
tier-high = innlogging med BankID
kind-title = { $kind }: det vi har om deg
kind-lead =
    { $count ->
        [one] 1 oppføring
       *[other] { $count } oppføringer
    } · { $system }
kind-file = Hent filen ({ $size })
kind-empty = Tomt
kind-unreadable = Vi fikk ikke lest dette
kind-withheld = Vises når vi er sikrere på at det er deg
kind-other = Skjult, fordi det handler om en annen
kind-why = Hvorfor vi har det
kind-from = Hvor det kommer fra
kind-recipients = Hvem som har fått det
kind-nobody = Ingen andre enn oss.
kind-basis = Grunnlag i loven
kind-no-basis = Vi har ikke oppgitt rettsgrunnlaget ennå. Spør oss.
kind-basis-text = { $basis } i personvernforordningen
kind-keep = Hvor lenge
kind-automated = Avgjør en maskin noe?
kind-no-automated = Nei.

# Download
download-title = Last ned kopien din
download-file-title = Last ned filen din
download-lead = Filen ligger her til <strong>{ $date }</strong>. Så sletter vi denne kopien. Du kan alltid be om en ny.
download-file = Fil
download-size = Størrelse
download-checksum = Kontrollsum (SHA‑256)
download-get = Last ned ({ $size })
download-open = Slik åpner du filen
download-open-iphone = iPhone: åpne appen Filer og trykk på filen.
download-open-android = Android: åpne appen Filer, trykk på filen og velg Pakk ut.
download-open-computer = Datamaskin: dobbeltklikk på filen.
download-index = Åpne så <strong>index.html</strong>. Den virker uten nett.
download-preparing = Vi lager filen nå. Det tar noen minutter. Du får e-post når den er klar.
download-expired = Denne kopien er slettet, for å beskytte deg. Retten din til en kopi har du fortsatt.
download-again = Lag en ny kopi
download-inside = Hva er i filen?
download-inside-text = En side du kan lese, og de samme opplysningene som tabeller. Bilder og vedlegg er med.
download-inside-file = Tabeller (CSV) og det samme for programmer (JSON), med en side du kan lese. Du kan gi den til en annen bedrift.
download-care = Filen handler om deg. Lagre den der bare du kommer til.

# Result
outcome-copy-title = Kopien din er klar
outcome-copy =
    Vi fant { $kinds ->
        [one] <strong>1 type opplysninger</strong>
       *[other] <strong>{ $kinds } typer opplysninger</strong>
    } om deg. Kopien ligger her til <strong>{ $date }</strong>.
outcome-erased-title = Vi har slettet alt
outcome-partly-title = Vi har slettet det vi kan
outcome-nothing-title = Vi har ingenting om deg
outcome-refused-title = Vi har sagt nei
outcome-ratio = <strong>{ $deleted } av { $all } typer opplysninger er slettet.</strong>
outcome-ratio-rest = Vi må beholde { $kept } inntil videre. De står under, med grunn og dato.
outcome-all =
    <strong>{ $deleted ->
        [one] 1 type opplysninger
       *[other] { $deleted } typer opplysninger
    } er slettet.</strong> Vi beholder ingenting av det.
outcome-kept = Dette må vi beholde litt til
outcome-kept-lead = Vi bruker det bare til det loven krever, og til ikke noe annet.
outcome-kept-fields = Vi beholder bare dette av det:
outcome-kept-then = Når tiden er ute, sletter vi det av oss selv. Da får du en e-post.
until-day = Til og med <strong>{ $date }</strong>.
until-review = Til saken er avsluttet. Vi ser på det igjen <strong>{ $date }</strong>.
until-unknown = Vi kan ikke love en dato ennå. En person ser på det.
outcome-seen-by = Bare de som arbeider her, kan se det imens:
outcome-deleted = Dette har vi slettet
outcome-deleted-show =
    { $deleted ->
        [one] Vis den ene typen
       *[other] Vis de { $deleted } typene
    }
outcome-backups = Sikkerhetskopiene våre er også tomme for det senest <strong>{ $date }</strong>.
signed-off = Her gjorde en medarbeider jobben for hånd, og bekreftet det:
suppressed-title = Så ingen skriver til deg igjen
suppressed-what = Vi beholder e-postadressen din, låst og gjort om til en kode, og dagen da reklamen stoppet: { $date }. Vi bruker det bare til å la deg være i fred.
suppressed-until = Det slettes når du sier at du vil ha reklame igjen.
result-told = Disse har vi sagt fra til
outcome-told-nobody = Ingen andre hadde fått opplysningene fra oss.
told-sent-mail = Fikk beskjed på e-post { $date }. Har ikke svart ennå.
told-sent-by-hand = Fikk beskjed av en av oss { $date }.
told-acknowledged = Har gjort det samme. Det sa { $name } { $date }.
told-refused = Svarte { $date } at de ikke gjør det samme: { $reason }
told-sent-impossible = Fikk beskjed { $date }, og kan ikke gjøre det samme. { $why } { $reason }
told-impossible = Det var ikke mulig å gi beskjed. { $why } { $reason }
impossible-gone = De finnes ikke lenger.
impossible-not-recorded = Ingen har skrevet ned hvem det var.
impossible-not-identifiable = De kan ikke lenger se hvem opplysningene gjelder.
impossible-disproportionate = Det ville kreve uforholdsmessig mye.
outcome-nothing = Vi lette i alle systemene våre. Vi fant ingenting under adressen og nummeret du ga oss.
outcome-nothing-other = Har du brukt en annen e-postadresse hos oss? Da kan du spørre igjen med den.
answered-on = Besvart
outcome-print = Du kan skrive ut eller lagre denne siden fra nettleseren.
disagree-heading = Hvis du er uenig
disagree-ask = Be oss se på det igjen: skriv til <strong>{ $email }</strong> og oppgi { $reference }.
record-title = Sak { $reference }: alt som har skjedd
record-lead = Ta vare på denne siden hvis du vil klage. Den viser at du har spurt oss.
record-organisation = Sendt til
record-events = Hva som har skjedd

# Around the journey
find-title = Hvilken e‑postadresse brukte du?
find-hint = Vi sender en kode, og så ser du sakene dine
find-send = Send kode
landing-title = Fortsett til sak { $reference }
landing-lead = Trykk på knappen for å åpne saken. Lenken virker én gang.
rights-title = Rettighetene dine
rights-lead = Loven gir deg rett til å bestemme over opplysninger om deg. Det koster ingenting.
rights-access = Se hva vi har
rights-access-text = Du kan få vite om vi har noe om deg, og få en kopi. Vi forteller også hvorfor vi har det, hvor det kommer fra, hvem som har fått det, og hvor lenge vi beholder det.
rights-portability = Ta det med deg
rights-portability-text = Det du selv har gitt oss, kan du få som en fil. En annen bedrift kan lese den.
rights-rectification = Rette feil
rights-rectification-text = Er noe feil eller mangler noe, retter vi det. Vi sier også fra til dem som har fått det av oss.
rights-restriction = Be om en pause
rights-restriction-text = Mens vi finner ut om noe er riktig, kan du be om en pause i bruken (begrensning av behandlingen). Da lagrer vi det, men bruker det ikke.
rights-erasure = Få det slettet
rights-erasure-text = Vi sletter det vi ikke trenger lenger. Noe må vi beholde etter loven, for eksempel fakturaer. Vi viser deg hva, hvorfor og hvor lenge. Når tiden er ute, sletter vi det også.
rights-objection = Si nei
rights-objection-text = Du kan si nei til reklame (direkte markedsføring), og da slutter vi med en gang. Du kan også si nei til annen bruk (protestere) og fortelle hvorfor.
rights-consent-withdrawal = Ombestemme deg
rights-consent-withdrawal-text = Har du sagt ja til noe, kan du ta det tilbake. Det skal være like lett som å si ja.
rights-write = Skriv til { $email }, så hjelper vi deg.
rights-complain = Klage
help-title = Hjelp og kontakt
help-lead = Du kan alltid gjøre dette uten nettsiden. Ring, skriv eller send et brev. Fristen er den samme.
help-mailbox = Du kommer ikke inn på e-posten
help-mailbox-text = Ring oss, skriv et brev eller kom innom. Vi stiller noen spørsmål, og en person tar saken videre. Du trenger ikke sende kopi av pass.
help-number = Du har ikke kundenummer eller ordrenummer
help-number-text = Har du aldri vært kunde, har du kanskje bare skrevet til oss. Ring eller skriv, så finner vi en annen måte.
help-proof = Du vil se opplysninger vi ikke viser her
help-proof-text = Pass, helse og lignende viser vi bare når vi er helt sikre. Avtal en samtale med oss. Et bilde av pass kan dekkes til, og vi lagrer det ikke.
help-others = Du spør for en annen
help-others-text = Velg først hva du vil, og så «Jeg ber for en annen». En person ser på det før vi finner fram noe. Dette kan vi be om å få se:
help-officer = Personvernombud
help-officer-text = { $name } passer på at vi følger loven. Du kan skrive dit direkte.
accessibility-title = Tilgjengelighet
accessibility-lead = Alle skal kunne bruke denne siden. Målet er WCAG 2.2, nivå AA.
accessibility-works = Dette virker
accessibility-works-text = Du kan bruke tastatur, skjermleser, stor skrift og mørk visning. Siden trenger ingen skript. Alt kan skrives ut.
accessibility-checked = Slik er det sjekket
accessibility-checked-text = Hver side testes av et program før den tas i bruk. Slike programmer finner ikke alt.
accessibility-tell = Si fra
accessibility-tell-text = Noe som ikke virker for deg? Skriv til { $email } eller ring { $phone }. Vi hjelper deg på en annen måte i mellomtiden.
about-title = Om denne siden
about-lead = Siden tar vare på så lite som mulig om deg.
about-kept = Hva vi lagrer
about-kept-text = Når du sender, lagrer vi adressen din, hva du ba om, og hva vi gjorde. Det trenger vi for å vise at vi fulgte loven. Siden med saken sier hvor lenge.
about-cookie = Én informasjonskapsel
about-cookie-text = Den husker at det er deg, og hvilket skjema du holder på med. Den forsvinner når du lukker nettleseren eller forlater siden. Etter en time i ro må du vise på nytt hvem du er. Vi måler og sporer ikke.
about-seen = Hvem som ser det
about-seen-text = Bare de i { $organisation } som behandler saken. Hver visning blir loggført.
about-proof = Bevis
about-proof-text = Alt som skjer i saken, skrives i en logg som ikke kan endres i ettertid. Tilsynet kan kontrollere den.
signed-out-title = Du har forlatt siden
signed-out-text = Det du skrev og så her, er borte fra denne enheten. Ingen kan gå tilbake til det.
expired-session-title = Du har vært borte en stund
expired-session = Vi lukket saken på denne enheten etter en time i ro, for å beskytte deg. Det du hadde skrevet, er tatt vare på i et døgn.
expired-link-used-title = Lenken er brukt
expired-link-used = En lenke virker bare én gang. Slik kan ingen andre bruke den etter deg.
expired-link-old-title = Lenken er for gammel
expired-link-old = Lenker slutter å virke etter en tid, for å beskytte deg.
expired-draft-title = Svarene dine er slettet
expired-draft = Du sendte ikke inn, og vi tar bare vare på svar i et døgn. Du kan begynne på nytt.
expired-safe = Saken din er trygg, og fristen løper. Vi sender deg en kode, og så ser du sakene dine.
expired-start = Begynn på nytt

# When something went wrong
wrong-start = Gå til forsiden
wrong-not-found-title = Vi finner ikke siden
wrong-not-found = Det du har skrevet, er ikke borte. Sjekk adressen, eller begynn på forsiden. Har du en sak, finner du den med e-postadressen din.
wrong-not-allowed-title = Du har ikke tilgang hit
wrong-not-allowed = Rollen din gir ikke tilgang til dette. Be personvernlederen om hjelp.
wrong-form-expired-title = Skjemaet er for gammelt
wrong-form-expired = Ingenting ble sendt. Gå tilbake, last siden på nytt og send en gang til.
wrong-changed-title = Noen var raskere
wrong-changed = Saken ble endret imens. Ingenting ble gjort. Åpne den igjen og se.
wrong-too-large-title = Det var for mye på en gang
wrong-too-large = Vi tar imot opptil { $limit }. Ingenting ble lagret. Gjør det mindre og prøv igjen.
wrong-too-many-title = Vent litt
wrong-too-many = Det kom mange forsøk på kort tid. Prøv igjen klokka <strong>{ $time }</strong>. Saken din er trygg.
wrong-broken-title = Noe gikk galt hos oss
wrong-broken = Det du har sendt før, er lagret. Det du skrev på tidligere sider, holder vi på i et døgn. Prøv igjen litt senere. Ringer du oss, si <strong>{ $incident }</strong>.
wrong-unavailable-title = Siden hviler et øyeblikk
wrong-unavailable = Vi gjør noe med systemet. Det du har sendt, er trygt, og fristen er den samme. Prøv igjen om noen minutter. Ringer du oss, si <strong>{ $incident }</strong>.

# Who did it
actor-person = personen
actor-machine = habeas
log-leaf = logg nr. { $leaf }
