### Pages for staff.

# Around the desk
nav-desk = Desk
nav-queue = Queue
nav-holds = Holds
sign-out = Sign out { $name }
sign-in-title = Sign in to the desk
sign-in-email = Email address
sign-in-password = Password
sign-in-do = Sign in
totp-title = The code from your phone
totp-hint = 6 digits from your code app. Each code works once

# Queue
queue-title = Queue
queue-views = Views
queue-search = Search case number
queue-right = Right
queue-all = All
queue-apply = Show
queue-caption = Soonest deadline first
queue-state = State
queue-left = Time left
queue-owner = Owner
queue-systems = Systems
queue-flags = Note
queue-you = You
queue-nobody = Nobody
queue-nothing = Nothing waits for you.
queue-others =
    { $cases ->
        [one] 1 case is open with others.
       *[other] { $cases } cases are open with others.
    }
queue-empty = No cases here.
view-needs-me = Needs me
view-due-soon = Due in 7 days
view-waiting = Waiting for person
view-failed = Failed
view-open = All open
view-closed = Closed
right-access = Access
right-portability = Portability
right-rectification = Correction
right-restriction = Pause (restriction)
right-erasure = Deletion
right-objection = Objection
right-consent-withdrawal = Consent withdrawal
left-days =
    { $days ->
        [one] 1 day left
       *[other] { $days } days left
    }
left-today = due today
left-late =
    { $days ->
        [one] 1 day late
       *[other] { $days } days late
    }
standing-new = New
standing-collecting = Collecting
standing-needs-task = Needs a person
standing-waiting-for-person = Waiting for answer
standing-cooling = Can be stopped
standing-erasing = Deleting
standing-failed = Failed
standing-answered = Answered
standing-refused = Refused
standing-withdrawn = Withdrawn
flag-high-risk = high risk
flag-hold = hold
flag-extended = extended
flag-complaint = complaint
flag-representative = representative

# Case
desk-case-title = Case { $reference }
case-next = Next act
case-no-task = No task waits. The case moves on by itself.
case-plan = Plan
case-plan-see = See the plan
case-plan-approved = Approved by { $name }
case-plan-open = Not approved
case-records = Records
case-attempts = Attempts
case-uses = Used during the pause
case-uses-lead = Art. 18(2) allows these uses. The system that used the data reported each of them.
case-use-by = { $name }, in { $system }
use-consent = With the person's consent
use-legal-claims = Legal claims
use-rights-of-another = Protecting the rights of another person
use-public-interest = Important public interest
case-timeline = Timeline
case-timeline-empty = Nothing has happened yet.
case-goal = Our own goal
case-identity = Identity
case-identity-none = Not proven yet
case-workflow = Workflow
case-clock = How the deadline was counted
clock-received = The request came on { $on }. That day does not count.
clock-restarted = The person showed who they are on { $on }. The time runs from then.
clock-period = The time runs from { $from } to { $ends }.
clock-extended = The time was extended. It runs from { $from } to { $ends }.
clock-stopped =
    { $days ->
        [one] We waited for the person from { $from }. That adds 1 day.
       *[other] We waited for the person from { $from }. That adds { $days } days.
    }
clock-pending = We have waited for the person since { $from }. Nothing is added before the answer comes.
clock-ignored = The wait from { $from } adds nothing.
clock-rolled = The last day is not a working day. The deadline moves to { $to }.
clock-due = The answer is due on { $on }.
clock-strict = Without waiting and extension it is { $on }. Warnings follow that day.
clock-conservative = Extended from the end of the first period it is { $on }. That is the safe target.
clock-extension-notice = If we extend the time, we must say so and why. The last day for that is { $by }.
clock-confirm = We must confirm the request within { $days } working days: by { $by }.
clock-also = Not reckoned here:
clock-caution = Take care:
case-no-hold = No holds.
channel-portal = the portal
channel-desk = staff
incident = Something went wrong
incident-since = Since { $moment }
system-pending = Not asked yet
system-asking = Asking
system-found = Found
system-nothing = Nothing found
system-erasing = Deleting
system-verified = Deleted and read back
system-failed = Failed
system-by-hand = Waits for a person
system-retrying = Trying again
role-intake = intake
role-case-handler = case handler
role-system-owner = system owner
role-privacy-lead = privacy lead
role-dpo = data protection officer
role-authority = authority

# Tasks
task-title = Task in case { $reference }
task-due = Due { $date }
task-by = Due
task-open = Open the task
task-four-eyes = You did an earlier step. Someone else must do this.
task-outcome = What should happen?
task-needs-reason = Needs a reason
task-reason = Reason
task-reason-hint = Plain words. The person and the authority may read this
task-ground = Legal ground
task-ground-hint = Only when you refuse
task-statute = Which law and section
task-statute-hint = Needed where the ground has a star, for example bokføringsloven § 13
task-preview = What the person gets
task-send = Complete the task
form-identity-evidence = Ask for evidence
form-identity-evidence-lead = The person must show who it is.
form-identity-check = Check the identity
form-identity-check-lead = Are you sure who it is? Do not ask for more than you need.
form-access-triage = Assess the access request
form-access-triage-lead = Is this a request for access, and can we go on?
form-access-review = Review the copy
form-access-review-lead = Look for information about others before the copy is sent.
form-erasure-triage = Assess the request
form-erasure-triage-lead = Is this a request for deletion, and can we go on?
form-located-records = Find by hand
form-located-records-lead = The system does not answer. Find the records yourself and write what you did.
form-erasure-decision = Propose what to delete
form-erasure-decision-lead = The plan shows what the rules say. Propose what we should do.
form-plan-approval = Approve the plan
form-plan-approval-lead = You approve exactly this plan. If it changes, it must be approved again.
form-refusal-approval = Approve the refusal
form-refusal-approval-lead = Read the reason as the person will read it.
form-refusal-reasons = Write why we say no
form-refusal-reasons-lead = Plain words and one legal ground. Complaint and court are added.
form-erasure-proof = Delete by hand
form-erasure-proof-lead = The system does not answer. Delete it yourself, and write what you did and when.
outcome-accepted = We know who it is
outcome-not-enough = Not enough, ask again
outcome-refused = We cannot know
outcome-go-on = Go on
outcome-extend = We need more time
outcome-not-a-request = This is not such a request
outcome-unfounded = Manifestly unfounded
outcome-submitted = Done
outcome-erase = Delete everything that may go
outcome-partly = Delete a part
outcome-refuse = Refuse
outcome-approved = Approve
outcome-sent-back = Send back
outcome-release = Send the copy
outcome-redact = Send the copy without what is about others

# Plan
plan-title = Plan for { $reference }
plan-lead = Exactly this is done, and nothing else.
plan-conflict = Rules that disagree: { $kind }
plan-conflict-text = { $deletes } wants it gone before { $keeps } ends. { $keeps } wins, and only what is needed stays.
plan-conflict-rules = Read the rules
plan-nothing = Nothing was found here.
plan-cleared = Emptied:
plan-masked = Says instead:
mask-string_rewrite = a fixed text
mask-random_string_rewrite = random characters
plan-kept = Stays:
plan-frozen = Frozen
plan-hash = Hash (SHA-256)
plan-approval = Approval
act-delete = Deleted
act-clear = Partly emptied
act-keep = Kept

# Holds
holds-title = Legal holds
holds-lead = What a hold covers is not deleted. The person may still see it.
holds-active = In force
holds-released = Released
holds-none = No holds are in force.
holds-running = The hold is in force, but a deletion in { $system } began before it
holds-running-text = It has not ended within half a minute. It may have removed something the hold covers, and may still do so. Look there.
hold-new-title = Place a hold
hold-release-title = Release hold { $hold }
hold-case = Case number
hold-case-hint = Empty means every case
hold-any-case = every case
hold-systems = Systems (none ticked means all)
hold-narrow = Only a part of it
hold-collections = Kinds (none ticked means all)
hold-category = Category of data
hold-category-any = Every category
hold-query = Only records for which this is so
hold-query-hint = For example status == "paid". What cannot be told is kept
hold-date-field = Field of a date
hold-date-field-hint = Only records with a day in the range
hold-from = From
hold-until = Up to and including
hold-dated-from = from { $date }
hold-dated-until = until { $date }
hold-only-if = Only if
hold-only-dated = Only dated
hold-basis = Why
basis-legal-claim = Legal claim
basis-legal-claim-hint = A claim is prepared, brought or defended. Art. 17(3)(e)
basis-authority-order = Order or complaint
basis-authority-order-hint = An authority ordered it, or a complaint is pending. Art. 17(3)(b)
basis-open-payment = Open payment
basis-open-payment-hint = A payment is open or disputed. Art. 17(3)(e)
hold-matter = Matter
hold-matter-hint = For example the court’s case number
hold-owner = Who answers for it
hold-covers = Covers
hold-since = Since
hold-review-on = Looked at again
hold-review-hint = No later than { $date }
hold-review = Looked at again on { $date }.
hold-overdue = overdue
hold-place = Place the hold
hold-release = Release the hold
hold-release-frees = What only this hold keeps is then deleted by itself.
hold-keep = Keep it
hold-means = What a hold does
hold-means-text = It also stops a plan that is already approved. Nothing is deleted until someone has looked again.
hold-effect-nothing = As ever. A hold does not stand in the way.
hold-effect-keeps = What it covers stays, and is only stored until the hold is released.
hold-effect-remembers = Done at once. What stood there before stays sealed with the case until the hold is released.
hold-review-title = Look at hold { $hold } again
hold-still-needed = Is it still needed?
hold-review-lead = A hold keeps data only as long as its reason lasts. Say why it still does, and when somebody looks again.
hold-review-ends-release = Somebody has asked for its release. Keeping it ends that.
hold-review-why = Why it is still needed
hold-review-next = When somebody looks again
hold-review-put-off = Keep it until then
hold-review-not-needed = It is no longer needed
hold-review-earlier = Looked at before
hold-review-was = { $on }, { $name }: kept until { $date }
hold-review-near = soon
hold-review-holds = Until somebody has looked, it holds as before.
hold-review-calls = We remind its owner two weeks ahead, on the day and every week after it. When it is late we remind the data protection officer too.
review-notice-soon = Look at hold { $hold } again by { $date }
review-notice-today = Look at hold { $hold } again today
review-notice-overdue = Hold { $hold } should have been looked at by { $date }
review-notice-see = Look at it
hold-import-title = Holds from a table
hold-import-file = A table of holds
hold-import-hint = A CSV file in UTF-8, one hold on each line. The first line names the columns.
hold-import-columns = Columns there may be:
hold-import-look = Show what it says
hold-import-lines = { $lines ->
    [one] One hold
   *[other] { $lines } holds
 } in the table
hold-import-all = Nothing is placed yet. Either all of them are placed, or none.
hold-import-place = { $lines ->
    [one] Place the hold
   *[other] Place { $lines } holds
 }
hold-import-other = Choose another file
hold-import-wrong = { $problems ->
    [one] One thing is wrong. Nothing is placed
   *[other] { $problems } things are wrong. Nothing is placed
 }
sheet-line = Line
sheet-at = Line { $line }, column { $column }:
sheet-in = Line { $line }:

# Work in a system without an interface
form-located-records-manual = Only you can look in this system. Do what the list says, then hand in what you found.
form-erasure-proof-manual = Only you can delete in this system. Delete exactly what stands below, and look again afterwards.
form-correction-proof-manual = Only you can correct in this system. Correct what stands below, and look again afterwards.
form-restriction-proof-manual = Only you can do this in the system. Stop the use of what stands below, or end the pause, and look again afterwards.
task-steps = Tick what you have done
task-looked-again = I looked again afterwards, and it is done
task-erases = What to delete
task-records = The records
task-found = What you found
task-nothing = The system holds nothing about this person
task-columns = Columns:
task-rows = Rows
task-rows-hint = The first line names the columns, with a semicolon between them. Leave it empty if you found none.
task-table = Or a table as a file (CSV or JSON)
task-files = Documents and photos
task-files-hint = PDF, PNG, JPEG, CSV, JSON, TXT, EML, DOCX or XLSX, at most 10 MB each.
task-evidence = Evidence, if there is any (optional)
problem-tick-missing = Do this step, and tick it
problem-nothing-missing = Hand in what you found, or tick that there is nothing
problem-nothing-and-rows = You ticked that there is nothing, and handed in something. Choose one
problem-file-kind = This kind of file is not taken
problem-file-disagrees = The file is not what its name says. Save it anew as the right kind
problem-file-swells = The file is far larger inside than outside, or holds another archive. Save it anew, or as a PDF
problem-file-too-large = The file is too large
problem-file-not-asked = No file is asked for here
problem-files-too-many = There are too many files, or they are too large together
problem-rows-not-asked = No rows are asked for here
problem-rows-not-a-table = The table must be a CSV or JSON file in UTF-8
problem-rows-twice = Type the rows or send one file, not both
problem-rows-too-many = There are more than 10,000 rows
problem-rows-not-json = Line { $line }, column { $column }: this is not JSON
problem-rows-column-unknown = Line { $line }, column { $column }: no field is called this
problem-rows-column-twice = Line { $line }, column { $column }: the column is there twice
problem-rows-width = Line { $line } has another number of columns than the first line
problem-rows-value = Line { $line }, column { $column }: the value is of another kind
problem-rows-key-empty = Line { $line }: what tells the record apart is missing
problem-rows-key-twice = Line { $line }: an earlier line is the same record
problem-rows-others = Line { $line }, column { $column }: this is another address than the person’s. Take the row out. If it is hers all the same, leave this cell empty
