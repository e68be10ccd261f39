### Det vi har om deg: fra en opplysning rett inn i en sak om den.

held-kind = Type
held-correct = Rette
held-correct-one = Rette
held-delete = Slette
held-take = Laste ned
held-ask-copy = Be om en kopi
kind-correct-lead = Er noe feil? Velg «Rette» ved siden av det.
kind-no-correct = Dette rettes ikke del for del.
kind-write = Skriv til oss hvis noe er feil
amend-title = { $field }: hva skal det stå?
amend-number-hint = Bare med tall
amend-day = Dag
amend-month = Måned
amend-year = År
amend-clock = Klokkeslett, for eksempel 14.30
amend-yes = Ja
amend-no = Nei
problem-should-same = Det står der allerede. Skriv hva som skal bli annerledes
held-nothing-yet = Vi har ikke funnet noe om deg så langt.
kind-basis-a = Du har sagt ja til det.
kind-basis-b = Vi trenger det til avtalen med deg.
kind-basis-c = En lov pålegger oss det.
kind-basis-d = For å beskytte noens liv.
kind-basis-e = For en oppgave i allmennhetens interesse.
kind-basis-f = Vi har en god grunn, og den veier tyngre enn ulempen for deg.
