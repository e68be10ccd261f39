### The rights that change something: letters, facts, forms.

# Parts of letters
mail-received-reference = Your case number is { $reference }.
mail-rights = You can also ask us to correct, delete or stop using information about you.
mail-ready-withheld = Some is held back, because we are not sure enough that it is you (Art. 12(6)). Reply to this email, and we will find a way.
mail-done-none-kept = We have kept nothing.

# Taking along (Art. 20)
mail-portable-lead = Your file is ready until { $date }. It holds the information you gave us, in a form that programs can read (Art. 20).
mail-portable-left-out = This is not in it. The file says why:
mail-portable-all = We have left out no kind of information.

# Corrected (Art. 16)
mail-corrected-lead = We have corrected this (Art. 16):
mail-corrected-none = We have corrected nothing.
mail-corrected-refused = We have not corrected this:
mail-corrected-all = Everything you asked for is corrected.
letter-not-held = We did not find this in our systems.

# Restricted, stopped, lifted (Art. 18, 21, 7(3))
mail-restricted-lead = The use is paused (restriction, Art. 18). We store this information but do not use it. You hear from us before the pause ends:
mail-lifted-lead = The pause is over (Art. 18). We use this information as before:
mail-stays-lead = We have read what you wrote. The pause goes on, and we do not use the information (Art. 18). You need not do anything.
mail-upheld-lead = You said no, and your reason weighs more. We have stopped using this information (Art. 21):
mail-overridden-lead = You said no (objected, Art. 21). We have weighed it, and believe that we have a stronger reason:
mail-overridden-next = After this email we use the information again.
mail-marketing-lead = You get no more advertising from us (Art. 21(3)). We have stopped it here:
mail-consent-lead = Your consent is withdrawn (Art. 7(3)). We have stopped this:
mail-lift-subject = Important about your case { $reference }
mail-lift-lead = The use of your information is paused (restriction, Art. 18). Soon we want to end the pause and use it again.
mail-lift-speak = Do you disagree? Say so on the page by { $date }. Otherwise the pause ends.
lift-contested = You said that the information is wrong. We have finished checking it.
lift-unlawful = You said that we may not use it. We have looked into that.
lift-claims = You needed it for a claim. As far as we know, you no longer do.
lift-objected = You said no to the use. We have finished weighing it.
lift-over = As we see it, the reason is over.

# To a recipient (Art. 19)
mail-recipient-subject-erased = Deletion at your end – { $reference }
mail-recipient-lead-erased = To { $recipient }. You have received information about a person from { $name }. The person has had it deleted at our end (Articles 17 and 19 GDPR).
mail-recipient-what-erased = Deleted on { $date }:
mail-recipient-do-erased = Delete the same at your end, or tell us why you must keep it. Reply to this email and give { $reference }.
mail-recipient-subject-corrected = Correction at your end – { $reference }
mail-recipient-lead-corrected = To { $recipient }. You have received information about a person from { $name }. The person has had it corrected at our end (Articles 16 and 19 GDPR).
mail-recipient-what-corrected = Corrected on { $date }:
mail-recipient-do-corrected = Correct the same at your end, or tell us why not. Reply to this email and give { $reference }.
mail-recipient-subject-restricted = Pause at your end – { $reference }
mail-recipient-lead-restricted = To { $recipient }. You have received information about a person from { $name }. Its use is now paused at our end (restriction, Articles 18 and 19 GDPR).
mail-recipient-what-restricted = Paused on { $date }:
mail-recipient-do-restricted = Store it, and do not use it until we write again. Reply to this email and give { $reference }.
mail-recipient-subject-lifted = The pause is over – { $reference }
mail-recipient-lead-lifted = To { $recipient }. You have received information about a person from { $name }. The pause we told you of is over (restriction lifted, Articles 18 and 19 GDPR).
mail-recipient-what-lifted = Over since { $date }:
mail-recipient-do-lifted = You may use it as before. Reply to this email and give { $reference }.
mail-recipient-subject-stopped = Stop at your end – { $reference }
mail-recipient-lead-stopped = To { $recipient }. You have received information about a person from { $name }. The person does not want it used any more, and we have stopped (Articles 7(3), 19 and 21 GDPR).
mail-recipient-what-stopped = Stopped on { $date }:
mail-recipient-do-stopped = Stop using it, or tell us why not. Reply to this email and give { $reference }.

# Names of letters
letter-portability-ready = The file is ready
letter-rectification-done = Answer to the correction
letter-restriction-done = The use is paused
letter-lift-notice = Notice that the pause will end
letter-restriction-lifted = The pause is over
letter-restriction-stays = The pause goes on
letter-objection-upheld = Objection upheld
letter-objection-overridden = Objection overridden
letter-marketing-stopped = The advertising is stopped
letter-consent-stopped = Consent is withdrawn

# What the log says
fact-change-planned = A plan of changes was made
fact-system-corrected = A system was corrected
fact-system-restricted = Use was stopped in a system
fact-system-lifted = A pause was ended in a system
fact-change-verified = The change was read back
fact-objection-sorted = The objection was sorted
fact-clock-extended = We looked whether the deadline can be extended
fact-erasure-accounted = We looked whether anything is deleted already

# Forms and outcomes
form-correction-decision = Decide what to correct
form-correction-decision-lead = Is the person right? No reason is owed. Say why for what you do not correct.
form-correction-proof = Correct by hand
form-correction-proof-lead = Correct this in the system yourself. Write what you did and when. A booked document is corrected by a new one.
form-restriction-decision = Decide whether to pause the use
form-restriction-decision-lead = Does one of the four reasons for a pause fit (restriction, Art. 18(1))? When in doubt, pause first.
form-restriction-proof = Stop the use by hand, or end the pause
form-restriction-proof-lead = The system cannot do this by itself. Do it, and write what you did and when.
form-lift-objection = The person can say no to the end of the pause
form-lift-objection-lead = We wait for the person.
form-lift-decision = Shall the pause end?
form-lift-decision-lead = The person has said no. Read it, and decide.
form-objection-balance = Weigh the objection
form-objection-balance-lead = Use is stopped. Only compelling grounds, or a legal claim, outweigh the person (Art. 21(1)).
outcome-correct = Correct everything
outcome-correction-decision-partly = Correct what I have ticked
outcome-restrict = Pause the use
outcome-lift = End the pause
outcome-stays = The pause goes on
outcome-upheld = Uphold the objection
outcome-overridden = Our grounds outweigh it
outcome-objects = The person says no

# What the handler sees
hint-why = The person writes
hint-kinds = About
ask-ground-contested = The information is wrong, says the person – Art. 18(1)(a)
ask-ground-unlawful = Use is unlawful, but do not delete – Art. 18(1)(b)
ask-ground-claims = The person needs it for a claim – Art. 18(1)(c)
ask-ground-objected = An objection is being weighed – Art. 18(1)(d)
task-changes = What will change
task-change-now = Now
task-change-to = Will be
task-apply = Corrected when you choose a part
task-not-held = We did not find this, so it cannot be corrected:
by-hand-append-only = By hand: it is booked, and corrected by a new entry
by-hand-differs = By hand: nothing says what the person says it says
by-hand-several = By hand: several fit, and we do not know which
by-hand-unreadable = By hand: it is a file, or could not be read
by-hand-no-flag = By hand: the system cannot mark this
by-hand-inside = By hand: it lies inside a document or a list
plan-lead-changes = This is what we change, field by field. The plan is frozen.
case-lift = End the pause
case-lift-lead = The person is told first, and can say no for 14 days.

# What is wrong with a form
problem-apply-missing = Tick at least one correction, or refuse
problem-apply-unknown = This correction is not in the plan. Load the page again.

mail-fee-subject = Another copy costs something, case { $reference }
mail-fee-lead = On { $before } you asked for the same information, and we sent it. Another copy costs { $fee }.
mail-fee-now = Say on the page by { $date } whether you want it. You pay only if you agree. Then you get the copy and an invoice. If you do not want it, withdraw your request: that is free.
letter-fee-notice = Notice that another copy costs something
form-fee-decision = Decide whether another copy costs something
form-fee-decision-lead = The same information was sent less than a year ago. Ask only what the copy costs us, and only if nothing has changed. Write why, for the person to read.
form-fee-answer = The person says whether the copy may cost something
form-fee-answer-lead = We wait for the person.
outcome-free = The copy is free
outcome-charge = Ask the fee
mail-portable-delivered = We have also sent the file straight to { $name }, as you asked (Art. 20(2)).
mail-portable-undelivered = We could not send the file to { $name }. You can download it and hand it over yourself.
form-transmission-proof = Hand over the file by hand
form-transmission-proof-lead = The other company did not take the file. Send it in another safe way, or write why that cannot be done. The person reads that it did not arrive.
outcome-delivered = The other company has the file
mail-message-subject = You have a message from us, case { $reference }
mail-message-lead = There is a message from us about your case. Read it on your page:
letter-message-waits = Mail that a message is waiting
form-message-reply = Answer a message
form-message-reply-lead = The person wrote to us. What you write is shown on her page; the mail does not say what it says. It is no decision about the request.
outcome-answered = Send the answer
hint-message = She wrote
