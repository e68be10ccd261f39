### One system in one case: what was asked of it, every attempt, what it answered.

work-title = A system in case { $reference }
work-again = Next try { $moment }.
work-asked = What was asked
work-asked-lead = Each statement or call once, with a name or a question mark where the values go. A search asks only those that earlier answers lead to.
work-asked-none = Nothing has been sent to the system.
work-when = When
work-what = What
work-who = Who
work-came = Result
work-attempts-none = Nobody has tried anything yet.
work-replies = What came back
work-replies-none = Nothing has come back yet.
work-by-person = said by a person
work-by-system = answered by the system
work-evidence = Evidence (SHA-256)
work-system = About the system

doing-locate = Find
doing-locate-mailbox = Find what is sent
doing-erase = Delete
doing-verify-erased = Read back
doing-erase-deferred = Delete what was kept until today
doing-held-restrict = Store only, because a hold keeps it
doing-held-lift = Give back what a hold kept
doing-correct = Correct
doing-verify-corrected = Read the correction back
doing-restrict = Stop the use
doing-verify-restricted = Read the stop back
doing-lift = End the pause
doing-verify-lifted = Read the end back

came-done = Done
came-found = Something was found
came-nothing = Nothing was there
came-erased = Deleted
came-blocked = A hold stopped it
came-clean = Everything is as it should be
came-remains = Something is still there
came-corrected = Corrected
came-restricted = Stopped
came-lifted = Ended
came-failed = Some of it must be done by hand

trouble-by-hand = The system has no way for it. A person does it.
trouble-busy = The system was busy.
trouble-away = The system did not answer.
trouble-too-much = It took too long, or was too much at once.
trouble-map = The system and the data map do not agree.
trouble-changed = Somebody has changed the data since the plan was made.
trouble-guarded = The system's own rules stopped it.
trouble-answer = The system's answer could not be used.
trouble-denied = The system does not let habeas in.
trouble-refused = The system says that it may not be done.
trouble-broken = The system answered with an error.
trouble-other = It could not go on.

count-records = Records
count-deleted = Deleted
count-cleared = Partly emptied
count-already-gone = Gone before
count-changed = Fields changed
count-already = Fields that said so before
count-gone = Fields of records that are gone
count-checked = Records read back
count-ticked = Steps ticked

fact-system-signed-off = A person signed for the work
