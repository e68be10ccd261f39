### Pages for the authority.

# Reading room of the authority
room-title = Innsynsrom
room-lead = Her ser du hver sak, hva som ble gjort og hvorfor. Personene står med merke, ikke navn.
room-cases = Saker
room-person = Person
room-late = for sent
room-empty = Ingen saker i dette utvalget.
room-scope = Hva dette besøket dekker
room-period = Periode
room-everything = fra begynnelsen til nå
room-until = Åpent til
room-logged = Hver side du åpner, blir loggført.
room-case-title = Innsyn i sak { $reference }
room-bundle = Bevispakke
room-bundle-lead = Tidslinje, frister, søk, avgjørelser, brev og logg i én fil. Den kan kontrolleres uten oss.
room-bundle-coming = Pakken lages nå. Last siden på nytt om et minutt.
room-signature = Signatur
room-key = Nøkkelens avtrykk
room-sealed = Forseglet
room-verify = Kontroller den selv
room-verify-sum = Er filen hel og uendret?
room-verify-sign = Har vi signert den?
room-verify-habeas = Stemmer innholdet og loggen?
room-verify-not = Kontrollen viser at ingenting er endret etter forseglingen. Den viser ikke at alt ble skrevet ned.
