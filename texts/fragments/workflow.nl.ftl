### Workflow definitions, drawn and in words.

nav-workflows = Werkstromen
workflows-title = Werkstromen
workflows-lead = Zo gaat een zaak van ontvangst naar antwoord. Een zaak volgt de versie waarmee zij begon.
workflows-caption = In gebruik
workflow-name = Naam
workflow-called = Titel
workflow-version = Versie
workflow-steps = Stappen
workflow-cases = Open zaken
workflow-older = alleen oudere zaken
workflow-title = Werkstroom { $name }, versie { $version }
workflow-picture = Tekening
workflow-picture-description = De fasen van boven naar beneden, met hun stappen en waar elke uitkomst heen leidt. De lijst op dezelfde pagina zegt hetzelfde in woorden.
workflow-outline = In woorden
workflow-kind-task = taak
workflow-kind-do = handeling
workflow-kind-decide = beslissing volgens regels
workflow-kind-each = voor elk in
workflow-by = door
workflow-due = termijn { $period }
workflow-escalate = na { $period } ook
workflow-not-by = niet door wie dit deed:
workflow-times = hoogstens { $times } keer
workflow-after = na { $times } keer
workflow-branch-end = de tak is klaar
workflow-closed = gesloten
workflow-keep = bewaard { $period }
workflow-point = kan niet terug
workflow-any-time = Op elk moment
workflow-until = vóór { $stage }
workflow-in = in
workflow-within = binnen { $period }
workflow-text = Zoals geschreven (YAML)
path-title = De weg van { $reference }
path-see = De weg van de zaak
path-lead = Wat de zaak heeft doorlopen, heeft een ✓ en groene lijnen. Waar zij wacht, is de rand geel.
path-waits = Wacht bij
path-done = gedaan
path-open = wacht
role-subject = de persoon
report-title = Het rapport van de controle
report-count =
    { $count ->
        [one] 1 bevinding
       *[other] { $count } bevindingen
    }
report-runs = De werkstroom is toch in gebruik, maar er ontbreken mensen of teksten. Herstel het voor iemand tevergeefs wacht.
report-clean = Alles wat een werkstroom volgens de wet moet, klopt op elke weg erdoor.
report-proven = { $count } plichten zijn bewezen
draft-title = Probeer een werkstroom
draft-lead = Plak of schrijf een definitie en lees wat bewezen is en wat niet. Hier wordt niets bewaard of veranderd. Een definitie komt alleen in gebruik uit de map van de organisatie, als habeas start. Zijn er bevindingen, dan start habeas niet.
draft-prove = Controleer de definitie
draft-from = Begin een ontwerp met deze tekst

### Moving open cases to a newer version.

move-open = Open zaken naar deze versie verplaatsen
move-newer = Er is een nieuwere versie van deze werkstroom. Kijk of de zaak kan worden verplaatst.
move-title = Open zaken verplaatsen naar { $name }, versie { $version }
move-lead = Een zaak blijft op de versie waarmee zij begon, tot u haar verplaatst. Elke zaak hieronder is op proef verplaatst. Daarvan is niets bewaard.
move-moved =
    { $count ->
        [one] 1 zaak is verplaatst.
       *[other] { $count } zaken zijn verplaatst.
    }
move-nobody = Er loopt geen open zaak op een oudere versie.
move-where = Waar open zaken wachten op oudere versies
move-step = Stap
move-standing = In de nieuwste versie
move-standing-same = dezelfde
move-standing-changed = is anders
move-standing-gone = is weg
move-gone = Stappen die weg zijn
move-gone-lead = Zeg welke taak in de plaats van elke stap komt. Probeer het dan opnieuw.
move-takes-over = In plaats van { $step }
move-nothing = Niets
move-try = Probeer opnieuw
move-can = Deze kunnen worden verplaatst
move-which = Welke zaken moeten worden verplaatst?
move-waits = versie { $version }, wacht bij { $steps }
move-none-can = Geen ervan kan nu worden verplaatst.
move-confirm = Weet u het zeker?
move-sure = Ja, verplaats de gekozen zaken
move-sure-hint = Ik weet wat er anders is. Wie een taak in deze zaken heeft, ziet meteen de nieuwe versie.
move-act = Zaken verplaatsen
move-stay = Deze blijven voorlopig
move-why-working = Er wordt nu iets in de zaak gedaan. Probeer het opnieuw als dat klaar is.
move-why-no-place = De stap waar zij wacht is weg, of is nu een ander soort stap. Zeg welke taak in de plaats komt.
move-why-unproven = De nieuwste versie steunt op iets dat in deze zaak niet bewezen is. Laat de zaak verdergaan waar zij is.
move-more = Zaken die hier niet staan: { $count }. Verplaats deze eerst, of gebruik
problem-move-none = Kies minstens één zaak
problem-move-unsure = Bevestig dat de zaken moeten worden verplaatst
