### What each right asks beyond itself: corrections, a pause, an objection, a consent.

# Correction
which-kind-title = Where is something wrong?
which-kind-lead = Choose one place. If more is wrong, you can add it afterwards.
correct-title = { $kind }: what should be corrected?
correct-field = What is wrong?
correct-now = What does it say now? (optional)
correct-now-hint = Write it if you know. It helps us find the right place
correct-should = What should it say?
correct-should-day-hint = Write a date as day, month and year, for example 31/12/1990
correct-why = Why? (optional)
correct-why-hint = You need not write anything here. It may help, for example if you have moved
correct-how = How we correct it
correct-how-text = A person checks what you write. Then we correct it. Those who got it from us are told that it is corrected.
correct-proof-text = You need not prove anything here. If you have a file that shows it, send it under Messages once the request is in.
correct-disagree-text = If we do not agree with you, we say why. You can then put your own words beside it.
problem-which-kind-missing = Choose where the mistake is
problem-field-unknown = Choose what is wrong
problem-kind-unknown = Choose where the mistake is
problem-field-not-correctable = This cannot be corrected. Choose something else
problem-correction-missing = Write what should be corrected
problem-should-missing = Write what it should say
problem-should-not-a-day = Write the date as day, month and year, for example 31/12/1990
problem-should-not-a-moment = Write the date and the time, for example 31/12/1990 14:30
problem-should-not-a-number = Write a number, with digits only
problem-should-not-yes-or-no = Write yes or no
problem-asked-of-another-right = This does not belong to what you want to do. Start again
problem-too-long = Write less. There is room for 1000 characters

# Pause
restrict-title = Why do you want a pause?
restrict-lead = We keep your information but do not use it. Choose what fits best.
rest-contested = Something is wrong
rest-contested-hint = The pause lasts while we check
rest-unlawful = You are not allowed to use it
rest-unlawful-hint = But you do not want us to delete it
rest-claims = I need it myself
rest-claims-hint = For a complaint or in court. We do not delete it meanwhile
rest-objected = I have said no to the use
rest-objected-hint = The pause lasts while we consider it
restrict-extent = What is it about?
everything-restriction = Everything you have about me
extent-choose = I want to choose
restrict-kinds = Pause this
restrict-then = What happens during the pause?
restrict-then-text = The information stays where it is. We use it only if you say yes, or if the law requires it. We tell you before the pause ends.
problem-rest-missing = Choose why you want a pause

# No
object-title = What do you want to say no to?
object-marketing = Advertising
object-marketing-hint = We stop at once. You need no reason
object-other = Something else that we do
object-other-hint = We stop while we consider it
object-kinds = Which use is it?
object-kinds-hint = This is what we may use without your yes. No tick means all of it
everything-objection = Everything I can say no to
object-why = What should we stop, and why?
object-why-hint = Use your own words. What is special for you? It can be your work, your health or your family
object-ask = The law says that we must weigh your reason against ours. So we must know it. For advertising we need no reason.
problem-against-missing = Choose what you want to say no to
problem-why-missing = Write what we should stop, and why

# Consent
consents-title = Which consent do you want to withdraw?
consents-lead = A consent is something you have said yes to.
everything-consent-withdrawal = Everything I have said yes to
consents-kinds = Withdraw the consent to this
consents-before = Does this also count for what we did before?
consents-before-text = No. What we did while you had said yes was allowed. From now on we stop.

# Check
check-scope-restriction = Pause for
check-scope-objection = You say no to
check-scope-consent-withdrawal = Consent to
check-ground = Because
check-against = You say no to
check-why = Your reason
check-corrections = This should be corrected
check-now = Now
check-will-be = Will be
check-remove = Remove
check-add = Correct something more
check-then-portability = We make a file of what you gave us, in a form that a machine can read. You get an email when it is ready.
check-then-rectification = A person checks what you have written. Then we correct it, and tell those who got it from us.
check-then-restriction = A person looks at it. Then the information stays where it is, and we do not use it. We tell you before the pause ends.
check-then-marketing = We stop sending you advertising. Nobody has to approve it.
check-then-objection = First we stop the use. Then a person weighs your reason against ours.
check-then-consent-withdrawal = We stop what you had said yes to. Nobody has to approve it.
check-send-portability = Ask for the file
check-send-rectification = Ask to correct
check-send-restriction = Ask for a pause
check-send-objection = Say no
check-send-consent-withdrawal = Withdraw the consent

# On the way
step-correct = We correct it and answer
step-restrict = We pause the use
step-stop = We stop the use
step-silence = We stop the advertising
step-weigh = A person weighs your reason
step-reply = You get an answer
step-file = You get the file
step-hear = You can say why the pause should last
step-lift = The pause ends
withdraw-portability = We make no file.
withdraw-rectification = We correct nothing. The information stays as it is.
withdraw-restriction = There will be no pause. We use the information as before.
withdraw-objection = We use the information as before.

# Before a pause ends
question-lift = We would like to use your information again. If you think that the pause should last, you can say why.
case-lead-hearing = The pause may soon end
case-pause-ends = <strong>We are deciding whether the pause ends.</strong> You hear from us when it is decided. You do not need to do anything now.
case-hearing-until = We wait for you until <strong>{ $date }</strong>, that day included. If you do not answer, the pause ends.
case-hearing-answer = Say why it should last
ask-hearing-title = Why should the pause last?
ask-hearing-by = Answer by <strong>{ $date }</strong>. If you do not answer, the pause ends.
ask-hearing-label = Your reason
ask-hearing-hint = Use your own words
ask-hearing-send = Send
ask-hearing-why = We must tell you before the pause ends. A person reads what you write and decides. You hear what came of it.
problem-hearing-missing = Write why the pause should last

# Requests by phone or letter
intake-right = What does the person want?
intake-correction = Mistake number { $number }
intake-more = Add another mistake
intake-kinds = What is it about? No tick means everything

# Results
result-file-title = Your file is ready
result-file = The file waits here until <strong>{ $date }</strong>. It is made so that other programs can read it.
result-file-get = Download the file
result-left-out = What is not in it
result-left-out-lead = We hold this too. The file says why each is left out.
result-corrected-title = We have corrected your information
result-corrected = Everything you asked for is corrected.
result-some-corrected-title = We have corrected some of it
result-some-corrected = <strong>Corrected: { $corrected } of { $all }.</strong> The rest is below, with the reason.
result-uncorrected-title = We have not corrected your information
result-corrected-heading = This is corrected
result-declined-heading = What we have not corrected
result-was = Before
result-is = Now
result-you-said-now = You wrote that it says
result-you-asked = You wanted it to say
result-not-found = We did not find this in our systems.
result-declined-then = If you disagree, you can ask for a pause in the use while we look at it again.
result-stopped-heading = What it is about
result-nothing-of = We found nothing of this:
result-used = Used during the pause
used-consent = you had said yes to it
used-legal-claims = for a legal claim
used-rights-of-another = to protect the rights of somebody else
used-public-interest = for an important public interest
result-paused-title = The use is paused
result-paused = The information stays where it is. We do not use it.
result-paused-then = We use it only if you say yes, or if the law requires it. We tell you before the pause ends.
result-lifted-title = The pause is over
result-lifted = We use the information as before.
result-lifted-then = If you want a new pause, you can ask for it at any time.
result-stays-title = The pause goes on
result-stays = We have read what you wrote. We do not use the information. We tell you before the pause ends.
result-upheld-title = We have stopped the use
result-upheld = Your reason weighs more. We no longer use the information for this.
result-upheld-then = Some of it goes on, for example what the law requires.
result-silenced-title = We have stopped the advertising
result-silenced = You get no more advertising from us.
result-silenced-then = You may still get email about something you have ordered.
result-unconsented-title = The consent is withdrawn
result-unconsented = We have stopped what you had said yes to.
result-unconsented-then = Some of it goes on, for example what you have ordered.
result-overridden-title = We go on with the use
result-overridden = We now use the information again.

# Values
said-yes = yes
said-no = no

# A further copy
question-fee = You got the same information less than a year ago. Another copy costs { $fee }. { $reason }
case-lead-fee = Another copy costs something
case-fee-until = Answer by <strong>{ $date }</strong>. You pay only if you agree.
case-fee-answer = Answer
ask-fee-title = Do you agree to pay for the copy?
ask-fee-by = Answer by <strong>{ $date }</strong>. You pay only if you agree. If you do not answer, we send no new copy and tell you why.
ask-fee-send = Yes, I pay
ask-fee-no = No, I do not want it
ask-fee-why = The first copy is always free. So is a copy of other information, and a new one after a year. We may only ask what the copy costs us (Art. 15(3)).

# A file for somebody else
send-title = Who should get the file?
send-me = Only me
send-me-hint = You can download it here and use it as you like
send-other = Me, and { $name } directly
send-why = You may have your information sent straight to another company, where that works (Art. 20(2)). Some take files from us. You always get the file yourself, too.
problem-send-missing = Choose who should get the file
check-file-to = Who gets the file
result-delivered = We have also sent the file to { $name }, as you asked.
result-undelivered = We could not send the file to { $name }. You can download it and hand it over yourself.

# Messages
case-messages = Messages
messages-title = Messages about your case
messages-none = Nobody has written anything yet.
messages-you = You
messages-write = Write to us
messages-hint = A case handler reads it. We answer here and send you an email that an answer is waiting
messages-send = Send the message
messages-safe = What you write stays on this page. Our emails never say what is in it.
problem-message-missing = Write a message
problem-message-long = Write less. There is room for 4000 characters
