### Pages for staff.

# Around the desk
nav-desk = Saksbord
nav-queue = Kø
nav-holds = Sperrer
sign-out = Logg ut { $name }
sign-in-title = Logg inn på saksbordet
sign-in-email = E-postadresse
sign-in-password = Passord
sign-in-do = Logg inn
totp-title = Koden fra telefonen din
totp-hint = 6 tall fra kodeappen. Hver kode virker én gang

# Queue
queue-title = Kø
queue-views = Visninger
queue-search = Søk saksnummer
queue-right = Rettighet
queue-all = Alle
queue-apply = Vis
queue-caption = Den som haster mest, står først
queue-state = Status
queue-left = Tid igjen
queue-owner = Hvem
queue-systems = Systemer
queue-flags = Merk
queue-you = Du
queue-nobody = Ingen
queue-nothing = Ingenting venter på deg.
queue-others =
    { $cases ->
        [one] 1 sak er åpen hos andre.
       *[other] { $cases } saker er åpne hos andre.
    }
queue-empty = Ingen saker her.
view-needs-me = Venter på meg
view-due-soon = Frist innen 7 dager
view-waiting = Venter på personen
view-failed = Feilet
view-open = Alle åpne
view-closed = Avsluttet
right-access = Innsyn
right-portability = Flytting
right-rectification = Retting
right-restriction = Pause (begrensning)
right-erasure = Sletting
right-objection = Innsigelse
right-consent-withdrawal = Trekke samtykke
left-days =
    { $days ->
        [one] 1 dag igjen
       *[other] { $days } dager igjen
    }
left-today = frist i dag
left-late =
    { $days ->
        [one] 1 dag for sent
       *[other] { $days } dager for sent
    }
standing-new = Ny
standing-collecting = Henter
standing-needs-task = Trenger en person
standing-waiting-for-person = Venter på svar
standing-cooling = Kan stoppes
standing-erasing = Sletter
standing-failed = Feilet
standing-answered = Besvart
standing-refused = Avslått
standing-withdrawn = Trukket
flag-high-risk = høy risiko
flag-hold = sperre
flag-extended = forlenget
flag-complaint = klage
flag-representative = fullmakt

# Case
desk-case-title = Sak { $reference }
case-next = Neste steg
case-no-task = Ingen oppgave venter. Saken går videre av seg selv.
case-plan = Plan
case-plan-see = Se planen
case-plan-approved = Godkjent av { $name }
case-plan-open = Ikke godkjent
case-records = Poster
case-attempts = Forsøk
case-uses = Brukt mens bruken var satt på pause
case-uses-lead = Art. 18 nr. 2 tillater disse formålene. Systemet som brukte opplysningene, har meldt hver bruk.
case-use-by = { $name }, i { $system }
use-consent = Med samtykke fra personen
use-legal-claims = Rettskrav
use-rights-of-another = For å verne en annen persons rettigheter
use-public-interest = Viktige allmenne interesser
case-timeline = Tidslinje
case-timeline-empty = Ingenting har skjedd ennå.
case-goal = Vårt eget mål
case-identity = Identitet
case-identity-none = Ikke bevist ennå
case-workflow = Arbeidsflyt
case-clock = Slik er fristen regnet ut
clock-received = Saken kom { $on }. Den dagen telles ikke med.
clock-restarted = Personen viste hvem det var { $on }. Fristen går fra da.
clock-period = Fristen går fra { $from } til { $ends }.
clock-extended = Fristen er forlenget. Den går fra { $from } til { $ends }.
clock-stopped =
    { $days ->
        [one] Vi ventet på personen fra { $from }. Det legger til 1 dag.
       *[other] Vi ventet på personen fra { $from }. Det legger til { $days } dager.
    }
clock-pending = Vi har ventet på personen siden { $from }. Ingenting legges til før svaret kommer.
clock-ignored = Ventetiden fra { $from } legger ikke til noe.
clock-rolled = Den siste dagen er ikke en arbeidsdag. Fristen flyttes til { $to }.
clock-due = Svarfristen er { $on }.
clock-strict = Uten ventetid og forlengelse er fristen { $on }. Varslene følger den dagen.
clock-conservative = Forlenget fra slutten av den første perioden blir det { $on }. Det er det trygge målet.
clock-extension-notice = Forlenger vi fristen, må vi si fra og si hvorfor. Det må skje senest { $by }.
clock-confirm = Vi må bekrefte at saken kom, innen { $days } arbeidsdager: senest { $by }.
clock-also = Regnes ikke ut her:
clock-caution = Vær obs:
case-no-hold = Ingen sperrer.
channel-portal = nettsiden
channel-desk = ansatt
incident = Noe gikk galt
incident-since = Siden { $moment }
system-pending = Ikke spurt ennå
system-asking = Spør
system-found = Funnet
system-nothing = Fant ingenting
system-erasing = Sletter
system-verified = Slettet og lest etter
system-failed = Feilet
system-by-hand = Venter på en medarbeider
system-retrying = Prøver igjen
role-intake = mottak
role-case-handler = saksbehandler
role-system-owner = systemeier
role-privacy-lead = personvernleder
role-dpo = personvernombud
role-authority = tilsyn

# Tasks
task-title = Oppgave i sak { $reference }
task-due = Gjøres innen { $date }
task-by = Gjøres innen
task-open = Åpne oppgaven
task-four-eyes = Du gjorde et tidligere steg. En annen må gjøre dette.
task-outcome = Hva skal skje?
task-needs-reason = Krever en begrunnelse
task-reason = Begrunnelse
task-reason-hint = Enkle ord. Personen og tilsynet kan lese dette
task-ground = Grunnlag i loven
task-ground-hint = Bare når du avslår
task-statute = Hvilken lov og paragraf
task-statute-hint = Trengs der grunnlaget har en stjerne, for eksempel bokføringsloven § 13
task-preview = Dette får personen
task-send = Fullfør oppgaven
form-identity-evidence = Be om bevis
form-identity-evidence-lead = Personen må vise hvem det er.
form-identity-check = Sjekk identiteten
form-identity-check-lead = Er du sikker på hvem det er? Be ikke om mer enn du trenger.
form-access-triage = Vurder innsynet
form-access-triage-lead = Er dette en forespørsel om innsyn, og kan vi gå videre?
form-access-review = Se over kopien
form-access-review-lead = Se etter opplysninger om andre før kopien sendes.
form-erasure-triage = Vurder slettingen
form-erasure-triage-lead = Er dette en forespørsel om sletting, og kan vi gå videre?
form-located-records = Finn for hånd
form-located-records-lead = Systemet svarer ikke. Finn opplysningene selv og skriv hva du gjorde.
form-erasure-decision = Foreslå hva som slettes
form-erasure-decision-lead = Planen viser hva reglene sier. Foreslå hva vi skal gjøre.
form-plan-approval = Godkjenn planen
form-plan-approval-lead = Du godkjenner nøyaktig denne planen. Endres den, må den godkjennes på nytt.
form-refusal-approval = Godkjenn avslaget
form-refusal-approval-lead = Les begrunnelsen slik personen vil lese den.
form-refusal-reasons = Skriv hvorfor vi sier nei
form-refusal-reasons-lead = Enkle ord og ett grunnlag i loven. Klage og domstol legges til.
form-erasure-proof = Slett for hånd
form-erasure-proof-lead = Systemet svarer ikke. Slett selv, og skriv hva du gjorde og når.
outcome-accepted = Vi vet hvem det er
outcome-not-enough = Ikke nok, spør igjen
outcome-refused = Vi kan ikke vite det
outcome-go-on = Gå videre
outcome-extend = Vi trenger mer tid
outcome-not-a-request = Dette er ikke en slik forespørsel
outcome-unfounded = Åpenbart grunnløs
outcome-submitted = Ferdig
outcome-erase = Slett alt som kan slettes
outcome-partly = Slett en del
outcome-refuse = Si nei
outcome-approved = Godkjenn
outcome-sent-back = Send tilbake
outcome-release = Send kopien
outcome-redact = Send kopien uten det som handler om andre

# Plan
plan-title = Plan for { $reference }
plan-lead = Nøyaktig dette blir gjort, og ikke noe annet.
plan-conflict = Regler som sier hver sin ting: { $kind }
plan-conflict-text = { $deletes } vil slette før { $keeps } slutter å gjelde. { $keeps } vinner, og bare det nødvendige blir igjen.
plan-conflict-rules = Les reglene
plan-nothing = Fant ingenting her.
plan-cleared = Tømmes:
plan-masked = Sier i stedet:
mask-string_rewrite = en fast tekst
mask-random_string_rewrite = tilfeldige tegn
plan-kept = Blir:
plan-frozen = Låst
plan-hash = Avtrykk (SHA-256)
plan-approval = Godkjenning
act-delete = Slettes
act-clear = Tømmes delvis
act-keep = Beholdes

# Holds
holds-title = Sperrer mot sletting
holds-lead = Det en sperre dekker, blir ikke slettet. Personen får se det likevel.
holds-active = Gjelder nå
holds-released = Opphevet
holds-none = Ingen sperrer gjelder nå.
holds-running = Sperren gjelder, men en sletting i { $system } begynte før den
holds-running-text = Den var ikke ferdig etter et halvt minutt. Den kan ha fjernet noe som sperren dekker, og kan fortsatt gjøre det. Se etter der.
hold-new-title = Sett en sperre
hold-release-title = Opphev sperren { $hold }
hold-case = Saksnummer
hold-case-hint = Tomt betyr alle saker
hold-any-case = alle saker
hold-systems = Systemer (ingen valgt betyr alle)
hold-narrow = Bare en del av det
hold-collections = Typer (ingen valgt betyr alle)
hold-category = Kategori av opplysninger
hold-category-any = Alle kategorier
hold-query = Bare oppføringer der dette stemmer
hold-query-hint = For eksempel status == "paid". Det som ikke kan avgjøres, blir beholdt
hold-date-field = Felt med en dato
hold-date-field-hint = Bare oppføringer med en dag i perioden
hold-from = Fra og med
hold-until = Til og med
hold-dated-from = fra og med { $date }
hold-dated-until = til og med { $date }
hold-only-if = Bare hvis
hold-only-dated = Bare i perioden
hold-basis = Hvorfor
basis-legal-claim = Rettskrav
basis-legal-claim-hint = Et krav forberedes, reises eller avvises. Art. 17(3)(e)
basis-authority-order = Pålegg eller klage
basis-authority-order-hint = Et tilsyn har bestemt det, eller en klage venter. Art. 17(3)(b)
basis-open-payment = Åpen betaling
basis-open-payment-hint = En betaling er ikke gjort opp. Art. 17(3)(e)
hold-matter = Referanse
hold-matter-hint = For eksempel domstolens saksnummer
hold-owner = Hvem svarer for den
hold-covers = Dekker
hold-since = Siden
hold-review-on = Ses på igjen
hold-review-hint = Senest { $date }
hold-review = Ses på igjen { $date }.
hold-overdue = over tiden
hold-place = Sett sperren
hold-release = Opphev sperren
hold-release-frees = Det som bare sperren holder på, blir da slettet av seg selv.
hold-keep = La den stå
hold-means = Hva en sperre gjør
hold-means-text = Den stopper også en plan som alt er godkjent. Ingenting slettes før noen har sett på det igjen.
hold-effect-nothing = Som ellers. En sperre står ikke i veien.
hold-effect-keeps = Det den dekker, blir stående. Det blir bare lagret til sperren oppheves.
hold-effect-remembers = Gjøres med én gang. Det som sto der før, ligger forseglet i saken til sperren oppheves.
hold-review-title = Se på sperre { $hold } igjen
hold-still-needed = Trengs den ennå?
hold-review-lead = En sperre tar vare på data bare så lenge grunnen varer. Skriv hvorfor den gjør det ennå, og når noen ser på den igjen.
hold-review-ends-release = Noen har bedt om å oppheve den. Det faller bort hvis du beholder den.
hold-review-why = Hvorfor den trengs ennå
hold-review-next = Når noen ser på den igjen
hold-review-put-off = Behold den til da
hold-review-not-needed = Den trengs ikke lenger
hold-review-earlier = Sett på før
hold-review-was = { $on }, { $name }: beholdt til { $date }
hold-review-near = snart
hold-review-holds = Til noen har sett på den, gjelder den som før.
hold-review-calls = Vi minner den som svarer for den to uker før, på dagen og hver uke etterpå. Når det er for sent, minner vi personvernombudet også.
review-notice-soon = Se på sperre { $hold } igjen senest { $date }
review-notice-today = Se på sperre { $hold } igjen i dag
review-notice-overdue = Noen skulle ha sett på sperre { $hold } senest { $date }
review-notice-see = Se på den
hold-import-title = Legg inn sperrer fra en tabell
hold-import-file = En tabell med sperrer
hold-import-hint = En CSV-fil i UTF-8 med én sperre på hver linje. Den første linjen er navnene på kolonnene.
hold-import-columns = Kolonner som kan være med:
hold-import-look = Vis hva den sier
hold-import-lines = { $lines ->
    [one] Én sperre
   *[other] { $lines } sperrer
 } i tabellen
hold-import-all = Ingenting er satt ennå. Enten settes alle, eller ingen.
hold-import-place = { $lines ->
    [one] Sett sperren
   *[other] Sett { $lines } sperrer
 }
hold-import-other = Velg en annen fil
hold-import-wrong = { $problems ->
    [one] Én ting er feil. Ingenting er satt
   *[other] { $problems } ting er feil. Ingenting er satt
 }
sheet-line = Linje
sheet-at = Linje { $line }, kolonne { $column }:
sheet-in = Linje { $line }:

# Arbeid i et system uten grensesnitt
form-located-records-manual = Bare du kan lete i dette systemet. Gjør det listen sier, og lever det du fant.
form-erasure-proof-manual = Bare du kan slette i dette systemet. Slett nøyaktig det som står under, og se etter én gang til.
form-correction-proof-manual = Bare du kan rette i dette systemet. Rett det som står under, og se etter én gang til.
form-restriction-proof-manual = Bare du kan gjøre dette i systemet. Stopp bruken av det som står under, eller avslutt pausen, og se etter én gang til.
task-steps = Kryss av for det du har gjort
task-looked-again = Jeg så etter igjen, og det er gjort
task-erases = Dette skal slettes
task-records = Postene
task-found = Dette fant du
task-nothing = Systemet har ingenting om denne personen
task-columns = Kolonner:
task-rows = Rader
task-rows-hint = Den første linjen er navnene på kolonnene, med semikolon mellom. La feltet stå tomt hvis du ikke fant noe.
task-table = Eller en tabell som fil (CSV eller JSON)
task-files = Dokumenter og bilder
task-files-hint = PDF, PNG, JPEG, CSV, JSON, TXT, EML, DOCX eller XLSX, høyst 10 MB hver.
task-evidence = Bevis, hvis det finnes (valgfritt)
problem-tick-missing = Gjør dette, og kryss av
problem-nothing-missing = Lever det du fant, eller kryss av for at det ikke er noe
problem-nothing-and-rows = Du krysset av for at det ikke er noe, men leverte noe. Velg én av delene
problem-file-kind = Denne filtypen tar vi ikke imot
problem-file-disagrees = Filen er ikke det navnet sier. Lagre den på nytt som riktig type
problem-file-swells = Filen er mye større inni enn utenpå, eller har et arkiv i seg. Lagre den på nytt, eller som PDF
problem-file-too-large = Filen er for stor
problem-file-not-asked = Her skal det ikke være noen fil
problem-files-too-many = Det er for mange filer, eller de er for store til sammen
problem-rows-not-asked = Her skal det ikke være noen rader
problem-rows-not-a-table = Tabellen må være en CSV- eller JSON-fil i UTF-8
problem-rows-twice = Skriv radene eller send én fil, ikke begge deler
problem-rows-too-many = Det er flere enn 10 000 rader
problem-rows-not-json = Linje { $line }, kolonne { $column }: dette er ikke JSON
problem-rows-column-unknown = Linje { $line }, kolonne { $column }: ingen opplysning heter dette
problem-rows-column-twice = Linje { $line }, kolonne { $column }: kolonnen står to ganger
problem-rows-width = Linje { $line } har et annet antall kolonner enn den første linjen
problem-rows-value = Linje { $line }, kolonne { $column }: verdien er av en annen type
problem-rows-key-empty = Linje { $line }: det som skiller posten fra andre, mangler
problem-rows-key-twice = Linje { $line }: en tidligere linje er samme post
problem-rows-others = Linje { $line }, kolonne { $column }: dette er en annen adresse enn personens. Ta ut raden. Hører den likevel til henne, la denne ruten stå tom
