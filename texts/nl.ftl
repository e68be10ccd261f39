### Pages for the person, and what every page shares.

# Around every page
skip-to-content = Ga naar de inhoud
face-portal = privacy
face-desk = werkplek
face-room = inzageruimte
face-demo = demo
nav-language = Taal
nav-foot = Over deze site
nav-help = Hulp en contact
nav-find = Mijn verzoek vinden
nav-rights = Uw rechten
nav-about = Over deze site
nav-accessibility = Toegankelijkheid
back = Terug
continue = Verder
change = Wijzig
leave = Snel weg
pages = Pagina’s
pages-before = Vorige
pages-next = Volgende
pages-at = Pagina { $page } van { $pages }
contact-heading = Praat met ons
why-heading = Waarom vragen wij dit?
never-passport = Wij vragen hier nooit om een kopie van uw paspoort of rijbewijs.
complaint-text = U kunt een klacht indienen bij { $authority }. U hoeft dat niet eerst aan ons te vragen.
complaint-court = U kunt ook naar de rechter gaan.
free-of-charge = Dit kost u niets.

# When a form needs another look
problem-title-prefix = Fout:
problem-heading = Er moet iets anders
problem-right-missing = Kies wat u wilt doen
problem-email-invalid = Vul het hele e-mailadres in, bijvoorbeeld naam@voorbeeld.nl
problem-code-wrong = De code klopt niet. Controleer de 6 cijfers
problem-code-expired = De code is te oud. Vraag een nieuwe code
problem-code-wait = De code was vijf keer fout. Probeer het om { $time } opnieuw
problem-kind-missing = Kies welk nummer u hebt
problem-number-missing = Vul het nummer in
problem-number-wrong = Het nummer hoort niet bij dit e-mailadres. Controleer het nog eens
problem-scope-missing = Kies alles of een deel
problem-kinds-missing = Vink minstens één ding aan
problem-sign-in = Het adres of het wachtwoord klopt niet
problem-totp-wrong = De code klopt niet of is al gebruikt. Wacht op de volgende
problem-outcome-missing = Kies een uitkomst
problem-reason-missing = Schrijf waarom
problem-statute-missing = Schrijf naar welke wet en welk artikel de grond verwijst
problem-ground-missing = Kies een grond in de wet
problem-stale = Het verzoek is intussen veranderd. Kijk het na en verstuur opnieuw
problem-basis-missing = Kies waarom het bewaard moet blijven
problem-matter-missing = Vul een kenmerk in
problem-owner-missing = Vul in wie hiervoor verantwoordelijk is
problem-review-invalid = Vul een datum in, uiterlijk { $date }
problem-review-not-later = Kies een dag na de dag die nu geldt
problem-case-unknown = Er is geen verzoek met dit nummer
problem-date-invalid = Vul een datum na de demodatum in

# Start
start-title = Beslis over uw gegevens
start-lead = Hier kunt u uw gegevens bekijken, verbeteren of verwijderen. U beslist ook hoe wij ze gebruiken. Het is gratis. Het duurt meestal minder dan vijf minuten.
start-question = Wat wilt u doen?
start-access = Mijn gegevens bekijken
start-access-hint = U krijgt een kopie die u kunt lezen en bewaren
start-erasure = Mijn gegevens verwijderen
start-erasure-hint = Sommige gegevens moeten wij van de wet bewaren. Wij laten zien welke en waarom
start-portability = Mijn gegevens meenemen
start-portability-hint = U krijgt een bestand dat u kunt meenemen
start-rectification = Iets verbeteren
start-rectification-hint = Laat zien wat fout is en wat goed is
start-restriction = Het gebruik op pauze zetten
start-restriction-hint = Wij bewaren uw gegevens, maar gebruiken ze niet
start-objection = Nee zeggen tegen reclame of ander gebruik
start-objection-hint = Met reclame stoppen wij meteen
start-consent-withdrawal = Mijn toestemming intrekken
start-consent-withdrawal-hint = Even makkelijk als ja zeggen
start-other-ways = Andere manieren
start-other-ways-text = Bel of schrijf ons, ook als u het voor uw kind of iemand anders vraagt. Dan helpt een medewerker u.

# Who, code, second item
who-title = Wat is uw e‑mailadres?
who-hint = Gebruik het adres dat u bij ons gebruikt. Wij sturen een code
who-send = Stuur de code
who-no-mailbox = Ik kan niet bij dat e-mailadres
who-why = Wij moeten weten dat u het bent. Zo kan niemand anders uw gegevens zien of veranderen.
code-title = Controleer uw e‑mail
code-lead = Wij hebben een code gestuurd naar <strong>{ $address }</strong>.
code-neutral = De code komt binnen twee minuten. Komt de code niet? Controleer dan het adres.
code-label = Code
code-hint = 6 cijfers. Werkt tot { $time } uur
code-again = Stuur een nieuwe code
code-sent-again = Wij hebben een nieuwe code gestuurd. De oude werkt niet meer.
code-other-address = Gebruik een ander adres
code-missing-heading = Komt de code niet?
code-missing-text = Kijk in uw map met ongewenste e-mail. Controleer of het adres goed is geschreven.
item-title = Hebt u een klantnummer of bestelnummer?
item-lead = U vindt het op de factuur of in de e-mail bij uw bestelling.
item-which = Welk nummer hebt u?
item-customer-number = Klantnummer
item-customer-number-hint = Staat boven aan de factuur
item-order-number = Bestelnummer
item-order-number-hint = Staat in de e-mail over de bestelling
item-number = Het nummer
item-neither = Ik heb geen van beide
item-why = De e-mail alleen is niet genoeg. Het nummer weten alleen u en wij.

# Scope, check
scope-title = Wat wilt u laten verwijderen?
everything-erasure = Alles wat kan
everything-erasure-hint = Wij laten zien wat moet blijven en waarom
scope-choose-hint = Kies uit de soorten hieronder
scope-kinds = Verwijder dit
scope-effect = Dan sluit uw account. Dit kunt u niet terugdraaien.
scope-stays = Wat wij misschien moeten bewaren
scope-stays-lead = Wij kijken naar elk gegeven en zeggen wat bleef. Wij verwijderen het zelf als de tijd om is.
stays-in-part = Alleen het deel dat nodig is.
stays-until = Wat van vandaag is, kan blijven tot en met <strong>{ $date }</strong>. Wat ouder is, gaat eerder weg.
stays-nothing = Wij kennen geen regel die hier iets van tegenhoudt.
stays-hold = Zijn wij het ergens niet over eens? Dan kan meer blijven tot dat klaar is. Wij zeggen dan waarom.
check-title = Controleer voor u verstuurt
check-right = U wilt
check-email = E-mailadres
check-scope-erasure = Wij verwijderen
check-language = Taal van het antwoord
check-then = Als u hebt verstuurd
check-then-access = Wij halen op wat wij over u hebben en maken een kopie. U krijgt een e-mail als die klaar is.
check-then-erasure = Een medewerker kijkt mee. Daarna wachten wij drie dagen. In die tijd kunt u het stoppen. Dan verwijderen wij.
check-by = U krijgt uiterlijk <strong>{ $date }</strong> antwoord.
check-send-access = Vraag om een kopie
check-send-erasure = Vraag om verwijderen

# Status
case-title-access = Uw verzoek: gegevens bekijken
case-title-erasure = Uw verzoek: gegevens verwijderen
case-title-portability = Uw verzoek: gegevens meenemen
case-title-rectification = Uw verzoek: gegevens verbeteren
case-title-restriction = Uw verzoek: gebruik op pauze
case-title-objection = Uw verzoek: nee tegen gebruik
case-title-consent-withdrawal = Uw verzoek: toestemming intrekken
case-lead-received = <strong>Wij hebben uw verzoek.</strong> U krijgt uiterlijk <strong>{ $due }</strong> antwoord. U hoeft nu niets te doen.
case-lead-checking = <strong>Wij controleren of u het bent.</strong> U krijgt uiterlijk <strong>{ $due }</strong> antwoord. U hoeft nu niets te doen.
case-lead-working = <strong>Wij werken eraan.</strong> U krijgt uiterlijk <strong>{ $due }</strong> antwoord. U hoeft nu niets te doen.
case-lead-waiting = Wij hebben iets van u nodig
case-lead-answered = <strong>Wij hebben geantwoord.</strong> U kunt het antwoord lezen en afdrukken.
case-lead-withdrawn = <strong>U hebt uw verzoek ingetrokken.</strong> Wij doen er niets meer mee. U kunt altijd opnieuw beginnen.
case-waiting-how = Beantwoord onze e-mail uiterlijk <strong>{ $date }</strong>. U kunt ook schrijven naar { $email }. Noem dan { $reference }.
case-waiting-clock = Onze termijn staat stil zolang wij op u wachten.
case-cooling = <strong>Wij zijn klaar om te verwijderen.</strong> Wij beginnen <strong>{ $moment }</strong>. Tot dan kunt u het stoppen.
case-cooling-not-you = Hebt u hier niet om gevraagd? Stop het verwijderen nu.
case-stop = Stop het verwijderen
case-extended = Uw verzoek duurt langer dan een maand.
case-late = Wij zijn te laat. Onze excuses
case-late-lead = U had uiterlijk { $due } antwoord moeten krijgen.
case-late-promise = U krijgt nu uiterlijk <strong>{ $date }</strong> antwoord.
case-complain = Klaag bij { $authority }
case-see-answer = Lees het antwoord
case-see-data = Bekijk de gegevens
case-download = Download een kopie
case-troubled = Dit lukt nog niet: { $system }. Wij proberen het vanzelf opnieuw.
case-steps = Dit gebeurt er
case-reference = Zaaknummer
case-received = Ontvangen
case-due = Antwoord uiterlijk
case-updated = Bijgewerkt om { $time }.
case-update = Ververs de pagina
case-withdraw = Trek het verzoek in
case-record = Overzicht om af te drukken
step-received = Ontvangen
step-identity = Wij weten dat u het bent
step-collect = Wij halen de gegevens op
step-decide = Een medewerker kijkt mee
step-cooling = U kunt het verwijderen stoppen
step-erase = Wij verwijderen en antwoorden
step-answer = U krijgt de kopie
step-state-done = klaar
step-state-now = nu bezig
step-state-ahead = komt nog
step-systems = { $done } van { $all } systemen zijn klaar
step-by = Uiterlijk { $date }
withdraw-title = Wilt u het verzoek intrekken?
withdraw-access = Wij stoppen met gegevens ophalen. U krijgt geen antwoord.
withdraw-erasure = Wij verwijderen niets. De gegevens blijven waar ze zijn.
withdraw-again = U kunt altijd opnieuw beginnen.
withdraw-yes = Trek het verzoek in
withdraw-no = Ga ermee door

# What we hold
held-title = Dit weten wij over u
held-lead = Opgehaald uit onze systemen op { $time }. Kies een vak om alles te zien.
held-kinds = Gegevens
held-show = Toon “{ $kind }”
held-count = Aantal
held-latest = Laatste
held-where = Waar
held-keep = Bewaard tot
held-nothing = Wij hebben niets over u onder dit adres.
held-withheld = Niet hier te zien
held-withheld-lead = Dit hebben wij ook. Het kan u schaden als een ander het ziet. Daarom moeten wij zekerder weten dat u het bent.
held-withheld-how = Zo krijgt u het te zien
held-searched = Hier hebben wij gezocht
held-empty = Wij zochten, maar vonden hier niets van:
held-unread = Dit konden wij nog niet lezen: { $system }. Wij proberen het vannacht opnieuw.
keep-unknown = Nog niet bekend. Wij laten het weten
tier-mailbox = code per e-mail
tier-second-item = e-mail en klantnummer
tier-two-channels = code per e-mail en telefoon
tier-substantial = inloggen met eID, of een gesprek met ons
tier-high = inloggen met eID, hoog niveau
kind-title = { $kind }: wat wij over u weten
kind-lead =
    { $count ->
        [one] 1 vermelding
       *[other] { $count } vermeldingen
    } · { $system }
kind-file = Haal het bestand op ({ $size })
kind-empty = Leeg
kind-unreadable = Dit konden wij niet lezen
kind-withheld = Te zien als wij zekerder weten dat u het bent
kind-other = Verborgen, omdat het over iemand anders gaat
kind-why = Waarom wij dit hebben
kind-from = Waar het vandaan komt
kind-recipients = Wie het heeft gekregen
kind-nobody = Niemand buiten ons.
kind-basis = Grond in de wet
kind-no-basis = Wij hebben de grondslag nog niet opgegeven. Vraag het ons.
kind-basis-text = { $basis } van de AVG
kind-keep = Hoe lang
kind-automated = Beslist een computer iets?
kind-no-automated = Nee.

# Download
download-title = Download uw kopie
download-file-title = Download uw bestand
download-lead = Het bestand staat hier tot <strong>{ $date }</strong>. Dan verwijderen wij deze kopie. U kunt altijd een nieuwe vragen.
download-file = Bestand
download-size = Grootte
download-checksum = Controlegetal (SHA‑256)
download-get = Download ({ $size })
download-open = Zo opent u het bestand
download-open-iphone = iPhone: open de app Bestanden en tik op het bestand.
download-open-android = Android: open de app Bestanden, tik op het bestand en kies Uitpakken.
download-open-computer = Computer: dubbelklik op het bestand.
download-index = Open daarna <strong>index.html</strong>. Dat werkt zonder internet.
download-preparing = Wij maken het bestand nu. Dat duurt enkele minuten. U krijgt een e-mail als het klaar is.
download-expired = Deze kopie is verwijderd om u te beschermen. Uw recht op een kopie houdt u.
download-again = Maak een nieuwe kopie
download-inside = Wat zit erin?
download-inside-text = Een pagina om te lezen, en dezelfde gegevens als tabellen. Foto’s en bijlagen zitten erbij.
download-inside-file = Tabellen (CSV) en hetzelfde voor programma’s (JSON), met een pagina om te lezen. U kunt het aan een ander bedrijf geven.
download-care = Het bestand gaat over u. Bewaar het waar alleen u bij kunt.

# Result
outcome-copy-title = Uw kopie staat klaar
outcome-copy =
    Wij vonden { $kinds ->
        [one] <strong>1 soort gegevens</strong>
       *[other] <strong>{ $kinds } soorten gegevens</strong>
    } over u. De kopie staat hier tot <strong>{ $date }</strong>.
outcome-erased-title = Wij hebben alles verwijderd
outcome-partly-title = Wij hebben verwijderd wat kan
outcome-nothing-title = Wij hebben niets over u
outcome-refused-title = Wij hebben nee gezegd
outcome-ratio = <strong>{ $deleted } van de { $all } soorten gegevens zijn verwijderd.</strong>
outcome-ratio-rest = Wij moeten er { $kept } nog bewaren. Ze staan hieronder, met reden en datum.
outcome-all =
    <strong>{ $deleted ->
        [one] 1 soort gegevens is
       *[other] { $deleted } soorten gegevens zijn
    } verwijderd.</strong> Wij bewaren er niets van.
outcome-kept = Dit moeten wij nog even bewaren
outcome-kept-lead = Wij gebruiken het alleen voor wat de wet vraagt, en nergens anders voor.
outcome-kept-fields = Wij bewaren er alleen dit van:
outcome-kept-then = Als de tijd om is, verwijderen wij het vanzelf. U krijgt dan een e-mail.
until-day = Tot en met <strong>{ $date }</strong>.
until-review = Tot de zaak klaar is. Wij kijken er opnieuw naar op <strong>{ $date }</strong>.
until-unknown = Wij kunnen nog geen datum beloven. Een medewerker kijkt ernaar.
outcome-seen-by = Alleen wie hier werkt, kan er intussen bij:
outcome-deleted = Dit hebben wij verwijderd
outcome-deleted-show =
    { $deleted ->
        [one] Toon de ene soort
       *[other] Toon de { $deleted } soorten
    }
outcome-backups = Uit onze reservekopieën is het uiterlijk <strong>{ $date }</strong> weg.
signed-off = Hier deed een medewerker het werk met de hand, en bevestigde het:
suppressed-title = Zodat niemand u opnieuw aanschrijft
suppressed-what = Wij bewaren uw e-mailadres, achter slot en als code, en de dag waarop de reclame stopte: { $date }. Wij gebruiken het alleen om u met rust te laten.
suppressed-until = Het verdwijnt als u zegt dat u weer reclame wilt.
result-told = Wie wij het hebben verteld
outcome-told-nobody = Niemand anders had deze gegevens van ons.
told-sent-mail = Kreeg op { $date } bericht per e-mail. Nog geen antwoord.
told-sent-by-hand = Kreeg op { $date } bericht van een medewerker.
told-acknowledged = Heeft hetzelfde gedaan. Dat zei { $name } op { $date }.
told-refused = Antwoordde op { $date } niet hetzelfde te doen: { $reason }
told-sent-impossible = Kreeg bericht op { $date }, en kan niet hetzelfde doen. { $why } { $reason }
told-impossible = Het lukte niet om bericht te geven. { $why } { $reason }
impossible-gone = Deze ontvanger bestaat niet meer.
impossible-not-recorded = Niemand heeft vastgelegd wie het was.
impossible-not-identifiable = De ontvanger kan niet meer zien over wie de gegevens gaan.
impossible-disproportionate = Het zou onevenredig veel moeite kosten.
outcome-nothing = Wij zochten in al onze systemen, maar vonden niets onder uw adres en nummer.
outcome-nothing-other = Gebruikte u bij ons een ander e-mailadres? Vraag het dan opnieuw met dat adres.
answered-on = Beantwoord
outcome-print = U kunt deze pagina afdrukken of bewaren vanuit uw browser.
disagree-heading = Als u het niet eens bent
disagree-ask = Vraag ons om opnieuw te kijken: schrijf naar <strong>{ $email }</strong> en noem { $reference }.
record-title = Verzoek { $reference }: alles wat er is gebeurd
record-lead = Bewaar deze pagina als u een klacht wilt indienen. Ze laat zien dat u het ons hebt gevraagd.
record-organisation = Gestuurd aan
record-events = Wat er is gebeurd

# Around the journey
find-title = Welk e‑mailadres gebruikte u?
find-hint = Wij sturen een code, daarna ziet u uw verzoeken
find-send = Stuur de code
landing-title = Verder naar verzoek { $reference }
landing-lead = Kies de knop om het verzoek te openen. De link werkt één keer.
rights-title = Uw rechten
rights-lead = De wet geeft u het recht om over uw gegevens te beslissen. Dat kost niets.
rights-access = Zien wat wij hebben
rights-access-text = U mag weten of wij iets over u hebben, en een kopie krijgen. Wij vertellen ook waarom wij het hebben, waar het vandaan komt, wie het kreeg en hoe lang wij het bewaren.
rights-portability = Het meenemen
rights-portability-text = Wat u ons zelf gaf, kunt u als bestand krijgen. Een ander bedrijf kan dat lezen.
rights-rectification = Fouten verbeteren
rights-rectification-text = Klopt iets niet of mist er iets, dan verbeteren wij het. Wij vertellen het ook aan wie het van ons kreeg.
rights-restriction = Om een pauze vragen
rights-restriction-text = Terwijl wij uitzoeken of iets klopt, kunt u om een pauze in het gebruik vragen (beperking van de verwerking). Dan bewaren wij het, maar gebruiken het niet.
rights-erasure = Het laten verwijderen
rights-erasure-text = Wij verwijderen wat wij niet meer nodig hebben. Sommige gegevens moeten wij van de wet bewaren, zoals facturen. Wij laten zien welke, waarom en hoe lang. Daarna verwijderen wij die ook.
rights-objection = Nee zeggen
rights-objection-text = U kunt nee zeggen tegen reclame (direct marketing). Dan stoppen wij meteen. U kunt ook nee zeggen tegen ander gebruik (bezwaar maken) en vertellen waarom.
rights-consent-withdrawal = Van gedachten veranderen
rights-consent-withdrawal-text = Hebt u ergens ja tegen gezegd, dan kunt u dat terugnemen. Dat moet even makkelijk zijn.
rights-write = Schrijf naar { $email }, dan helpen wij u.
rights-complain = Een klacht indienen
help-title = Hulp en contact
help-lead = U kunt dit altijd zonder deze site doen. Bel, mail of stuur een brief. De termijn is dezelfde.
help-mailbox = U kunt niet bij uw e‑mail
help-mailbox-text = Bel ons, schrijf een brief of kom langs. Wij stellen enkele vragen en een medewerker gaat verder. U hoeft geen kopie van uw paspoort te sturen.
help-number = U hebt geen klantnummer of bestelnummer
help-number-text = Was u nooit klant, dan hebt u ons misschien alleen geschreven. Bel of schrijf, dan vinden wij een andere manier.
help-proof = U wilt gegevens zien die wij hier niet tonen
help-proof-text = Paspoort, gezondheid en dergelijke tonen wij alleen als wij heel zeker zijn. Maak een afspraak. U mag een document afdekken, en wij bewaren het niet.
help-others = U vraagt het voor iemand anders
help-others-text = Kies eerst wat u wilt, en dan “Ik vraag dit voor een ander”. Een medewerker kijkt voordat wij iets opzoeken. Dit kunnen wij willen zien:
help-officer = Functionaris voor gegevensbescherming
help-officer-text = { $name } let erop dat wij de wet volgen. U kunt rechtstreeks schrijven.
accessibility-title = Toegankelijkheid
accessibility-lead = Iedereen moet deze site kunnen gebruiken. Het doel is WCAG 2.2, niveau AA.
accessibility-works = Dit werkt
accessibility-works-text = U kunt alles doen met het toetsenbord of een schermlezer. Grote letters en een donker scherm werken ook. Er zijn geen scripts nodig. U kunt alles afdrukken.
accessibility-checked = Zo is het gecontroleerd
accessibility-checked-text = Elke pagina wordt vooraf door een programma getest. Zulke programma’s vinden niet alles.
accessibility-tell = Laat het weten
accessibility-tell-text = Werkt iets niet voor u? Schrijf naar { $email } of bel { $phone }. Wij helpen u intussen op een andere manier.
about-title = Over deze site
about-lead = Deze site bewaart zo weinig mogelijk over u.
about-kept = Wat wij bewaren
about-kept-text = Als u verstuurt, bewaren wij uw adres, wat u vroeg en wat wij deden. Zo kunnen wij laten zien dat wij de wet volgden. De pagina van uw verzoek zegt hoe lang.
about-cookie = Eén cookie
about-cookie-text = De cookie onthoudt dat u het bent en aan welk formulier u werkt. Hij verdwijnt als u de browser sluit of de site verlaat. Na een uur rust laat u opnieuw zien wie u bent. Wij meten en volgen niets.
about-seen = Wie het ziet
about-seen-text = Alleen wie bij { $organisation } aan uw verzoek werkt. Elke inzage wordt vastgelegd.
about-proof = Bewijs
about-proof-text = Alles wat gebeurt, komt in een logboek dat later niet te veranderen is. De toezichthouder kan het controleren.
signed-out-title = U hebt de site verlaten
signed-out-text = Wat u hier schreef en zag, is weg van dit apparaat. Niemand kan ernaar terug.
expired-session-title = U was even weg
expired-session = Na een uur rust sloten wij het verzoek op dit apparaat. Zo bent u beschermd. Wat u schreef, houden wij een dag vast.
expired-link-used-title = De link is al gebruikt
expired-link-used = Een link werkt maar één keer. Zo kan niemand anders hem na u gebruiken.
expired-link-old-title = De link is te oud
expired-link-old = Links werken maar een bepaalde tijd, om u te beschermen.
expired-draft-title = Uw antwoorden zijn verwijderd
expired-draft = U hebt niets verstuurd. Wij bewaren antwoorden maar een dag. U kunt opnieuw beginnen.
expired-safe = Uw verzoek is veilig en de termijn loopt door. Wij sturen u een code, daarna ziet u uw verzoeken.
expired-start = Begin opnieuw

# When something went wrong
wrong-start = Ga naar het begin
wrong-not-found-title = Wij vinden deze pagina niet
wrong-not-found = Wat u hebt ingevuld, is niet weg. Controleer het adres of begin bij het begin. Hebt u een verzoek, dan vindt u het met uw e-mailadres.
wrong-not-allowed-title = U mag hier niet komen
wrong-not-allowed = Uw rol geeft hier geen toegang toe. Vraag de privacyverantwoordelijke om hulp.
wrong-form-expired-title = Het formulier is te oud
wrong-form-expired = Er is niets verstuurd. Ga terug, ververs de pagina en verstuur opnieuw.
wrong-changed-title = Iemand was sneller
wrong-changed = Het verzoek is intussen veranderd. Er is niets gedaan. Open het opnieuw.
wrong-too-large-title = Dat was te veel tegelijk
wrong-too-large = Wij nemen tot { $limit } aan. Er is niets bewaard. Maak het kleiner en probeer opnieuw.
wrong-too-many-title = Even wachten
wrong-too-many = Er waren veel pogingen in korte tijd. Probeer het om <strong>{ $time }</strong> opnieuw. Uw verzoek is veilig.
wrong-broken-title = Er ging iets mis bij ons
wrong-broken = Wat u eerder hebt verstuurd, is bewaard. Wat u op de vorige pagina’s schreef, houden wij een dag vast. Probeer het later opnieuw. Belt u ons, noem dan <strong>{ $incident }</strong>.
wrong-unavailable-title = De site rust even
wrong-unavailable = Wij werken aan het systeem. Wat u hebt verstuurd, is veilig en de termijn blijft gelijk. Probeer het over enkele minuten opnieuw. Belt u ons, noem dan <strong>{ $incident }</strong>.

# Who did it
actor-person = de persoon
actor-machine = habeas
log-leaf = logboek nr. { $leaf }
