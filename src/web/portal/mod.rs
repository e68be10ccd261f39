//! The person's face: ask, prove, read, take along, take back.

use rocket::{Route, fairing::AdHoc, routes};

use super::{in_every_language, logout};

mod access;
mod acting;
mod amend;
mod case;
mod check;
mod correct;
mod details;
mod document;
mod held;
mod journey;
mod key;
mod messages;
mod notice;
mod numbers;
mod prove;
mod sign_in;
mod start;
mod statement;
mod stop;
mod support;
mod unsent;
mod way;

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("portal", |rocket| async {
        in_every_language(rocket, &[ask(), read(), support(), vouch()].concat())
            .mount("/", routes![sign_in::back, sign_in::out, logout::of_person, numbers::json])
    })
}

fn ask() -> Vec<Route> {
    use journey::{check_code, code, item, keep_item, keep_scope, scope, send_code, who};
    let known = routes![start::page, start::choose, who, send_code, code, check_code, item, keep_item, scope, keep_scope];
    let asked = routes![details::page, details::keep, correct::page, correct::keep, correct::remove, check::page, check::send];
    [known, asked, routes![acting::page, acting::keep], unsent()].concat()
}

fn unsent() -> Vec<Route> {
    use unsent::{set_aside, set_aside_answer, set_aside_message, set_aside_statement, set_aside_value, switch};
    routes![switch, set_aside, set_aside_message, set_aside_statement, set_aside_answer, set_aside_value]
}

fn read() -> Vec<Route> {
    use case::{answer, evidence, list, record, record_json, result, status, take_back, withdraw};
    use held::{again, blob, download, file, kind, kinds};
    let case = routes![list, status, withdraw, take_back, evidence, answer, result, record, record_json];
    let proof = routes![prove::ways, prove::choose, prove::code, prove::check, prove::again_page, prove::again, prove::link, prove::follow];
    let talk = routes![messages::page, messages::write, messages::file, statement::page, statement::attach, statement::file];
    [case, talk, proof, own(), routes![document::page, document::show], routes![kinds, kind, blob, download, file, again], about()].concat()
}

/// From what is held into a request about it.
fn about() -> Vec<Route> {
    routes![amend::ask, amend::page, amend::keep]
}

fn own() -> Vec<Route> {
    use access::{app, app_made, begin_app, begin_passkey, code, code_page, page, passkey_made, recovery, remove};
    let access = routes![page, code_page, code, begin_app, app, app_made, begin_passkey, passkey_made, remove, recovery];
    [access, routes![key::app, key::app_code, key::passkey]].concat()
}

fn vouch() -> Vec<Route> {
    routes![sign_in::begin, sign_in::leaving, sign_in::stopped_page]
}

fn support() -> Vec<Route> {
    use support::{about, accessibility, find, help, leave, paper, rights, send_code, signed_out};
    routes![
        numbers::page,
        stop::page,
        stop::stop,
        notice::page,
        notice::answer,
        find,
        send_code,
        rights,
        help,
        paper,
        accessibility,
        about,
        leave,
        signed_out
    ]
}
