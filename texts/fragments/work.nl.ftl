### Eén systeem in één verzoek: wat er werd gevraagd, elke poging, wat het antwoordde.

work-title = Een systeem in verzoek { $reference }
work-again = Nieuwe poging op { $moment }.
work-asked = Wat er is gevraagd
work-asked-lead = Elke opdracht of aanroep één keer, met een naam of een vraagteken waar de waarden staan. Een zoekactie gebruikt alleen die waar eerdere antwoorden naartoe leiden.
work-asked-none = Er is niets naar het systeem gestuurd.
work-when = Wanneer
work-what = Wat
work-who = Wie
work-came = Resultaat
work-attempts-none = Niemand heeft nog iets geprobeerd.
work-replies = Wat er terugkwam
work-replies-none = Er is nog niets teruggekomen.
work-by-person = gezegd door een medewerker
work-by-system = antwoord van het systeem
work-evidence = Bewijs (SHA-256)
work-system = Over het systeem

doing-locate = Zoeken
doing-locate-mailbox = Zoeken wat verstuurd wordt
doing-erase = Verwijderen
doing-verify-erased = Nalezen
doing-erase-deferred = Verwijderen wat tot vandaag bewaard bleef
doing-held-restrict = Alleen opslaan, omdat een bewaarplicht het houdt
doing-held-lift = Teruggeven wat onder een bewaarplicht viel
doing-correct = Verbeteren
doing-verify-corrected = De verbetering nalezen
doing-restrict = Het gebruik stoppen
doing-verify-restricted = De stop nalezen
doing-lift = De pauze beëindigen
doing-verify-lifted = Het einde nalezen

came-done = Gedaan
came-found = Er is iets gevonden
came-nothing = Er was niets
came-erased = Verwijderd
came-blocked = Een bewaarplicht hield het tegen
came-clean = Alles is zoals het hoort
came-remains = Er staat nog iets
came-corrected = Verbeterd
came-restricted = Gestopt
came-lifted = Beëindigd
came-failed = Een deel moet met de hand

trouble-by-hand = Het systeem kan dit niet. Een medewerker doet het.
trouble-busy = Het systeem was bezet.
trouble-away = Het systeem antwoordde niet.
trouble-too-much = Het duurde te lang, of was te veel tegelijk.
trouble-map = Het systeem en de datakaart komen niet overeen.
trouble-changed = Iemand heeft de gegevens veranderd sinds het plan is gemaakt.
trouble-guarded = De eigen regels van het systeem hielden het tegen.
trouble-answer = Het antwoord van het systeem was niet te gebruiken.
trouble-denied = Het systeem laat habeas niet binnen.
trouble-refused = Het systeem zegt dat het niet mag.
trouble-broken = Het systeem antwoordde met een fout.
trouble-other = Het kon niet verder.

count-records = Records
count-deleted = Verwijderd
count-cleared = Deels leeggemaakt
count-already-gone = Al eerder weg
count-changed = Velden veranderd
count-already = Velden die dat al zeiden
count-gone = Velden van records die weg zijn
count-checked = Records nagelezen
count-ticked = Stappen afgevinkt

fact-system-signed-off = Een medewerker tekende voor het werk
