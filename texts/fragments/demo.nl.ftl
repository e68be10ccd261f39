### Pages of the demo.

# Pages of habeas demo
demo-strip = Dit is een demo. Niemand hier bestaat echt.
demo-strip-start = Begin
demo-strip-mail = E-mail
demo-strip-clock = Klok
demo-title = Probeer habeas
demo-lead = Wees klant, behandelaar en toezichthouder. Alles is verzonnen, maar de databases zijn echt.
demo-portal = Voor de klant
demo-portal-text = Gegevens bekijken of verwijderen.
demo-desk = De werkplek
demo-desk-text = Beoordeel, keur goed, stel bewaarplichten in.
demo-room = De inzageruimte
demo-room-text = Controleer een verzoek als toezichthouder.
demo-mails-title = E-mail die verstuurd zou zijn
demo-mails-lead = Er verlaat niets deze computer.
demo-mails-none = Nog geen e-mail. Vraag een code aan, dan verschijnt die hier.
demo-mail-title = E-mail: { $subject }
demo-mail-text = Hier staan de codes en brieven.
demo-clock-title = De klok
demo-clock-text = Zet de tijd vooruit. Alles wat intussen moet gebeuren, gebeurt dan.
demo-clock-now = Het is nu <strong>{ $moment }</strong>.
demo-clock-done =
    { $units ->
        [one] Klaar. Er is 1 ding gedaan.
       *[other] Klaar. Er zijn { $units } dingen gedaan.
    }
demo-clock-next = De volgende termijn is { $moment }.
demo-clock-nothing = Niets wacht op de klok.
demo-clock-two-hours = Twee uur
demo-clock-day = Eén dag
demo-clock-three-days = Drie dagen
demo-clock-month = Eén maand
demo-clock-next-due = Naar de volgende termijn
demo-clock-to = Ga naar een datum
demo-clock-date = Datum
demo-clock-go = Ga erheen
demo-clock-about = Wat gebeurt er dan?
demo-customers = Klanten die u kunt zijn
demo-customer-ordinary = Een gewone klant, met iets in elk systeem.
demo-customer-cancelled = Een geannuleerde bestelling met factuur: drie datums.
demo-customer-dispute = Een betaling die niet is afgerond.
demo-staff = Medewerkers en toezichthouder
demo-staff-lead = Ververs de pagina voor een nieuwe code.
demo-code = Code nu
demo-secret = Geheim
