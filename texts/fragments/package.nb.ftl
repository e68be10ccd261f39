# Pakken som den registrerte får, og tilsynets bevispakke.
package-title = Opplysningene { $organisation } har om deg
package-skip = Gå til innholdet
package-intro = Denne mappen inneholder opplysningene { $organisation } har om deg, slik du ba om i sak { $reference }.
package-made = Satt sammen { $time } ({ $utc } UTC).
package-contents = Innhold
package-count = Oppføringer
package-held = { $count ->
    [one] { $written } oppføring.
   *[other] { $written } oppføringer.
}
package-period = Fra { $from } til { $to }.
package-purpose = Hva vi bruker dem til
package-source = Hvor vi har dem fra
package-recipients = Hvem som har fått dem
package-no-recipients = Ingen utenfor virksomheten
package-legal-basis = Rettslig grunnlag
package-keep-until = Hvor lenge vi beholder dem
package-files = Som filer:
package-csv = { $kind } som tabell (CSV)
package-json = { $kind } for andre programmer (JSON)
package-record = { $number } av { $count }
package-open = Åpne: { $label }
package-unreadable = Kunne ikke leses i systemet
package-empty = Ikke utfylt
package-nothing-title = Her har vi ingenting
package-nothing-text = Vi lette også etter disse opplysningene og fant ingen om deg.
package-systems = Hvor vi lette
package-without = Her fant vi ingenting
package-silent = Disse svarte ikke
package-missing-title = Det som mangler
package-failed = Disse systemene svarte ikke. Vi sender deg resten når de svarer:
package-withheld = Dette er utelatt, av denne grunnen:
package-withheld-identity = Vi er ikke sikre nok på at det er deg til å gi ut dette. Svar på e-posten vår, så finner vi en måte å sjekke det på.
package-not-portable = Dette har du ikke gitt oss selv, eller vi bruker det av en annen grunn enn samtykke eller avtale (Art. 20(1)). Be om innsyn for å få det.
package-not-provided = Disse feltene har vi laget selv (Art. 20(1)). Be om innsyn for å få dem.
package-next = Hva du kan gjøre nå
package-rights = Er noe feil, kan du be oss rette det. Du kan også be oss slette opplysninger, be om en pause i bruken (begrensning) eller si nei til en bruk (protestere). Du kan klage til { $authority }.
package-contact = Spør { $organisation }: { $contact }
package-genuine = Slik kan alle kontrollere at pakken er uendret:
package-readme-open-title = SLIK ÅPNER DU PAKKEN
package-readme-open = Pakk ut ZIP-filen og åpne index.html i en nettleser. Du trenger verken nett eller program.
package-readme-index = oversikten; begynn her
package-readme-csv = tabeller for regneark; koder er oversatt, og en celle som ligner en formel, har ' foran seg
package-readme-json = de samme opplysningene, helt nøyaktig, for andre programmer
package-readme-dictionary = hva hvert felt og hver kode betyr
package-readme-schema = det samme som JSON Schema, for programmer som kontrollerer det de leser
package-readme-card = kontaktopplysninger til en adressebok (vCard 4.0), hvis det finnes noen
package-readme-files = bilder, opptak og dokumenter
package-readme-complete = Ingenting: alle systemene svarte, og ingenting er utelatt.
package-readme-check-title = SLIK KONTROLLERER DU AT INGENTING ER ENDRET
package-readme-check = Kjør disse i mappen (den siste der ZIP-filen ligger):
package-readme-contact-title = SPØRSMÅL
package-case = Sak { $reference }
package-ways = I denne pakken
package-overview = Oversikt
package-timeline = Tidslinje
package-pictures = Bilder
package-summary = { $count ->
    [0] Vi fant ingen opplysninger om deg.
    [one] Vi har { $written } oppføring om deg.
   *[other] Vi har { $written } oppføringer om deg.
}
package-summary-period = Den eldste datoen i dem er { $from }, den siste { $to }.
package-complete = Ingenting mangler: alle systemene svarte, og vi har ikke utelatt noe.
package-kinds = Slags opplysninger
package-sources = Systemer de ligger i
package-file-count = Bilder og andre filer
package-timeline-way = Tidslinje: år for år
package-pictures-way = { $count ->
    [one] Se { $written } bilde
   *[other] Se alle { $written } bildene
}
package-parts-title = Pakken har flere filer
package-parts-text = Pakk ut alle i samme mappe. Ellers mangler noen av bildene og dokumentene.
package-records = Oppføringene
package-records-from = Oppføring { $from } til { $to } av { $count }
package-jump = Gå rett til
package-page = Side { $page } av { $pages }
package-before = Forrige side
package-next-page = Neste side
package-pages-above = Sider
package-pages-below = Sider, nederst
package-years = År
package-all-years = Alle år
package-timeline-title = Tidslinjen din
package-timeline-lead = Her står alt som har en dato. Velg et år.
package-happened = { $count ->
    [one] { $written } dato
   *[other] { $written } datoer
}
package-year-title = Året { $year }
package-pictures-title = Bildene i pakken
package-pictures-lead = { $count ->
    [one] { $written } bilde. Velg det for å se det stort.
   *[other] { $written } bilder. Velg et for å se det stort.
}
package-picture-of = { $label } i oppføring { $record }
package-clock = { $day } kl. { $clock }
package-yes = ja
package-no = nei
package-holding = Her fant vi noe
package-readme-pages = oppføringene, tidslinjen og bildene
package-readme-tables-title = HVA TABELLENE INNEHOLDER
package-month-1 = Januar
package-month-2 = Februar
package-month-3 = Mars
package-month-4 = April
package-month-5 = Mai
package-month-6 = Juni
package-month-7 = Juli
package-month-8 = August
package-month-9 = September
package-month-10 = Oktober
package-month-11 = November
package-month-12 = Desember
package-authority-title = Bevispakke: { $organisation }, sak { $reference }
package-authority-intro = Pakken viser hva som skjedde i saken, og kan kontrolleres uten å stole på virksomheten.
package-authority-contents = INNHOLD
package-authority-documents = saken: tidslinje, henvendelse, identitet, frist, søk, avgjørelse, svar, mottakere, lagring
package-authority-events = en hendelse slik den ble ført i loggen
package-authority-proofs = bevis for at hendelsen står i loggen
package-authority-checkpoint = loggens underskrevne størrelse og rot
package-authority-keys = nøklene, som kopier: sammenlign dem med dem dere har fra før
package-authority-key = Pakken er underskrevet med nøkkelen { $hash } (SHA-256 av de 32 nøkkelbytene).
package-authority-step-file = Filen er den som ble sendt (bundle.pem er nøkkelen dere har fra før):
package-authority-step-bag = Ingenting i den er endret, fjernet eller lagt til:
package-authority-step-log = Hver hendelse står i loggen:
package-authority-step-habeas = Eller alt på én gang:
download-parts = Kopien er delt i { $count } filer. Last ned alle, og pakk dem ut i samme mappe. Stopper en nedlasting, kan den fortsette der den sluttet.
mail-reminder-subject = { $days ->
    [one] Svaret ditt ligger klart til i morgen – { $reference }
   *[other] Svaret ditt ligger klart i { $days } dager til – { $reference }
}
mail-reminder-lead = Kopien du ba om, er ikke lastet ned ennå. Den ligger klar til { $date }:
mail-reminder-after = Etterpå sletter vi kopien, for å beskytte deg. Retten din har du fortsatt. Du kan be om en ny kopi når som helst, og det er gratis.
letter-package-reminder = E-post om at kopien snart slettes
fact-package-reminded = Noen ble minnet om kopien
