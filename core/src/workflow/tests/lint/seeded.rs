//! Faults put into the shipped files, one by one: each is found, under its code, with a way that shows it.

use super::{
    super::fixture::{SHIPPED, shown},
    problems,
};

/// Which file, what stands there, what stands there instead, the code, and a part of the way or of the message.
type Fault = (usize, &'static str, &'static str, &'static str, &'static str);

const ACCESS: usize = 0;
const PORTABILITY: usize = 1;
const RECTIFICATION: usize = 2;
const RESTRICTION: usize = 3;
const ERASURE: usize = 4;
const OBJECTION: usize = 5;
const CONSENT: usize = 6;

#[rustfmt::skip]
const FAULTS: [Fault; 109] = [
    // Identity: the trap of every first draft.
    (ERASURE, "until: execute, then: receive}", "until: execute, then: triage}", "G021", "receipt -amend-> assess"),
    (ERASURE, "within: P1Y, then: receive}", "within: P1Y, then: triage}", "G021", "-reopen-> assess"),
    (ERASURE, "within: P1Y, then: receive}", "within: P1Y, then: collect}", "G020", "-reopen-> ask-systems"),
    (ERASURE, "within: P1Y, then: receive}", "within: P1Y, then: collect}", "G023", "ask-systems -> locate"),
    (ERASURE, "unsure: ask-identity, for", "unsure: triage, for", "G021", "match -unsure-> assess"),
    (ERASURE, "then: {submitted: check-identity, overdue: refuse}", "then: {submitted: triage, overdue: refuse}", "G020", "ask-identity -submitted-> assess"),
    (ERASURE, "overdue: refuse}}", "overdue: triage}}", "G021", "ask-identity -overdue-> assess"),
    (ERASURE, "limit: {ask-identity: 2, then: refuse}", "limit: {ask-identity: 2, then: triage}", "G021", "check-identity -limit-> assess"),
    (ERASURE, "{enough: decide, more: prove-more}, limit: {prove-more: 3, then: refuse}}", "{enough: decide, more: decide}}", "G021", "screen -more-> holds"),
    (ERASURE, "then: {accepted: decide, not-enough: refuse}", "then: {accepted: decide, not-enough: decide}", "G021", "check-identity-strong -not-enough-> holds"),
    // Rules, plan, approval.
    (ERASURE, "{erase: approve, partly: approve, refuse: refuse}", "{erase: execute, partly: approve, refuse: refuse}", "G021", "propose -erase-> erase-systems"),
    (ERASURE, "{erase: approve, partly: approve, refuse: refuse}", "{erase: cool-off, partly: approve, refuse: refuse}", "G021", "propose -erase-> notice"),
    (ERASURE, "{approved: cool-off, sent-back: holds}", "{approved: cool-off, sent-back: cool-off}", "G021", "approve -sent-back-> notice"),
    (ERASURE, "{enough: decide, more", "{enough: cool-off, more", "G021", "screen -enough-> notice"),
    (ERASURE, "{go-on: collect, extend", "{go-on: execute, extend", "G021", "assess -go-on-> erase-systems"),
    (ERASURE, "{id: holds, decide: erasure-holds, over: case.records}", "{id: holds, do: objection.sort, then: {marketing: plan, other: plan}}", "G020", "screen -enough-> holds -marketing-> plan"),
    (ERASURE, "      - {id: notice, do: letter.send, with: {letter: erasure-notice}}", "      - {id: again, decide: erasure-holds, over: case.records}\n      - {id: again-plan, do: erasure.plan, then: {something: notice, nothing: nothing-held}}\n      - {id: notice, do: letter.send, with: {letter: erasure-notice}}", "G022", "approve -approved-> again -> again-plan -something-> notice"),
    (ERASURE, "{stopped: stop, overdue: execute}}", "{stopped: stop, overdue: again}}\n      - {id: again, do: erasure.plan, then: {something: execute, nothing: nothing-held}}", "G022", "cooling-off -overdue-> again -something-> erase-systems"),
    (ERASURE, "nothing: verify, blocked: decide, failed", "nothing: verify, blocked: withdrawn, failed", "G019", "erase -blocked-> confirm-withdrawal"),
    (ERASURE, "needs: [identity.verified, holds.checked, plan.frozen, approval.given]", "needs: [identity.verified, erasure.done]", "G020", "erase-systems"),
    (ERASURE, "        needs: identity.verified\n", "        needs: change.verified\n", "G020", "ask-systems"),
    (ERASURE, "      - {id: notice, do: letter.send, with: {letter: erasure-notice}}", "      - {id: notice, do: letter.send, with: {letter: erasure-done}}", "G020", "notice"),
    // Answers.
    (ERASURE, "until: execute, then: withdrawn}", "until: execute, then: refused}", "G001", "-withdraw-> refused"),
    (ERASURE, "until: execute, then: withdrawn}", "until: execute, then: refused}", "G012", "-withdraw-> refused"),
    (ERASURE, "{letter: erasure-done}, then: done}", "{letter: receipt}, then: done}", "G001", "answer -> done"),
    (ERASURE, "nothing: nothing-left}}", "nothing: done}}", "G001", "match -nothing-> done"),
    (ERASURE, "not-a-request: refuse", "not-a-request: refused", "G001", "assess -not-a-request-> refused"),
    (ERASURE, "unfounded: refuse}", "unfounded: refused}", "G012", "assess -unfounded-> refused"),
    (ERASURE, "{letter: withdrawal-confirmed}", "{letter: receipt}", "G001", "confirm-stop -> look-into-it -harmless-> stopped"),
    (ACCESS, "{id: ready, do: letter.send, with: {letter: access-ready}, then: done}", "{id: ready, do: letter.send, with: {letter: receipt}, then: done}", "G001", "ready -> done"),
    (ACCESS, "nothing: nothing-held}}\n      - {id: ask", "nothing: done}}\n      - {id: ask", "G001", "match -nothing-> done"),
    (ACCESS, "until: answer, then: withdrawn", "until: answer, then: done", "G001", "-withdraw-> done"),
    (ACCESS, "{letter: refusal}, then: refused}", "{letter: withdrawal-confirmed}, then: refused}", "G012", "refusal -> refused"),
    (ACCESS, "{letter: withdrawal-confirmed}", "{letter: receipt}", "G001", "confirm-withdrawal -> withdrawn"),
    (PORTABILITY, "overdue: refuse}}", "overdue: refused}}", "G001", "ask-identity -overdue-> refused"),
    (PORTABILITY, "overdue: refuse}}", "overdue: refused}}", "G012", "ask-identity -overdue-> refused"),
    (RECTIFICATION, "nothing: refuse}", "nothing: refused}", "G012", "plan -nothing-> refused"),
    (RESTRICTION, "{letter: restriction-stays}", "{letter: lift-notice}", "G001", "tell-stay -> done"),
    (RESTRICTION, "then: {restrict: execute, refuse: refuse, extend", "then: {restrict: execute, refuse: refused, extend", "G001", "judge -refuse-> refused"),
    (OBJECTION, "{letter: objection-overridden}", "{letter: lift-notice}", "G001", "overridden"),
    (OBJECTION, "{letter: objection-overridden}", "{letter: objection-upheld}", "G012", "overridden"),
    (CONSENT, "{something: restrict-systems, nothing: nothing-held}", "{something: restrict-systems, nothing: done}", "G001", "plan -nothing-> done"),
    (CONSENT, "{letter: consent-stopped}", "{letter: receipt}", "G001", "answer -> done"),
    // Receipt.
    (ERASURE, "{letter: receipt}", "{letter: withdrawal-confirmed}", "G010", "check-identity"),
    (ACCESS, "until: answer, then: receive}", "until: answer, then: identify}", "G010", "receipt -amend-> match"),
    (ACCESS, "within: P1Y, then: receive}", "within: P1Y, then: identify}", "G010", "-reopen-> match"),
    (PORTABILITY, "until: answer, then: receive}", "until: answer, then: identify}", "G010", "receipt -amend-> match"),
    (RECTIFICATION, "until: execute, then: receive}", "until: execute, then: identify}", "G010", "receipt -amend-> match"),
    (CONSENT, "{letter: receipt}", "{letter: lift-notice}", "G010", "locate-by-hand"),
    // Refusals.
    (ERASURE, "{untouched: reasons, touched: identify}", "{untouched: refusal, touched: identify}", "G013", "account -untouched-> refusal"),
    (ERASURE, "{untouched: reasons, touched: identify}", "{untouched: review, touched: identify}", "G013", "account -untouched-> review"),
    (ERASURE, "{untouched: reasons, touched: identify}", "{untouched: review, touched: identify}", "H032", "account -untouched-> review"),
    (ERASURE, "then: {approved: refusal, sent-back: reasons}", "then: {approved: refusal, sent-back: refusal}", "G013", "review -sent-back-> refusal"),
    (ACCESS, "      - {id: reasons, task: case-handler, form: refusal-reasons, due: P2D}", "      - {id: reasons, task: case-handler, form: refusal-reasons, due: P2D, then: refusal}", "G013", "reasons -> refusal"),
    (OBJECTION, "then: {approved: explain, sent-back: grounds}", "then: {approved: explain, sent-back: explain}", "G013", "review-grounds -sent-back-> explain"),
    (PORTABILITY, "task: dpo\n", "task: case-handler\n", "G013", "must not decide"),
    (ERASURE, "task: dpo\n", "task: privacy-lead\n", "G013", "must not decide by the form `identity-check-strong`"),
    (ACCESS, "task: dpo\n", "task: [dpo, system-owner]\n", "G013", "`system-owner`"),
    (ERASURE, "{after: P1D, to: privacy-lead}", "{after: P1D, to: system-owner}", "G013", "`system-owner` must not"),
    (OBJECTION, "{after: P2D, to: dpo}]\n        then: {upheld", "{after: P2D, to: case-handler}]\n        then: {upheld", "G013", "`objection-balance`"),
    (RESTRICTION, "task: dpo, form: lift-decision", "task: case-handler, form: lift-decision", "G013", "`lift-decision`"),
    (RECTIFICATION, "{id: reasons, task: case-handler,", "{id: reasons, task: system-owner,", "G013", "`refusal-reasons`"),
    (ACCESS, "charge: tell-fee", "charge: accept-fee", "G013", "weigh-fee -charge-> accept-fee"),
    (ACCESS, "again: weigh-fee", "again: tell-fee", "G013", "compare -again-> tell-fee"),
    // Doubt and pauses.
    (ERASURE, "{sure: triage, unsure: ask-identity,", "{sure: ask-identity, unsure: ask-identity,", "G015", "match -sure-> ask-identity"),
    (ACCESS, "sure: compare, unsure: ask-identity", "sure: ask-identity, unsure: ask-identity", "G015", "match -sure-> ask-identity"),
    (ERASURE, "paused-in: {ask-identity: Art. 12(6),", "paused-in: {cooling-off: Art. 12(6),", "G015", "`cooling-off`"),
    (RESTRICTION, "paused-in: {ask-identity: Art. 12(6),", "paused-in: {hear: Art. 12(6),", "G015", "`hear`"),
    // Extension.
    (ERASURE, "{extended: tell-extension, too-late: collect,", "{extended: tell-extension, too-late: tell-extension,", "G016", "extend -too-late-> tell-extension"),
    (ERASURE, "go-on: collect, extend: extend", "go-on: extend, extend: extend", "G016", "assess -go-on-> extend"),
    (ERASURE, "already: collect", "already: tell-extension", "G016", "extend -already-> tell-extension"),
    (ERASURE, "      - {id: tell-extension, do", "      - {id: wait, task: dpo, form: located-records, due: P1D}\n      - {id: tell-extension, do", "H010", "`wait`"),
    (ERASURE, "extended: tell-extension,", "extended: wait,", "G016", "extend -extended-> wait -> tell-extension"),
    // Recipients.
    (RECTIFICATION, "          - {id: notify, do: recipient.notify, then: {told: end, failed: notify-by-hand}}", "          - {id: notify, do: letter.send, with: {letter: receipt}, then: notify-by-hand}", "G020", "answer"),
    (ERASURE, "{stopped: stop, overdue", "{stopped: withdrawn, overdue", "G019", "cooling-off -stopped-> confirm-withdrawal"),
    (ERASURE, "nothing: nothing-left}}", "nothing: nothing-held}}", "G019", "match -nothing-> tell-nothing"),
    (OBJECTION, "upheld: uphold", "upheld: nothing-held", "G019", "weigh -upheld-> tell-nothing"),
    (OBJECTION, "{clean: end, remains: lift-by-hand}, limit: {lift-by-hand: 2}}\n        join: all", "{clean: end, remains: lift-by-hand}, limit: {lift-by-hand: 2}}\n        join: all\n        then: overridden", "G019", "lift-systems"),
    (RESTRICTION, "- {id: answer, do: letter.send, with: {letter: restriction-done}, then: done}", "- {id: answer, do: letter.send, with: {letter: restriction-done}, then: lift}", "G024", "answer -> lift-systems"),
    // Nothing leaves unproven.
    (ACCESS, "{clean: prove, others: review, nothing: nothing-held}", "{clean: prove, others: prove, nothing: nothing-held}", "G023", "others -others-> screen"),
    (ACCESS, "{enough: answer, more: prove-more}, limit: {prove-more: 3, then: answer-partly}}", "{enough: answer, more: answer}}", "G023", "screen -more-> package"),
    (ACCESS, "{accepted: answer, not-enough: answer-partly}", "{accepted: answer, not-enough: answer}", "G023", "check-identity-strong -not-enough-> package"),
    (ACCESS, "{release: prove, redact: prove, sent-back: collect, extend", "{release: prove, redact: prove, sent-back: prove, extend", "G023", "review -sent-back-> screen"),
    (ACCESS, "{accepted: compare, not-enough: ask-identity}\n        limit: {ask-identity: 2, then: refuse}", "{accepted: compare, not-enough: collect}", "G020", "check-identity -not-enough-> ask-systems"),
    (PORTABILITY, "      - {id: package, do: bundle.write-portable}\n", "", "G023", "-enough-> transmit"),
    (PORTABILITY, "within: P1Y, then: receive}", "within: P1Y, then: look}", "G023", "-reopen-> others"),
    (RECTIFICATION, "{accepted: weigh, not-enough: refuse}", "{accepted: weigh, not-enough: weigh}", "G020", "check-identity-strong -not-enough-> plan"),
    // Lifting and weighing.
    (RESTRICTION, "{event: lift, from: [case-handler, privacy-lead, dpo], in: [done], within: P30Y, then: announce}", "{event: lift, from: [case-handler, privacy-lead, dpo], in: [done], within: P30Y, then: lift}", "G024", "done -lift-> lift-systems"),
    (OBJECTION, "{something: halt, nothing: nothing-held}", "{something: balance, nothing: nothing-held}", "G025", "plan -something-> weigh"),
    (OBJECTION, "sure: collect, unsure", "sure: balance, unsure", "G025", "match -sure-> weigh"),
    (OBJECTION, "within: P1Y, then: sort}", "within: P1Y, then: override}", "H032", "-reopen-> grounds"),
    // Branches.
    (ERASURE, "{erased: verify, nothing: verify,", "{erased: end, nothing: verify,", "G026", "erase -erased-> end"),
    (ERASURE, "then: {submitted: verify, blocked: decide}", "then: {submitted: end, blocked: decide}", "G026", "erase-by-hand -submitted-> end"),
    (CONSENT, "{restricted: verify, nothing: verify, failed", "{restricted: verify, nothing: end, failed", "G026", "restrict -nothing-> end"),
    (RECTIFICATION, "limit: {correct-by-hand: 2}}\n        join: all", "limit: {correct-by-hand: 2}}\n        join: any", "G026", "join: all"),
    // The shape of the graph.
    (CONSENT, "found: end, nothing: end, failed: locate-by-hand", "found: end, nothing: end, failed: end", "H010", "`locate-by-hand`"),
    (CONSENT, "found: end, nothing: end, failed: locate-by-hand", "found: end, nothing: end, failed: end", "H013", "`failed` leads where `found` does"),
    (ERASURE, "{clean: end, remains: erase-by-hand}, limit: {erase-by-hand: 2}", "{clean: end, remains: end}", "H013", "`remains` leads where `clean` does"),
    (OBJECTION, "{upheld: uphold, overridden: override, extend", "{upheld: uphold, overridden: uphold, extend", "H010", "the stage `override`"),
    (RESTRICTION, "      - {id: tell-stay, do: letter.send, with: {letter: restriction-stays}, then: done}", "      - {id: tell-stay, do: letter.send, with: {letter: restriction-stays}, then: tell-stay}", "H011", "-stays-> tell-stay"),
    (RESTRICTION, "      - {id: tell-stay, do: letter.send, with: {letter: restriction-stays}, then: done}", "      - {id: tell-stay, do: letter.send, with: {letter: restriction-stays}, then: tell-stay}", "H012", "tell-stay -> tell-stay"),
    (ERASURE, "{untouched: nothing-held, touched: check-identity}", "{untouched: nothing-held, touched: match}", "H012", "match -nothing-> nothing-left -touched-> match"),
    (ERASURE, "withdraw, from: subject, until: execute,", "withdraw, from: subject, until: refuse,", "H014", "erase-systems"),
    (ERASURE, "    point-of-no-return: true\n", "", "H015", "cannot be taken back"),
    (ACCESS, "    - {at: due - P7D, tell: [case-handler, privacy-lead]}\n    - {at: due - P2D, tell: dpo, raise: incident}\n    - {at: due, tell: [dpo, privacy-lead], record: deadline-missed}\n", "", "H033", "check-identity"),
    (OBJECTION, "not-by: [weigh, grounds]", "not-by: [reasons, grounds]", "H032", "nobody has done `reasons`"),
    (PORTABILITY, "{letter: extension}, then: review", "{letter: receipt}, then: review", "H010", "nothing sends its letter `extension`"),
    (OBJECTION, "not-by: [weigh, grounds]", "not-by: grounds", "G013-proposer-approves", "review-grounds: whoever sent the case here in `weigh`"),
    (RESTRICTION, "weigh-deceased, check-identity, judge]", "weigh-deceased, check-identity]", "G013-proposer-approves", "whoever sent the case here in `judge`"),
];

#[test]
fn every_seeded_fault_is_found_with_a_way_that_shows_it() {
    let mut missed = Vec::new();
    for (file, from, to, code, words) in FAULTS {
        let text = SHIPPED[file];
        assert!(text.contains(from), "nothing to replace: {from}");
        let mut broken = text.replacen(from, to, 1);
        if to == "extended: wait," {
            broken = broken.replace(
                "      - {id: tell-extension,",
                "      - {id: wait, task: dpo, form: located-records, due: P1D}\n      - {id: tell-extension,",
            );
        }
        let found = problems(&broken);
        let hit =
            |it: &&crate::workflow::Diagnostic| it.code.starts_with(code) && it.to_string().contains(words) && it.line > 0 && it.column > 0;
        if !found.iter().any(|it| hit(&it)) {
            missed.push(format!("{code} {words}: {from} => {to}\n{}", shown(&found)));
        }
    }
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n----\n"));
}
