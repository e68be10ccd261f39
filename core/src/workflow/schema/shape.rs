//! The mappings of the language as plain types. Nothing is ever read into them: their schemas are what they are for.
#![expect(dead_code, reason = "only the shape of these types is used")]

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::word::{Action, Count, Decision, Fact, Form, Letter, List, Loop, Mark, Name, Period, Role, Text, name};
use crate::workflow::definition::LANGUAGE;

/// One or several.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "OneOrMore{T}")]
enum OneOrMore<T> {
    One(T),
    #[schemars(extend("minItems" = 1))]
    More(Vec<T>),
}

/// A way from receipt to answer: stages in order, steps in order, one verb per step.
#[derive(JsonSchema)]
#[schemars(title = "habeas workflow definition", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the key is called so")]
pub(super) struct Workflow {
    /// Its name.
    workflow: Name,
    /// Counts up with every change.
    version: Count,
    /// The language it is written in.
    #[schemars(extend("const" = LANGUAGE))]
    language: String,
    /// What people call it, by language code: `nb`, `nl`, `en`.
    title: Option<Titles>,
    /// Where the right stands in the law.
    right: Option<Text>,
    /// Roles that its tasks may be given to.
    roles: Option<OneOrMore<Role>>,
    /// The statutory clock.
    clock: Clock,
    /// The form that opens a case.
    input: Option<Input>,
    /// What may be sent at any time.
    #[schemars(rename = "any-time", length(min = 1))]
    any_time: Option<Vec<AnyTime>>,
    /// In order; a case begins in the first.
    #[schemars(length(min = 1))]
    stages: Vec<Stage>,
}

/// Texts by language code. `no` is a boolean to many YAML readers: write `nb` or `nn`.
#[derive(JsonSchema)]
#[schemars(extend("propertyNames" = {"pattern": "^(?!no$)[a-z]{2}$"}))]
struct Titles(BTreeMap<String, Text>);

/// The statutory clock: data, never code.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Clock {
    /// What starts it.
    #[schemars(extend("const" = "case.received"))]
    starts: String,
    /// The legal period.
    period: Period,
    /// The house's own promise, shown to staff, never to the law.
    goal: Option<Period>,
    /// How the period may be extended.
    extend: Option<Extension>,
    /// Steps in which the clock stands still, each with its legal basis: only tasks of the subject.
    paused_in: Option<Pauses>,
    /// Who is told when.
    #[schemars(length(min = 1))]
    alarms: Option<Vec<Alarm>>,
}

/// Steps and legal bases.
#[derive(JsonSchema)]
#[schemars(extend("propertyNames" = {"pattern": name()}))]
struct Pauses(BTreeMap<String, Text>);

/// Once, by a period, with a notice and one of the reasons.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Extension {
    /// By how much.
    by: Period,
    /// Always `true`: the law allows it once.
    #[schemars(extend("const" = true))]
    once: Option<bool>,
    /// The notice.
    letter: Letter,
    /// What may be given as the reason.
    reasons: OneOrMore<Name>,
}

/// Somebody is told at a mark of the clock.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Alarm {
    /// When.
    at: Mark,
    /// Who.
    tell: OneOrMore<Role>,
    /// Raised as an incident as well.
    #[schemars(extend("const" = "incident"))]
    raise: Option<String>,
    /// A fact for the log.
    record: Option<Name>,
}

/// What opens a case.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Input {
    /// The form.
    form: Form,
}

/// An event that may arrive in any stage, and its window.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AnyTime {
    /// Its name.
    event: Name,
    /// Who may send it.
    from: OneOrMore<Role>,
    /// Only before this stage is entered.
    until: Option<Name>,
    /// Only in these stages.
    r#in: Option<OneOrMore<Name>>,
    /// Only so long after the case was closed.
    within: Option<Period>,
    /// The stage it leads to.
    then: Name,
}

/// Steps in order, and perhaps the close of the case after them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case", extend("anyOf" = [{"required": ["steps"]}, {"required": ["close"]}]))]
struct Stage {
    /// Its name.
    id: Name,
    /// Its steps.
    #[schemars(length(min = 1))]
    steps: Option<Vec<Step>>,
    /// The case ends here, and how.
    close: Option<Ending>,
    /// How long the file of the case is kept after that.
    keep: Option<Period>,
    /// What happens here cannot be taken back.
    point_of_no_return: Option<bool>,
}

/// How a case ends.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Ending {
    Answered,
    Refused,
    Withdrawn,
}

/// One verb: `task`, `do`, `decide` or `each`; `each` with `do` is the short form of a loop over one action.
pub(super) struct Step;

impl JsonSchema for Step {
    fn schema_name() -> Cow<'static, str> {
        "Step".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let verbs = [
            generator.subschema_for::<TaskStep>(),
            generator.subschema_for::<DoStep>(),
            generator.subschema_for::<DecideStep>(),
            generator.subschema_for::<EachStep>(),
            generator.subschema_for::<EachDoStep>(),
        ];
        json_schema!({"description": "One verb: `task`, `do`, `decide` or `each`.", "oneOf": verbs})
    }
}

/// A person fills in a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct TaskStep {
    /// Its name.
    id: Name,
    /// Who may: roles, or `subject`.
    task: OneOrMore<Role>,
    /// The form.
    form: Form,
    /// How long it may take.
    due: Period,
    /// Who joins when it takes long.
    #[schemars(length(min = 1))]
    escalate: Option<Vec<Escalation>>,
    /// Four eyes: not by whoever did these steps.
    four_eyes: Option<FourEyes>,
    /// Steps whose results are shown beside the form.
    shows: Option<OneOrMore<Name>>,
    /// Facts that must be certain before.
    needs: Option<OneOrMore<Fact>>,
    /// Where it goes on.
    then: Option<Then>,
    /// How often it may take a way.
    limit: Option<Limit>,
}

/// The house performs an action.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DoStep {
    /// Its name.
    id: Name,
    /// The action.
    r#do: Action,
    /// Its settings.
    with: Option<Settings>,
    /// How often it is tried.
    retry: Option<Retry>,
    /// Facts that must be certain before.
    needs: Option<OneOrMore<Fact>>,
    /// Where it goes on.
    then: Option<Then>,
    /// How often it may take a way.
    limit: Option<Limit>,
}

/// The house decides by rules.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DecideStep {
    /// Its name.
    id: Name,
    /// The decision.
    decide: Decision,
    /// What it is made over.
    over: Option<List>,
    /// Facts that must be certain before.
    needs: Option<OneOrMore<Fact>>,
    /// Where it goes on.
    then: Option<Then>,
    /// How often it may take a way.
    limit: Option<Limit>,
}

/// The body runs once per item, side by side.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EachStep {
    /// Its name.
    id: Name,
    /// What one item is called, and the list.
    each: Loop,
    /// The body.
    #[schemars(length(min = 1))]
    steps: Vec<Step>,
    /// When it is over: when all branches have ended, or any.
    join: Join,
    /// How often the actions of the body are tried.
    retry: Option<Retry>,
    /// Facts that must be certain before.
    needs: Option<OneOrMore<Fact>>,
    /// Where it goes on.
    then: Option<Then>,
    /// How often it may take a way.
    limit: Option<Limit>,
}

/// One action runs once per item, side by side.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EachDoStep {
    /// Its name.
    id: Name,
    /// What one item is called, and the list.
    each: Loop,
    /// The action.
    r#do: Action,
    /// Its settings.
    with: Option<Settings>,
    /// When it is over: when all branches have ended, or any.
    join: Join,
    /// How often the action is tried.
    retry: Option<Retry>,
    /// Facts that must be certain before.
    needs: Option<OneOrMore<Fact>>,
    /// Where it goes on.
    then: Option<Then>,
    /// How often it may take a way.
    limit: Option<Limit>,
}

/// After so long, this role may do the task too.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Escalation {
    /// Counted from the opening of the task.
    after: Period,
    /// The role.
    to: Role,
}

/// Separation of duties.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct FourEyes {
    /// Tasks that every way here goes through, and whose doers may not do this one.
    not_by: OneOrMore<Name>,
    /// Tasks that only some ways here go through, and whose doers may not do this one either.
    nor_by: Option<OneOrMore<Name>>,
}

/// How often an action is tried before it counts as failed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Retry {
    /// Tries after the first.
    times: Count,
    /// How waits grow.
    backoff: Backoff,
    /// The first wait.
    from: Option<Period>,
    /// The longest wait.
    to: Option<Period>,
}

/// `exponential` doubles the wait after each try.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Backoff {
    Constant,
    Exponential,
}

/// `all`: when every branch has ended. `any`: when the first has; the others are called off.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Join {
    All,
    Any,
}

/// One place for the only outcome, or a place for each: a stage, a step of the same stage, or `end` in a loop.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Then {
    To(Name),
    On(Ways),
}

/// Outcome and place.
#[derive(JsonSchema)]
#[schemars(extend("propertyNames" = {"pattern": name()}))]
struct Ways(BTreeMap<String, Name>);

/// A mapping whose keys are names: one of them has a value of its own, all others have the same.
fn names_to(description: &str, (key, value): (&str, &Schema), others: &Schema) -> Schema {
    json_schema!({
        "description": description,
        "type": "object",
        "propertyNames": {"pattern": name()},
        "properties": {key: value},
        "additionalProperties": others,
    })
}

struct Settings;

impl JsonSchema for Settings {
    fn schema_name() -> Cow<'static, str> {
        "Settings".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        names_to("What the action is told, such as the `letter` it sends.", ("letter", &text), &text)
    }
}

struct Limit;

impl JsonSchema for Limit {
    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let place = generator.subschema_for::<Name>();
        let times = generator.subschema_for::<Count>();
        let what = "How often the step may go to a place, and `then` where it goes instead; without `then`, an incident.";
        names_to(what, ("then", &place), &times)
    }
}
