//! Every page in every state it has, for eyes and for tests. Mounted by `habeas demo` and by test builds only.

use habeas_core::law::lang::Lang;

use super::{demo, desk, letters, portal, room, sample, wrong::Wrong};
use crate::render::{
    frame::{Authority, Face, FieldProblem, Frame, Officer, Organisation, SAMPLE_THEME, Theme},
    letter::LetterKind,
    pages::{Page, RenderError, Renderer},
    texts::Message,
};

/// One state of one page.
#[derive(Debug)]
pub struct GalleryEntry {
    /// Name of the page and number of the state: `portal/start-1`.
    pub path: String,
    /// The whole page in every language.
    pub pages: Vec<(Lang, String)>,
}

/// Renders everything there is.
pub fn gallery(renderer: &Renderer) -> Result<Vec<GalleryEntry>, RenderError> {
    let mut shelf = Shelf { renderer, entries: Vec::new() };
    shelf.portal()?;
    shelf.corrected()?;
    shelf.themed()?;
    shelf.desk()?;
    shelf.room_and_demo()?;
    shelf.add::<Wrong>(Face::Portal, "/nowhere", &[])?;
    Ok(shelf.entries)
}

/// Renders every letter: its HTML part, under `mail/`.
pub fn letters(renderer: &Renderer) -> Result<Vec<GalleryEntry>, RenderError> {
    let write = |kind: LetterKind, lang| Ok((lang, renderer.letter(kind, lang, &organisation(), &letters::facts(kind))?.html));
    let entry = |kind: LetterKind| {
        let pages = Lang::ALL.into_iter().map(|lang| write(kind, lang)).collect::<Result<_, RenderError>>()?;
        Ok(GalleryEntry { path: format!("mail/{}", kind.name()), pages })
    };
    LetterKind::ALL.into_iter().map(entry).collect()
}

struct Shelf<'a> {
    renderer: &'a Renderer,
    entries: Vec<GalleryEntry>,
}

impl Shelf<'_> {
    /// Adds every state of a page; where a form can be wrong, its last state once more with those problems.
    fn add<P: Page>(&mut self, face: Face, path: &str, problems: &[(&str, &str)]) -> Result<(), RenderError> {
        let samples = P::samples();
        let name = P::TEMPLATE.trim_end_matches(".html");
        for (index, page) in samples.iter().enumerate() {
            self.put(&format!("{name}-{}", index + 1), &frame(face, path), page)?;
        }
        if let (Some(page), false) = (samples.last(), problems.is_empty()) {
            let problem =
                |&(field, key): &(&str, &str)| FieldProblem::new(field, Message::new(key).with("time", "14.32").with("date", sample::DUE));
            let wrong = Frame { problems: problems.iter().map(problem).collect(), ..frame(face, path) };
            self.put(&format!("{name}-error"), &wrong, page)?;
        }
        Ok(())
    }

    fn put<P: Page>(&mut self, path: &str, frame: &Frame, page: &P) -> Result<(), RenderError> {
        let speak = |lang| Ok((lang, self.renderer.page(&Frame { lang, ..frame.clone() }, page)?));
        let pages = Lang::ALL.into_iter().map(speak).collect::<Result<_, RenderError>>()?;
        self.entries.push(GalleryEntry { path: path.to_owned(), pages });
        Ok(())
    }

    fn corrected(&mut self) -> Result<(), RenderError> {
        let path = format!("/case/{}/data/shop.customers/0/birth_date/correct", sample::REFERENCE);
        let wrong = [("should-0", "problem-should-not-a-day")];
        self.add::<portal::amend::Amend>(Face::Portal, &path, &wrong)?;
        let wrong = [("statement", "problem-statement-missing"), ("file", "problem-file-disagrees")];
        self.add::<portal::statement::OwnStatement>(Face::Portal, &format!("/case/{}/statement", sample::REFERENCE), &wrong)
    }

    /// The first page in a theme: what an organisation may change, and that all else stays as it is.
    fn themed(&mut self) -> Result<(), RenderError> {
        let theme = Theme { name: "Nordlys".to_owned(), asset: SAMPLE_THEME, logo: true };
        let plain = frame(Face::Portal, "/");
        let themed = Frame { organisation: Organisation { theme: Some(theme), ..plain.organisation.clone() }, ..plain };
        portal::start::Start::samples().first().map_or(Ok(()), |start| self.put("portal/start-themed", &themed, start))
    }

    fn portal(&mut self) -> Result<(), RenderError> {
        use portal::{
            access, acting, case, cases, check, correct, details, document, download, evidence, held, kind, messages, notice, numbers,
            outcome, prove, record, request, start, stop, support, vouch,
        };
        let face = Face::Portal;
        let case = format!("/case/{}", sample::REFERENCE);
        self.add::<start::Start>(face, "/", &[("right", "problem-right-missing")])?;
        self.add::<request::Who>(face, "/request/who", &[("email", "problem-email-invalid")])?;
        self.add::<vouch::Leaving>(face, "/sign-in/bankid", &[])?;
        self.add::<vouch::NotVouched>(face, "/sign-in/stopped", &[])?;
        self.add::<acting::ActFor>(face, "/request/for", &[("born", "problem-acting-own-voice")])?;
        self.add::<request::Code>(face, "/request/code", &[("code", "problem-code-wrong")])?;
        self.add::<request::SecondItem>(face, "/request/second-item", &[("number", "problem-number-wrong")])?;
        self.add::<request::Scope>(face, "/request/scope", &[("kind", "problem-kinds-missing")])?;
        self.add::<correct::WhichKind>(face, "/request/details", &[("kind", "problem-which-kind-missing")])?;
        self.add::<correct::Correct>(face, "/request/details/dossiers.people", &[("should-0", "problem-should-missing")])?;
        self.add::<details::Restrict>(face, "/request/details", &[("ground", "problem-rest-missing"), ("kind", "problem-kinds-missing")])?;
        self.add::<details::Object>(face, "/request/details", &[("why", "problem-why-missing")])?;
        self.add::<details::SendFile>(face, "/request/details", &[("to", "problem-send-missing")])?;
        self.add::<details::Consents>(face, "/request/details", &[("kind", "problem-kinds-missing")])?;
        self.add::<check::Check>(face, "/request/check", &[])?;
        self.add::<case::Case>(face, &case, &[])?;
        self.add::<case::Withdraw>(face, &format!("{case}/withdraw"), &[])?;
        self.add::<held::Held>(face, &format!("{case}/data"), &[])?;
        self.add::<kind::Kind>(face, &format!("{case}/data/shop.orders"), &[])?;
        self.add::<download::Download>(face, &format!("{case}/download"), &[])?;
        self.add::<outcome::Outcome>(face, &format!("{case}/result"), &[])?;
        self.add::<record::CaseRecord>(face, &format!("{case}/record"), &[])?;
        self.add::<prove::Prove>(face, &format!("{case}/prove"), &[("way", "problem-way-missing")])?;
        self.add::<document::ShowDocument>(face, &format!("{case}/document"), &[("picture", "problem-document-blank")])?;
        self.add::<prove::ProveCode>(face, &format!("{case}/prove/0"), &[("code", "problem-code-wrong")])?;
        self.add::<access::Access>(face, "/access", &[])?;
        self.add::<access::SetUpApp>(face, "/access/app", &[("code", "problem-totp-wrong")])?;
        self.add::<access::MakePasskey>(face, "/access/passkey", &[])?;
        self.add::<access::Codes>(face, "/access/recovery", &[])?;
        self.add::<access::UseApp>(face, &format!("{case}/app"), &[("code", "problem-totp-wrong")])?;
        self.add::<access::UsePasskey>(face, &format!("{case}/passkey"), &[("passkey", "problem-passkey-wrong")])?;
        self.add::<prove::FollowedLink>(face, "/link/kq7", &[("number", "problem-link-number-wrong")])?;
        self.add::<evidence::Evidence>(face, &format!("{case}/answer"), &[("answer", "problem-evidence-missing")])?;
        self.add::<cases::Cases>(face, "/cases", &[])?;
        self.add::<numbers::Numbers>(face, "/numbers", &[])?;
        self.add::<messages::Messages>(
            face,
            &format!("{case}/messages"),
            &[("message", "problem-message-missing"), ("file", "problem-file-disagrees")],
        )?;
        self.add::<notice::Noticed>(
            face,
            "/notice/gallery",
            &[("answer", "problem-notice-answer-missing"), ("why", "problem-impossible-why-missing"), ("reason", "problem-reason-missing")],
        )?;
        self.add::<stop::Stop>(face, "/stop/HB-7F3K-2Q/gallery", &[])?;
        self.add::<support::Find>(face, "/find", &[])?;
        self.add::<support::Landing>(face, "/find", &[])?;
        self.add::<support::Rights>(face, "/rights", &[])?;
        self.add::<support::Help>(face, "/help", &[])?;
        self.add::<support::Paper>(face, "/paper/access", &[])?;
        self.add::<support::Accessibility>(face, "/accessibility", &[])?;
        self.add::<support::About>(face, "/about-this-page", &[])?;
        self.add::<support::SignedOut>(face, "/signed-out", &[])?;
        self.add::<support::Expired>(face, "/expired", &[("email", "problem-email-invalid")])
    }

    fn desk(&mut self) -> Result<(), RenderError> {
        use desk::{
            case, erasures, hold, hold_import, incident, intake, messages, moving, notice, plan, queue, rules, step, system, task, workflow,
        };
        self.signing_in()?;
        let face = Face::Desk;
        let case = format!("/desk/case/{}", sample::REFERENCE);
        self.add::<queue::Queue>(face, "/desk/", &[])?;
        self.add::<case::DeskCase>(face, &case, &[])?;
        self.add::<messages::DeskMessages>(face, &format!("{case}/messages"), &[("file", "problem-files-no-room")])?;
        self.add::<notice::NoticePage>(face, &format!("{case}/recipients/hosting"), &[("by", "problem-by-missing")])?;
        self.add::<step::StepPage>(face, &format!("{case}/systems/shop"), &[])?;
        self.add::<plan::PlanPage>(face, &format!("{case}/plan"), &[])?;
        self.add::<task::TaskPage>(
            face,
            &format!("{case}/task/1"),
            &[("outcome", "problem-outcome-missing"), ("reason", "problem-reason-missing")],
        )?;
        self.add::<erasures::Erasures>(face, "/desk/erasures", &[("reason", "problem-reason-missing")])?;
        self.add::<hold::Holds>(face, "/desk/holds", &[])?;
        self.add::<hold::PlaceHold>(face, "/desk/holds/new", &[("case", "problem-case-unknown"), ("review_on", "problem-review-invalid")])?;
        self.add::<hold_import::HoldImport>(face, "/desk/holds/import", &[("sheet", "problem-sheet-wrong")])?;
        self.add::<hold::ReviewHold>(
            face,
            "/desk/holds/H-7QK2/review",
            &[("review_on", "problem-review-invalid"), ("reason", "problem-reason-missing")],
        )?;
        self.add::<hold::ReleaseHold>(face, "/desk/holds/H-7QK2/release", &[])?;
        self.add::<rules::RulesPage>(face, "/desk/rules", &[])?;
        self.add::<system::Systems>(face, "/desk/systems", &[])?;
        self.add::<system::SystemPage>(face, "/desk/systems/shop", &[("reason", "problem-reason-missing")])?;
        self.add::<system::MapPage>(face, "/desk/systems/shop/map", &[])?;
        self.add::<workflow::WorkflowList>(face, "/desk/workflows", &[])?;
        self.add::<workflow::WorkflowPage>(face, "/desk/workflows/sample", &[])?;
        self.add::<workflow::Draft>(face, "/desk/workflows/draft", &[])?;
        self.add::<moving::MoveCases>(
            face,
            "/desk/workflows/sample/move",
            &[("case", "problem-move-none"), ("sure", "problem-move-unsure")],
        )?;
        self.add::<workflow::CasePath>(face, &format!("{case}/path"), &[])?;
        self.add::<incident::IncidentPage>(
            face,
            &format!("{case}/incident/1"),
            &[("how", "problem-how-missing"), ("reason", "problem-reason-missing")],
        )?;
        self.add::<intake::Intake>(
            face,
            "/desk/new",
            &[("email", "problem-email-invalid"), ("received_on", "problem-received-in-the-future")],
        )
    }

    fn signing_in(&mut self) -> Result<(), RenderError> {
        use desk::{access, elsewhere, invitation, people, sign_in};
        let face = Face::Desk;
        self.add::<elsewhere::Leaving>(face, "/desk/sign-in/work", &[])?;
        self.add::<elsewhere::NotKnown>(face, "/desk/sign-in/stopped", &[])?;
        self.add::<elsewhere::SigningOut>(face, "/desk/sign-out", &[])?;
        self.add::<elsewhere::GoOn>(face, "/desk/again", &[])?;
        self.add::<sign_in::SignIn>(face, "/desk/sign-in", &[("email", "problem-sign-in")])?;
        self.add::<sign_in::SecondStep>(face, "/desk/totp", &[("code", "problem-totp-wrong")])?;
        self.add::<sign_in::Again>(face, "/desk/again", &[("again-code", "problem-totp-wrong")])?;
        self.add::<invitation::Invited>(face, "/desk/invitation/mfrggzdfmztwq2lk", &[("password", "problem-password-own")])?;
        self.add::<invitation::Uninvited>(face, "/desk/invitation/mfrggzdfmztwq2lk", &[])?;
        self.add::<invitation::Enrol>(face, "/desk/enrol", &[("code", "problem-totp-wrong")])?;
        self.add::<access::Recovery>(face, "/desk/enrol", &[])?;
        self.add::<access::MakePasskey>(face, "/desk/enrol", &[])?;
        let wrong = [("factors", "problem-last-factor"), ("label", "problem-passkey-wrong")];
        self.add::<access::Access>(face, "/desk/access", &wrong)?;
        self.add::<access::SetUpApp>(face, "/desk/access/app", &[("code", "problem-totp-wrong")])?;
        let wrong = [("current", "problem-password-current"), ("password", "problem-password-guessable")];
        self.add::<access::ChangePassword>(face, "/desk/access/password", &wrong)?;
        self.add::<access::Sessions>(face, "/desk/sessions", &[])?;
        self.add::<people::People>(face, "/desk/people", &[])?;
        self.add::<people::PersonPage>(face, "/desk/people/ingrid", &[("roles", "problem-role-missing")])?;
        let wrong = [("email", "problem-email-wrong-or-taken"), ("id", "problem-handle-wrong-or-taken"), ("roles", "problem-role-missing")];
        self.add::<people::Invite>(face, "/desk/people/invite", &wrong)
    }

    fn room_and_demo(&mut self) -> Result<(), RenderError> {
        let case = format!("/room/case/{}", sample::REFERENCE);
        self.add::<room::cases::RoomCases>(Face::Room, "/room/", &[])?;
        self.add::<room::case::RoomCase>(Face::Room, &case, &[])?;
        self.add::<demo::landing::DemoStart>(Face::Demo, "/demo/", &[])?;
        self.add::<demo::mail::DemoMails>(Face::Demo, "/demo/mail", &[])?;
        self.add::<demo::mail::DemoMailRead>(Face::Demo, "/demo/mail/1", &[])?;
        self.add::<demo::clock::DemoClock>(Face::Demo, "/demo/clock", &[("date", "problem-date-invalid")])
    }
}

pub(crate) fn frame(face: Face, path: &str) -> Frame {
    let signs_in = ["/sign-in", "/sign-out", "/totp", "/enrol", "/invitation/"].iter().any(|part| path.contains(part));
    let staff = match face {
        Face::Desk if !signs_in => Some("Ingrid Berg".to_owned()),
        Face::Room => Some("Datatilsynet".to_owned()),
        _ => None,
    };
    Frame {
        lang: Lang::default(),
        face,
        organisation: organisation(),
        path: path.to_owned(),
        csrf: Some("gallery".to_owned()),
        sees_work: staff.is_some(),
        manages_people: staff.is_some() && ["/desk/people", "/desk/access", "/desk/sessions"].iter().any(|ours| path.starts_with(ours)),
        signed_in: staff,
        notice: None,
        problems: Vec::new(),
        demo: face == Face::Demo,
    }
}

/// An organisation for samples, gallery and tests.
pub(crate) fn organisation() -> Organisation {
    Organisation {
        name: "Visumexpress AS".to_owned(),
        email: "post@visumexpress.example".to_owned(),
        phone: "98 47 88 87".to_owned(),
        post: "Postboks 4106 Sjølyst, 0217 Oslo".to_owned(),
        hours: sample::text("Mandag til fredag 9–16", "Maandag tot en met vrijdag 9–16 uur", "Monday to Friday 9–16"),
        dpo: Officer { name: "Liv Strand".to_owned(), email: "personvern@visumexpress.example".to_owned() },
        authority: Authority {
            name: "Datatilsynet".to_owned(),
            url: "https://www.datatilsynet.no".to_owned(),
            post: "Postboks 458 Sentrum, 0105 Oslo".to_owned(),
            phone: "22 39 69 00".to_owned(),
        },
        numbers: true,
        theme: None,
    }
}
