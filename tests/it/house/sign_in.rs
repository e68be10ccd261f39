//! Proving who one is: a mailbox by a code, a colleague by a password and a code that nobody has used before.

use habeas::action::{
    actor::{Actor, Role},
    add_person::AddPerson,
    check_code::{CheckCode, CodeTry},
    disable_person::DisablePerson,
    factor::Proof,
    refusal::Refusal,
    request_code::RequestCode,
    secret::totp_code,
    session::{Memory, SignIn, Visit},
    sign_in::{Confirm, PasswordTry, Purpose, SignInTry},
};
use habeas_core::law::{lang::Lang, personal::Personal};
use habeas_migrations::{Migrator, MigratorTrait as _};
use jiff::SignedDuration;

use super::{
    database::on_every_store,
    people::code_in,
    test_house::{PASSWORD, TOTP_SECRET, TestHouse},
};

on_every_store! {
    a_code_opens_once_and_only_where_it_was_asked_for,
    a_code_is_good_for_ten_minutes_and_five_tries,
    a_colleague_needs_password_and_an_unused_code,
    after_five_wrong_passwords_there_is_a_pause,
    after_five_wrong_codes_there_is_a_pause,
    a_disabled_colleague_is_out_at_once,
    an_idle_session_ends,
    only_the_operator_adds_people,
    an_older_house_keeps_everybodys_code_app,
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn visit(house: &TestHouse) -> String {
    house.house.door.begin_session(Memory::Portal(Visit::default()), None).await.unwrap().session.id
}

async fn ask(house: &TestHouse, session: &str, email: &str) -> Result<String, Refusal> {
    let request = RequestCode { session: session.to_owned(), email: Personal::new(email.to_owned()), lang: Lang::En, link: true };
    house.run(&Actor::Visitor, request).await?;
    house.settle().await;
    Ok(house.mails().iter().filter(|mail| mail.to == email).find_map(code_in).expect("a mail with a code"))
}

fn typed(session: &str, email: &str, code: &str) -> CheckCode {
    CheckCode { session: session.to_owned(), email: Personal::new(email.to_owned()), code: code.to_owned() }
}

async fn answer(house: &TestHouse, session: &str, email: &str, code: &str) -> CodeTry {
    let tried = house.run(&Actor::Visitor, typed(session, email, code)).await.unwrap();
    house.settle().await;
    tried
}

async fn a_code_opens_once_and_only_where_it_was_asked_for(house: TestHouse) {
    let (hers, his) = (visit(&house).await, visit(&house).await);
    let code = ask(&house, &hers, "anybody@elsewhere.example").await.unwrap();
    let anybody = "anybody@elsewhere.example";
    let elsewhere = house.run(&Actor::Visitor, typed(&his, anybody, &code)).await;
    assert!(matches!(elsewhere, Err(Refusal::Expired)), "{elsewhere:?}");
    let other = house.run(&Actor::Visitor, typed(&hers, "somebody@elsewhere.example", &code)).await;
    assert!(matches!(other, Err(Refusal::Expired)), "a code proves the mailbox it was sent to and no other: {other:?}");
    assert_eq!(answer(&house, &hers, anybody, &format!("{} {}", &code[..3], &code[3..])).await, CodeTry::Right);
    assert_eq!(answer(&house, &hers, anybody, &code).await, CodeTry::Over);
    let nonsense = ask(&house, &hers, "no address").await;
    assert!(matches!(nonsense, Err(Refusal::Invalid(_))), "{nonsense:?}");
    house.settle().await;
}

async fn a_code_is_good_for_ten_minutes_and_five_tries(house: TestHouse) {
    let (session, email) = (visit(&house).await, house.kari().email);
    let code = ask(&house, &session, &email).await.unwrap();
    house.advance(MINUTE * 11).await;
    assert_eq!(answer(&house, &session, &email, &code).await, CodeTry::Over);
    let code = ask(&house, &session, &email).await.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(answer(&house, &session, &email, wrong).await, CodeTry::Wrong);
    }
    assert!(matches!(answer(&house, &session, &email, &code).await, CodeTry::TooMany(_)));
    let other = visit(&house).await;
    let fresh = ask(&house, &other, &email).await.unwrap();
    assert!(matches!(answer(&house, &other, &email, &fresh).await, CodeTry::TooMany(_)), "another session does not help");
    house.advance(MINUTE * 61).await;
    let late = ask(&house, &other, &email).await.unwrap();
    assert_eq!(answer(&house, &other, &email, &late).await, CodeTry::Right);
}

async fn confirm(house: &TestHouse, code: String) -> SignInTry {
    let tried = house
        .run(&Actor::Visitor, Confirm { person: "kari".to_owned(), proof: Proof::Typed(Personal::new(code)), purpose: Purpose::SignIn })
        .await
        .unwrap();
    house.settle().await;
    tried
}

/// Whose password it is, as the sign-in page learns it: a wrong one is noted.
async fn whose(house: &TestHouse, email: &str, password: &str) -> Option<String> {
    let door = &house.house.door;
    match door.password_of(&Personal::new(email.to_owned()), Personal::new(password.to_owned())).await.unwrap() {
        PasswordTry::Right(person) => Some(person),
        PasswordTry::Wrong(failure) => {
            if let Some(failure) = failure {
                house.run(&Actor::Visitor, failure).await.unwrap();
                house.settle().await;
            }
            None
        }
    }
}

async fn after_five_wrong_passwords_there_is_a_pause(house: TestHouse) {
    for _ in 0..5 {
        assert_eq!(whose(&house, "kari@visumexpress.example", "feil hest batteri stift").await, None);
    }
    assert_eq!(whose(&house, "kari@visumexpress.example", PASSWORD).await, None);
    house.advance(MINUTE * 16).await;
    assert_eq!(whose(&house, "kari@visumexpress.example", PASSWORD).await.as_deref(), Some("kari"));
}

async fn a_colleague_needs_password_and_an_unused_code(house: TestHouse) {
    assert_eq!(whose(&house, "Kari@visumexpress.example ", PASSWORD).await.as_deref(), Some("kari"));
    assert_eq!(whose(&house, "kari@visumexpress.example", "feil hest batteri stift").await, None);
    assert_eq!(whose(&house, "nobody@visumexpress.example", PASSWORD).await, None);
    let code = totp_code(&TOTP_SECRET, house.now()).unwrap();
    assert_eq!(confirm(&house, code.clone()).await, SignInTry::Right);
    assert_eq!(confirm(&house, code).await, SignInTry::Wrong, "looked at over a shoulder, it is worth nothing");
    house.advance(MINUTE).await;
    assert_eq!(confirm(&house, totp_code(&TOTP_SECRET, house.now()).unwrap()).await, SignInTry::Right);
}

async fn after_five_wrong_codes_there_is_a_pause(house: TestHouse) {
    for _ in 0..5 {
        assert_eq!(confirm(&house, "12345".to_owned()).await, SignInTry::Wrong);
    }
    assert_eq!(confirm(&house, totp_code(&TOTP_SECRET, house.now()).unwrap()).await, SignInTry::Wrong);
    house.advance(MINUTE * 16).await;
    assert_eq!(confirm(&house, totp_code(&TOTP_SECRET, house.now()).unwrap()).await, SignInTry::Right);
}

async fn a_disabled_colleague_is_out_at_once(house: TestHouse) {
    let memory = Memory::Desk(SignIn::signed_in("kari".to_owned(), house.now()));
    let begun = house.house.door.begin_session(memory, None).await.unwrap();
    assert!(matches!(begun.session.actor, Actor::Staff(_)));
    house.run(&Actor::Operator, DisablePerson { id: "kari".to_owned() }).await.unwrap();
    let open = house.house.door.open_session(&begun.cookie).await.unwrap();
    assert!(open.is_none_or(|session| session.actor == Actor::Visitor));
    assert_eq!(whose(&house, "kari@visumexpress.example", PASSWORD).await, None);
    house.settle().await;
}

async fn an_idle_session_ends(house: TestHouse) {
    let door = &house.house.door;
    let memory = || Memory::Desk(SignIn::signed_in("kari".to_owned(), house.now()));
    let begun = door.begin_session(memory(), None).await.unwrap();
    for _ in 0..4 {
        house.advance(MINUTE * 20).await;
        assert!(door.open_session(&begun.cookie).await.unwrap().is_some(), "it lives while it is used");
    }
    house.advance(MINUTE * 31).await;
    assert!(door.open_session(&begun.cookie).await.unwrap().is_none());
    let first = door.begin_session(memory(), None).await.unwrap();
    let second = door.begin_session(memory(), Some(&first.session.id)).await.unwrap();
    assert!(door.open_session(&first.cookie).await.unwrap().is_none(), "signing in ends the session that was planted");
    door.end_session(&second.session).await.unwrap();
    assert!(door.open_session(&second.cookie).await.unwrap().is_none());
}

async fn only_the_operator_adds_people(house: TestHouse) {
    let person = |id: &str, email: &str, roles: &[Role]| AddPerson {
        id: id.to_owned(),
        email: Personal::new(email.to_owned()),
        name: Personal::new("Somebody".to_owned()),
        password: Personal::new("hash".to_owned()),
        totp_secret: Personal::new(TOTP_SECRET.to_vec()),
        roles: roles.to_vec(),
        systems: Vec::new(),
    };
    let dpo = house.staff("ida").actor().await;
    let denied = house.run(&dpo, person("new", "new@visumexpress.example", &[Role::Dpo])).await;
    assert!(matches!(denied, Err(Refusal::Denied)), "{denied:?}");
    for (id, email, roles, wrong) in [
        ("kari", "new@visumexpress.example", [Role::Dpo].as_slice(), "id"),
        ("New One", "new@visumexpress.example", &[Role::Dpo], "id"),
        ("new", "KARI@visumexpress.example", &[Role::Dpo], "email"),
        ("new", "no address", &[Role::Dpo], "email"),
        ("new", "new@visumexpress.example", &[], "roles"),
    ] {
        let refused = house.run(&Actor::Operator, person(id, email, roles)).await;
        assert!(matches!(&refused, Err(Refusal::Invalid(problems)) if problems[0].field == wrong), "{wrong}: {refused:?}");
    }
    house.settle().await;
}

/// Before, the secret stood beside the person.
async fn an_older_house_keeps_everybodys_code_app(house: TestHouse) {
    assert_eq!(confirm(&house, totp_code(&TOTP_SECRET, house.now()).unwrap()).await, SignInTry::Right);
    let since = Migrator::migrations().iter().rev().position(|one| one.name() == "m20261130_credential").unwrap();
    Migrator::down(house.rows(), Some(u32::try_from(since).unwrap() + 1)).await.unwrap();
    Migrator::up(house.rows(), None).await.unwrap();
    assert_eq!(confirm(&house, totp_code(&TOTP_SECRET, house.now()).unwrap()).await, SignInTry::Wrong, "a code is still good once");
    house.advance(MINUTE).await;
    assert_eq!(confirm(&house, totp_code(&TOTP_SECRET, house.now()).unwrap()).await, SignInTry::Right);
}
