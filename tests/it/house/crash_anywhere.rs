//! `kill -9` at any moment of erasures in four systems, in the real program: started again, everything is erased and told once.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use habeas::{
    action::{actor::Actor, open_case::OpenCase},
    cli::demo::sample,
};
use habeas_core::law::{ask::Asked, lang::Lang, personal::Personal, right::Right};
use jiff::SignedDuration;

use super::{
    crash::{End, LEASE_OVER},
    database::Database,
    people::CaseHandle,
    test_house::TestHouse,
};

/// People who are erased side by side.
const PEOPLE: std::ops::Range<u32> = 10..13;
/// Deaths in all, unless `HABEAS_TEST_DEATHS` says how many.
const DEATHS: u32 = 40;
/// How each death is far from the last in the program's life, in microseconds; nothing it does takes a multiple of it.
const STRIDE: u64 = 7_919;

#[tokio::test]
async fn killed_at_any_moment_the_program_comes_to_the_same_end() {
    let calm = ends(&approved().await, async |house| house.work().await).await;
    let erased: usize = calm.iter().filter_map(|end| end.facts.get("system-erased")).sum();
    assert!(erased > 2 * calm.len(), "{erased} erasures for {} people: not in several systems each", calm.len());
    // How long it lives when nobody kills it.
    let life = {
        let Prepared { house, .. } = approved().await;
        let (mut program, mut waited) = (start(house.folder()), Duration::ZERO);
        while program.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
            waited += Duration::from_millis(1);
        }
        house.work().await;
        waited
    };
    let mut deaths = 0;
    while deaths < wanted() {
        let prepared = approved().await;
        let ends = ends(&prepared, async |house| {
            loop {
                let mut program = start(house.folder());
                let moment = u64::from(deaths + 1) * STRIDE % u64::try_from(life.as_micros()).unwrap();
                std::thread::sleep(Duration::from_micros(moment));
                let ended = program.try_wait().unwrap();
                program.kill().unwrap();
                program.wait().unwrap();
                if ended.is_some() {
                    return house.work().await;
                }
                deaths += 1;
                house.house.door.clock().advance(LEASE_OVER).unwrap();
            }
        });
        assert_eq!(ends.await, calm, "after {deaths} deaths");
    }
}

#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
fn wanted() -> u32 {
    std::env::var("HABEAS_TEST_DEATHS").map_or(DEATHS, |deaths| deaths.parse().expect("HABEAS_TEST_DEATHS is a number"))
}

/// A house in which erasures are approved and nobody may object any more.
struct Prepared {
    house: TestHouse,
    cases: Vec<String>,
    _database: Database,
}

async fn approved() -> Prepared {
    let database = Database::sqlite();
    let house = TestHouse::open(&database).await;
    std::fs::write(house.folder().join("Rocket.toml"), "[default.habeas]\ndemo = true\n").unwrap();
    let mut cases = Vec::new();
    for (email, item) in PEOPLE.map(sample::proof_of) {
        let request = OpenCase {
            right: Right::Erasure,
            lang: Lang::Nb,
            email: Personal::new(email),
            item: Some(Personal::new(item)),
            kinds: None,
            asked: Asked::Nothing,
            proofs: Vec::new(),
            received_at: None,
            acting: None,
            via: "command-line",
        };
        cases.push(house.run(&Actor::Operator, request).await.unwrap());
    }
    house.work().await;
    let prepared = Prepared { house, cases, _database: database };
    prepared.play().await;
    prepared.house.house.door.clock().advance(SignedDuration::from_hours(73)).unwrap();
    prepared
}

impl Prepared {
    /// Does what staff have to do until nobody is waited for but the clock.
    async fn play(&self) {
        loop {
            let mut done = 0;
            for case in self.handles() {
                for step in case.waits_at().await {
                    if step == "prove-more" {
                        case.wants_a_look().await;
                        done += 1;
                        continue;
                    }
                    let (who, outcome) = match step.as_str() {
                        "assess" => ("kari", "go-on"),
                        "check-identity-strong" => ("ida", "accepted"),
                        "propose" => ("kari", "erase"),
                        "approve" => ("per", "approved"),
                        _ => continue,
                    };
                    self.house.staff(who).hands_in(&case, &step, outcome).await.unwrap();
                    done += 1;
                }
            }
            if done == 0 {
                return;
            }
            self.house.work().await;
        }
    }

    fn handles(&self) -> impl Iterator<Item = CaseHandle<'_>> {
        self.cases.iter().map(|reference| CaseHandle { house: &self.house, reference: reference.clone() })
    }
}

/// How it ends for everybody after some work.
async fn ends(prepared: &Prepared, work: impl AsyncFnOnce(&TestHouse)) -> Vec<End> {
    work(&prepared.house).await;
    let mut ends = Vec::new();
    for case in prepared.handles() {
        let mut end = End::of(&case).await;
        // The program also does its upkeep, and by then a case's own time may be up.
        end.facts.remove("case-shredded");
        ends.push(end);
    }
    ends
}

fn start(folder: &Path) -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_habeas"));
    program.args(["work", "--until-idle", "--house"]).arg(folder).env_remove("DATABASE_URL");
    program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}
