### Messages with files, and the desk's side of them.

messages-file = Files (optional)
messages-file-hint = At most five, each up to { $limit }: PDF, picture, text, mail, Word or Excel
messages-files-safe = Files are kept sealed, and they go when your case goes.
problem-files-no-room = This case has no room for more files. Send them by post instead
desk-messages-title = Messages in { $reference }
desk-messages-waits = The person waits for an answer.
desk-messages-person = The person
desk-messages-write = Write to the person
desk-messages-hint = It is read on the person's own page. Our email only says that it is there
desk-messages-forgotten = The case is closed and the address is deleted. You can no longer write to the person.
desk-messages-see = Messages
fact-message-written = We wrote a message
record-letters = What we sent you
record-on-its-way = on its way
record-messages = Messages
record-json = Download this as a file for machines
record-json-hint = The same in JSON, for whoever handles a complaint
case-messages-lead = Write here if something is unclear, or send us a file. A person answers.
case-messages-go = Read and write messages
case-late-step = What we do now: <strong>{ $step }</strong>.
