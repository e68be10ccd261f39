//! To somebody else who vouches for the person, and back. Coming back is the one `GET` that uses something up: the provider sends the
//! browser, and knows no forms of ours. What it uses up is a ticket of this session, once.

use habeas_core::law::{
    lang::Lang,
    tier::{Means, Proof, Tier},
};
use rocket::{FromForm, get, post};

use crate::{
    action::{
        actor::Actor,
        away::{Away, Back},
        note_voucher::NoteVoucher,
        refusal::Refusal,
        session::{Memory, Visit},
    },
    openid::{Brought, Errand, Trouble, Vouched, Vouching, Who},
    view::portal::vouch::{Leaving, NotVouched, Vouches, Why},
    web::{
        here::{Answer, Here},
        posted::Posted,
    },
};

#[derive(FromForm)]
pub(super) struct Wish {
    #[field(default = "")]
    back: String,
    #[field(default = "")]
    case: String,
    #[field(default = 1)]
    tier: u8,
    #[field(default = "")]
    again: String,
}

#[post("/sign-in/<provider>", data = "<form>")]
pub(super) async fn begin(here: Here<'_>, provider: &str, form: Posted<Wish>) -> Answer {
    let back = Back::parse(&form.0.back, &form.0.case).ok_or(Refusal::NotFound("page"))?;
    let least = Tier::from_number(form.0.tier).ok_or(Refusal::NotFound("page"))?;
    let errand = Errand { provider, least, lang: here.lang, again: form.0.again == "yes", who: Who::Person };
    match here.vouching().begin(errand, here.state.door.now()).await {
        Ok((url, ticket)) => {
            let away = Some(Box::new(Away { ticket, url, back, lang: here.lang }));
            here.keep(Visit { away, ..here.visit() }).await?;
            here.go(&format!("/sign-in/{provider}"))
        }
        Err(Trouble::Unknown) => Err(Refusal::NotFound("page").into()),
        Err(trouble) => here.turned_back(provider, least, &back, trouble).await,
    }
}

#[get("/sign-in/<provider>")]
pub(super) fn leaving(here: Here<'_>, provider: &str) -> Answer {
    let away = here.visit().away.filter(|away| away.ticket.provider == provider);
    match away.zip(Vouches::named(&here.state.look, provider)) {
        Some((away, to)) => here.show(&Leaving { to, url: away.url }),
        None => here.go("/"),
    }
}

/// Asked for by the browser that the provider sends back, outside of any language: one address for a provider to know.
#[get("/sign-in/back?<code>&<state>&<iss>&<error>")]
pub(in crate::web) async fn back(
    mut here: Here<'_>,
    code: Option<&str>,
    state: Option<&str>,
    iss: Option<&str>,
    error: Option<&str>,
) -> Answer {
    let visit = here.visit();
    let (Some(away), Some(open)) = (visit.away.clone(), here.open()) else { return here.go("/sign-in/stopped?why=lost") };
    // Used up before the provider is asked, whatever it then says.
    let visit = Visit { away: None, ..visit };
    here.state.door.remember(open, &Memory::Portal(visit.clone())).await?;
    here.lang = away.lang;
    match here.vouching().redeem(&away.ticket, Brought { code, state, iss, error }, here.state.door.now()).await {
        Ok(vouched) => here.vouched(visit, &away, vouched).await,
        Err(trouble) => here.turned_back(&away.ticket.provider, away.ticket.least, &away.back, trouble).await,
    }
}

impl Here<'_> {
    /// Whoever vouches for people here.
    fn vouching(&self) -> &dyn Vouching {
        &*self.state.openid
    }

    /// Somebody vouches. Beside a proven mailbox it is one proof more. Where none is proven, a mailbox that is vouched for takes its
    /// place; otherwise the proof waits until she has shown one, for that is where the answer goes.
    async fn vouched(&self, visit: Visit, away: &Away, Vouched { voucher, at, elsewhere }: Vouched) -> Answer {
        let mut visit = visit;
        visit.elsewhere.retain(|before| before.provider != elsewhere.provider);
        visit.elsewhere.push(elsewhere);
        let (tier, email) = (voucher.tier, voucher.identifiers.get(&self.state.look.organisation.about().identity.email).cloned());
        let note = NoteVoucher { provider: voucher.provider.clone(), came_to: Ok(tier) };
        let proof = Proof { by: Means::Voucher(voucher), at };
        let is_subject = matches!(self.open().map(|open| &open.actor), Some(Actor::Subject { .. }));
        let (visit, on) = match (is_subject, email) {
            (true, _) => (Visit { proofs: [visit.proofs.clone(), vec![proof]].concat(), ..visit }, path(&away.back)),
            (false, Some(email)) => {
                let proofs = [visit.kept.clone(), vec![proof]].concat();
                let visit = visit.for_mailbox(&email);
                (Visit { email: Some(email), proofs, kept: Vec::new(), shut: false, ..visit }, path(&away.back))
            }
            (false, None) => {
                let mut draft = visit.draft.clone();
                draft.case = away.back.case().map(str::to_owned).or(draft.case);
                let on = if draft.right.is_some() { "/request/who" } else { "/find" };
                (Visit { kept: vec![proof], draft, ..visit }, Some(on.to_owned()))
            }
        };
        let (visit, on) = match on {
            Some(on) => (visit, on),
            None => self.onward(visit),
        };
        let open = self.begin(Memory::Portal(visit)).await?;
        self.state.door.run(&open.actor, note).await?;
        if tier < away.ticket.least {
            return self.go(&stopped(Why::Weak, &away.ticket.provider, away.ticket.least, &away.back));
        }
        self.go(&on)
    }

    /// Nobody does.
    async fn turned_back(&self, provider: &str, least: Tier, back: &Back, trouble: Trouble) -> Answer {
        let actor = self.open().map_or(Actor::Visitor, |open| open.actor.clone());
        let note = NoteVoucher { provider: provider.to_owned(), came_to: Err(trouble.code()) };
        self.state.door.run(&actor, note).await?;
        if matches!(trouble, Trouble::Down(_) | Trouble::Wrong(_)) {
            tracing::warn!(provider, %trouble, "nobody was vouched for");
        }
        self.go(&stopped(why(trouble), provider, least, back))
    }
}

const fn why(trouble: Trouble) -> Why {
    match trouble {
        Trouble::Declined => Why::Declined,
        Trouble::Lost => Why::Lost,
        Trouble::Stale => Why::Stale,
        Trouble::Nobody => Why::Nobody,
        Trouble::Down(_) => Why::Down,
        Trouble::Unknown | Trouble::Wrong(_) => Why::Wrong,
    }
}

/// Where a person goes on; `None`: it depends on how far her request has come.
fn path(back: &Back) -> Option<String> {
    match back {
        Back::Request => None,
        Back::Cases => Some("/cases".to_owned()),
        Back::Case(case) => Some(format!("/case/{case}")),
        Back::Prove(case) => Some(format!("/case/{case}/prove")),
    }
}

fn stopped(why: Why, provider: &str, least: Tier, back: &Back) -> String {
    let case = back.case().map(|case| format!("&case={case}")).unwrap_or_default();
    format!("/sign-in/stopped?why={}&with={provider}&tier={}&back={}{case}", why.name(), least.number(), back.word())
}

/// Signed out at the provider, too.
#[get("/sign-in/out?<state>")]
pub(in crate::web) fn out(mut here: Here<'_>, state: Option<&str>) -> Answer {
    here.lang = state.and_then(Lang::from_code).unwrap_or(here.lang);
    here.go("/signed-out")
}

/// Why nobody was vouched for. Everything in its address is one of a few words.
#[get("/sign-in/stopped?<why>&<with>&<tier>&<back>&<case>")]
pub(super) fn stopped_page(
    here: Here<'_>,
    why: Option<&str>,
    with: Option<&str>,
    tier: Option<u8>,
    back: Option<&str>,
    case: Option<&str>,
) -> Answer {
    let Some(why) = why.and_then(Why::from_name) else { return here.go("/") };
    let back = back.and_then(|back| Back::parse(back, case.unwrap_or_default()));
    let with = with.and_then(|with| Vouches::named(&here.state.look, with)).filter(|_| back.is_some());
    let tier = tier.and_then(Tier::from_number).map_or(1, Tier::number);
    let other = match &back {
        Some(Back::Request) => "/request/who".to_owned(),
        Some(back) => path(back).unwrap_or_else(|| "/".to_owned()),
        None => "/".to_owned(),
    };
    let (word, case) = back.as_ref().map_or(("request", None), |back| (back.word(), back.case().map(str::to_owned)));
    here.show(&NotVouched { why, with, tier, back: word, case, other })
}
