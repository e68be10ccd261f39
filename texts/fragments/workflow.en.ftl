### Workflow definitions, drawn and in words.

nav-workflows = Workflows
workflows-title = Workflows
workflows-lead = This is how a case goes from receipt to answer. A case stays on the version it began with.
workflows-caption = In use
workflow-name = Name
workflow-called = Title
workflow-version = Version
workflow-steps = Steps
workflow-cases = Open cases
workflow-older = older cases only
workflow-title = Workflow { $name }, version { $version }
workflow-picture = Picture
workflow-picture-description = The stages from top to bottom, with their steps and where every outcome leads. The list on the same page says the same in words.
workflow-outline = In words
workflow-kind-task = task
workflow-kind-do = action
workflow-kind-decide = decision by rules
workflow-kind-each = for each in
workflow-by = by
workflow-due = due { $period }
workflow-escalate = after { $period } also
workflow-not-by = not by whoever did
workflow-times = at most { $times } times
workflow-after = after { $times } times
workflow-branch-end = the branch ends
workflow-closed = closed
workflow-keep = kept { $period }
workflow-point = cannot be undone
workflow-any-time = At any time
workflow-until = before { $stage }
workflow-in = in
workflow-within = within { $period }
workflow-text = As it is written (YAML)
path-title = The way of { $reference }
path-see = See the case’s way
path-lead = What the case has been through carries a ✓ and green lines. Where it waits, the frame is yellow.
path-waits = Waits at
path-done = done
path-open = waits
role-subject = the person
report-title = The linter’s report
report-count =
    { $count ->
        [one] 1 finding
       *[other] { $count } findings
    }
report-runs = The workflow is in use all the same, but people or words are missing. Mend it before somebody waits in vain.
report-clean = Everything a workflow owes by law holds on every way through it.
report-proven = { $count } obligations are proven
draft-title = Try a workflow
draft-lead = Paste or write a definition and read what is proven and what is not. Nothing is stored or changed here. A definition comes into use only from the organisation’s folder, when habeas starts. With findings it does not start.
draft-prove = Check the definition
draft-from = Begin a draft with this text

### Moving open cases to a newer version.

move-open = Move open cases to this version
move-newer = There is a newer version of this workflow. See whether the case can move.
move-title = Move open cases to { $name }, version { $version }
move-lead = A case stays on the version it began with until you move it. Each case below was moved for a trial, and nothing of that was kept.
move-moved =
    { $count ->
        [one] 1 case was moved.
       *[other] { $count } cases were moved.
    }
move-nobody = No open case runs on an older version.
move-where = Where open cases wait on older versions
move-step = Step
move-standing = In the newest version
move-standing-same = the same
move-standing-changed = differs
move-standing-gone = is gone
move-gone = Steps that are gone
move-gone-lead = Say which task takes the place of each. Then try again.
move-takes-over = In place of { $step }
move-nothing = Nothing
move-try = Try again
move-can = These can move
move-which = Which cases shall move?
move-waits = version { $version }, waits at { $steps }
move-none-can = None of them can move now.
move-confirm = Are you sure?
move-sure = Yes, move the chosen cases
move-sure-hint = I know what differs. Whoever has a task in these cases sees the new version at once.
move-act = Move the cases
move-stay = These stay for now
move-why-working = Something is being done in it. Try again when that is finished.
move-why-no-place = The step it waits at is gone, or is another kind of step now. Say which task takes its place.
move-why-unproven = The newest version relies on something that is not proven in this case. Let it go on where it is.
move-more = Cases that are not shown here: { $count }. Move these first, or use
problem-move-none = Choose at least one case
problem-move-unsure = Confirm that the cases shall move
