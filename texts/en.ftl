### Pages for the person, and what every page shares.

# Around every page
skip-to-content = Skip to content
face-portal = privacy
face-desk = desk
face-room = reading room
face-demo = demo
nav-language = Language
nav-foot = About this site
nav-help = Help and contact
nav-find = Find my case
nav-rights = Your rights
nav-about = About this page
nav-accessibility = Accessibility
back = Back
continue = Continue
change = Change
leave = Leave quickly
pages = Pages
pages-before = Previous
pages-next = Next
pages-at = Page { $page } of { $pages }
contact-heading = Talk to us
why-heading = Why do we ask?
never-passport = We never ask for a copy of your passport or driving licence here.
complaint-text = You can complain to { $authority }. You do not have to ask us first.
complaint-court = You can also go to court.
free-of-charge = This costs you nothing.

# When a form needs another look
problem-title-prefix = Error:
problem-heading = Something needs another look
problem-right-missing = Choose what you want to do
problem-email-invalid = Write the whole email address, for example name@example.com
problem-code-wrong = The code is not right. Check the 6 digits
problem-code-expired = The code is too old. Ask for a new code
problem-code-wait = The code was wrong five times. Try again at { $time }
problem-kind-missing = Choose which number you have
problem-number-missing = Write the number
problem-number-wrong = The number does not belong to this email address. Check it once more
problem-scope-missing = Choose everything or some
problem-kinds-missing = Tick at least one thing
problem-sign-in = The address or the password is not right
problem-totp-wrong = The code is not right, or was used. Wait for the next one
problem-outcome-missing = Choose an outcome
problem-reason-missing = Write why
problem-statute-missing = Write which law and section the ground points to
problem-ground-missing = Choose a legal ground
problem-stale = The case has changed since you opened the form. Look again and send once more
problem-basis-missing = Choose why it must be kept
problem-matter-missing = Write a reference
problem-owner-missing = Write who answers for the hold
problem-review-invalid = Write a date no later than { $date }
problem-review-not-later = Choose a day after the present review
problem-case-unknown = There is no case with this number
problem-date-invalid = Write a date after the demo’s date

# Start
start-title = Control your information
start-lead = Here you can see, correct or delete the information we have about you, and decide how we use it. It is free. It usually takes less than five minutes.
start-question = What do you want to do?
start-access = See my information
start-access-hint = Get a copy you can read and keep
start-erasure = Delete my information
start-erasure-hint = The law says we must keep some. We show you what and why
start-portability = Move my information
start-portability-hint = Get a file you can take elsewhere
start-rectification = Correct something
start-rectification-hint = Show us what is wrong and what is right
start-restriction = Pause the use
start-restriction-hint = We keep it but do not use it
start-objection = Say no to advertising or another use
start-objection-hint = Advertising stops at once
start-consent-withdrawal = Withdraw a consent
start-consent-withdrawal-hint = As easy as saying yes
start-other-ways = Other ways
start-other-ways-text = Call or write to us, also if you ask for your child or someone else. A person will help you.

# Who, code, second item
who-title = What is your email address?
who-hint = Use the one you use with us. We will send a code
who-send = Send code
who-no-mailbox = I cannot get into that mailbox
who-why = We must know that it is you, so that nobody else can see or change anything.
code-title = Check your email
code-lead = We have sent a code to <strong>{ $address }</strong>.
code-neutral = The code arrives within two minutes. If it does not, check the address.
code-label = Code
code-hint = 6 digits. Works until { $time }
code-again = Send a new code
code-sent-again = We have sent a new code. The old one no longer works.
code-other-address = Use another address
code-missing-heading = No code yet?
code-missing-text = Look in the spam folder. Check that the address is spelled correctly.
item-title = Do you have a customer or order number?
item-lead = It is on your invoice or in the email you got when you ordered.
item-which = Which number do you have?
item-customer-number = Customer number
item-customer-number-hint = At the top of the invoice
item-order-number = Order number
item-order-number-hint = In the email about your order
item-number = The number
item-neither = I have neither
item-why = The mailbox alone is not enough. The number is something only you and we know.

# Scope, check
scope-title = What should we delete?
everything-erasure = Everything you can
everything-erasure-hint = We show you what must stay, and why
scope-choose-hint = Pick from the kinds below
scope-kinds = Delete this
scope-effect = Your account will close. This cannot be undone.
scope-stays = What we may have to keep
scope-stays-lead = We look at each item and tell you what stayed. We delete it ourselves when the time is up.
stays-in-part = Only the part that is needed.
stays-until = What is from today may stay until <strong>{ $date }</strong>, that day included. What is older goes sooner.
stays-nothing = We know of no rule that holds any of this back.
stays-hold = If we disagree about something, more may stay until that is settled. Then we say why.
check-title = Check before you send
check-right = You want to
check-email = Email address
check-scope-erasure = We delete
check-language = Language of the answer
check-then = When you have sent it
check-then-access = We collect what we have about you and make a copy. You get an email when it is ready.
check-then-erasure = A person checks it. Then we wait three days, and you can stop the deletion. After that we delete.
check-by = You will get an answer by <strong>{ $date }</strong>.
check-send-access = Ask for a copy
check-send-erasure = Ask to delete

# Status
case-title-access = Your case: see information
case-title-erasure = Your case: delete information
case-title-portability = Your case: move information
case-title-rectification = Your case: correct information
case-title-restriction = Your case: pause the use
case-title-objection = Your case: say no to a use
case-title-consent-withdrawal = Your case: withdraw a consent
case-lead-received = <strong>We have your request.</strong> You will get an answer by <strong>{ $due }</strong>. You do not need to do anything now.
case-lead-checking = <strong>We are checking that it is you.</strong> You will get an answer by <strong>{ $due }</strong>. You do not need to do anything now.
case-lead-working = <strong>We are working on it.</strong> You will get an answer by <strong>{ $due }</strong>. You do not need to do anything now.
case-lead-waiting = We need something from you
case-lead-answered = <strong>We have answered.</strong> You can read the answer and print it.
case-lead-withdrawn = <strong>You have withdrawn the case.</strong> We do nothing more with it. You can start again whenever you like.
case-waiting-how = Answer our email by <strong>{ $date }</strong>, or write to { $email } and give { $reference }.
case-waiting-clock = Our deadline stands still while we wait for you.
case-cooling = <strong>We are ready to delete.</strong> We start on <strong>{ $moment }</strong>. Until then you can stop it.
case-cooling-not-you = Was it not you who asked? Stop the deletion now.
case-stop = Stop the deletion
case-extended = The case takes longer than a month.
case-late = We are late. We are sorry
case-late-lead = You should have had an answer by { $due }.
case-late-promise = You will now get it by <strong>{ $date }</strong>.
case-complain = Complain to { $authority }
case-see-answer = Read the answer
case-see-data = See the information
case-download = Download a copy
case-troubled = We could not reach this yet: { $system }. We try again by ourselves.
case-steps = What happens
case-reference = Case number
case-received = Received
case-due = Answer by
case-updated = Updated { $time }.
case-update = Update this page
case-withdraw = Withdraw the case
case-record = Record to print
step-received = Received
step-identity = We know that it is you
step-collect = We collect the information
step-decide = A person checks it
step-cooling = You can stop the deletion
step-erase = We delete and answer
step-answer = You get the copy
step-state-done = done
step-state-now = going on now
step-state-ahead = still to come
step-systems = { $done } of { $all } systems are done
step-by = By { $date }
withdraw-title = Withdraw the case?
withdraw-access = We stop collecting information. You will not get an answer.
withdraw-erasure = We delete nothing. The information stays where it is.
withdraw-again = You can start again whenever you like.
withdraw-yes = Withdraw the case
withdraw-no = Keep going

# What we hold
held-title = What we hold about you
held-lead = Read from our systems on { $time }. Choose a box to see it all.
held-kinds = Information
held-show = Show “{ $kind }”
held-count = Number
held-latest = Latest
held-where = Where
held-keep = Kept until
held-nothing = We hold nothing about you under this address.
held-withheld = Not shown here
held-withheld-lead = We hold this too. It could harm you if the wrong person saw it. So we must be surer that it is you.
held-withheld-how = How to see it
held-searched = Where we looked
held-empty = We looked, but found none of this:
held-unread = We could not read this yet: { $system }. We try again tonight.
keep-unknown = Not decided yet. We will tell you
tier-mailbox = code by email
tier-second-item = email and customer number
tier-two-channels = code by email and phone
tier-substantial = sign-in with eID, or a talk with us
tier-high = sign-in with a high-level eID
kind-title = { $kind }: what we hold about you
kind-lead =
    { $count ->
        [one] 1 entry
       *[other] { $count } entries
    } · { $system }
kind-file = Get the file ({ $size })
kind-empty = Empty
kind-unreadable = We could not read this
kind-withheld = Shown when we are surer that it is you
kind-other = Hidden, because it is about someone else
kind-why = Why we have it
kind-from = Where it comes from
kind-recipients = Who has received it
kind-nobody = Nobody but us.
kind-basis = Legal basis
kind-no-basis = We have not stated the legal basis yet. Please ask us.
kind-basis-text = { $basis } of the GDPR
kind-keep = Kept until
kind-automated = Does a machine decide anything?
kind-no-automated = No.

# Download
download-title = Download your copy
download-file-title = Download your file
download-lead = The file waits here until <strong>{ $date }</strong>. Then we delete this copy. You can always ask for a new one.
download-file = File
download-size = Size
download-checksum = Checksum (SHA‑256)
download-get = Download ({ $size })
download-open = How to open it
download-open-iphone = iPhone: open the Files app and tap the file.
download-open-android = Android: open the Files app, tap the file and choose Extract.
download-open-computer = Computer: double-click the file.
download-index = Then open <strong>index.html</strong>. It works without a network.
download-preparing = We are making the file now. It takes a few minutes. You get an email when it is ready.
download-expired = This copy has been deleted, to protect you. You still have the right to a copy.
download-again = Make a new copy
download-inside = What is inside?
download-inside-text = A page to read, and the same information as tables. Photos and attachments are included.
download-inside-file = Tables (CSV) and the same for programs (JSON), with a page to read. Give it to another company if you like.
download-care = The file is about you. Keep it where only you can get at it.

# Result
outcome-copy-title = Your copy is ready
outcome-copy =
    We found { $kinds ->
        [one] <strong>1 kind of information</strong>
       *[other] <strong>{ $kinds } kinds of information</strong>
    } about you. The copy waits here until <strong>{ $date }</strong>.
outcome-erased-title = We have deleted everything
outcome-partly-title = We have deleted what we can
outcome-nothing-title = We hold nothing about you
outcome-refused-title = We have said no
outcome-ratio = <strong>{ $deleted } of { $all } kinds of information are deleted.</strong>
outcome-ratio-rest = We must keep { $kept } for now. They are listed below with the reason and the date.
outcome-all =
    <strong>{ $deleted ->
        [one] 1 kind of information is
       *[other] { $deleted } kinds of information are
    } deleted.</strong> We keep none of it.
outcome-kept = We must keep this a little longer
outcome-kept-lead = We use it only for what the law asks, and for nothing else.
outcome-kept-fields = We keep only this part of it:
outcome-kept-then = When the time is up we delete it by ourselves. You will then get an email.
until-day = Until <strong>{ $date }</strong>, that day included.
until-review = Until the matter is settled. We look at it again on <strong>{ $date }</strong>.
until-unknown = We cannot promise a date yet. A person is looking at it.
outcome-seen-by = Only those who work here can see it meanwhile:
outcome-deleted = What we deleted
outcome-deleted-show =
    { $deleted ->
        [one] Show the one kind
       *[other] Show the { $deleted } kinds
    }
outcome-backups = It has left our backups too by <strong>{ $date }</strong>.
signed-off = Here a member of staff did the work by hand, and confirmed it:
suppressed-title = So that nobody writes to you again
suppressed-what = We keep your email address, locked away and turned into a code, and the day the advertising stopped: { $date }. We use it only to leave you alone.
suppressed-until = It goes when you tell us that you want advertising again.
result-told = Who we told
outcome-told-nobody = Nobody else had received the information from us.
told-sent-mail = Told by email on { $date }. No answer yet.
told-sent-by-hand = Told by one of us on { $date }.
told-acknowledged = Has done the same, { $name } said on { $date }.
told-refused = Answered on { $date } that they do not do the same: { $reason }
told-sent-impossible = Was told on { $date }, and cannot do the same. { $why } { $reason }
told-impossible = It was not possible to tell them. { $why } { $reason }
impossible-gone = They are no more.
impossible-not-recorded = Nobody has noted who it was.
impossible-not-identifiable = They can no longer tell whose data it is.
impossible-disproportionate = The effort would be out of proportion.
outcome-nothing = We looked in all our systems but found nothing under the address and number you gave us.
outcome-nothing-other = Have you used another email address with us? Then you can ask again with that one.
answered-on = Answered
outcome-print = You can print or save this page from your browser.
disagree-heading = If you disagree
disagree-ask = Ask us to look again: write to <strong>{ $email }</strong> and give { $reference }.
record-title = Case { $reference }: everything that happened
record-lead = Keep this page if you want to complain. It shows that you have asked us.
record-organisation = Sent to
record-events = What happened

# Around the journey
find-title = Which email address did you use?
find-hint = We send a code, and then you see your cases
find-send = Send code
landing-title = Continue to case { $reference }
landing-lead = Press the button to open the case. The link works once.
rights-title = Your rights
rights-lead = The law lets you decide about information on you. It costs nothing.
rights-access = See what we have
rights-access-text = You can learn whether we hold anything about you, and get a copy. We also say why we have it, where it came from, who received it and how long we keep it.
rights-portability = Take it with you
rights-portability-text = What you gave us yourself you can get as a file that another company can read.
rights-rectification = Correct mistakes
rights-rectification-text = If something is wrong or missing, we correct it. We also tell those who got it from us.
rights-restriction = Ask for a pause
rights-restriction-text = While we find out whether something is right, you can ask for a pause in its use (restriction of processing). We then store it but do not use it.
rights-erasure = Have it deleted
rights-erasure-text = We delete what we no longer need. The law says we must keep some, such as invoices. We show you what, why and how long. When the time is up, we delete that too.
rights-objection = Say no
rights-objection-text = You can say no to advertising (direct marketing), and we stop at once. You can also say no to other uses (object) and tell us why.
rights-consent-withdrawal = Change your mind
rights-consent-withdrawal-text = If you said yes to something, you can take it back. It must be as easy as saying yes.
rights-write = Write to { $email } and we will help you.
rights-complain = Complain
help-title = Help and contact
help-lead = You can always do this without the website. Call, write or send a letter. The deadline is the same.
help-mailbox = You cannot get into your mailbox
help-mailbox-text = Call us, write a letter or come by. We ask a few questions, and a person takes it from there. You need not send a copy of your passport.
help-number = You have no customer or order number
help-number-text = If you were never a customer, you may only have written to us. Call or write, and we find another way.
help-proof = You want to see what we do not show here
help-proof-text = Passport, health and the like we show only when we are quite sure. Arrange a talk with us. You may cover parts of a document, and we do not keep it.
help-others = You ask for someone else
help-others-text = Choose what you want first, and then “I am asking for somebody else”. A person looks at it before we search for anything. This is what we may ask to see:
help-officer = Data protection officer
help-officer-text = { $name } makes sure that we follow the law. You can write directly.
accessibility-title = Accessibility
accessibility-lead = Everyone should be able to use this site. The aim is WCAG 2.2, level AA.
accessibility-works = What works
accessibility-works-text = You can use a keyboard, a screen reader, large text and dark mode. The site needs no scripts. Everything can be printed.
accessibility-checked = How it is checked
accessibility-checked-text = A program tests every page before it is used. Such programs do not find everything.
accessibility-tell = Tell us
accessibility-tell-text = Something that does not work for you? Write to { $email } or call { $phone }. We help you in another way meanwhile.
about-title = About this page
about-lead = This site keeps as little about you as possible.
about-kept = What we store
about-kept-text = When you send, we keep your address, what you asked for and what we did. We need that to show that we followed the law. The page of your case says how long.
about-cookie = One cookie
about-cookie-text = It remembers that it is you, and the form you are filling in. It goes when you close the browser or leave. After an hour of rest you show again who you are. We do not measure or track.
about-seen = Who sees it
about-seen-text = Only those at { $organisation } who handle the case. Every look is logged.
about-proof = Proof
about-proof-text = All that happens is written to a log. Nobody can change it afterwards. The authority can check it.
signed-out-title = You have left this site
signed-out-text = What you wrote and saw here is gone from this device. Nobody can go back to it.
expired-session-title = You have been away for a while
expired-session = We closed the case on this device after an hour of rest, to protect you. What you had written is kept for a day.
expired-link-used-title = The link has been used
expired-link-used = A link works only once. That way nobody else can use it after you.
expired-link-old-title = The link is too old
expired-link-old = Links stop working after a while, to protect you.
expired-draft-title = Your answers have been deleted
expired-draft = You did not send them, and we keep answers only for a day. You can start again.
expired-safe = Your case is safe and the deadline still runs. We send you a code, and then you see your cases.
expired-start = Start again

# When something went wrong
wrong-start = Go to the start page
wrong-not-found-title = We cannot find this page
wrong-not-found = What you have written is not lost. Check the address, or begin on the start page. If you have a case, you find it with your email address.
wrong-not-allowed-title = You may not go here
wrong-not-allowed = Your role does not open this. Ask the privacy lead for help.
wrong-form-expired-title = The form is too old
wrong-form-expired = Nothing was sent. Go back, reload the page and send again.
wrong-changed-title = Someone was faster
wrong-changed = The case changed meanwhile. Nothing was done. Open it again and look.
wrong-too-large-title = That was too much at once
wrong-too-large = We accept up to { $limit }. Nothing was saved. Make it smaller and try again.
wrong-too-many-title = Wait a little
wrong-too-many = There were many attempts in a short time. Try again at <strong>{ $time }</strong>. Your case is safe.
wrong-broken-title = Something went wrong on our side
wrong-broken = What you sent before is saved. What you wrote on earlier pages we keep for a day. Try again a little later. If you call us, say <strong>{ $incident }</strong>.
wrong-unavailable-title = The site is resting for a moment
wrong-unavailable = We are working on the system. What you sent is safe and the deadline is the same. Try again in a few minutes. If you call us, say <strong>{ $incident }</strong>.

# Who did it
actor-person = the person
actor-machine = habeas
log-leaf = log no. { $leaf }
