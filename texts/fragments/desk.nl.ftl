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
view-unclaimed = Niemand heeft het
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
case-timeline = Tijdlijn
case-timeline-empty = Er is nog niets gebeurd.
case-goal = Ons eigen doel
case-identity = Identiteit
case-identity-none = Nog niet bewezen
case-workflow = Werkstroom
case-clock = Zo is de termijn berekend
case-no-hold = Geen bewaarplichten.
channel-portal = de site
channel-desk = medewerker
incident = Incident
incident-since = Sinds { $moment }
system-pending = Nog niet gevraagd
system-asking = Bezig te vragen
system-found = Gevonden
system-nothing = Niets gevonden
system-erasing = Verwijderen
system-verified = Verwijderd en nagelezen
system-failed = Mislukt
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

# Plan
plan-title = Plan voor { $reference }
plan-lead = Precies dit gebeurt, en niets anders.
plan-conflict = Regels die elkaar tegenspreken: { $kind }
plan-conflict-text = { $deletes } wil verwijderen voor { $keeps } eindigt. { $keeps } wint, en alleen het nodige blijft.
plan-nothing = Niets gevonden hier.
plan-cleared = Wordt leeggemaakt:
plan-masked = Zegt in plaats daarvan:
mask-string_rewrite = een vaste tekst
mask-hash = een hash
mask-hmac = een pseudoniem, nog steeds een persoonsgegeven
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
hold-new-title = Stel een bewaarplicht in
hold-release-title = Hef { $hold } op
hold-case = Zaaknummer
hold-case-hint = Leeg betekent alle verzoeken
hold-any-case = alle verzoeken
hold-systems = Systemen (niets gekozen betekent alle)
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
hold-review = Opnieuw bekeken op { $date }.
hold-overdue = te laat
hold-place = Stel in
hold-release = Hef op
hold-release-frees = Wat alleen hierom bleef, wordt dan vanzelf verwijderd.
hold-keep = Laat het zo
hold-means = Wat dit doet
hold-means-text = Het stopt ook een plan dat al is goedgekeurd. Er wordt niets verwijderd voor iemand opnieuw keek.
