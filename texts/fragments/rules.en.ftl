### The retention rules, to be read aloud.

nav-rules = Rules
rules-title = What we keep, why and until when
rules-lead = Every rule in plain words. Duties come from the law, promises from us. Where they disagree, the law wins, and we say so here.
rules-default = What no rule speaks for is deleted on request.
rules-none = There is no rule: everything is deleted on request.
suppression-title = So that nobody is written to again
suppression-lead = Whoever says no to advertising, or is deleted, is not written to again. We keep the address as a code and sealed, the reason and the day. It ends when the person says so.
suppression-checked = checked on { $date }
rules-ours = The rules
rules-idle = Rules that do not bind us
rules-idle-lead = These bind only organisations of another kind. They decide nothing here.
rules-conflict = { $deletes } promises what { $keeps } forbids
rules-conflict-example = An example: of what counts from { $from }, { $promise } promises that it is gone by { $by }. { $duty } says that we keep it until { $until }.
rules-conflict-do = The law wins in every case, and what it needs stays. Change the promise: name the exception in the notice, and take these fields out of the rule or make it longer.
rule-kind-must-keep = Must be kept
rule-kind-may-keep = May be kept
rule-kind-maximum = Must be gone by then
rule-stale = Not checked for a year
rule-only-obliged-entity = Only for those who must prevent money laundering
rule-only-one-stop-shop = Only in the VAT one-stop shop
rule-what = What
rule-when = Only when
rule-when-is = { $field } is
rule-when-there = { $field } is filled in
rule-how-long = How long
rule-and = and
rule-then = then another
rule-years = { $n ->
    [one] 1 year
   *[other] { $n } years
}
rule-months = { $n ->
    [one] 1 month
   *[other] { $n } months
}
rule-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
rule-from = From when
rule-from-none = From the day after: { $field } ({ $kind })
rule-from-fiscal-year-end = From the end of the fiscal year of: { $field } ({ $kind })
rule-from-calendar-year-end = From the end of the calendar year of: { $field } ({ $kind })
rule-from-not-stated = The source does not say. So no date follows from it.
rule-in-force = In force
rule-in-force-from = from
rule-in-force-until = until
rule-law = Law
rule-source = Source
rule-checked = Checked on
rule-id = Name
