### De bewaarregels, om voor te lezen.

nav-rules = Regels
rules-title = Wat wij bewaren, waarom en tot wanneer
rules-lead = Elke regel in gewone woorden. Plichten komen uit de wet, beloften van ons. Waar ze elkaar tegenspreken, wint de wet, en dat staat hier.
rules-default = Waar geen regel voor geldt, wordt op verzoek verwijderd.
rules-none = Er is geen regel: alles wordt op verzoek verwijderd.
suppression-title = Zodat niemand opnieuw wordt aangeschreven
suppression-lead = Wie nee zegt tegen reclame, of verwijderd is, wordt niet meer aangeschreven. Wij bewaren het adres als code en verzegeld, de reden en de dag. Het eindigt als de persoon dat zegt.
suppression-checked = gecontroleerd op { $date }
rules-ours = De regels
rules-idle = Regels die niet voor ons gelden
rules-idle-lead = Deze gelden alleen voor andere organisaties. Hier beslissen ze niets.
rules-conflict = { $deletes } belooft wat { $keeps } verbiedt
rules-conflict-example = Een voorbeeld: voor wat telt vanaf { $from }, belooft { $promise } dat het weg is op { $by }. { $duty } zegt dat wij het bewaren tot en met { $until }.
rules-conflict-do = De wet wint in elke zaak, en wat zij nodig heeft, blijft. Verander de belofte: noem de uitzondering in de verklaring, en haal deze velden uit de regel of maak de termijn langer.
rule-kind-must-keep = Moet bewaard worden
rule-kind-may-keep = Mag bewaard worden
rule-kind-maximum = Moet dan weg zijn
rule-stale = Een jaar niet nagekeken
rule-only-obliged-entity = Alleen voor wie witwassen moet voorkomen
rule-only-one-stop-shop = Alleen in het éénloketsysteem voor de btw
rule-what = Wat
rule-when = Alleen als
rule-when-is = { $field } is
rule-when-there = { $field } is ingevuld
rule-how-long = Hoe lang
rule-and = en
rule-then = daarna nog eens
rule-years = { $n } jaar
rule-months = { $n ->
    [one] 1 maand
   *[other] { $n } maanden
}
rule-days = { $n ->
    [one] 1 dag
   *[other] { $n } dagen
}
rule-from = Vanaf wanneer
rule-from-none = Vanaf de dag na: { $field } ({ $kind })
rule-from-fiscal-year-end = Vanaf het einde van het boekjaar van: { $field } ({ $kind })
rule-from-calendar-year-end = Vanaf het einde van het kalenderjaar van: { $field } ({ $kind })
rule-from-not-stated = De bron zegt het niet. Daarom volgt er geen datum uit.
rule-in-force = Geldt
rule-in-force-from = vanaf
rule-in-force-until = tot en met
rule-law = Wet
rule-source = Bron
rule-checked = Nagekeken op
rule-id = Naam
