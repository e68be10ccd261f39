### What each right asks beyond itself: corrections, a pause, an objection, a consent.

# Correction
which-kind-title = Hvor er det noe som er feil?
which-kind-lead = Velg ett sted. Er det feil flere steder, kan du legge til mer etterpå.
correct-title = { $kind }: hva skal rettes?
correct-field = Hva er feil?
correct-now = Hva står det nå? (valgfritt)
correct-now-hint = Skriv det hvis du vet det. Da finner vi riktig sted
correct-should = Hva skal det stå?
correct-should-day-hint = Skriv en dato som dag, måned og år, for eksempel 31.12.1990
correct-why = Hvorfor? (valgfritt)
correct-why-hint = Du trenger ikke skrive noe her. Men det kan hjelpe, for eksempel hvis du har flyttet
correct-how = Slik retter vi
correct-how-text = En person sjekker det du skriver. Så retter vi det. De som har fått det fra oss, får vite at det er rettet.
correct-proof-text = Du trenger ikke bevise noe her. Har du en fil som viser det, kan du sende den under Meldinger når saken er kommet inn.
correct-disagree-text = Er vi ikke enige med deg, sier vi hvorfor. Da kan du legge dine egne ord ved.
problem-which-kind-missing = Velg hvor feilen er
problem-field-unknown = Velg hva som er feil
problem-kind-unknown = Velg hvor feilen er
problem-field-not-correctable = Dette kan ikke rettes. Velg noe annet
problem-correction-missing = Skriv hva som skal rettes
problem-should-missing = Skriv hva det skal stå
problem-should-not-a-day = Skriv datoen som dag, måned og år, for eksempel 31.12.1990
problem-should-not-a-moment = Skriv datoen og klokkeslettet, for eksempel 31.12.1990 14.30
problem-should-not-a-number = Skriv et tall, bare med sifre
problem-should-not-yes-or-no = Skriv ja eller nei
problem-asked-of-another-right = Dette hører ikke til det du vil gjøre. Begynn på nytt
problem-too-long = Skriv kortere. Det er plass til 1000 tegn

# Pause
restrict-title = Hvorfor vil du ha en pause?
restrict-lead = Vi tar vare på opplysningene, men bruker dem ikke. Velg det som passer best.
rest-contested = Noe er feil
rest-contested-hint = Pausen varer mens vi sjekker
rest-unlawful = Dere har ikke lov til å bruke dem
rest-unlawful-hint = Men du vil ikke at vi sletter dem
rest-claims = Jeg trenger dem selv
rest-claims-hint = Til en klage eller en rettssak. Vi sletter dem ikke imens
rest-objected = Jeg har sagt nei til bruken
rest-objected-hint = Pausen varer mens vi vurderer det
restrict-extent = Hva gjelder det?
everything-restriction = Alt dere har om meg
extent-choose = Jeg vil velge
restrict-kinds = Sett dette på pause
restrict-then = Hva skjer i pausen?
restrict-then-text = Opplysningene blir liggende. Vi bruker dem bare hvis du sier ja, eller hvis loven krever det. Vi sier fra før pausen slutter.
problem-rest-missing = Velg hvorfor du vil ha en pause

# No
object-title = Hva vil du si nei til?
object-marketing = Reklame
object-marketing-hint = Vi stopper med en gang. Du trenger ingen grunn
object-other = Noe annet vi gjør
object-other-hint = Vi stopper mens vi vurderer det
object-kinds = Hvilken bruk gjelder det?
object-kinds-hint = Dette kan vi bruke uten at du har sagt ja. Ingen kryss betyr alt
everything-objection = Alt jeg kan si nei til
object-why = Hva skal vi slutte med, og hvorfor?
object-why-hint = Skriv med egne ord. Hva er spesielt for deg? Det kan være jobben, helsen eller familien din
object-ask = Loven sier at vi skal veie grunnen din mot vår. Derfor må vi vite den. For reklame trenger vi ingen grunn.
problem-against-missing = Velg hva du vil si nei til
problem-why-missing = Skriv hva vi skal slutte med, og hvorfor

# Consent
consents-title = Hvilket samtykke vil du trekke tilbake?
consents-lead = Et samtykke er noe du har sagt ja til.
everything-consent-withdrawal = Alt jeg har sagt ja til
consents-kinds = Trekk tilbake samtykket til dette
consents-before = Gjelder det også det vi har gjort før?
consents-before-text = Nei. Det vi gjorde mens du hadde sagt ja, var lov. Fra nå av stopper vi.

# Check
check-scope-restriction = På pause
check-scope-objection = Du sier nei til
check-scope-consent-withdrawal = Samtykke til
check-ground = Fordi
check-against = Du sier nei til
check-why = Grunnen din
check-corrections = Dette skal rettes
check-now = Nå
check-will-be = Skal bli
check-remove = Ta bort
check-add = Rett noe mer
check-then-portability = Vi lager en fil med det du har gitt oss, slik at en maskin kan lese den. Du får e-post når den er klar.
check-then-rectification = En person sjekker det du har skrevet. Så retter vi det, og sier fra til dem som har fått det fra oss.
check-then-restriction = En person ser på det. Så blir opplysningene liggende uten at vi bruker dem. Vi sier fra før pausen slutter.
check-then-marketing = Vi slutter å sende deg reklame. Ingen skal vurdere det.
check-then-objection = Først stopper vi bruken. Så veier en person grunnen din mot vår.
check-then-consent-withdrawal = Vi stopper det du hadde sagt ja til. Ingen skal vurdere det.
check-send-portability = Be om filen
check-send-rectification = Be om retting
check-send-restriction = Be om pause
check-send-objection = Si nei
check-send-consent-withdrawal = Trekk tilbake samtykket

# On the way
step-correct = Vi retter og svarer
step-restrict = Vi setter bruken på pause
step-stop = Vi stopper bruken
step-silence = Vi stopper reklamen
step-weigh = En person veier grunnen din
step-reply = Du får svar
step-file = Du får filen
step-hear = Du kan si hvorfor pausen bør vare
step-lift = Pausen slutter
withdraw-portability = Vi lager ikke noen fil.
withdraw-rectification = Vi retter ikke noe. Opplysningene blir som de er.
withdraw-restriction = Det blir ingen pause. Vi bruker opplysningene som før.
withdraw-objection = Vi bruker opplysningene som før.

# Before a pause ends
question-lift = Vi vil gjerne bruke opplysningene igjen. Mener du at pausen bør vare, kan du si hvorfor.
case-lead-hearing = Pausen kan snart slutte
case-pause-ends = <strong>Vi bestemmer om pausen slutter.</strong> Du hører fra oss når det er avgjort. Du trenger ikke gjøre noe nå.
case-hearing-until = Vi venter på deg til og med <strong>{ $date }</strong>. Svarer du ikke, slutter pausen.
case-hearing-answer = Si hvorfor den bør vare
ask-hearing-title = Hvorfor bør pausen vare?
ask-hearing-by = Svar senest <strong>{ $date }</strong>. Svarer du ikke, slutter pausen.
ask-hearing-label = Grunnen din
ask-hearing-hint = Skriv med egne ord
ask-hearing-send = Send
ask-hearing-why = Vi må si fra før pausen slutter. En person leser det du skriver, og bestemmer. Du får vite hva det ble til.
problem-hearing-missing = Skriv hvorfor pausen bør vare

# Requests by phone or letter
intake-right = Hva vil personen?
intake-correction = Feil nummer { $number }
intake-more = Legg til en feil til
intake-kinds = Hva gjelder det? Ingen kryss betyr alt

# Results
result-file-title = Filen din er klar
result-file = Filen venter her til <strong>{ $date }</strong>. Den er laget slik at andre programmer kan lese den.
result-file-get = Last ned filen
result-left-out = Dette er ikke med
result-left-out-lead = Dette har vi også. I filen står grunnen for hver av dem.
result-corrected-title = Vi har rettet opplysningene
result-corrected = Alt du ba om, er rettet.
result-some-corrected-title = Vi har rettet noe av det
result-some-corrected = <strong>Rettet: { $corrected } av { $all }.</strong> Resten står nedenfor, med grunnen.
result-uncorrected-title = Vi har ikke rettet opplysningene
result-corrected-heading = Dette er rettet
result-declined-heading = Dette har vi ikke rettet
result-was = Før
result-is = Nå
result-you-said-now = Du skrev at det står
result-you-asked = Du ville at det skal stå
result-not-found = Vi fant ikke dette hos oss.
result-declined-then = Er du ikke enig, kan du be om en pause i bruken mens vi ser på det igjen.
result-stopped-heading = Dette gjelder det
result-nothing-of = Vi fant ingenting av dette:
result-used = Brukt i pausen
used-consent = du hadde sagt ja til det
used-legal-claims = til et rettskrav
used-rights-of-another = for å verne rettighetene til noen andre
used-public-interest = av hensyn til viktige allmenne interesser
result-paused-title = Bruken er satt på pause
result-paused = Opplysningene blir liggende. Vi bruker dem ikke.
result-paused-then = Vi bruker dem bare hvis du sier ja, eller hvis loven krever det. Vi sier fra før pausen slutter.
result-lifted-title = Pausen er slutt
result-lifted = Vi bruker opplysningene som før.
result-lifted-then = Vil du ha en ny pause, kan du be om det når du vil.
result-stays-title = Pausen fortsetter
result-stays = Vi har lest det du skrev. Vi bruker ikke opplysningene. Vi sier fra før pausen slutter.
result-upheld-title = Vi har stoppet bruken
result-upheld = Grunnen din veier mest. Vi bruker ikke opplysningene til dette lenger.
result-upheld-then = Noe fortsetter likevel, for eksempel det loven krever.
result-silenced-title = Vi har stoppet reklamen
result-silenced = Du får ikke reklame fra oss lenger.
result-silenced-then = Du kan fortsatt få e-post om noe du har bestilt.
result-unconsented-title = Samtykket er trukket tilbake
result-unconsented = Vi har stoppet det du hadde sagt ja til.
result-unconsented-then = Noe fortsetter likevel, for eksempel det du har bestilt.
result-overridden-title = Vi fortsetter bruken
result-overridden = Nå bruker vi opplysningene igjen.

# Values
said-yes = ja
said-no = nei

# En kopi til
question-fee = Du fikk de samme opplysningene for mindre enn et år siden. En kopi til koster { $fee }. { $reason }
case-lead-fee = En kopi til koster noe
case-fee-until = Svar senest <strong>{ $date }</strong>. Du betaler bare hvis du sier ja.
case-fee-answer = Svar
ask-fee-title = Vil du betale for kopien?
ask-fee-by = Svar senest <strong>{ $date }</strong>. Du betaler bare hvis du sier ja. Svarer du ikke, sender vi ingen ny kopi og forteller deg hvorfor.
ask-fee-send = Ja, jeg betaler
ask-fee-no = Nei, jeg vil ikke ha den
ask-fee-why = Den første kopien er alltid gratis. Det er også en kopi av andre opplysninger, og en ny etter et år. Vi kan bare ta det kopien koster oss (Art. 15(3)).

# En fil til andre
send-title = Hvem skal få filen?
send-me = Bare jeg
send-me-hint = Du kan laste den ned her og bruke den som du vil
send-other = Jeg, og { $name } direkte
send-why = Du kan få opplysningene dine sendt rett til et annet selskap, der det går an (Art. 20(2)). Noen tar imot filer fra oss. Du får alltid filen selv også.
problem-send-missing = Velg hvem som skal få filen
check-file-to = Hvem får filen
result-delivered = Vi har også sendt filen til { $name }, slik du ba om.
result-undelivered = Vi fikk ikke sendt filen til { $name }. Du kan laste den ned og gi den videre selv.

# Meldinger
case-messages = Meldinger
messages-title = Meldinger om saken din
messages-none = Ingen har skrevet noe ennå.
messages-you = Du
messages-write = Skriv til oss
messages-hint = En saksbehandler leser det. Vi svarer her og sender deg en e-post om at svaret venter
messages-send = Send meldingen
messages-safe = Det du skriver, blir på denne siden. E-postene våre sier aldri hva som står der.
problem-message-missing = Skriv en melding
problem-message-long = Skriv kortere. Det er plass til 4000 tegn
