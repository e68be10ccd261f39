# Het pakket voor de betrokkene, en het bewijspakket voor de toezichthouder.
package-title = De gegevens die { $organisation } over u heeft
package-skip = Naar de inhoud
package-intro = In deze map staan de gegevens die { $organisation } over u heeft, zoals u vroeg in verzoek { $reference }.
package-made = Samengesteld op { $time } ({ $utc } UTC).
package-contents = Inhoud
package-count = Vermeldingen
package-held = { $count ->
    [one] { $written } vermelding.
   *[other] { $written } vermeldingen.
}
package-period = Van { $from } tot en met { $to }.
package-purpose = Waarvoor wij ze gebruiken
package-source = Waar ze vandaan komen
package-recipients = Wie ze heeft gekregen
package-no-recipients = Niemand buiten de organisatie
package-legal-basis = Grondslag
package-keep-until = Hoe lang wij ze bewaren
package-files = Als bestand:
package-csv = { $kind } als tabel (CSV)
package-json = { $kind } voor andere programma’s (JSON)
package-record = { $number } van { $count }
package-open = Openen: { $label }
package-unreadable = Kon niet worden gelezen in het systeem
package-empty = Niet ingevuld
package-nothing-title = Hier hebben wij niets
package-nothing-text = Wij zochten ook naar deze gegevens en vonden niets over u.
package-systems = Waar wij zochten
package-without = Hier vonden wij niets
package-silent = Deze gaven geen antwoord
package-missing-title = Wat ontbreekt
package-failed = Deze systemen gaven geen antwoord. Wij sturen u de rest zodra zij antwoorden:
package-withheld = Dit is weggelaten, om deze reden:
package-withheld-identity = Wij weten nog niet zeker genoeg dat u het bent om dit te geven. Antwoord op onze e-mail, dan zoeken wij een manier om dat te controleren.
package-not-portable = Dit hebt u ons niet zelf gegeven, of wij gebruiken het om een andere reden dan toestemming of overeenkomst (Art. 20(1)). Vraag inzage om het te krijgen.
package-not-provided = Deze velden hebben wij zelf gemaakt (Art. 20(1)). Vraag inzage om ze te krijgen.
package-next = Wat u nu kunt doen
package-rights = Klopt er iets niet, dan kunt u ons vragen het te verbeteren. U kunt ons ook vragen gegevens te verwijderen, om een pauze in het gebruik vragen (beperking), of nee zeggen tegen een gebruik (bezwaar). U kunt een klacht indienen bij { $authority }.
package-contact = Vragen aan { $organisation }: { $contact }
package-genuine = Zo kan iedereen controleren dat het pakket niet is veranderd:
package-readme-open-title = ZO OPENT U HET PAKKET
package-readme-open = Pak het ZIP-bestand uit en open index.html in een browser. U hebt geen internet of programma nodig.
package-readme-index = het overzicht; begin hier
package-readme-csv = tabellen voor een rekenblad; codes zijn vertaald, en voor een cel die op een formule lijkt, staat een '
package-readme-json = dezelfde gegevens, helemaal exact, voor andere programma’s
package-readme-dictionary = wat elk veld en elke code betekent
package-readme-schema = hetzelfde als JSON Schema, voor programma’s die controleren wat ze lezen
package-readme-card = contactgegevens voor een adresboek (vCard 4.0), als die er zijn
package-readme-files = foto’s, opnamen en documenten
package-readme-complete = Niets: alle systemen gaven antwoord en er is niets weggelaten.
package-readme-check-title = ZO CONTROLEERT U DAT NIETS IS VERANDERD
package-readme-check = Voer dit uit in de map (de laatste regel waar het ZIP-bestand staat):
package-readme-contact-title = VRAGEN
package-case = Verzoek { $reference }
package-ways = In dit pakket
package-overview = Overzicht
package-timeline = Tijdlijn
package-pictures = Foto’s en beelden
package-summary = { $count ->
    [0] Wij vonden geen gegevens over u.
    [one] Wij hebben { $written } vermelding over u.
   *[other] Wij hebben { $written } vermeldingen over u.
}
package-summary-period = De oudste datum daarin is { $from }, de laatste { $to }.
package-complete = Er ontbreekt niets: alle systemen gaven antwoord en wij lieten niets weg.
package-kinds = Soorten gegevens
package-sources = Systemen waarin ze staan
package-file-count = Foto’s en andere bestanden
package-timeline-way = Tijdlijn: jaar voor jaar
package-pictures-way = { $count ->
    [one] Bekijk { $written } foto
   *[other] Bekijk alle { $written } foto’s
}
package-parts-title = Het pakket bestaat uit meer bestanden
package-parts-text = Pak ze allemaal uit in één map. Anders ziet u sommige foto’s en stukken niet.
package-records = De vermeldingen
package-records-from = Vermelding { $from } tot en met { $to } van { $count }
package-jump = Ga direct naar
package-page = Pagina { $page } van { $pages }
package-before = Vorige pagina
package-next-page = Volgende pagina
package-pages-above = Pagina’s
package-pages-below = Pagina’s, onderaan
package-years = Jaren
package-all-years = Alle jaren
package-timeline-title = Uw tijdlijn
package-timeline-lead = Hier staat alles met een datum. Kies een jaar.
package-happened = { $count ->
    [one] { $written } datum
   *[other] { $written } datums
}
package-year-title = Het jaar { $year }
package-pictures-title = De foto’s in het pakket
package-pictures-lead = { $count ->
    [one] { $written } foto. Kies hem om hem groot te zien.
   *[other] { $written } foto’s. Kies er een om die groot te zien.
}
package-picture-of = { $label } in vermelding { $record }
package-clock = { $day } om { $clock } uur
package-yes = ja
package-no = nee
package-holding = Hier vonden wij iets
package-readme-pages = de vermeldingen, de tijdlijn en de foto’s
package-readme-tables-title = WAT ER IN DE TABELLEN STAAT
package-month-1 = Januari
package-month-2 = Februari
package-month-3 = Maart
package-month-4 = April
package-month-5 = Mei
package-month-6 = Juni
package-month-7 = Juli
package-month-8 = Augustus
package-month-9 = September
package-month-10 = Oktober
package-month-11 = November
package-month-12 = December
package-authority-title = Bewijspakket: { $organisation }, zaak { $reference }
package-authority-intro = Dit pakket toont wat er in de zaak gebeurde en is te controleren zonder de organisatie te vertrouwen.
package-authority-contents = INHOUD
package-authority-documents = de zaak: tijdlijn, verzoek, identiteit, termijn, zoekverslag, besluit, antwoord, ontvangers, bewaring
package-authority-events = een gebeurtenis zoals die in het logboek kwam
package-authority-proofs = bewijs dat de gebeurtenis in het logboek staat
package-authority-checkpoint = de ondertekende grootte en wortel van het logboek
package-authority-keys = de sleutels, als kopie: vergelijk ze met die u al hebt
package-authority-key = Het pakket is ondertekend met de sleutel { $hash } (SHA-256 van de 32 sleutelbytes).
package-authority-step-file = Het bestand is het verzonden bestand (bundle.pem is de sleutel die u al hebt):
package-authority-step-bag = Er is niets in veranderd, verwijderd of toegevoegd:
package-authority-step-log = Elke gebeurtenis staat in het logboek:
package-authority-step-habeas = Of alles in één keer:
download-parts = De kopie is verdeeld over { $count } bestanden. Download ze allemaal en pak ze uit in dezelfde map. Stopt een download, dan kan die verdergaan waar hij bleef.
mail-reminder-subject = { $days ->
    [one] Uw antwoord staat tot morgen klaar – { $reference }
   *[other] Uw antwoord staat nog { $days } dagen klaar – { $reference }
}
mail-reminder-lead = De kopie die u vroeg, is nog niet gedownload. Die staat klaar tot { $date }:
mail-reminder-after = Daarna verwijderen wij de kopie om u te beschermen. Uw recht houdt u. U kunt altijd gratis een nieuwe kopie vragen.
letter-package-reminder = E-mail dat de kopie binnenkort wordt verwijderd
fact-package-reminded = Iemand is aan de kopie herinnerd
