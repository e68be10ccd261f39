### The breaker of mass erasure: what staff are told, and the page where two of them let it go on.

mail-stopped-subject = Er is iets stilgelegd: kijk ernaar
mail-stopped-lead = De gegevens van { $cases ->
    [one] één persoon zijn
   *[other] { $cases } personen zijn
 } binnen een uur verwijderd. Meer staat u niet toe. Er wordt niets verwijderd tot twee mensen hebben gekeken.
mail-stopped-do = Is het een aanval of een fout? Laat het dan stilliggen. Zo niet, dan kunnen twee van u het laten doorgaan.
mail-stopped-waits = Er gaat intussen niets verloren en elke termijn loopt door.

erasures-title = Verwijderen
erasures-go = Gegevens worden verwijderd zoals gepland. Er ligt niets stil.
erasures-see = Bekijken
erasures-stopped-since = Het verwijderen ligt stil sinds { $moment }
erasures-stopped-cases = De gegevens van { $cases ->
    [one] één persoon zijn
   *[other] { $cases } personen zijn
 } in het uur ervoor verwijderd. Meer staat u niet toe.
erasures-stopped-waiting = { $cases ->
    [0] Er wacht nog niets.
    [one] Eén zaak wacht.
   *[other] { $cases } zaken wachten.
 }
erasures-stopped-lost = Er gaat niets verloren en elke termijn loopt door. Twee mensen kunnen het laten doorgaan.
erasures-look = Is het een aanval of een fout? Bekijk eerst de zaken. Laat u het doorgaan, dan wordt alles wat wacht verwijderd.
erasures-why = Waarom mag het doorgaan? Noem niemand bij naam.
erasures-ask = Vragen om door te gaan
erasures-agree = Instemmen en laten doorgaan
erasures-asked = { $name } wil het laten doorgaan
erasures-yours = U hebt het gevraagd. Iemand anders moet instemmen.
erasures-others = De privacyverantwoordelijke en de functionaris gegevensbescherming kunnen het laten doorgaan.
