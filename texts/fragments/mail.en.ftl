### Letters.

# In every letter
mail-open = Open your case
mail-open-invitation = Choose a password
mail-open-hold-review = Look at the hold
mail-open-erasures-stopped = Look at it
mail-open-drift = See what it is
mail-open-withdrawal-confirmed = Start again
mail-open-asked-for-you = I want to stop it
mail-open-erasure-notice = I want to stop it
mail-open-recipient-notice = Answer us
mail-open-code = Go on
mail-sign = Kind regards, { $name }
mail-contact = You can reply to this email, write to { $email } or call { $phone }.
mail-follow = Follow your case here:
mail-whole-answer = The whole answer is here:
mail-complain-short = You can complain to { $authority } at any time.
mail-complain = You can complain to { $authority }. You do not have to ask us first.
mail-disagree = Do you disagree? Ask us to look again: write to { $email } and give { $reference }.
mail-decided-subject = We decided your case { $reference }

# 1 Code, and the links of "find my case"
mail-code-subject = Your code is { $code }
mail-code-lead = You, or someone else, typed your address on the privacy page of { $name }. Here is the code:
mail-code-until = It works until { $time }.
mail-code-not-you = Was it not you? Then ignore this email. Nothing happens.
mail-links-subject = The link you asked { $name } for
mail-links-lead = Here are your cases with us. Each link works once, until { $time }.

# 2 Received
mail-received-subject = We received your case { $reference }
mail-received-lead = We have your request. You will get an answer by { $date }. You do not need to do anything now.

# 3 Question
mail-question-subject = We need something from you – { $reference }
mail-question-lead = We are working on your case, but we lack something:
mail-question-by = Reply to this email by { $date }.
mail-question-else = If we do not hear from you, we must answer with what we know. You can always ask again.

# 4 Longer
mail-longer-subject = Your case takes longer – { $reference }
mail-longer-lead = We need more time. You will now get an answer by { $date }. This is why:

# 5 Ready
mail-ready-subject = Your answer is ready – { $reference }
mail-ready-lead = The copy you asked for waits for you until { $date }.
mail-ready-open = You can read everything on the page, or download a file that works without a network.

# Before an erasure
mail-notice-subject = Important about your case { $reference }
mail-notice-lead = Someone has asked { $name } to delete your information.
mail-notice-you = If it was you, you need not do anything.
mail-notice-not-you = Was it not you, or have you changed your mind? You can stop it until { $moment }:

# 7 Answers
mail-done-all = We have deleted everything we had about you.
mail-done-partly = We have deleted what we can. We must keep some a little longer.
mail-done-none-deleted = We have not deleted anything yet.
mail-done-backups = It has left our backups too by { $date }.
mail-done-until = We keep it until { $date }, that day included.
mail-done-review = We look at it again on { $date }.
mail-refused-lead = We have not done what you asked. This is why:

# Withdrawn
mail-withdrawn-subject = Your case { $reference } is withdrawn
mail-withdrawn-lead = You have withdrawn the case. We do nothing more with it. The information stays where it is.
mail-withdrawn-not-you = If you still want it, you can start again at any time:

# 8 The rest is gone
mail-rest-subject = The rest is now deleted
mail-rest-lead = We promised to tell you. On { $date } we deleted this, which we had to keep after case { $reference }:
mail-rest-all = Nothing from that case is left. You need not do anything.
mail-rest-more =
    { $remaining ->
        [one] 1 kind remains
       *[other] { $remaining } kinds remain
    }. We will write to you when that has gone too.

# To a recipient
mail-recipient-person = You know the person as: { $person }
mail-recipient-again = We wrote to you about this on { $date } and have no answer yet.
mail-recipient-answer = Answer here. You need no account. The link is good for 90 days.
question-identity = We are not sure that it is you. How can we check? You never need to send us a copy of your passport.

# To the owner of a system
mail-drift-subject = Something has changed in { $label }
mail-drift-lead = Tonight we compared { $label } with what you told us about it. { $problems ->
    [one] One thing does not fit.
   *[other] { $problems } things do not fit.
 }
mail-drift-do = Please look at them. Somebody's data could be missed until you do.
mail-drift-left = Is it meant to be so? Then say why on that page. You get no further email about it.

# To whoever answers for a hold
mail-review-subject = Look at hold { $hold } again
mail-review-soon = Hold { $hold } has to be looked at again by { $date }.
mail-review-today = Hold { $hold } has to be looked at again today.
mail-review-overdue = Hold { $hold } should have been looked at again by { $date }.
mail-review-do = Is it still needed? Then say why and until when. If not, ask for its release.
mail-review-holds = Until you do, it holds as before. We will remind you.
