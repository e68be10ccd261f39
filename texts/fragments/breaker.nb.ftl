### The breaker of mass erasure: what staff are told, and the page where two of them let it go on.

mail-stopped-subject = Noe er stanset: se på det
mail-stopped-lead = Data om { $cases ->
    [one] én person
   *[other] { $cases } personer
 } ble slettet på en time. Mer tillater dere ikke. Ingenting slettes før to personer har sett på det.
mail-stopped-do = Er det et angrep eller en feil? La slettingen stå stanset. Hvis ikke, kan to av dere la den gå videre.
mail-stopped-waits = Ingenting går tapt så lenge, og alle frister løper.

erasures-title = Sletting
erasures-go = Data slettes som planlagt. Ingenting er stanset.
erasures-see = Se på det
erasures-stopped-since = All sletting er stanset siden { $moment }
erasures-stopped-cases = Data om { $cases ->
    [one] én person
   *[other] { $cases } personer
 } ble slettet timen før. Mer tillater dere ikke.
erasures-stopped-waiting = { $cases ->
    [0] Ingenting venter ennå.
    [one] Én sak venter.
   *[other] { $cases } saker venter.
 }
erasures-stopped-lost = Ingenting går tapt, og alle frister løper. To personer kan la den gå videre.
erasures-look = Er det et angrep eller en feil? Se på sakene først. Lar du den gå videre, slettes alt som venter.
erasures-why = Hvorfor kan den gå videre? Ikke nevn noen ved navn.
erasures-ask = Be om at den går videre
erasures-agree = Si ja, og la den gå videre
erasures-asked = { $name } vil la den gå videre
erasures-yours = Du har bedt om det. En annen må si ja.
erasures-others = Personvernleder og personvernombud kan la den gå videre.
