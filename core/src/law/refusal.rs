//! Grounds for refusing a request, whole or in part: a closed list, each with where it stands and what the person reads (Art. 12(4)).

use std::fmt;

use super::{lang::Text, right::Right};

/// One row a ground: name, code, citation, and the words in nb, nl, en.
macro_rules! grounds {
    ($($(#[$doc:meta])* $name:ident $code:literal $citation:literal [$nb:literal, $nl:literal, $en:literal])*) => {
        /// A ground for refusing. There is no other.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Refusal {
            $($(#[$doc])* $name,)*
        }

        impl Refusal {
            /// Every ground, in the order of the articles.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code used in workflows, rows and letters.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Where the ground stands.
            pub const fn citation(self) -> &'static str {
                match self { $(Self::$name => $citation,)* }
            }

            /// The ground in plain words, as it stands in the letter.
            pub fn text(self) -> Text {
                Text::of(match self { $(Self::$name => [$nb, $nl, $en],)* })
            }
        }
    };
}

grounds! {
    /// We cannot tell who the person is.
    NotIdentifiable "R11.2" "Art. 11(2)" [
        "Vi kan ikke se hvem du er i opplysningene våre. Gi oss gjerne mer som kan hjelpe oss å finne deg, så ser vi på saken igjen.",
        "Wij kunnen niet vaststellen wie u bent in onze gegevens. Geef ons iets waarmee wij u kunnen vinden, dan kijken wij opnieuw.",
        "We cannot tell who you are in our data. Give us something that helps us find you, and we will look again."
    ]
    /// Manifestly unfounded; we carry the proof.
    Unfounded "R12.5u" "Art. 12(5)(b)" [
        "Kravet er åpenbart grunnløst. Vi har forklart hvorfor i dette brevet.",
        "Uw verzoek is duidelijk ongegrond. In deze brief leggen wij uit waarom.",
        "The request is clearly unfounded. We explain why in this letter."
    ]
    /// Excessive, in particular repeated; we carry the proof.
    Excessive "R12.5e" "Art. 12(5)(b)" [
        "Du har bedt om det samme så ofte at vi ikke svarer på nytt nå. Vi har forklart hvorfor i dette brevet.",
        "U hebt dit zo vaak gevraagd dat wij nu niet opnieuw antwoorden. In deze brief leggen wij uit waarom.",
        "You have asked for this so often that we do not answer again now. We explain why in this letter."
    ]
    /// A copy would harm others.
    RightsOfOthers "R15.4" "Art. 15(4)" [
        "Noe av dette handler om andre. Det har vi tatt ut for å verne dem.",
        "Een deel hiervan gaat over anderen. Dat hebben wij weggelaten om hen te beschermen.",
        "Some of this is about other people. We have left that out to protect them."
    ]
    /// Freedom of expression and information.
    Expression "R17.3.a" "Art. 17(3)(a)" [
        "Vi trenger opplysningene for ytringsfriheten og retten til informasjon.",
        "De gegevens zijn nodig voor de vrijheid van meningsuiting en informatie.",
        "The data is needed for freedom of expression and information."
    ]
    /// A legal obligation or public task.
    LegalObligation "R17.3.b" "Art. 17(3)(b)" [
        "Loven pålegger oss å ta vare på opplysningene. Du ser hvilken lov, og til hvilken dag.",
        "De wet verplicht ons de gegevens te bewaren. U ziet welke wet, en tot welke dag.",
        "The law requires us to keep the data. You can see which law, and until which day."
    ]
    /// Public health.
    PublicHealth "R17.3.c" "Art. 17(3)(c)" [
        "Opplysningene trengs av hensyn til folkehelsen.",
        "De gegevens zijn nodig voor de volksgezondheid.",
        "The data is needed for public health."
    ]
    /// Archiving, research or statistics.
    Archiving "R17.3.d" "Art. 17(3)(d)" [
        "Opplysningene trengs til arkiv, forskning eller statistikk. Sletting ville ødelegge det arbeidet.",
        "De gegevens zijn nodig voor archief, onderzoek of statistiek. Wissen zou dat werk onmogelijk maken.",
        "The data is needed for archives, research or statistics. Erasing it would defeat that work."
    ]
    /// Legal claims.
    LegalClaims "R17.3.e" "Art. 17(3)(e)" [
        "Vi trenger opplysningene for å kunne reise eller møte et rettskrav.",
        "Wij hebben de gegevens nodig om een rechtsvordering in te stellen of ons te verweren.",
        "We need the data to bring or defend a legal claim."
    ]
    /// None of the grounds for erasure applies.
    NoGroundToErase "R17.none" "Art. 17(1)" [
        "Vi trenger fortsatt opplysningene til det de ble samlet inn for, og loven gir ikke rett til sletting nå.",
        "Wij hebben de gegevens nog nodig voor het oorspronkelijke doel. De wet geeft nu geen recht op wissen.",
        "We still need the data for what it was collected for, and the law gives no right to erasure now."
    ]
    /// None of the grounds for restriction applies.
    NoGroundToRestrict "R18.none" "Art. 18(1)" [
        "Ingen av lovens fire grunner til en pause i bruken passer her.",
        "Geen van de vier redenen in de wet voor een pauze in het gebruik is hier van toepassing.",
        "None of the four reasons in the law for a pause in the use applies here."
    ]
    /// Not provided by the person, or not under consent or contract.
    NotPortable "R20.scope" "Art. 20(1)" [
        "Du kan bare ta med deg det du selv har gitt oss, og som vi bruker etter samtykke eller avtale. Dette er ikke slike opplysninger.",
        "U kunt alleen meenemen wat u ons zelf hebt gegeven en wat wij gebruiken met uw toestemming of voor een overeenkomst. \
         Deze gegevens horen daar niet bij.",
        "You can only take with you what you gave us and what we use under consent or contract. This data is not of that kind."
    ]
    /// Portability does not reach public tasks.
    PublicTask "R20.3" "Art. 20(3)" [
        "Opplysningene brukes til en offentlig oppgave. Da gjelder ikke retten til å ta dem med seg.",
        "De gegevens worden gebruikt voor een publieke taak. Dan geldt het recht om ze mee te nemen niet.",
        "The data is used for a public task. The right to take it with you does not apply then."
    ]
    /// A transfer would harm others.
    PortingHarmsOthers "R20.4" "Art. 20(4)" [
        "Noe av dette handler om andre. Det kan vi ikke gi videre.",
        "Een deel hiervan gaat over anderen. Dat kunnen wij niet doorgeven.",
        "Some of this is about other people. We cannot pass that on."
    ]
    /// Compelling grounds, demonstrated.
    CompellingGrounds "R21.1c" "Art. 21(1)" [
        "Vi har tungtveiende grunner til å fortsette. Vi har veid dem mot dine, og forklarer det i dette brevet.",
        "Wij hebben dwingende redenen om door te gaan. Wij hebben die afgewogen tegen de uwe en leggen dat uit in deze brief.",
        "We have compelling reasons to go on. We have weighed them against yours and explain this in the letter."
    ]
    /// Needed for legal claims despite the objection.
    ObjectionLegalClaims "R21.1l" "Art. 21(1)" [
        "Vi må fortsatt bruke opplysningene i en sak om et rettskrav.",
        "Wij moeten de gegevens blijven gebruiken in een zaak over een rechtsvordering.",
        "We must go on using the data in a case about a legal claim."
    ]
    /// Foreign policy, defence or security.
    NoSecurity "R23.NO16.a" "personopplysningsloven § 16 første ledd bokstav a" [
        "Opplysningene har betydning for rikets sikkerhet, forsvar eller forholdet til andre land.",
        "De gegevens raken de veiligheid, de defensie of de buitenlandse betrekkingen van Noorwegen.",
        "The data matters to Norway's security, defence or foreign relations."
    ]
    /// Criminal investigation.
    NoCrime "R23.NO16.b" "personopplysningsloven § 16 første ledd bokstav b" [
        "Opplysningene må holdes hemmelige for at straffbare handlinger skal kunne hindres eller etterforskes.",
        "De gegevens moeten geheim blijven om strafbare feiten te kunnen voorkomen of onderzoeken.",
        "The data must stay secret so that crimes can be prevented or investigated."
    ]
    /// The person's own health or close relations.
    NoHealth "R23.NO16.c" "personopplysningsloven § 16 første ledd bokstav c" [
        "Av hensyn til helsen din eller forholdet til dine nærmeste bør du ikke få vite dette.",
        "Om uw gezondheid of de band met uw naasten te beschermen delen wij dit niet.",
        "To protect your health or your relations with those close to you, we do not share this."
    ]
    /// A statutory duty of secrecy.
    NoSecrecy "R23.NO16.d" "personopplysningsloven § 16 første ledd bokstav d" [
        "Vi har taushetsplikt etter loven om disse opplysningene.",
        "Wij hebben een wettelijke geheimhoudingsplicht voor deze gegevens.",
        "The law obliges us to keep this data secret."
    ]
    /// Internal preparation of a decision.
    NoInternal "R23.NO16.e" "personopplysningsloven § 16 første ledd bokstav e" [
        "Opplysningene står bare i interne notater fra arbeidet med en sak, og er ikke gitt til andre.",
        "De gegevens staan alleen in interne stukken ter voorbereiding van een zaak en zijn niet aan anderen gegeven.",
        "The data stands only in internal papers that prepare a case, and was given to nobody else."
    ]
    /// Obvious and fundamental interests.
    NoInterests "R23.NO16.f" "personopplysningsloven § 16 første ledd bokstav f" [
        "Å gi deg opplysningene ville skade åpenbare og grunnleggende interesser.",
        "Als wij u de gegevens geven, schaadt dat duidelijke en fundamentele belangen.",
        "Giving you the data would harm obvious and fundamental interests."
    ]
    /// The Dutch implementation act's exceptions.
    NlException "R23.NL41" "UAVG art. 41" [
        "Nederlandsk lov gir oss rett til å gjøre unntak her. Vi forklarer hvorfor i dette brevet.",
        "De Nederlandse wet staat hier een uitzondering toe. In deze brief leggen wij uit waarom.",
        "Dutch law allows an exception here. We explain why in this letter."
    ]
    /// Somebody else is the controller.
    NotController "RX.not_controller" "Art. 4(7)" [
        "Det er ikke vi som bestemmer over disse opplysningene. Vi sier deg hvem du kan spørre.",
        "Niet wij beslissen over deze gegevens. Wij zeggen u bij wie u terechtkunt.",
        "We are not the ones who decide about this data. We tell you whom to ask."
    ]
    /// Nothing was found: an answer, not a refusal.
    NoData "RX.no_data" "Art. 15(1)" [
        "Vi har lett og har ingen opplysninger om deg her.",
        "Wij hebben gezocht en hebben hier geen gegevens over u.",
        "We have looked and hold nothing about you here."
    ]
    /// The person has died: the regulation is for the living.
    NotGdpr "RX.not_gdpr" "Recital 27" [
        "Loven gjelder opplysninger om levende mennesker. Den gir ingen rett til opplysninger om en som er død.",
        "De wet gaat over gegevens van levende mensen. Zij geeft geen recht op gegevens van iemand die overleden is.",
        "The law is about data of living people. It gives no right to data about somebody who has died."
    ]
    /// Whoever asks for another person has not shown that she may.
    NoAuthority "RX.no_authority" "Art. 12(2), 12(6)" [
        "Vi har ikke fått vist at du kan be om dette for en annen. Den det gjelder, kan selv be om det.",
        "Wij hebben niet gezien dat u dit voor een ander mag vragen. De persoon zelf kan het wel vragen.",
        "We have not been shown that you may ask for this for somebody else. The person herself can ask."
    ]
}

impl Refusal {
    /// Whether it can be said against a right: its own article's, those against any request, and the national ones.
    pub fn fits(self, right: Right) -> bool {
        let own = format!("R{}.", right.article().trim_start_matches("Art. "));
        [own.as_str(), "R11.", "R12.", "R23."].iter().any(|article| self.code().starts_with(article))
            || matches!(self, Self::NotController | Self::NotGdpr | Self::NoAuthority)
    }

    /// Whether it only points at another law, which the person must be told: a duty to keep, a duty of secrecy, or one of several
    /// exceptions.
    pub const fn needs_statute(self) -> bool {
        matches!(self, Self::LegalObligation | Self::NoSecrecy | Self::NlException)
    }
}

/// A code that is not in the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a ground for refusing; the list is closed")]
pub struct UnknownGround(String);

impl std::str::FromStr for Refusal {
    type Err = UnknownGround;

    fn from_str(code: &str) -> Result<Self, UnknownGround> {
        Self::ALL.iter().copied().find(|ground| ground.code() == code).ok_or_else(|| UnknownGround(code.to_owned()))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Refusal;
    use crate::law::lang::Lang;

    #[test]
    fn the_list_is_closed_and_reads_back() {
        let codes: BTreeSet<_> = Refusal::ALL.iter().map(|ground| ground.code()).collect();
        assert_eq!(codes.len(), 27);
        for ground in Refusal::ALL {
            assert_eq!(ground.code().parse(), Ok(*ground));
        }
        assert!("R17".parse::<Refusal>().is_err());
    }

    #[test]
    fn every_ground_speaks_plainly_in_every_language() {
        for ground in Refusal::ALL {
            let text = ground.text();
            for lang in Lang::ALL {
                let words = text.get(lang);
                assert!(words.ends_with('.'), "{ground} {lang:?}: {words}");
                for sentence in words.split_inclusive(['.', '?']) {
                    assert!(sentence.split_whitespace().count() <= 26, "{ground} {lang:?}: {sentence}");
                }
                assert!(!words.contains("Art."), "{ground} {lang:?}: the citation stands beside the words");
            }
        }
    }
}
