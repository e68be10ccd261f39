### What we hold: from a value straight into a request about it.

held-kind = Kind
held-correct = Correct
held-correct-one = Correct
held-delete = Delete
held-take = Download
held-ask-copy = Ask for a copy
kind-correct-lead = Is something wrong? Choose “Correct” beside it.
kind-no-correct = This is not corrected piece by piece.
kind-write = Write to us if it is wrong
amend-title = { $field }: what should it say?
amend-number-hint = With digits only
amend-day = Day
amend-month = Month
amend-year = Year
amend-clock = Time, such as 14:30
amend-yes = Yes
amend-no = No
problem-should-same = It says that already. Write what should change
held-nothing-yet = We have found nothing about you so far.
kind-basis-a = You said yes to it.
kind-basis-b = We need it for our agreement with you.
kind-basis-c = A law tells us to.
kind-basis-d = To protect somebody’s life.
kind-basis-e = For a task in the public interest.
kind-basis-f = We have a good reason, and it weighs more than the drawback for you.
