//! Several processes of one house: they hear of each other, stand aside for each other, and can each do a part of the work.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use habeas::{
    action::{
        actor::{Actor, Denied},
        door::{Action, Inside},
        fact::{Fact, Outcome},
        refusal::Refusal,
    },
    chance::Chance,
    store::{
        Store,
        case::{self, Case},
        hint,
    },
};
use tokio::sync::{Barrier, Notify};

use super::{
    database::Database,
    readme::shell,
    store::{case as a_case, in_one},
    test_house::TestHouse,
};

#[tokio::test]
async fn a_worker_hears_that_another_process_changed_something() {
    let database = Database::postgres().await;
    let (web, worker) = (Store::open(database.address()).await.unwrap(), Store::open(database.address()).await.unwrap());
    let (changed, woken) = (Notify::new(), Notify::new());
    // Said again and again until it is heard: the other process may not listen yet.
    let say = async {
        loop {
            changed.notify_one();
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = hint::pass_on(&web, &changed) => panic!("nobody passes anything on any more"),
        () = hint::listen(&worker, &woken) => panic!("nobody listens any more"),
        () = say => panic!("nobody says anything any more"),
        () = woken.notified() => {}
    }
    web.close().await.unwrap();
    worker.close().await.unwrap();
    database.remove().await;
}

/// Takes two cases one after the other, and lets somebody come in between at its first attempt.
#[derive(Debug, Clone)]
struct TakesTwo {
    cases: [&'static str; 2],
    met: Arc<Barrier>,
    attempts: Arc<AtomicU32>,
}

impl Action for TakesTwo {
    type Done = ();

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let [first, second] = self.cases;
        case::lock(inside.tx, first).await?;
        if self.attempts.fetch_add(1, Ordering::SeqCst) == 0 {
            self.met.wait().await;
        }
        case::lock(inside.tx, second).await?;
        Ok(Outcome::new((), Fact::of_house("took-two")))
    }
}

#[tokio::test]
async fn an_action_that_the_database_takes_back_is_done_again() {
    let database = Database::postgres().await;
    let house = TestHouse::open(&database).await;
    // What the log says of a case is sealed under its key.
    let keyed = |id: &str| Case { case_key: Some(house.keys.new_case_key(Chance, id).unwrap().1), ..a_case(id) };
    in_one(&house.store, async |tx| {
        case::insert(tx, &keyed("HB-1")).await?;
        case::insert(tx, &keyed("HB-2")).await
    })
    .await;
    let (met, attempts) = (Arc::new(Barrier::new(2)), [Arc::default(), Arc::default()]);
    let takes = |cases, attempts: &Arc<AtomicU32>| TakesTwo { cases, met: Arc::clone(&met), attempts: Arc::clone(attempts) };
    let (one, other) = tokio::join!(
        house.run(&Actor::Operator, takes(["HB-1", "HB-2"], &attempts[0])),
        house.run(&Actor::Operator, takes(["HB-2", "HB-1"], &attempts[1])),
    );
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    let tries: u32 = attempts.iter().map(|attempts| attempts.load(Ordering::SeqCst)).sum();
    assert_eq!(tries, 3, "they stood in each other's way, and one began again");
    house.settle().await;
    drop(house);
    database.remove().await;
}

/// One process only works, another one only asks; the first ends in order when it is told to.
const TWO_PROCESSES: &str = r#"
habeas demo --seed-only --dir house
export HABEAS_HOUSE="$PWD/house"
habeas serve --role worker 2> worker.log &
WORKER=$!
trap 'kill -9 $WORKER 2>/dev/null || true' EXIT
CASE=$(habeas case open access --email kari.nordmann@post.example --item K-100001)
for _ in $(seq 600); do
  STATE=$(habeas case show "$CASE" --json | sed -n 's/.*"phase": "\(.*\)".*/\1/p' | head -n 1)
  [[ "$STATE" != answered ]] || break
  sleep 0.1
done
kill -TERM $WORKER
wait $WORKER
trap - EXIT
echo "$STATE"
"#;

#[test]
fn a_process_that_only_works_does_what_another_one_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    let told = shell(TWO_PROCESSES, folder.path());
    let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{out}\n{err}");
    assert!(out.trim_end().ends_with("answered"), "{out}\n{err}");
}
