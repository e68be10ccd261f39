### Berichten met bestanden, en de kant van de medewerkers.

messages-file = Bestanden (niet verplicht)
messages-file-hint = Hoogstens vijf, elk tot { $limit }: pdf, foto, tekst, e-mail, Word of Excel
messages-files-safe = Wij bewaren bestanden verzegeld. Ze verdwijnen als uw verzoek verdwijnt.
problem-files-no-room = Dit verzoek heeft geen ruimte meer voor bestanden. Stuur ze per post
desk-messages-title = Berichten in { $reference }
desk-messages-waits = De persoon wacht op antwoord.
desk-messages-person = De persoon
desk-messages-write = Schrijf aan de persoon
desk-messages-hint = De persoon leest het op de eigen pagina. Onze e-mail zegt alleen dat het er is
desk-messages-forgotten = Het verzoek is afgesloten en het adres is verwijderd. U kunt de persoon niet meer schrijven.
desk-messages-see = Berichten
fact-message-written = Wij schreven een bericht
record-letters = Wat wij u stuurden
record-on-its-way = onderweg
record-messages = Berichten
record-json = Download dit als bestand voor machines
record-json-hint = Hetzelfde in JSON, voor wie een klacht behandelt
case-messages-lead = Schrijf hier als iets onduidelijk is, of stuur ons een bestand. Een mens antwoordt.
case-messages-go = Berichten lezen en schrijven
case-late-step = Dit doen wij nu: <strong>{ $step }</strong>.
