//! What is known about each kind of personal data: category, what the person calls it, and the names that columns have for it in
//! English, Norwegian and Dutch. The labels are our own, so that a first map can be read by a person at once.

use super::kind::Kind;

/// What is known about a kind.
#[derive(Debug)]
pub struct Entry {
    /// The kind.
    pub kind: Kind,
    /// Fideslang category.
    pub category: &'static str,
    /// What the person calls it, in nb, nl, en.
    pub label: [&'static str; 3],
    /// Whether it tells of a person wherever it stands; otherwise only beside what does.
    pub telling: bool,
    /// Names, each written as one word, with blanks between.
    pub names: &'static str,
}

const fn entry(kind: Kind, category: &'static str, label: [&'static str; 3], telling: bool, names: &'static str) -> Entry {
    Entry { kind, category, label, telling, names }
}

/// Every kind. Where two have a name alike, the longer name counts.
pub const KINDS: [Entry; 48] = [
    entry(
        Kind::Email,
        "user.contact.email",
        ["E-postadresse", "E-mailadres", "Email address"],
        true,
        "email mail emailaddress emailaddr mailaddress epost epostadresse emailadres mailadres useremail eml replyto emailid",
    ),
    entry(
        Kind::Phone,
        "user.contact.phone_number",
        ["Telefonnummer", "Telefoonnummer", "Phone number"],
        true,
        "phone phonenumber phonenr phoneno telephone telephonenumber telephoneno tel telno telnr mobile mobilephone mobilenumber \
         mobileno cellphone cell msisdn telefon telefonnummer telefonnr tlf tlfnr mobil mobilnr mobilnummer mobiltelefon telefoon \
         telefoonnummer telefoonnr mobiel mobielnummer gsm fax faxnumber whatsapp smsnumber",
    ),
    entry(
        Kind::FirstName,
        "user.name.first",
        ["Fornavn", "Voornaam", "First name"],
        true,
        "firstname fname givenname forename forenames givennames fornavn voornaam voornamen roepnaam namefirst middlename mellomnavn \
         initials voorletters initialer",
    ),
    entry(
        Kind::LastName,
        "user.name.last",
        ["Etternavn", "Achternaam", "Last name"],
        true,
        "lastname lname surname familyname etternavn achternaam familienaam namelast maidenname tussenvoegsel tussenvoegsels \
         meisjesnaam geboortenaam pikenavn slektsnavn",
    ),
    entry(
        Kind::Name,
        "user.name",
        ["Navn", "Naam", "Name"],
        true,
        "name fullname navn naam fulltnavn volledigenaam realname displayname nickname cardholder cardholdername kortholder \
         accountholder kontoinnehaver rekeninghouder aanhef salutation contactperson kontaktperson contactpersoon recipient mottaker \
         ontvanger shipto billto attn passengername author authorname",
    ),
    entry(
        Kind::BirthDate,
        "user.demographic.date_of_birth",
        ["Fødselsdato", "Geboortedatum", "Date of birth"],
        true,
        "birthdate dateofbirth dob birthday borndate bornon born birth yearofbirth birthyear fodselsdato foedselsdato fdato fodt \
         fodselsdag fodselsar geboortedatum geboortedag gebdatum gebdat geboortejaar",
    ),
    entry(Kind::Age, "user.demographic.age_range", ["Alder", "Leeftijd", "Age"], false, "age agegroup agerange alder leeftijd"),
    entry(Kind::Gender, "user.demographic.gender", ["Kjønn", "Geslacht", "Gender"], true, "gender sex kjonn geslacht gendercode"),
    entry(
        Kind::NationalId,
        "user.government_id.national_identification_number",
        ["Fødselsnummer", "Burgerservicenummer", "National identity number"],
        true,
        "fodselsnummer foedselsnummer fodselsnr fnr personnummer personnr pnr dnummer dnr ssn socialsecuritynumber nationalid \
         nationalidnumber nationalidentitynumber nationalnumber nin bsn burgerservicenummer sofinummer sofinr taxid taxnumber tin \
         idnumber idnr socialsecurity personalnumber identitynumber",
    ),
    entry(
        Kind::Passport,
        "user.government_id.passport_number",
        ["Passnummer", "Paspoortnummer", "Passport number"],
        true,
        "passport passportnumber passportno passportnr passnummer passnr paspoort paspoortnummer paspoortnr mrz documentnumber \
         visanumber residencepermit oppholdstillatelse verblijfsvergunning idcardnumber",
    ),
    entry(
        Kind::DrivingLicence,
        "user.government_id.drivers_license_number",
        ["Førerkortnummer", "Rijbewijsnummer", "Driving licence number"],
        true,
        "drivinglicence drivinglicense driverslicense driverlicense driverlicence licencenumber licensenumber forerkort \
         forerkortnummer rijbewijs rijbewijsnummer",
    ),
    entry(
        Kind::BankAccount,
        "user.financial.bank_account",
        ["Kontonummer", "Rekeningnummer", "Bank account"],
        true,
        "iban bankaccount bankaccountnumber accountno accountnr bban kontonummer kontonr bankkonto rekeningnummer rekeningnr \
         bankrekening sortcode routingnumber bankaccountno",
    ),
    entry(
        Kind::Card,
        "user.payment",
        ["Betalingskort", "Betaalkaart", "Payment card"],
        true,
        "cardnumber creditcard creditcardnumber ccnumber ccnum cardno cardnr pan cvv cvc kortnummer kortnr kaartnummer \
         creditcardnummer cclast4 cardlast4 cardexpiry",
    ),
    entry(
        Kind::Income,
        "user.financial",
        ["Inntekt", "Inkomen", "Income"],
        true,
        "salary income wage lonn inntekt arslonn salaris inkomen loon jaarinkomen networth monthlyincome",
    ),
    entry(
        Kind::Credit,
        "user.financial.credit",
        ["Kredittopplysninger", "Kredietgegevens", "Credit record"],
        true,
        "creditscore creditrating creditlimit kredittscore kredittsjekk kredietscore bkr betalingsanmerkning",
    ),
    entry(
        Kind::Insurance,
        "user.financial.insurance",
        ["Forsikring", "Verzekering", "Insurance"],
        true,
        "insurancenumber insurancepolicy policynumber polisenummer polisnummer forsikringsnummer verzekeringsnummer",
    ),
    entry(
        Kind::Street,
        "user.contact.address.street",
        ["Gateadresse", "Straat en huisnummer", "Street address"],
        true,
        "address street streetaddress streetname addressline addr housenumber houseno adresse gate gateadresse gatenavn husnummer \
         husnr postadresse postboks adres straat straatnaam huisnummer huisnr postbus pobox postaladdress adresselinje \
         leveringsadresse fakturaadresse woonadres toevoeging homeaddress vegadresse",
    ),
    entry(
        Kind::PostalCode,
        "user.contact.address.postal_code",
        ["Postnummer", "Postcode", "Postcode"],
        true,
        "postalcode postcode zip zipcode postnummer postnr pcode zippostalcode",
    ),
    entry(
        Kind::City,
        "user.contact.address.city",
        ["Poststed", "Plaats", "Town"],
        false,
        "city town cityname poststed bosted kommune plaats woonplaats stad gemeente suburb municipality placeofbirth birthplace \
         fodested geboorteplaats homecity",
    ),
    entry(
        Kind::Country,
        "user.contact.address.country",
        ["Land", "Land", "Country"],
        false,
        "country countrycode countryid countryname land landkode landcode state province region fylke provincie county",
    ),
    entry(
        Kind::Ip,
        "user.device.ip_address",
        ["IP-adresse", "IP-adres", "IP address"],
        true,
        "ip ipaddress ipaddr ipadresse ipadres clientip remoteip remoteaddr userip lastip signupip loginip ipv4 ipv6",
    ),
    entry(
        Kind::Device,
        "user.device",
        ["Enhet", "Apparaat", "Device"],
        true,
        "useragent browser deviceid device devicetoken imei macaddress macaddr mac fingerprint devicename pushtoken nettleser apparaat \
         advertisingid idfa",
    ),
    entry(
        Kind::Cookie,
        "user.device.cookie_id",
        ["Informasjonskapsel", "Cookie", "Cookie"],
        true,
        "cookie cookieid visitorid idvisitor trackingid gaclientid",
    ),
    entry(
        Kind::Location,
        "user.location",
        ["Posisjon", "Locatie", "Location"],
        false,
        "latitude longitude lat lng lon geolocation gps coordinates breddegrad lengdegrad breedtegraad lengtegraad location",
    ),
    entry(
        Kind::Username,
        "user.account.username",
        ["Brukernavn", "Gebruikersnaam", "User name"],
        true,
        "username login loginname userlogin usernm brukernavn gebruikersnaam screenname handle inlognaam userid",
    ),
    entry(
        Kind::Password,
        "user.authorization.password",
        ["Passord", "Wachtwoord", "Password"],
        true,
        "password passwordhash passwd pwd pwdhash passhash userpass hashedpassword passord passordhash wachtwoord encryptedpassword \
         passwordsalt passworddigest pincode",
    ),
    entry(
        Kind::Secret,
        "user.authorization",
        ["Innloggingsnøkkel", "Inlogsleutel", "Sign-in key"],
        false,
        "token accesstoken refreshtoken apikey secret totpsecret resettoken sessionkey sessiontoken remembertoken authtoken \
         activationkey privatekey mfasecret",
    ),
    entry(
        Kind::CustomerNumber,
        "user.unique_id",
        ["Kundenummer", "Klantnummer", "Customer number"],
        true,
        "customernumber customerno customernr custno custnr custnum clientnumber clientno membernumber memberno membershipnumber \
         accountnumber kundenummer kundenr medlemsnummer medlemsnr klantnummer klantnr lidnummer lidnr relatienummer debiteurnummer \
         debiteurnr customercode patientnumber studentnumber studentnummer employeenumber ansattnummer personeelsnummer loyaltynumber \
         loyaltycard",
    ),
    entry(
        Kind::OrderNumber,
        "user.behavior.purchase_history",
        ["Bestillingsnummer", "Bestelnummer", "Order number"],
        true,
        "ordernumber orderno ordernr ordrenummer ordrenr bestillingsnummer bestillingsnr bestelnummer bestelnr bookingnumber \
         bookingreference bookingref reservationnumber orderref orderreference",
    ),
    entry(
        Kind::Nationality,
        "user.demographic",
        ["Statsborgerskap", "Nationaliteit", "Nationality"],
        true,
        "nationality citizenship statsborgerskap nasjonalitet nationaliteit staatsburgerschap nationalitycode",
    ),
    entry(
        Kind::MaritalStatus,
        "user.demographic.marital_status",
        ["Sivilstand", "Burgerlijke staat", "Marital status"],
        true,
        "maritalstatus civilstatus sivilstand sivilstatus burgerlijkestaat married gift gehuwd",
    ),
    entry(
        Kind::Language,
        "user.demographic.language",
        ["Språk", "Taal", "Language"],
        false,
        "language languagecode lang locale preferredlanguage sprak taal voorkeurstaal timezone",
    ),
    entry(
        Kind::Job,
        "user.job_title",
        ["Stilling", "Functie", "Job title"],
        true,
        "jobtitle occupation profession stilling stillingstittel yrke beroep functietitel functie",
    ),
    entry(
        Kind::Employer,
        "user.workplace",
        ["Arbeidsgiver", "Werkgever", "Employer"],
        false,
        "employer employername workplace company companyname organization organisation arbeidsgiver arbeidssted firma bedrift \
         werkgever bedrijf bedrijfsnaam firmanavn",
    ),
    entry(
        Kind::Health,
        "user.health_and_medical",
        ["Helseopplysninger", "Gezondheidsgegevens", "Health data"],
        true,
        "diagnosis allergies allergy bloodtype medication disability medicalhistory diagnose allergi allergier blodtype medisin \
         allergie bloedgroep medicatie medicijnen handicap sykdom ziekte healthcondition vaccination icd10 sickleave sykemelding \
         dietaryrequirements pregnancy prescription",
    ),
    entry(
        Kind::Criminal,
        "user.criminal_history",
        ["Straffbare forhold", "Strafrechtelijke gegevens", "Criminal record"],
        true,
        "criminalrecord criminalhistory conviction convictions vandel politiattest strafblad vog straffehistorikk arrests",
    ),
    entry(
        Kind::Religion,
        "user.demographic.religious_belief",
        ["Livssyn", "Levensovertuiging", "Religion"],
        true,
        "religion faith denomination livssyn trossamfunn religie geloof kerkgenootschap",
    ),
    entry(
        Kind::Ethnicity,
        "user.demographic.race_ethnicity",
        ["Etnisk opprinnelse", "Etnische afkomst", "Ethnic origin"],
        true,
        "race ethnicity ethnicorigin etnisitet etniskopprinnelse etniciteit afkomst ras",
    ),
    entry(
        Kind::Politics,
        "user.demographic.political_opinion",
        ["Politisk syn", "Politieke opvatting", "Political opinion"],
        true,
        "politicalparty politicalopinion politicalviews partimedlemskap partilidmaatschap unionmembership tradeunion fagforening \
         vakbond sexualorientation seksuellorientering geaardheid",
    ),
    entry(
        Kind::Biometric,
        "user.biometric",
        ["Biometriske opplysninger", "Biometrische gegevens", "Biometric data"],
        true,
        "biometric facetemplate fingerprinttemplate irisscan voiceprint fingeravtrykk vingerafdruk ansiktsmal faceembedding",
    ),
    entry(
        Kind::Photo,
        "user.content.self_image",
        ["Bilde av deg", "Foto van u", "Photo of you"],
        true,
        "photo avatar profilepicture profileimage profilephoto portrait selfie headshot passfoto pasfoto profilbilde profielfoto \
         avatarurl photourl picture passbilde facephoto foto bilde",
    ),
    entry(
        Kind::Scan,
        "user.government_id",
        ["Skannet dokument", "Gescand document", "Scanned document"],
        true,
        "passportscan passportcopy idscan idcopy iddocument passkopi kopipass paspoortkopie idbewijs identiteitsbewijs \
         birthcertificate fodselsattest geboorteakte scan legitimasjon legitimatie",
    ),
    entry(
        Kind::Signature,
        "user.content.private",
        ["Underskrift", "Handtekening", "Signature"],
        false,
        "signature underskrift signatur handtekening",
    ),
    entry(
        Kind::Family,
        "user.family",
        ["Familie", "Familie", "Family"],
        true,
        "spouse spousename partnername mothername fathername mothersmaidenname parentname childname children nextofkin \
         emergencycontact emergencyname ektefelle parorende foresatt foreldre partnernaam ouder oudernaam contactnood noodcontact \
         kinderen barn guardian guardianname voogd verge companion reisgenoot reisefolge",
    ),
    entry(
        Kind::Vehicle,
        "user.unique_id",
        ["Registreringsnummer", "Kenteken", "Number plate"],
        true,
        "licenseplate licenceplate numberplate regnr registreringsnummer kenteken bilnummer vin platenumber",
    ),
    entry(
        Kind::Social,
        "user.social",
        ["Sosiale medier", "Sociale media", "Social media"],
        true,
        "facebook facebookid twitter linkedin linkedinurl instagram socialid skype googleid snapchat telegram personalwebsite",
    ),
    entry(
        Kind::Consent,
        "user.privacy_preferences",
        ["Samtykke", "Toestemming", "Consent"],
        false,
        "consent marketingconsent newsletter optin emailoptin subscribed acceptsmarketing gdprconsent samtykke nyhetsbrev toestemming \
         nieuwsbrief marketing marketingoptin smsoptin reservert markedsforing",
    ),
    entry(
        Kind::Note,
        "user.content.private",
        ["Merknad", "Opmerking", "Note"],
        false,
        "note notes comment comments remark remarks message body bio biography merknad merknader kommentar notat melding opmerking \
         opmerkingen notitie bericht toelichting aboutme feedback freetext internalnote memo",
    ),
];

impl Entry {
    /// Its names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.names.split(' ')
    }
}
