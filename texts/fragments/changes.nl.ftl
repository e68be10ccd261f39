### The rights that change something: letters, facts, forms.

# Parts of letters
mail-received-reference = Uw zaak heet { $reference }.
mail-rights = U kunt ons ook vragen uw gegevens te verbeteren, te wissen of niet meer te gebruiken.
mail-ready-withheld = Een deel houden wij achter, omdat wij niet zeker genoeg weten dat u het bent (Art. 12(6)). Antwoord op deze e-mail, dan vinden wij een manier.
mail-done-none-kept = Wij hebben niets bewaard.

# Taking along (Art. 20)
mail-portable-lead = Uw bestand staat klaar tot { $date }. Het bevat de gegevens die u ons gaf, in een vorm die programma’s kunnen lezen (Art. 20).
mail-portable-left-out = Dit zit er niet in. De reden staat in het bestand:
mail-portable-all = Wij hebben geen soort gegevens weggelaten.

# Corrected (Art. 16)
mail-corrected-lead = Dit hebben wij verbeterd (Art. 16):
mail-corrected-none = Wij hebben niets verbeterd.
mail-corrected-refused = Dit hebben wij niet verbeterd:
mail-corrected-all = Alles wat u vroeg, is verbeterd.
letter-not-held = Wij vonden dit niet in onze systemen.

# Restricted, stopped, lifted (Art. 18, 21, 7(3))
mail-restricted-lead = Wij bewaren deze gegevens nu alleen nog en gebruiken ze verder niet (Art. 18). U hoort het voordat dit eindigt:
mail-lifted-lead = De beperking is voorbij. Wij gebruiken deze gegevens weer zoals eerst (Art. 18):
mail-stays-lead = Wij hebben naar u geluisterd. Uw gegevens worden nog steeds alleen bewaard (Art. 18). U hoeft niets te doen.
mail-upheld-lead = U krijgt gelijk. Wij gebruiken deze gegevens niet meer (Art. 21):
mail-overridden-lead = U maakte bezwaar. Wij hebben het gewogen en menen een sterkere reden te hebben:
mail-overridden-next = Na deze e-mail gebruiken wij de gegevens weer.
mail-marketing-lead = U krijgt geen reclame meer van ons (Art. 21(3)). Wij hebben dit gestopt:
mail-consent-lead = Uw toestemming is ingetrokken (Art. 7(3)). Wij hebben dit gestopt:
mail-lift-subject = Belangrijk over uw zaak { $reference }
mail-lift-lead = Nu worden uw gegevens alleen bewaard (Art. 18). Binnenkort willen wij ze weer gebruiken.
mail-lift-speak = Bent u het er niet mee eens? Zeg het op de pagina, uiterlijk { $date }. Anders eindigt de beperking.
lift-contested = U zei dat de gegevens niet kloppen. Wij zijn klaar met controleren.
lift-unlawful = U zei dat wij ze niet mogen gebruiken. Wij hebben dat bekeken.
lift-claims = U had ze nodig voor een vordering. Voor zover wij weten is dat voorbij.
lift-objected = U maakte bezwaar. Wij hebben dat beoordeeld.
lift-over = Volgens ons is de reden voorbij.

# To a recipient (Art. 19)
mail-recipient-subject-erased = Verwijdering bij u – { $reference }
mail-recipient-lead-erased = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. Die persoon heeft ze bij ons laten verwijderen (artikelen 17 en 19 AVG).
mail-recipient-what-erased = Verwijderd op { $date }:
mail-recipient-do-erased = Verwijder hetzelfde bij u, of vertel ons waarom u het moet bewaren. Antwoord op deze e-mail en vermeld { $reference }.
mail-recipient-subject-corrected = Verbetering bij u – { $reference }
mail-recipient-lead-corrected = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. Die persoon heeft ze bij ons laten verbeteren (artikelen 16 en 19 AVG).
mail-recipient-what-corrected = Verbeterd op { $date }:
mail-recipient-do-corrected = Verbeter hetzelfde bij u, of vertel ons waarom niet. Antwoord op deze e-mail en vermeld { $reference }.
mail-recipient-subject-restricted = Beperking bij u – { $reference }
mail-recipient-lead-restricted = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. Vanaf nu worden ze bij ons alleen bewaard (artikelen 18 en 19 AVG).
mail-recipient-what-restricted = Beperkt op { $date }:
mail-recipient-do-restricted = Bewaar het, en gebruik het verder niet tot wij weer schrijven. Antwoord op deze e-mail en vermeld { $reference }.
mail-recipient-subject-lifted = Beperking opgeheven – { $reference }
mail-recipient-lead-lifted = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. De beperking die wij meldden, is opgeheven (artikelen 18 en 19 AVG).
mail-recipient-what-lifted = Opgeheven op { $date }:
mail-recipient-do-lifted = U mag het weer gebruiken zoals eerst. Antwoord op deze e-mail en vermeld { $reference }.
mail-recipient-subject-stopped = Stopzetting bij u – { $reference }
mail-recipient-lead-stopped = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. Die persoon wil niet dat ze nog worden gebruikt, en wij zijn gestopt (artikelen 7(3), 19 en 21 AVG).
mail-recipient-what-stopped = Gestopt op { $date }:
mail-recipient-do-stopped = Stop met het gebruik, of vertel ons waarom niet. Antwoord op deze e-mail en vermeld { $reference }.

# Names of letters
letter-portability-ready = Het bestand staat klaar
letter-rectification-done = Antwoord op de verbetering
letter-restriction-done = Het gebruik is beperkt
letter-lift-notice = Bericht dat de beperking eindigt
letter-restriction-lifted = De beperking is voorbij
letter-restriction-stays = De beperking blijft
letter-objection-upheld = Bezwaar toegewezen
letter-objection-overridden = Bezwaar afgewezen
letter-marketing-stopped = De reclame is gestopt
letter-consent-stopped = De toestemming is ingetrokken

# What the log says
fact-change-planned = Er is een plan voor wijzigingen gemaakt
fact-system-corrected = Een systeem is verbeterd
fact-system-restricted = Een systeem is beperkt
fact-system-lifted = Een beperking is opgeheven
fact-change-verified = De wijziging is teruggelezen
fact-objection-sorted = Het bezwaar is gesorteerd
fact-clock-extended = Wij keken of de termijn langer kan
fact-erasure-accounted = Wij keken of er al iets is gewist

# Forms and outcomes
form-correction-decision = Beslis wat wordt verbeterd
form-correction-decision-lead = Klopt wat de persoon zegt? Een reden is niet nodig. Wat u niet verbetert, moet u uitleggen.
form-correction-proof = Met de hand verbeteren
form-correction-proof-lead = Verbeter dit zelf in het systeem. Schrijf wat u deed en wanneer. Een boekstuk verbetert u met een nieuw boekstuk.
form-restriction-decision = Beslis of het gebruik wordt beperkt
form-restriction-decision-lead = Past een van de vier redenen in Art. 18(1)? Twijfelt u, beperk dan eerst.
form-restriction-proof = Met de hand beperken of opheffen
form-restriction-proof-lead = Het systeem kan dit niet zelf. Doe het, en schrijf wat u deed en wanneer.
form-lift-objection = De persoon kan nee zeggen tegen het einde van de beperking
form-lift-objection-lead = Wij wachten op de persoon.
form-lift-decision = Moet de beperking eindigen?
form-lift-decision-lead = De persoon heeft nee gezegd. Lees het en beslis.
form-objection-balance = Weeg het bezwaar
form-objection-balance-lead = Het gebruik is gestopt. Alleen dwingende redenen of een rechtsvordering wegen zwaarder dan de persoon (Art. 21(1)).
outcome-correct = Alles verbeteren
outcome-correction-decision-partly = Verbeter wat ik heb aangekruist
outcome-restrict = Gebruik beperken
outcome-lift = Beperking opheffen
outcome-stays = De beperking blijft
outcome-upheld = Bezwaar toewijzen
outcome-overridden = Onze redenen wegen zwaarder
outcome-objects = De persoon zegt nee

# What the handler sees
hint-why = De persoon schrijft
hint-kinds = Betreft
ask-ground-contested = De gegevens kloppen niet, zegt de persoon – Art. 18(1)(a)
ask-ground-unlawful = Het gebruik is onrechtmatig, maar niet wissen – Art. 18(1)(b)
ask-ground-claims = De persoon heeft ze nodig voor een vordering – Art. 18(1)(c)
ask-ground-objected = Een bezwaar wordt gewogen – Art. 18(1)(d)
task-changes = Dit wordt gewijzigd
task-change-now = Nu
task-change-to = Wordt
task-apply = Verbeteren als u een deel kiest
task-not-held = Dit vonden wij niet, dus het kan niet worden verbeterd:
by-hand-append-only = Met de hand: het is geboekt en krijgt een nieuw boekstuk
by-hand-differs = Met de hand: nergens staat wat de persoon zegt dat er staat
by-hand-several = Met de hand: er passen er meer, en wij weten niet welke
by-hand-unreadable = Met de hand: het is een bestand, of niet te lezen
by-hand-no-flag = Met de hand: het systeem kan dit niet markeren
plan-lead-changes = Dit wijzigen wij, veld voor veld. Het plan ligt vast.
case-lift = Beperking opheffen
case-lift-lead = De persoon hoort het eerst en kan 14 dagen nee zeggen.

# What is wrong with a form
problem-apply-missing = Kruis minstens één verbetering aan, of wijs af
problem-apply-unknown = Deze verbetering staat niet in het plan. Laad de pagina opnieuw.
