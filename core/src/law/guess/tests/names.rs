//! Column names as schemas have them, labelled by hand before anything was guessed. `-`: nothing that tells of a person.

use std::collections::BTreeMap;

use super::super::{Confidence, Kind, ValueType, name::guess};

/// `table.column`, what its values are (`t`ext, `i`nteger, `n`umber, `b`oolean, `d`ate, `m`oment, b`y`tes), and what it holds.
const LABELLED: &str = "
customers.email t Email; customers.Email t Email; users.email_address t Email; users.EMailAddress t Email; klanten.emailadres t Email
kunder.epost t Email; kunder.e_post t Email; kunder.epostadresse t Email; contacts.PrimaryEmail t Email; orders.guest_email t Email
orders.customerEmail t Email; orders.billing_email t Email; users.email2 t Email; subscribers.mail t Email; invoices.email_to t -
users.email_verified b -; users.email_verified_at m -; users.email_sent_at m -; mails.email_template t -; users.email_count i -
settings.smtp_email_host t -; users.work_email t Email; newsletter.usermail t Email; jobs.email_queue_id i -; customers.alt_email t Email
customers.phone t Phone; customers.PhoneNumber t Phone; kunder.tlf t Phone; kunder.telefonnummer t Phone; kunder.mobilnr t Phone
klanten.telefoonnummer t Phone; klanten.tel_prive t Phone; klanten.mobiel t Phone; users.mobile_phone t Phone; contacts.phone_home t Phone
contacts.HomePhone t Phone; employees.Fax t Phone; users.phone_verified b -; devices.phone_model t -; shop.microphone t -
customers.billing_phone t Phone; order.shipping_phone t Phone; users.cell t Phone; kunder.mobiltelefon t Phone; users.msisdn t Phone
users.first_name t FirstName; users.firstname t FirstName; users.FNAME t FirstName; kunder.fornavn t FirstName; klanten.voornaam t FirstName
users.given_name t FirstName; passengers.GivenNames t FirstName; klanten.voorletters t FirstName; users.middle_name t FirstName
users.last_name t LastName; users.LastName t LastName; users.surname t LastName; kunder.etternavn t LastName; klanten.achternaam t LastName
klanten.tussenvoegsel t LastName; users.family_name t LastName; users.maiden_name t LastName; customers.lname t LastName
customers.name t Name; customers.full_name t Name; kunder.navn t Name; klanten.naam t Name; users.display_name t Name; orders.customer_name t Name
orders.CustomerName t Name; orders.ship_to t Name; payments.cardholder_name t Name; invoices.contact_person t Name; users.real_name t Name
products.name t -; products.ProductName t -; files.file_name t -; categories.name t -; domains.domain_name t -; artists.Name t -
tracks.Name t -; countries.name t -; roles.role_name t -; campaigns.campaign_name t -; servers.hostname t -; genres.name t -; tables.table_name t -
playlists.Name t -; auth_group.name t -; companies.company_name t -; users.username t Username; users.user_name t Username; users.login t Username
kunder.brukernavn t Username; klanten.gebruikersnaam t Username; users.screen_name t Username; auth_user.password t Password
users.password_hash t Password; users.passwd t Password; users.pwd t Password; kunder.passord t Password; klanten.wachtwoord t Password
users.encrypted_password t Password; users.password_changed_at m -; users.reset_token t Secret; tokens.access_token t Secret; keys.api_key t Secret
users.birth_date d BirthDate; users.date_of_birth d BirthDate; users.dob d BirthDate; employees.BirthDate m BirthDate; kunder.fodselsdato d BirthDate
kunder.fødselsdato d BirthDate; kunder.fdato t BirthDate; klanten.geboortedatum d BirthDate; users.birthday d BirthDate; klanten.geb_datum d BirthDate
users.birthday_mail_sent b -; orders.order_date d -; users.created_at m -; users.updated_at m -; employees.HireDate m -; events.start_date d -
kunder.fodselsnummer t NationalId; kunder.fnr t NationalId; kunder.personnummer t NationalId; klanten.bsn t NationalId; klanten.BSN_nummer t NationalId
users.ssn t NationalId; users.social_security_number t NationalId; users.national_id t NationalId; users.tax_id t NationalId; kunder.d_nummer t NationalId
persons.passport_number t Passport; persons.PassportNo t Passport; soknader.passnummer t Passport; aanvragen.paspoortnummer t Passport
applications.visa_number t Passport; drivers.driving_licence t DrivingLicence; ansatte.forerkort t DrivingLicence; drivers.rijbewijsnummer t DrivingLicence
customers.iban t BankAccount; kunder.kontonummer t BankAccount; klanten.rekeningnummer t BankAccount; payouts.bank_account t BankAccount; bank_accounts.account_number t BankAccount; customers.account_number t CustomerNumber
employees.bank_account_number t BankAccount; payments.card_number t Card; cards.cc_number t Card; betalinger.kortnummer t Card; payments.CreditCardNumber t Card
employees.salary n Income; ansatte.lonn n Income; medewerkers.salaris n Income; applicants.annual_income n Income; customers.credit_score i Credit
customers.address t Street; customers.Address1 t Street; customers.address_line_2 t Street; customers.street t Street; kunder.gateadresse t Street
kunder.adresse t Street; klanten.straat t Street; klanten.huisnummer i Street; klanten.woonadres t Street; invoices.BillingAddress t Street
orders.shipping_street t Street; users.ip_address t Ip; logs.ip t Ip; sessions.client_ip t Ip; users.last_login_ip t Ip; orders.IPAddress t Ip
logs.remote_addr t Ip; pages.web_address t -; hosts.server_address t -; memory.base_address t -; customers.postal_code t PostalCode; customers.zip t PostalCode
kunder.postnr t PostalCode; kunder.postnummer t PostalCode; klanten.postcode t PostalCode; invoices.BillingPostalCode t PostalCode
customers.city t City; kunder.poststed t City; klanten.woonplaats t City; customers.country t Country; customers.country_code t Country; klanten.land t Country
countries.iso_code t -; products.weight n -; orders.total n -; orders.status t -; orders.quantity i -; users.is_active b -; products.price n -
sessions.user_agent t Device; devices.device_id t Device; logs.browser t Device; visits.cookie_id t Cookie; positions.latitude n Location; positions.lng n Location
customers.customer_number t CustomerNumber; customers.CustomerNo t CustomerNumber; kunder.kundenr t CustomerNumber; klanten.klantnummer t CustomerNumber
members.membership_number t CustomerNumber; klanten.lidnummer t CustomerNumber; orders.order_number t OrderNumber; bestillinger.ordrenr t OrderNumber
bestellingen.bestelnummer t OrderNumber; bookings.booking_reference t OrderNumber; invoices.invoice_number t -; invoices.number t -; orders.number t OrderNumber; customers.number t CustomerNumber; houses.number t -; products.serial_number t -; items.article_number t -
users.gender t Gender; kunder.kjonn t Gender; klanten.geslacht t Gender; users.nationality t Nationality; soknader.statsborgerskap t Nationality
users.marital_status t MaritalStatus; kunder.sivilstand t MaritalStatus; klanten.burgerlijke_staat t MaritalStatus; users.language t Language
employees.job_title t Job; ansatte.stilling t Job; medewerkers.functie t Job; users.occupation t Job; users.employer t Employer; customers.company t Employer
patients.diagnosis t Health; pasienter.allergier t Health; patienten.medicatie t Health; patients.blood_type t Health; employees.sick_leave t Health
persons.criminal_record t Criminal; soknader.politiattest t Criminal; persons.religion t Religion; persons.ethnicity t Ethnicity; persons.race t Ethnicity
members.political_party t Politics; members.trade_union t Politics; users.avatar t Photo; users.profile_picture y Photo; soknader.passfoto y Photo
users.photo_url t Photo; applications.passport_scan y Scan; applications.birth_certificate y Scan; products.product_image t -; contracts.signature y Signature
persons.spouse_name t Family; persons.emergency_contact t Family; barnehage.foresatt t Family; persons.mothers_maiden_name t Family; cars.license_plate t Vehicle
kjoretoy.regnr t Vehicle; autos.kenteken t Vehicle; users.linkedin_url t Social; users.facebook_id t Social; users.newsletter b Consent
users.marketing_consent b Consent; kunder.samtykke b Consent; orders.note t Note; orders.CustomerNote t Note; tickets.body t Note; users.bio t Note
klanten.opmerkingen t Note; kunder.merknad t Note; orders.id i -; orders.uuid t -; orders.currency t -; tracks.Composer t -; tracks.Milliseconds i -
articles.title t -; articles.slug t -; media.mime_type t -; prices.valid_from d -; orders.state t -; machines.state t -; queues.message_count i -
pages.language_id i -; migrations.app t -; migrations.name t -; sites.domain t -; products.description t -; products.brand_name t -; orders.user_id i -
capacity.velocity n -; stock.warehouse_location t -; jobs.class_name t -; settings.key t -; settings.value t -; vat.rate n -; exports.file_path t -
products.model_name t -; events.event_name t -; logs.level t -; templates.subject t -; channels.channel_name t -; teams.team_name t -; units.unit_name t -
";

fn data(word: &str) -> ValueType {
    match word {
        "t" => ValueType::Text,
        "i" => ValueType::Integer,
        "n" => ValueType::Number,
        "b" => ValueType::Boolean,
        "d" => ValueType::Date,
        "m" => ValueType::Timestamp,
        "y" => ValueType::Bytes,
        other => panic!("{other}"),
    }
}

/// What a name was taken for, if it would be told.
fn taken(table: &str, column: &str, typed: &str) -> Option<Kind> {
    let (kind, confidence) = guess(table, column, data(typed))?;
    (confidence >= Confidence::Medium || !kind.entry().telling).then_some(kind)
}

/// So many of a thousand.
fn share(right: usize, not: usize) -> usize {
    right * 1000 / (right + not)
}

#[test]
fn names_are_taken_for_what_they_are() {
    let (mut right, mut wrong, mut missed) = (0_usize, Vec::new(), Vec::new());
    let mut all = BTreeMap::new();
    for line in LABELLED.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let [address, typed, expected] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (table, column) = address.split_once('.').unwrap();
        assert!(all.insert(address, typed).is_none(), "{address} is there twice");
        match taken(table, column, typed) {
            Some(kind) if format!("{kind:?}") == expected => right += 1,
            None if expected == "-" => {}
            Some(kind) if expected == "-" => wrong.push(format!("{address}: {kind:?}")),
            None => missed.push(format!("{address}: {expected}")),
            Some(kind) => {
                wrong.push(format!("{address}: {kind:?}, is {expected}"));
                missed.push(format!("{address}: {expected}"));
            }
        }
    }
    let (precision, recall) = (share(right, wrong.len()), share(right, missed.len()));
    let said = format!("{} names, precision {precision} ‰, recall {recall} ‰\nwrong: {wrong:#?}\nmissed: {missed:#?}", all.len());
    assert!(all.len() >= 300 && precision >= 990 && recall >= 985, "{said}");
}

/// Names that nobody looked at while the dictionary was written: those of Chinook, Northwind, Sakila, Roundcube, Matomo and `WordPress`.
const STRANGERS: &str = "
Customer.SupportRepId i -; Employee.ReportsTo i -; Employee.Title t -; Customer.PostalCode t PostalCode; Invoice.BillingState t Country
Album.Title t -; MediaType.Name t -; Track.UnitPrice n -; Customers.ContactName t Name; Customers.ContactTitle t -; Customers.CompanyName t Employer
Orders.ShipName t Name; Orders.ShipAddress t Street; Orders.ShipCity t City; Orders.ShipPostalCode t PostalCode; Employees.TitleOfCourtesy t -
Employees.Extension t -; Employees.Photo y Photo; Employees.Notes t Note; Suppliers.HomePage t -; Shippers.Phone t Phone; Products.QuantityPerUnit t -
Region.RegionDescription t -; actor.first_name t FirstName; address.district t -; address.address2 t Street; staff.picture y Photo; film.title t -
film.special_features t -; customer.create_date d -; customer.active b -; city.city t City; users.mail_host t -; users.failed_login m -
users.preferences t -; identities.reply-to t Email; identities.organization t Employer; identities.html_signature b -; contacts.vcard t -
cache.cache_key t -; session.sess_id t -; session.ip t Ip; wp_users.user_login t Username; wp_users.user_pass t Password; wp_users.user_nicename t -
wp_users.user_url t -; wp_users.user_registered m -; wp_users.user_activation_key t Secret; wp_comments.comment_author t Name
wp_comments.comment_author_email t Email; wp_comments.comment_author_IP t Ip; wp_comments.comment_content t -; wp_comments.comment_agent t -
wp_posts.post_password t Password; wp_posts.post_title t -; wp_posts.post_name t -; wp_options.option_name t -; wp_terms.name t -
log_visit.location_ip y Ip; log_visit.config_browser_name t -; log_visit.location_city t City; log_visit.visitor_localtime t -; log_visit.idvisitor y Cookie
";

#[test]
fn names_of_strangers_are_taken_for_what_they_are() {
    let (mut right, mut wrong, mut missed, mut all) = (0_usize, Vec::new(), Vec::new(), 0);
    for line in STRANGERS.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
        let [address, typed, expected] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (table, column) = address.split_once('.').unwrap();
        all += 1;
        let found = taken(table, column, typed).map_or_else(|| "-".to_owned(), |kind| format!("{kind:?}"));
        match (found.as_str(), expected) {
            (found, expected) if found == expected => right += usize::from(found != "-"),
            (found, "-") => wrong.push(format!("{address}: {found}")),
            ("-", expected) => missed.push(format!("{address}: {expected}")),
            (found, expected) => wrong.push(format!("{address}: {found}, is {expected}")),
        }
    }
    let (precision, recall) = (share(right, wrong.len()), share(right, missed.len()));
    let said = format!("{all} names, precision {precision} ‰, recall {recall} ‰\nwrong: {wrong:#?}\nmissed: {missed:#?}");
    assert!(all >= 60 && precision >= 950 && recall >= 950, "{said}");
}
