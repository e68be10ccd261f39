### Pages of the demo.

# Pages of habeas demo
demo-strip = Dette er en demo. Ingen her finnes.
demo-strip-start = Start
demo-strip-mail = E-post
demo-strip-clock = Klokke
demo-title = Prøv habeas
demo-lead = Vær kunde, saksbehandler og tilsyn. Alt er oppdiktet, men databasene er ekte.
demo-portal = For kunden
demo-portal-text = Se eller slette opplysninger.
demo-desk = Saksbordet
demo-desk-text = Vurder, godkjenn, sett sperrer.
demo-room = Innsynsrommet
demo-room-text = Kontroller en sak som tilsyn.
demo-mails-title = E-post som ville vært sendt
demo-mails-lead = Ingenting forlater denne maskinen.
demo-mails-none = Ingen e-post ennå. Be om en kode, så kommer den hit.
demo-mail-title = E-post: { $subject }
demo-mail-text = Her ligger kodene og brevene.
demo-clock-title = Klokken
demo-clock-text = Flytt tiden fram. Da gjøres alt som har fått frist i mellomtiden.
demo-clock-now = Nå er det <strong>{ $moment }</strong>.
demo-clock-done =
    { $units ->
        [one] Ferdig. 1 ting ble gjort.
       *[other] Ferdig. { $units } ting ble gjort.
    }
demo-clock-next = Neste frist er { $moment }.
demo-clock-nothing = Ingenting venter på klokken.
demo-clock-two-hours = To timer
demo-clock-day = Én dag
demo-clock-three-days = Tre dager
demo-clock-month = Én måned
demo-clock-next-due = Til neste frist
demo-clock-to = Gå til en dato
demo-clock-date = Dato
demo-clock-go = Gå dit
demo-clock-about = Hva skjer da?
demo-customers = Kunder du kan være
demo-customer-ordinary = En vanlig kunde, med noe i alle systemene.
demo-customer-cancelled = En avbestilt ordre som likevel ble fakturert: tre datoer.
demo-customer-dispute = En betaling som ikke er gjort opp.
demo-staff = Ansatte og tilsyn
demo-staff-lead = Last siden på nytt for en ny kode.
demo-code = Kode nå
demo-secret = Hemmelighet
