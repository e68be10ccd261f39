### What each right asks beyond itself: corrections, a pause, an objection, a consent.

# Correction
which-kind-title = Waar staat iets fout?
which-kind-lead = Kies één plek. Staat er meer fout? Dan kunt u dat straks toevoegen.
correct-title = { $kind }: wat moet anders?
correct-field = Wat is fout?
correct-now = Wat staat er nu? (niet verplicht)
correct-now-hint = Vul dit in als u het weet. Dan vinden wij de juiste plek
correct-should = Wat moet er staan?
correct-should-day-hint = Schrijf een datum als dag, maand en jaar, bijvoorbeeld 31-12-1990
correct-why = Waarom? (niet verplicht)
correct-why-hint = U hoeft hier niets te schrijven. Het kan helpen, bijvoorbeeld als u bent verhuisd
correct-how = Zo verbeteren wij
correct-how-text = Een medewerker controleert wat u schrijft. Daarna verbeteren wij het. Wie het van ons kreeg, hoort dat het is verbeterd.
correct-proof-text = U hoeft hier niets te bewijzen. Hebt u een bestand dat het laat zien? Stuur het onder Berichten als uw verzoek binnen is.
correct-disagree-text = Zijn wij het niet met u eens? Dan zeggen wij waarom. U kunt er dan uw eigen woorden bij voegen.
problem-which-kind-missing = Kies waar het fout staat
problem-field-unknown = Kies wat fout is
problem-kind-unknown = Kies waar het fout staat
problem-field-not-correctable = Dit kan niet worden verbeterd. Kies iets anders
problem-correction-missing = Schrijf wat anders moet
problem-should-missing = Schrijf wat er moet staan
problem-should-not-a-day = Schrijf de datum als dag, maand en jaar, bijvoorbeeld 31-12-1990
problem-should-not-a-moment = Schrijf de datum en de tijd, bijvoorbeeld 31-12-1990 14.30
problem-should-not-a-number = Schrijf een getal, met alleen cijfers
problem-should-not-yes-or-no = Schrijf ja of nee
problem-asked-of-another-right = Dit hoort niet bij wat u wilt doen. Begin opnieuw
problem-too-long = Schrijf het korter. Er is plaats voor 1000 tekens

# Pause
restrict-title = Waarom wilt u een pauze?
restrict-lead = Wij bewaren uw gegevens, maar gebruiken ze niet. Kies wat het beste past.
rest-contested = Er klopt iets niet
rest-contested-hint = De pauze duurt zolang wij het nakijken
rest-unlawful = Het gebruik mag niet
rest-unlawful-hint = Maar u wilt niet dat wij ze verwijderen
rest-claims = Ik heb ze zelf nodig
rest-claims-hint = Voor een klacht of rechtszaak. Wij verwijderen ze dan niet
rest-objected = Ik heb nee gezegd tegen het gebruik
rest-objected-hint = De pauze duurt zolang wij dat bekijken
restrict-extent = Waar gaat het om?
everything-restriction = Alles over mij
extent-choose = Ik wil kiezen
restrict-kinds = Hiervoor wil ik een pauze
restrict-then = Wat gebeurt er tijdens de pauze?
restrict-then-text = De gegevens blijven staan. Wij gebruiken ze alleen als u ja zegt of als de wet het eist. Wij laten het u weten voordat de pauze stopt.
problem-rest-missing = Kies waarom u een pauze wilt

# No
object-title = Waar wilt u nee tegen zeggen?
object-marketing = Reclame
object-marketing-hint = Wij stoppen meteen. U hoeft geen reden te geven
object-other = Iets anders wat wij doen
object-other-hint = Wij stoppen zolang wij het bekijken
object-kinds = Om welk gebruik gaat het?
object-kinds-hint = Dit mogen wij gebruiken zonder dat u ja zei. Geen kruisje betekent alles
everything-objection = Alles waar ik nee tegen kan zeggen
object-why = Waarmee moeten wij stoppen, en waarom?
object-why-hint = Schrijf het in uw eigen woorden. Wat is bij u anders? Denk aan uw werk, gezondheid of gezin
object-ask = De wet zegt dat wij uw reden en de onze moeten afwegen. Daarom moeten wij uw reden weten. Voor reclame hoeft dat niet.
problem-against-missing = Kies waar u nee tegen wilt zeggen
problem-why-missing = Schrijf waarmee wij moeten stoppen, en waarom

# Consent
consents-title = Welke toestemming wilt u intrekken?
consents-lead = Toestemming is iets waar u ja tegen hebt gezegd.
everything-consent-withdrawal = Alles waar ik ja tegen heb gezegd
consents-kinds = Trek de toestemming hiervoor in
consents-before = Geldt dit ook voor wat wij eerder deden?
consents-before-text = Nee. Wat wij deden toen u ja had gezegd, mocht. Vanaf nu stoppen wij.

# Check
check-scope-restriction = Pauze voor
check-scope-objection = U zegt nee tegen
check-scope-consent-withdrawal = Toestemming voor
check-ground = Omdat
check-against = U zegt nee tegen
check-why = Uw reden
check-corrections = Dit moet anders
check-now = Nu
check-will-be = Wordt
check-remove = Haal weg
check-add = Verbeter nog iets
check-then-portability = Wij maken een bestand van wat u ons hebt gegeven. Een computer kan het lezen. U krijgt een e-mail als het klaar is.
check-then-rectification = Een medewerker controleert wat u hebt geschreven. Daarna verbeteren wij het. Wij zeggen het tegen wie het van ons kreeg.
check-then-restriction = Een medewerker kijkt ernaar. Daarna blijven de gegevens staan, maar gebruiken wij ze niet. U hoort het voordat de pauze stopt.
check-then-marketing = Wij sturen u geen reclame meer. Niemand hoeft dat goed te keuren.
check-then-objection = Eerst stoppen wij met het gebruik. Daarna weegt een medewerker uw reden af tegen de onze.
check-then-consent-withdrawal = Wij stoppen met waar u ja tegen had gezegd. Niemand hoeft dat goed te keuren.
check-send-portability = Vraag om het bestand
check-send-rectification = Vraag om verbeteren
check-send-restriction = Vraag om een pauze
check-send-objection = Zeg nee
check-send-consent-withdrawal = Trek de toestemming in

# On the way
step-correct = Wij verbeteren en antwoorden
step-restrict = Wij zetten het gebruik op pauze
step-stop = Wij stoppen met het gebruik
step-silence = Wij stoppen met de reclame
step-weigh = Een medewerker weegt uw reden af
step-reply = U krijgt antwoord
step-file = U krijgt het bestand
step-hear = U kunt zeggen waarom de pauze moet blijven
step-lift = De pauze stopt
withdraw-portability = Wij maken geen bestand.
withdraw-rectification = Wij verbeteren niets. De gegevens blijven zoals ze zijn.
withdraw-restriction = Er komt geen pauze. Wij gebruiken de gegevens zoals eerst.
withdraw-objection = Wij gebruiken de gegevens zoals eerst.

# Before a pause ends
question-lift = Wij willen uw gegevens weer gebruiken. Moet de pauze volgens u blijven? Dan kunt u zeggen waarom.
case-lead-hearing = De pauze kan binnenkort stoppen
case-pause-ends = <strong>Wij beslissen of de pauze stopt.</strong> U hoort van ons als dat besloten is. U hoeft nu niets te doen.
case-hearing-until = Wij wachten op u tot en met <strong>{ $date }</strong>. Antwoordt u niet, dan stopt de pauze.
case-hearing-answer = Zeg waarom de pauze moet blijven
ask-hearing-title = Waarom moet de pauze blijven?
ask-hearing-by = Antwoord uiterlijk <strong>{ $date }</strong>. Antwoordt u niet, dan stopt de pauze.
ask-hearing-label = Uw reden
ask-hearing-hint = Schrijf het in uw eigen woorden
ask-hearing-send = Verstuur
ask-hearing-why = Wij moeten het zeggen voordat de pauze stopt. Een medewerker leest wat u schrijft en beslist. U hoort wat het is geworden.
problem-hearing-missing = Schrijf waarom de pauze moet blijven

# Requests by phone or letter
intake-right = Wat wil de persoon?
intake-correction = Fout nummer { $number }
intake-more = Voeg nog een fout toe
intake-kinds = Waar gaat het om? Niets aangevinkt betekent alles

# Results
result-file-title = Uw bestand is klaar
result-file = Het bestand staat hier tot <strong>{ $date }</strong>. Andere programma’s kunnen het lezen.
result-file-get = Download het bestand
result-left-out = Dit zit er niet in
result-left-out-lead = Dit hebben wij ook. In het bestand staat per soort waarom.
result-corrected-title = Wij hebben uw gegevens verbeterd
result-corrected = Alles waar u om vroeg is verbeterd.
result-some-corrected-title = Wij hebben een deel verbeterd
result-some-corrected = <strong>Verbeterd: { $corrected } van { $all }.</strong> De rest staat hieronder, met de reden.
result-uncorrected-title = Wij hebben uw gegevens niet verbeterd
result-corrected-heading = Dit is verbeterd
result-declined-heading = Dit hebben wij niet verbeterd
result-was = Eerst
result-is = Nu
result-you-said-now = U schreef dat er staat
result-you-asked = U wilde dat er staat
result-not-found = Wij hebben dit bij ons niet gevonden.
result-declined-then = Bent u het er niet mee eens? Dan kunt u om een pauze vragen terwijl wij er nog eens naar kijken.
result-stopped-heading = Hier gaat het om
result-nothing-of = Hiervan hebben wij niets gevonden:
result-used = Gebruikt tijdens de pauze
used-consent = u had daar ja op gezegd
used-legal-claims = voor een rechtsvordering
used-rights-of-another = om de rechten van iemand anders te beschermen
used-public-interest = vanwege een gewichtig algemeen belang
result-paused-title = Het gebruik staat op pauze
result-paused = De gegevens blijven staan. Wij gebruiken ze niet.
result-paused-then = Wij gebruiken ze alleen als u ja zegt of als de wet het eist. U hoort het voordat de pauze stopt.
result-lifted-title = De pauze is voorbij
result-lifted = Wij gebruiken de gegevens weer zoals eerst.
result-lifted-then = Wilt u een nieuwe pauze? U kunt er altijd om vragen.
result-stays-title = De pauze gaat door
result-stays = Wij hebben gelezen wat u schreef. Wij gebruiken de gegevens niet. U hoort het voordat de pauze stopt.
result-upheld-title = Wij zijn gestopt met het gebruik
result-upheld = Uw reden weegt zwaarder. Wij gebruiken de gegevens hier niet meer voor.
result-upheld-then = Soms gaan wij toch door, bijvoorbeeld als de wet het eist.
result-silenced-title = Wij zijn gestopt met reclame
result-silenced = U krijgt geen reclame meer van ons.
result-silenced-then = U kunt nog wel e-mail krijgen over iets wat u hebt besteld.
result-unconsented-title = Uw toestemming is ingetrokken
result-unconsented = Wij zijn gestopt met waar u ja tegen had gezegd.
result-unconsented-then = Soms gaan wij toch door, bijvoorbeeld met wat u hebt besteld.
result-overridden-title = Wij gaan door met het gebruik
result-overridden = Wij gebruiken de gegevens nu weer.

# Values
said-yes = ja
said-no = nee

# Nog een kopie
question-fee = U kreeg dezelfde gegevens minder dan een jaar geleden. Nog een kopie kost { $fee }. { $reason }
case-lead-fee = Nog een kopie kost iets
case-fee-until = Antwoord uiterlijk <strong>{ $date }</strong>. U betaalt alleen als u ja zegt.
case-fee-answer = Antwoord
ask-fee-title = Wilt u voor de kopie betalen?
ask-fee-by = Antwoord uiterlijk <strong>{ $date }</strong>. U betaalt alleen als u ja zegt. Antwoordt u niet, dan sturen wij geen nieuwe kopie. Wij zeggen dan waarom.
ask-fee-send = Ja, ik betaal
ask-fee-no = Nee, ik wil de kopie niet
ask-fee-why = De eerste kopie is altijd gratis. Een kopie van andere gegevens ook, en een nieuwe na een jaar. Wij mogen alleen vragen wat de kopie ons kost (Art. 15(3)).

# Een bestand voor een ander
send-title = Wie moet het bestand krijgen?
send-me = Alleen ik
send-me-hint = U kunt het hier downloaden en gebruiken zoals u wilt
send-other = Ik, en { $name } rechtstreeks
send-why = U mag uw gegevens rechtstreeks naar een ander bedrijf laten sturen, als dat kan (Art. 20(2)). Sommige bedrijven nemen bestanden van ons aan. U krijgt het bestand altijd ook zelf.
problem-send-missing = Kies wie het bestand moet krijgen
check-file-to = Wie krijgt het bestand
result-delivered = Wij hebben het bestand ook naar { $name } gestuurd, zoals u vroeg.
result-undelivered = Het is niet gelukt om het bestand naar { $name } te sturen. U kunt het downloaden en zelf doorgeven.

# Berichten
case-messages = Berichten
messages-title = Berichten over uw verzoek
messages-none = Er is nog niets geschreven.
messages-you = U
messages-write = Schrijf ons
messages-hint = Een medewerker leest het. Wij antwoorden hier en sturen u een e-mail dat er een antwoord is
messages-send = Verstuur het bericht
messages-safe = Wat u schrijft, blijft op deze pagina. In onze e-mails staat nooit wat erin staat.
problem-message-missing = Schrijf een bericht
problem-message-long = Schrijf korter. Er is plaats voor 4000 tekens
