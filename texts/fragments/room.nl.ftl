### Pages for the authority.

# Reading room of the authority
room-title = Inzageruimte
room-lead = Hier ziet u elk verzoek, wat er gebeurde en waarom. Personen hebben een code, geen naam.
room-cases = Verzoeken
room-person = Persoon
room-late = te laat
room-empty = Geen verzoeken in deze selectie.
room-scope = Wat dit bezoek omvat
room-period = Periode
room-everything = van het begin tot nu
room-until = Open tot
room-logged = Elke pagina die u opent, wordt vastgelegd.
room-case-title = Inzage in { $reference }
room-bundle = Bewijsbundel
room-bundle-lead = Tijdlijn, termijnen, zoekresultaten, beslissingen, brieven en logboek in één bestand. Controle kan zonder ons.
room-bundle-coming = De bundel wordt gemaakt. Ververs de pagina over een minuut.
room-signature = Handtekening
room-key = Vingerafdruk van de sleutel
room-sealed = Verzegeld
room-verify = Controleer zelf
room-verify-sum = Is het bestand heel en ongewijzigd?
room-verify-sign = Hebben wij het ondertekend?
room-verify-habeas = Kloppen de inhoud en het logboek?
room-verify-not = De controle toont dat er na het verzegelen niets is veranderd. Ze toont niet dat alles is opgeschreven.
