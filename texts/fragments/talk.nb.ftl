### Meldinger med filer, og skrivebordets side av dem.

messages-file = Filer (valgfritt)
messages-file-hint = Høyst fem, hver opp til { $limit }: PDF, bilde, tekst, e-post, Word eller Excel
messages-files-safe = Filer ligger forseglet. De blir borte når saken din blir borte.
problem-files-no-room = Saken har ikke plass til flere filer. Send dem i et brev i stedet
desk-messages-title = Meldinger i { $reference }
desk-messages-waits = Personen venter på svar.
desk-messages-person = Personen
desk-messages-write = Skriv til personen
desk-messages-hint = Det leses på personens egen side. E-posten vår sier bare at det ligger der
desk-messages-forgotten = Saken er avsluttet, og adressen er slettet. Du kan ikke skrive til personen lenger.
desk-messages-see = Meldinger
fact-message-written = Vi skrev en melding
record-letters = Det vi har sendt deg
record-on-its-way = på vei
record-messages = Meldinger
record-json = Last ned dette som en fil for maskiner
record-json-hint = Det samme som JSON, for den som behandler en klage
case-messages-lead = Skriv her hvis noe er uklart, eller send oss en fil. Et menneske svarer.
case-messages-go = Les og skriv meldinger
case-late-step = Dette gjør vi nå: <strong>{ $step }</strong>.
