### The rights that change something: letters, facts, forms.

# Parts of letters
mail-received-reference = Het nummer van uw verzoek is { $reference }.
mail-rights = U kunt ons ook vragen uw gegevens te verbeteren of te verwijderen, of ze niet meer te gebruiken.
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
mail-restricted-lead = Het gebruik staat op pauze (beperking, Art. 18). Wij bewaren deze gegevens, maar gebruiken ze niet. U hoort het voordat de pauze stopt:
mail-lifted-lead = De pauze is voorbij (Art. 18). Wij gebruiken deze gegevens weer zoals eerst:
mail-stays-lead = Wij hebben gelezen wat u schreef. De pauze gaat door en wij gebruiken de gegevens niet (Art. 18). U hoeft niets te doen.
mail-upheld-lead = U zei nee, en uw reden weegt zwaarder. Wij gebruiken deze gegevens niet meer (Art. 21):
mail-overridden-lead = U zei nee (maakte bezwaar, Art. 21). Wij hebben het gewogen. Onze reden weegt zwaarder:
mail-overridden-next = Na deze e-mail gebruiken wij de gegevens weer.
mail-marketing-lead = U krijgt geen reclame meer van ons (Art. 21(3)). Wij hebben dit gestopt:
mail-consent-lead = Uw toestemming is ingetrokken (Art. 7(3)). Wij hebben dit gestopt:
mail-lift-subject = Belangrijk over uw verzoek { $reference }
mail-lift-lead = Het gebruik van uw gegevens staat op pauze (beperking, Art. 18). Binnenkort willen wij de pauze stoppen en ze weer gebruiken.
mail-lift-speak = Bent u het er niet mee eens? Zeg het op de pagina, uiterlijk { $date }. Anders stopt de pauze.
lift-contested = U zei dat de gegevens niet kloppen. Wij zijn klaar met controleren.
lift-unlawful = U zei dat wij ze niet mogen gebruiken. Wij hebben dat bekeken.
lift-claims = U had ze nodig voor een vordering. Voor zover wij weten is dat voorbij.
lift-objected = U zei nee tegen het gebruik. Wij hebben dat beoordeeld.
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
mail-recipient-subject-restricted = Pauze bij u – { $reference }
mail-recipient-lead-restricted = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. Het gebruik ervan staat bij ons nu op pauze (beperking, artikelen 18 en 19 AVG).
mail-recipient-what-restricted = Op pauze sinds { $date }:
mail-recipient-do-restricted = Bewaar het, en gebruik het verder niet tot wij weer schrijven. Antwoord op deze e-mail en vermeld { $reference }.
mail-recipient-subject-lifted = De pauze is voorbij – { $reference }
mail-recipient-lead-lifted = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. De pauze die wij meldden, is voorbij (beperking opgeheven, artikelen 18 en 19 AVG).
mail-recipient-what-lifted = Voorbij sinds { $date }:
mail-recipient-do-lifted = U mag het weer gebruiken zoals eerst. Antwoord op deze e-mail en vermeld { $reference }.
mail-recipient-subject-stopped = Stopzetting bij u – { $reference }
mail-recipient-lead-stopped = Aan { $recipient }. U hebt gegevens over een persoon ontvangen van { $name }. Die persoon wil niet dat ze nog worden gebruikt, en wij zijn gestopt (artikelen 7(3), 19 en 21 AVG).
mail-recipient-what-stopped = Gestopt op { $date }:
mail-recipient-do-stopped = Stop met het gebruik, of vertel ons waarom niet. Antwoord op deze e-mail en vermeld { $reference }.

# Names of letters
letter-portability-ready = Het bestand staat klaar
letter-rectification-done = Antwoord op de verbetering
letter-restriction-done = Het gebruik staat op pauze
letter-lift-notice = Bericht dat de pauze stopt
letter-restriction-lifted = De pauze is voorbij
letter-restriction-stays = De pauze gaat door
letter-objection-upheld = Bezwaar toegewezen
letter-objection-overridden = Bezwaar afgewezen
letter-marketing-stopped = De reclame is gestopt
letter-consent-stopped = De toestemming is ingetrokken

# What the log says
fact-change-planned = Er is een plan voor wijzigingen gemaakt
fact-system-corrected = Een systeem is verbeterd
fact-system-restricted = Het gebruik is gestopt in een systeem
fact-system-lifted = Een pauze is beëindigd in een systeem
fact-change-verified = De wijziging is teruggelezen
fact-objection-sorted = Het bezwaar is gesorteerd
fact-clock-extended = Wij keken of de termijn langer kan
fact-erasure-accounted = Wij keken of er al iets is verwijderd

# Forms and outcomes
form-correction-decision = Beslis wat wordt verbeterd
form-correction-decision-lead = Klopt wat de persoon zegt? Een reden is niet nodig. Wat u niet verbetert, moet u uitleggen.
form-correction-proof = Met de hand verbeteren
form-correction-proof-lead = Verbeter dit zelf in het systeem. Schrijf wat u deed en wanneer. Een boekstuk verbetert u met een nieuw boekstuk.
form-restriction-decision = Beslis of het gebruik op pauze gaat
form-restriction-decision-lead = Past een van de vier redenen voor een pauze (beperking, Art. 18(1))? Twijfelt u, zet dan eerst op pauze.
form-restriction-proof = Het gebruik met de hand stoppen, of de pauze beëindigen
form-restriction-proof-lead = Het systeem kan dit niet zelf. Doe het, en schrijf wat u deed en wanneer.
form-lift-objection = De persoon kan nee zeggen tegen het einde van de pauze
form-lift-objection-lead = Wij wachten op de persoon.
form-lift-decision = Moet de pauze stoppen?
form-lift-decision-lead = De persoon heeft nee gezegd. Lees het en beslis.
form-objection-balance = Weeg het bezwaar
form-objection-balance-lead = Het gebruik is gestopt. Alleen dwingende redenen of een rechtsvordering wegen zwaarder dan de persoon (Art. 21(1)).
outcome-correct = Alles verbeteren
outcome-correction-decision-partly = Verbeter wat ik heb aangekruist
outcome-restrict = Zet het gebruik op pauze
outcome-lift = Beëindig de pauze
outcome-stays = De pauze gaat door
outcome-upheld = Bezwaar toewijzen
outcome-overridden = Onze redenen wegen zwaarder
outcome-objects = De persoon zegt nee

# What the handler sees
hint-why = De persoon schrijft
hint-kinds = Betreft
ask-ground-contested = De gegevens kloppen niet, zegt de persoon – Art. 18(1)(a)
ask-ground-unlawful = Het gebruik is onrechtmatig, maar niet verwijderen – Art. 18(1)(b)
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
by-hand-inside = Met de hand: het staat binnen een document of lijst
plan-lead-changes = Dit wijzigen wij, veld voor veld. Het plan ligt vast.
case-lift = Beëindig de pauze
case-lift-lead = De persoon hoort het eerst en kan 14 dagen nee zeggen.

# What is wrong with a form
problem-apply-missing = Kruis minstens één verbetering aan, of wijs af
problem-apply-unknown = Deze verbetering staat niet in het plan. Laad de pagina opnieuw.

mail-fee-subject = Nog een kopie kost iets, verzoek { $reference }
mail-fee-lead = Op { $before } vroeg u om dezelfde gegevens. Wij hebben ze gestuurd. Nog een kopie kost { $fee }.
mail-fee-now = Zeg op de pagina of u de kopie wilt, uiterlijk { $date }. U betaalt alleen als u ja zegt. U krijgt dan de kopie en een factuur. Wilt u de kopie niet, trek uw verzoek dan in: dat is gratis.
letter-fee-notice = Bericht dat nog een kopie iets kost
form-fee-decision = Beslis of nog een kopie iets kost
form-fee-decision-lead = Dezelfde gegevens zijn minder dan een jaar geleden gestuurd. Vraag alleen wat de kopie ons kost, en alleen als er niets is veranderd. Schrijf waarom, zodat de persoon het kan lezen.
form-fee-answer = De persoon zegt of de kopie iets mag kosten
form-fee-answer-lead = Wij wachten op de persoon.
outcome-free = De kopie is gratis
outcome-charge = Vraag de vergoeding
mail-portable-delivered = Wij hebben het bestand ook rechtstreeks naar { $name } gestuurd, zoals u vroeg (Art. 20(2)).
mail-portable-undelivered = Het is niet gelukt om het bestand naar { $name } te sturen. U kunt het downloaden en zelf doorgeven.
form-transmission-proof = Geef het bestand met de hand door
form-transmission-proof-lead = Het andere bedrijf nam het bestand niet aan. Stuur het op een andere veilige manier, of schrijf waarom dat niet kan. De persoon leest dat het niet is aangekomen.
outcome-delivered = Het andere bedrijf heeft het bestand
mail-message-subject = U hebt een bericht van ons, verzoek { $reference }
mail-message-lead = Er is een bericht van ons over uw verzoek. Lees het op uw pagina:
letter-message-waits = E-mail dat er een bericht is
form-message-reply = Beantwoord een bericht
form-message-reply-lead = De persoon schreef ons. Wat u schrijft, staat op haar pagina; in de e-mail staat niet wat het zegt. Het is geen besluit over het verzoek.
outcome-answered = Verstuur het antwoord
hint-message = Zij schreef
