//! The second factor once more, before something grave: asked for before a form is shown, and again when it comes back too late. What
//! was in the form waits meanwhile, and goes on with the answer.

use habeas_core::law::personal::Personal;
use rocket::{FromForm, get, http::Status, post};

use crate::{
    action::{
        actor::Actor,
        factor::Proof,
        passkey::Ceremony,
        refusal::Refusal,
        session::{Memory, SignIn as Stage, SignedIn, Waiting},
        sign_in::{Confirm, Purpose, SignInTry},
    },
    render::{frame::FieldProblem, texts::Message},
    view::{
        desk::{
            access::Access,
            elsewhere::{self, GoOn},
            sign_in::Again,
        },
        portal::vouch::Vouches,
    },
    web::{
        error::Turned,
        handed::Handed,
        here::{Answer, Here},
        posted::{Carried, Posted},
    },
};

/// Fields of the answer, beside those of the form that waits.
const CODE: &str = "again-code";
const PASSKEY: &str = "again-passkey";
const ASK: &str = "again-ask";

impl Here<'_> {
    /// Who is signed in, with what the session remembers of it.
    pub(in crate::web) fn signed_in(&self) -> Option<&SignedIn> {
        match self.open().map(|open| &open.memory) {
            Some(Memory::Desk(Stage::In(signed))) => Some(signed),
            _ => None,
        }
    }

    /// Lets through whoever gave a second factor a moment ago; everybody else is asked, and comes back here.
    pub(in crate::web) fn sure(&self) -> Result<(), Turned> {
        if self.signed_in().is_some_and(|signed| signed.is_sure(self.state.door.now())) {
            return Ok(());
        }
        Err(Turned::again(self.go(&again_at(self.path()))?))
    }

    /// The same for a form that was sent: it is carried through the question.
    pub(in crate::web) async fn sure_of<F>(&self, form: Carried<F>) -> Result<F, Turned> {
        self.sure_with(form.fields, false).await?;
        Ok(form.form)
    }

    /// The same for one that may hold files.
    pub(in crate::web) async fn sure_of_handed(&self, form: &Handed) -> Result<(), Turned> {
        let fields = form.values().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        self.sure_with(fields, !form.files.is_empty()).await
    }

    async fn sure_with(&self, mut fields: Vec<(String, String)>, lost_files: bool) -> Result<(), Turned> {
        let signed = self.signed_in().ok_or(Refusal::Expired)?;
        if signed.is_sure(self.state.door.now()) {
            return Ok(());
        }
        let given = Given::of(&fields);
        fields.retain(|(name, _)| name != "csrf" && ![CODE, PASSKEY, ASK].contains(&name.as_str()));
        let providers = self.shows_again_at(&signed.person).await?;
        let page = Again { action: self.path().to_owned(), carried: fields, lost_files, has_passkey: true, options: None, providers };
        match self.give(signed, given).await? {
            // Files were left behind: the form is filled in once more.
            Tried::Right if lost_files => Err(Turned::again(self.go(self.path())?)),
            Tried::Right => Ok(()),
            tried => Err(Turned::again(self.ask(signed, tried, page, Status::Forbidden).await?)),
        }
    }

    /// Takes what was given.
    async fn give(&self, signed: &SignedIn, given: Given) -> Result<Tried, Refusal> {
        let Some(proof) = given.proof(signed.ceremony.clone()) else { return Ok(Tried::Nothing) };
        let confirm = Confirm { person: signed.person.clone(), proof, purpose: Purpose::GoOn };
        match self.state.door.run(&Actor::Visitor, confirm).await? {
            SignInTry::Right => {
                self.hold_on(SignedIn { proven_at: self.state.door.now(), ceremony: None, ..signed.clone() }).await?;
                Ok(Tried::Right)
            }
            SignInTry::NeedsPasskey => Ok(Tried::NeedsPasskey),
            SignInTry::Wrong => Ok(Tried::Wrong),
        }
    }

    /// Asks, for a passkey first where there is one.
    async fn ask(&self, signed: &SignedIn, tried: Tried, page: Again, status: Status) -> Answer {
        let ceremony = self.state.door.ask_passkey(&signed.person).await?;
        let options = ceremony.as_ref().map(|ceremony| ceremony.options.clone());
        self.hold_on(SignedIn { ceremony, ..signed.clone() }).await?;
        let page = Again { has_passkey: options.is_some(), options, ..page };
        match tried.problem() {
            Some(problem) => self.again(&page, vec![problem]),
            None => self.show_as(status, &page),
        }
    }

    /// Who vouches for somebody who has no key of the house's own.
    async fn shows_again_at(&self, person: &str) -> Result<Vec<Vouches>, Refusal> {
        let at = self.state.door.shows_again_at(person).await?;
        Ok(at.iter().filter_map(|provider| elsewhere::named(&self.state.look, provider)).collect())
    }

    /// What the session remembers now, also where the second factor was given with this very form.
    pub(super) fn signed_in_now(&self) -> Result<SignedIn, Refusal> {
        let (signed, now) = (self.signed_in().ok_or(Refusal::Expired)?.clone(), self.state.door.now());
        Ok(if signed.is_sure(now) { signed } else { SignedIn { proven_at: now, ceremony: None, ..signed } })
    }

    /// Changes what the session remembers of who is signed in.
    pub(in crate::web) async fn hold_on(&self, signed: SignedIn) -> Result<(), Refusal> {
        let open = self.open().ok_or(Refusal::Expired)?;
        self.state.door.remember(open, &Memory::Desk(Stage::In(signed))).await
    }
}

/// What was given as second factor.
#[derive(Default)]
pub(super) struct Given {
    code: String,
    passkey: String,
}

impl Given {
    fn of(fields: &[(String, String)]) -> Self {
        let one = |wanted| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default();
        Self { code: one(CODE), passkey: one(PASSKEY) }
    }

    pub(super) const fn new(code: String, passkey: String) -> Self {
        Self { code, passkey }
    }

    /// What can be judged of it.
    pub(super) fn proof(self, ceremony: Option<Ceremony>) -> Option<Proof> {
        match (self.passkey.is_empty(), ceremony) {
            (false, Some(ceremony)) => Some(Proof::Passkey { ceremony, answer: Personal::new(self.passkey) }),
            _ if self.code.trim().is_empty() => None,
            _ => Some(Proof::Typed(Personal::new(self.code))),
        }
    }
}

/// What came of it.
#[derive(Clone, Copy)]
enum Tried {
    Nothing,
    Right,
    Wrong,
    NeedsPasskey,
}

impl Tried {
    fn problem(self) -> Option<FieldProblem> {
        match self {
            Self::Nothing | Self::Right => None,
            Self::Wrong => Some(FieldProblem::new(CODE, Message::new("problem-totp-wrong"))),
            Self::NeedsPasskey => Some(FieldProblem::new(CODE, Message::new("problem-passkey-needed"))),
        }
    }
}

#[get("/desk/again?<to>")]
pub(super) async fn page(here: Here<'_>, to: Option<&str>) -> Answer {
    let Some(signed) = here.signed_in() else { return here.go("/desk/sign-in") };
    let to = way_back(to.unwrap_or_default());
    if signed.is_sure(here.state.door.now()) {
        return match signed.waiting.as_deref().filter(|waiting| waiting.action == to) {
            Some(Waiting { action, fields }) => here.show(&GoOn { action: action.clone(), carried: fields.clone() }),
            None => here.go(&to),
        };
    }
    let has_passkey = here.state.door.takes_passkeys() && Access::has_passkey(&here.state.look, &signed.person).await?;
    here.show(&here.waiting_for(signed, to, has_passkey).await?)
}

impl Here<'_> {
    async fn waiting_for(&self, signed: &SignedIn, to: String, has_passkey: bool) -> Result<Again, Refusal> {
        let (carried, providers) = (vec![("to".to_owned(), to)], self.shows_again_at(&signed.person).await?);
        Ok(Again { action: "/desk/again".to_owned(), carried, lost_files: false, has_passkey, options: None, providers })
    }
}

#[derive(FromForm)]
pub(super) struct Answered {
    #[field(default = "")]
    to: String,
    #[field(default = "", name = "again-code")]
    code: String,
    #[field(default = "", name = "again-passkey")]
    passkey: String,
    #[field(default = false, name = "again-ask")]
    ask: bool,
}

#[post("/desk/again", data = "<form>")]
pub(super) async fn answer(here: Here<'_>, form: Posted<Answered>) -> Answer {
    let Answered { to, code, passkey, ask } = form.0;
    let Some(signed) = here.signed_in() else { return here.go("/desk/sign-in") };
    let to = way_back(&to);
    match here.give(signed, Given::new(code, passkey)).await? {
        Tried::Right => here.go(&to),
        Tried::Nothing if !ask => here.ask(signed, Tried::Wrong, here.waiting_for(signed, to, true).await?, Status::Ok).await,
        tried => here.ask(signed, tried, here.waiting_for(signed, to, true).await?, Status::Ok).await,
    }
}

/// The page that asks, and then leads back there.
pub(super) fn again_at(to: &str) -> String {
    let to = to.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    format!("/desk/again?to={}", to.collect::<String>())
}

/// Where one came from: a page of desk or room, and nothing else.
pub(super) fn way_back(to: &str) -> String {
    let inside = to.starts_with("/desk/") || to.starts_with("/room/");
    let plain = to.bytes().all(|byte| is_plain(byte) || b"?&=%".contains(&byte));
    if inside && plain && !to.contains("//") && !to.contains("..") { to.to_owned() } else { "/desk/".to_owned() }
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.')
}

#[cfg(test)]
mod tests {
    use super::way_back;

    #[test]
    fn nobody_is_led_out_of_the_house() {
        for to in ["/desk/holds/H-7QK2/release", "/room/case/HB-7F3K-2QXM/bundle.sha256", "/desk/holds/new?case=HB-1"] {
            assert_eq!(way_back(to), to);
        }
        let astray = [
            "https://evil.example/",
            "//evil.example",
            "/desk//evil.example",
            "/desk/../../x",
            "/desk/\\evil.example",
            "/desk/\r\nSet-Cookie: x",
            "/case/HB-1",
            "",
        ];
        for to in astray {
            assert_eq!(way_back(to), "/desk/", "{to}");
        }
    }
}
