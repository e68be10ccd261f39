### Wat wij over u hebben: van een gegeven rechtstreeks naar een verzoek daarover.

held-kind = Soort
held-correct = Verbeteren
held-correct-one = Verbeteren
held-delete = Verwijderen
held-take = Downloaden
held-ask-copy = Een kopie vragen
kind-correct-lead = Klopt iets niet? Kies ernaast “Verbeteren”.
kind-no-correct = Dit verbeteren wij niet stuk voor stuk.
kind-write = Schrijf ons als iets niet klopt
amend-title = { $field }: wat moet er staan?
amend-number-hint = Alleen met cijfers
amend-day = Dag
amend-month = Maand
amend-year = Jaar
amend-clock = Tijd, bijvoorbeeld 14.30
amend-yes = Ja
amend-no = Nee
problem-should-same = Dat staat er al. Schrijf wat er anders moet
held-nothing-yet = Wij hebben tot nu toe niets over u gevonden.
kind-basis-a = U hebt er ja op gezegd.
kind-basis-b = Wij hebben het nodig voor de overeenkomst met u.
kind-basis-c = Een wet verplicht ons ertoe.
kind-basis-d = Om iemands leven te beschermen.
kind-basis-e = Voor een taak van algemeen belang.
kind-basis-f = Wij hebben een goede reden, en die weegt zwaarder dan uw nadeel.
