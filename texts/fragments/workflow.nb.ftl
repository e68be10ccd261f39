### Workflow definitions, drawn and in words.

nav-workflows = Arbeidsflyt
workflows-title = Arbeidsflyter
workflows-lead = Slik går en sak fra mottak til svar. En sak følger den utgaven den begynte med.
workflows-caption = I bruk
workflow-name = Navn
workflow-called = Tittel
workflow-version = Utgave
workflow-steps = Steg
workflow-cases = Åpne saker
workflow-older = bare eldre saker
workflow-title = Arbeidsflyt { $name }, utgave { $version }
workflow-picture = Tegning
workflow-picture-description = Stadiene ovenfra og ned, med steg og hvor hvert utfall fører. Listen på samme side sier det samme med ord.
workflow-outline = Med ord
workflow-kind-task = oppgave
workflow-kind-do = handling
workflow-kind-decide = avgjørelse etter regler
workflow-kind-each = for hver i
workflow-by = av
workflow-due = frist { $period }
workflow-escalate = etter { $period } også
workflow-not-by = ikke av den som gjorde
workflow-times = høyst { $times } ganger
workflow-after = etter { $times } ganger
workflow-branch-end = grenen er ferdig
workflow-closed = avsluttet
workflow-keep = oppbevares { $period }
workflow-point = kan ikke gjøres om
workflow-any-time = Når som helst
workflow-until = før { $stage }
workflow-in = i
workflow-within = innen { $period }
workflow-text = Slik den er skrevet (YAML)
path-title = Veien til { $reference }
path-see = Se sakens vei
path-lead = Det saken har vært gjennom, er merket med ✓ og grønne linjer. Der den venter, er rammen gul.
path-waits = Venter ved
path-done = gjort
path-open = venter
role-subject = personen
report-title = Rapporten fra kontrollen
report-count =
    { $count ->
        [one] 1 funn
       *[other] { $count } funn
    }
report-runs = Arbeidsflyten er i bruk likevel, men det mangler folk eller tekster. Rett det før noen venter forgjeves.
report-clean = Alt en arbeidsflyt skylder etter loven, holder på hver vei gjennom den.
report-proven = { $count } plikter er bevist
draft-title = Prøv en arbeidsflyt
draft-lead = Lim inn eller skriv en definisjon, og les hva som er bevist og hva som ikke er det. Ingenting lagres eller endres her. En definisjon tas i bruk bare fra organisasjonens mappe, når habeas starter. Har den funn, starter habeas ikke.
draft-prove = Kontroller definisjonen
draft-from = Begynn et utkast med denne teksten

### Moving open cases to a newer version.

move-open = Flytt åpne saker til denne utgaven
move-newer = Det finnes en nyere utgave av denne arbeidsflyten. Se om saken kan flyttes.
move-title = Flytt åpne saker til { $name }, utgave { $version }
move-lead = En sak blir på utgaven den begynte med til du flytter den. Hver sak under er flyttet på prøve, og ingenting av det er lagret.
move-moved =
    { $count ->
        [one] 1 sak er flyttet.
       *[other] { $count } saker er flyttet.
    }
move-nobody = Ingen åpne saker går på en eldre utgave.
move-where = Der åpne saker venter på eldre utgaver
move-step = Steg
move-standing = I den nyeste utgaven
move-standing-same = det samme
move-standing-changed = er annerledes
move-standing-gone = er borte
move-gone = Steg som er borte
move-gone-lead = Si hvilken oppgave som tar plassen til hvert steg. Prøv så igjen.
move-takes-over = I stedet for { $step }
move-nothing = Ingenting
move-try = Prøv igjen
move-can = Disse kan flyttes
move-which = Hvilke saker skal flyttes?
move-waits = utgave { $version }, venter ved { $steps }
move-none-can = Ingen av dem kan flyttes nå.
move-confirm = Er du sikker?
move-sure = Ja, flytt sakene jeg har valgt
move-sure-hint = Jeg vet hva som er annerledes. De som har en oppgave i sakene, ser den nye utgaven med en gang.
move-act = Flytt sakene
move-stay = Disse blir foreløpig
move-why-working = Noe blir gjort i saken nå. Prøv igjen når det er ferdig.
move-why-no-place = Steget den venter ved er borte, eller er et annet slags steg nå. Si hvilken oppgave som tar plassen.
move-why-unproven = Den nyeste utgaven bygger på noe som ikke er bevist i denne saken. La den gå videre der den er.
move-more = Saker som ikke vises her: { $count }. Flytt disse først, eller bruk
problem-move-none = Velg minst én sak
problem-move-unsure = Bekreft at sakene skal flyttes
