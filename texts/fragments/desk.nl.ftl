### Pages for staff.

# Around the desk
nav-desk = Werkplek
nav-queue = Wachtrij
nav-holds = Bewaarplichten
sign-out = { $name } uitloggen
sign-in-title = Inloggen op de werkplek
sign-in-email = E-mailadres
sign-in-password = Wachtwoord
sign-in-do = Inloggen
totp-title = De code van uw telefoon
totp-hint = 6 cijfers uit uw code-app. Elke code werkt één keer

# Queue
queue-title = Wachtrij
queue-views = Weergaven
queue-search = Zoek zaaknummer
queue-right = Recht
queue-all = Alle
queue-apply = Toon
queue-caption = Het dringendste staat bovenaan
queue-state = Status
queue-left = Tijd over
queue-owner = Wie
queue-systems = Systemen
queue-flags = Let op
queue-you = U
queue-nobody = Niemand
queue-nothing = Niets wacht op u.
queue-others =
    { $cases ->
        [one] 1 verzoek is open bij anderen.
       *[other] { $cases } verzoeken zijn open bij anderen.
    }
queue-empty = Geen verzoeken hier.
view-needs-me = Wacht op mij
view-due-soon = Binnen 7 dagen
view-waiting = Wacht op de persoon
view-failed = Mislukt
view-open = Alle open
view-closed = Afgesloten
right-access = Inzage
right-portability = Overdracht
right-rectification = Verbetering
right-restriction = Pauze (beperking)
right-erasure = Verwijdering
right-objection = Bezwaar
right-consent-withdrawal = Toestemming intrekken
left-days =
    { $days ->
        [one] nog 1 dag
       *[other] nog { $days } dagen
    }
left-today = vandaag
left-late =
    { $days ->
        [one] 1 dag te laat
       *[other] { $days } dagen te laat
    }
standing-new = Nieuw
standing-collecting = Ophalen
standing-needs-task = Medewerker nodig
standing-waiting-for-person = Wacht op antwoord
standing-cooling = Te stoppen
standing-erasing = Verwijderen
standing-failed = Mislukt
standing-answered = Beantwoord
standing-refused = Geweigerd
standing-withdrawn = Ingetrokken
flag-high-risk = hoog risico
flag-hold = bewaarplicht
flag-extended = verlengd
flag-complaint = klacht
flag-representative = volmacht

# Case
desk-case-title = Verzoek { $reference }
case-next = Volgende stap
case-no-task = Er wacht geen taak. Het verzoek loopt vanzelf door.
case-plan = Plan
case-plan-see = Bekijk het plan
case-plan-approved = Goedgekeurd door { $name }
case-plan-open = Niet goedgekeurd
case-records = Records
case-attempts = Pogingen
case-uses = Gebruikt tijdens de pauze
case-uses-lead = Art. 18 lid 2 staat dit gebruik toe. Het systeem dat de gegevens gebruikte, heeft elk gebruik gemeld.
case-use-by = { $name }, in { $system }
use-consent = Met toestemming van de persoon
use-legal-claims = Rechtsvordering
use-rights-of-another = Bescherming van de rechten van een ander
use-public-interest = Gewichtig algemeen belang
case-timeline = Tijdlijn
case-timeline-empty = Er is nog niets gebeurd.
case-goal = Ons eigen doel
case-identity = Identiteit
case-identity-none = Nog niet bewezen
case-workflow = Werkstroom
case-clock = Zo is de termijn berekend
clock-received = Het verzoek kwam { $on }. Die dag telt niet mee.
clock-restarted = De persoon toonde { $on } wie het was. De termijn loopt vanaf dan.
clock-period = De termijn loopt van { $from } tot { $ends }.
clock-extended = De termijn is verlengd. Die loopt van { $from } tot { $ends }.
clock-stopped =
    { $days ->
        [one] Wij wachtten vanaf { $from } op de persoon. Daarmee komt er 1 dag bij.
       *[other] Wij wachtten vanaf { $from } op de persoon. Daarmee komen er { $days } dagen bij.
    }
clock-pending = Wij wachten sinds { $from } op de persoon. Er komt niets bij tot het antwoord er is.
clock-ignored = Het wachten vanaf { $from } telt niet.
clock-rolled = De laatste dag is geen werkdag. De termijn schuift naar { $to }.
clock-due = Het antwoord moet er { $on } zijn.
clock-strict = Zonder wachten en verlenging is dat { $on }. De waarschuwingen volgen die dag.
clock-conservative = Verlengd vanaf het einde van de eerste periode is dat { $on }. Dat is het veilige doel.
clock-extension-notice = Verlengen wij de termijn, dan zeggen wij dat en waarom. Dat moet uiterlijk { $by }.
clock-confirm = Wij moeten de ontvangst bevestigen binnen { $days } werkdagen: uiterlijk { $by }.
clock-also = Wordt hier niet berekend:
clock-caution = Let op:
case-no-hold = Geen bewaarplichten.
channel-portal = de site
channel-desk = medewerker
incident = Er ging iets mis
incident-since = Sinds { $moment }
system-pending = Nog niet gevraagd
system-asking = Bezig te vragen
system-found = Gevonden
system-nothing = Niets gevonden
system-erasing = Verwijderen
system-verified = Verwijderd en nagelezen
system-failed = Mislukt
system-by-hand = Wacht op een medewerker
system-retrying = Probeert opnieuw
role-intake = intake
role-case-handler = behandelaar
role-system-owner = systeemeigenaar
role-privacy-lead = privacyverantwoordelijke
role-dpo = functionaris gegevensbescherming
role-authority = toezichthouder

# Tasks
task-title = Taak in verzoek { $reference }
task-due = Klaar op { $date }
task-by = Klaar op
task-open = Open de taak
task-four-eyes = U deed een eerdere stap. Iemand anders moet dit doen.
task-outcome = Wat moet er gebeuren?
task-needs-reason = Vraagt om een reden
task-reason = Reden
task-reason-hint = Gewone woorden. De persoon en de toezichthouder kunnen dit lezen
task-ground = Grond in de wet
task-ground-hint = Alleen bij weigeren
task-statute = Welke wet en welk artikel
task-statute-hint = Nodig waar de grond een ster heeft, bijvoorbeeld UAVG art. 41 lid 1 onder i
task-preview = Dit krijgt de persoon
task-send = Rond de taak af
form-identity-evidence = Vraag om bewijs
form-identity-evidence-lead = De persoon moet laten zien wie het is.
form-identity-check = Controleer de identiteit
form-identity-check-lead = Weet u zeker wie het is? Vraag niet meer dan nodig.
form-access-triage = Beoordeel de inzage
form-access-triage-lead = Is dit een verzoek om inzage, en kunnen wij verder?
form-access-review = Controleer de kopie
form-access-review-lead = Let op gegevens over anderen voor de kopie weggaat.
form-erasure-triage = Beoordeel de verwijdering
form-erasure-triage-lead = Is dit een verzoek om verwijdering, en kunnen wij verder?
form-located-records = Zoek met de hand
form-located-records-lead = Het systeem antwoordt niet. Zoek zelf en schrijf op wat u deed.
form-erasure-decision = Stel voor wat weggaat
form-erasure-decision-lead = Het plan laat zien wat de regels zeggen. Stel voor wat wij doen.
form-plan-approval = Keur het plan goed
form-plan-approval-lead = U keurt precies dit plan goed. Verandert het, dan moet het opnieuw.
form-refusal-approval = Keur de weigering goed
form-refusal-approval-lead = Lees de reden zoals de persoon die leest.
form-refusal-reasons = Schrijf waarom wij nee zeggen
form-refusal-reasons-lead = Gewone woorden en één grond in de wet. Klacht en rechter komen erbij.
form-erasure-proof = Verwijder met de hand
form-erasure-proof-lead = Het systeem antwoordt niet. Verwijder zelf en schrijf wat u deed en wanneer.
outcome-accepted = Wij weten wie het is
outcome-not-enough = Niet genoeg, vraag opnieuw
outcome-refused = Wij kunnen het niet weten
outcome-go-on = Ga verder
outcome-extend = Wij hebben meer tijd nodig
outcome-not-a-request = Dit is niet zo’n verzoek
outcome-unfounded = Kennelijk ongegrond
outcome-submitted = Klaar
outcome-erase = Verwijder alles wat kan
outcome-partly = Verwijder een deel
outcome-refuse = Weiger
outcome-approved = Keur goed
outcome-sent-back = Stuur terug
outcome-release = Verstuur de kopie
outcome-redact = Stuur de kopie zonder wat over anderen gaat

# Plan
plan-title = Plan voor { $reference }
plan-lead = Precies dit gebeurt, en niets anders.
plan-conflict = Regels die elkaar tegenspreken: { $kind }
plan-conflict-text = { $deletes } wil verwijderen voor { $keeps } eindigt. { $keeps } wint, en alleen het nodige blijft.
plan-conflict-rules = Lees de regels
plan-nothing = Hier is niets gevonden.
plan-cleared = Wordt leeggemaakt:
plan-masked = Zegt in plaats daarvan:
mask-string_rewrite = een vaste tekst
mask-random_string_rewrite = willekeurige tekens
plan-kept = Blijft:
plan-frozen = Vastgelegd
plan-hash = Vingerafdruk (SHA-256)
plan-approval = Goedkeuring
act-delete = Weg
act-clear = Deels leeg
act-keep = Blijft

# Holds
holds-title = Bewaarplichten
holds-lead = Wat hieronder valt, wordt niet verwijderd. De persoon mag het wel zien.
holds-active = Nu van kracht
holds-released = Opgeheven
holds-none = Er is nu niets van kracht.
holds-running = De bewaarplicht geldt, maar een verwijdering in { $system } was eerder begonnen
holds-running-text = Die was na een halve minuut niet klaar. Misschien is er iets weg dat hieronder valt, en dat kan nog gebeuren. Kijk het daar na.
hold-new-title = Nieuwe bewaarplicht
hold-release-title = Hef { $hold } op
hold-case = Zaaknummer
hold-case-hint = Leeg betekent alle verzoeken
hold-any-case = alle verzoeken
hold-systems = Systemen (niets gekozen betekent alle)
hold-narrow = Alleen een deel ervan
hold-collections = Soorten (niets gekozen betekent alle)
hold-category = Categorie gegevens
hold-category-any = Alle categorieën
hold-query = Alleen gegevens waarvoor dit geldt
hold-query-hint = Bijvoorbeeld status == "paid". Wat niet vast te stellen is, blijft
hold-date-field = Veld met een datum
hold-date-field-hint = Alleen gegevens met een dag in de periode
hold-from = Vanaf
hold-until = Tot en met
hold-dated-from = vanaf { $date }
hold-dated-until = tot en met { $date }
hold-only-if = Alleen als
hold-only-dated = Alleen in de periode
hold-basis = Waarom
basis-legal-claim = Rechtsvordering
basis-legal-claim-hint = Een vordering wordt voorbereid, ingesteld of verweerd. Art. 17(3)(e)
basis-authority-order = Bevel of klacht
basis-authority-order-hint = Een toezichthouder beveelt het, of een klacht loopt. Art. 17(3)(b)
basis-open-payment = Open betaling
basis-open-payment-hint = Een betaling is niet afgerond. Art. 17(3)(e)
hold-matter = Kenmerk
hold-matter-hint = Bijvoorbeeld het zaaknummer van de rechtbank
hold-owner = Wie is verantwoordelijk
hold-covers = Geldt voor
hold-since = Sinds
hold-review-on = Opnieuw bekijken
hold-review-hint = Uiterlijk { $date }
hold-review = Wordt opnieuw bekeken op { $date }.
hold-overdue = te laat
hold-place = Stel de bewaarplicht in
hold-release = Hef op
hold-release-frees = Wat alleen hierom bleef, wordt dan vanzelf verwijderd.
hold-keep = Laat het zo
hold-means = Wat dit doet
hold-means-text = Het stopt ook een plan dat al is goedgekeurd. Er wordt niets verwijderd voor iemand opnieuw keek.
hold-effect-nothing = Zoals altijd. Een bewaarplicht staat niet in de weg.
hold-effect-keeps = Wat eronder valt, blijft. Het wordt alleen opgeslagen tot de bewaarplicht is opgeheven.
hold-effect-remembers = Gebeurt meteen. Wat er eerst stond, blijft verzegeld bij de zaak tot de bewaarplicht is opgeheven.
hold-review-title = Bekijk bewaarplicht { $hold } opnieuw
hold-still-needed = Is die nog nodig?
hold-review-lead = Een bewaarplicht bewaart gegevens alleen zolang de reden duurt. Schrijf waarom die nog geldt en wanneer iemand weer kijkt.
hold-review-ends-release = Iemand heeft gevraagd om die op te heffen. Dat vervalt als u de bewaarplicht houdt.
hold-review-why = Waarom die nog nodig is
hold-review-next = Wanneer iemand weer kijkt
hold-review-put-off = Houd de bewaarplicht tot dan
hold-review-not-needed = Die is niet meer nodig
hold-review-earlier = Eerder bekeken
hold-review-was = { $on }, { $name }: gehouden tot { $date }
hold-review-near = binnenkort
hold-review-holds = Tot iemand heeft gekeken, blijft die gelden.
hold-review-calls = Wij herinneren de verantwoordelijke twee weken vooraf, op de dag zelf en daarna elke week. Is het te laat, dan ook de functionaris gegevensbescherming.
review-notice-soon = Bekijk bewaarplicht { $hold } opnieuw, uiterlijk { $date }
review-notice-today = Bekijk bewaarplicht { $hold } vandaag opnieuw
review-notice-overdue = Bewaarplicht { $hold } had bekeken moeten zijn, uiterlijk { $date }
review-notice-see = Bekijk die
hold-import-title = Bewaarplichten uit een tabel
hold-import-file = Een tabel met bewaarplichten
hold-import-hint = Een CSV-bestand in UTF-8 met één bewaarplicht per regel. De eerste regel noemt de kolommen.
hold-import-columns = Mogelijke kolommen:
hold-import-look = Laat zien wat erin staat
hold-import-lines = { $lines ->
    [one] Eén bewaarplicht
   *[other] { $lines } bewaarplichten
 } in de tabel
hold-import-all = Er is nog niets ingesteld. Ze worden allemaal ingesteld, of geen ervan.
hold-import-place = { $lines ->
    [one] Stel de bewaarplicht in
   *[other] Stel { $lines } bewaarplichten in
 }
hold-import-other = Kies een ander bestand
hold-import-wrong = { $problems ->
    [one] Er klopt één ding niet. Er is niets ingesteld
   *[other] Er kloppen { $problems } dingen niet. Er is niets ingesteld
 }
sheet-line = Regel
sheet-at = Regel { $line }, kolom { $column }:
sheet-in = Regel { $line }:

# Werk in een systeem zonder koppeling
form-located-records-manual = Alleen u kunt in dit systeem zoeken. Doe wat de lijst zegt, en lever in wat u vond.
form-erasure-proof-manual = Alleen u kunt in dit systeem verwijderen. Verwijder precies wat hieronder staat, en kijk daarna nog eens.
form-correction-proof-manual = Alleen u kunt in dit systeem verbeteren. Verbeter wat hieronder staat, en kijk daarna nog eens.
form-restriction-proof-manual = Alleen u kunt dit in het systeem doen. Stop het gebruik van wat hieronder staat, of beëindig de pauze, en kijk daarna nog eens.
task-steps = Vink aan wat u hebt gedaan
task-looked-again = Ik heb nog eens gekeken, en het is gedaan
task-erases = Wat u verwijdert
task-records = De gegevens
task-found = Wat u vond
task-nothing = Het systeem heeft niets over deze persoon
task-columns = Kolommen:
task-rows = Rijen
task-rows-hint = De eerste regel noemt de kolommen, met een puntkomma ertussen. Laat dit leeg als u niets vond.
task-table = Of een tabel als bestand (CSV of JSON)
task-files = Documenten en foto’s
task-files-hint = PDF, PNG, JPEG, CSV, JSON, TXT, EML, DOCX of XLSX, hoogstens 10 MB per bestand.
task-evidence = Bewijs, als het er is (niet verplicht)
problem-tick-missing = Doe deze stap, en vink hem aan
problem-nothing-missing = Lever in wat u vond, of vink aan dat er niets is
problem-nothing-and-rows = U vinkte aan dat er niets is, en leverde toch iets in. Kies er een
problem-file-kind = Dit soort bestand nemen we niet aan
problem-file-disagrees = Het bestand is niet wat de naam zegt. Bewaar het opnieuw als het juiste soort
problem-file-swells = Het bestand is vanbinnen veel groter dan vanbuiten, of bevat een archief. Sla het opnieuw op, of als pdf
problem-file-too-large = Het bestand is te groot
problem-file-not-asked = Hier hoort geen bestand
problem-files-too-many = Er zijn te veel bestanden, of ze zijn samen te groot
problem-rows-not-asked = Hier horen geen rijen
problem-rows-not-a-table = De tabel moet een CSV- of JSON-bestand in UTF-8 zijn
problem-rows-twice = Typ de rijen of stuur één bestand, niet allebei
problem-rows-too-many = Er zijn meer dan 10.000 rijen
problem-rows-not-json = Regel { $line }, kolom { $column }: dit is geen JSON
problem-rows-column-unknown = Regel { $line }, kolom { $column }: geen gegeven heet zo
problem-rows-column-twice = Regel { $line }, kolom { $column }: de kolom staat er twee keer
problem-rows-width = Regel { $line } heeft een ander aantal kolommen dan de eerste regel
problem-rows-value = Regel { $line }, kolom { $column }: de waarde is van een ander soort
problem-rows-key-empty = Regel { $line }: wat het gegeven onderscheidt, ontbreekt
problem-rows-key-twice = Regel { $line }: een eerdere regel is hetzelfde gegeven
problem-rows-others = Regel { $line }, kolom { $column }: dit is een ander adres dan dat van de persoon. Haal de rij weg. Is de rij toch van haar, laat deze cel dan leeg
