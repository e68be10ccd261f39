### Lagringsreglene, til å lese høyt.

nav-rules = Regler
rules-title = Hva vi beholder, hvorfor og hvor lenge
rules-lead = Hver regel med vanlige ord. Plikter kommer fra loven, løfter fra oss. Der de ikke stemmer overens, vinner loven, og det står her.
rules-default = Det ingen regel gjelder for, slettes når noen ber om det.
rules-none = Det er ingen regler: Alt slettes når noen ber om det.
suppression-title = Så ingen blir skrevet til igjen
suppression-lead = Den som sier nei til reklame, eller blir slettet, skal ikke få flere brev. Vi beholder adressen som kode og forseglet, grunnen og dagen. Det slutter når personen sier det.
suppression-checked = sjekket { $date }
rules-ours = Reglene
rules-idle = Regler som ikke gjelder oss
rules-idle-lead = Disse gjelder bare andre slags virksomheter. Her avgjør de ingenting.
rules-conflict = { $deletes } lover det { $keeps } forbyr
rules-conflict-example = Et eksempel: For det som regnes fra { $from }, lover { $promise } at det er borte innen { $by }. { $duty } sier at vi beholder det til { $until }.
rules-conflict-do = Loven vinner i hver sak, og det den trenger, blir igjen. Endre løftet: Nevn unntaket i erklæringen, og ta feltene ut av regelen eller gjør fristen lengre.
rule-kind-must-keep = Må beholdes
rule-kind-may-keep = Kan beholdes
rule-kind-maximum = Må være borte da
rule-stale = Ikke sjekket på et år
rule-only-obliged-entity = Bare for dem som må hindre hvitvasking
rule-only-one-stop-shop = Bare i ordningen med ett kontaktpunkt for moms
rule-what = Hva
rule-when = Bare når
rule-when-is = { $field } er
rule-when-there = { $field } er fylt ut
rule-how-long = Hvor lenge
rule-and = og
rule-then = deretter nye
rule-years = { $n } år
rule-months = { $n ->
    [one] 1 måned
   *[other] { $n } måneder
}
rule-days = { $n ->
    [one] 1 dag
   *[other] { $n } dager
}
rule-from = Fra når
rule-from-none = Fra dagen etter: { $field } ({ $kind })
rule-from-fiscal-year-end = Fra slutten av regnskapsåret til: { $field } ({ $kind })
rule-from-calendar-year-end = Fra slutten av kalenderåret til: { $field } ({ $kind })
rule-from-not-stated = Kilden sier det ikke. Derfor følger det ingen dato av den.
rule-in-force = Gjelder
rule-in-force-from = fra
rule-in-force-until = til og med
rule-law = Lov
rule-source = Kilde
rule-checked = Sjekket
rule-id = Navn
