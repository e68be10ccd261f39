//! Events that are committed together. Each leaves its rows here, and a few statements with many rows write them all; whoever
//! reads in between sees them, because a read writes first. What a group is about is read and locked before it begins.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use sea_orm::{ConnectionTrait as _, DatabaseTransaction};

use super::{
    Doing as _, StoreError, Tx,
    case::{self, Case},
    command::{self, Command},
    event::{self, Event},
    key::KeyStore,
    task::{self, Task},
    timer::{self, Timer},
};

/// What an event is about: rows that a group reads and locks at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// Cases that will be moved.
    pub cases: Vec<String>,
    /// Tasks that are handed in, with their cases.
    pub tasks: Vec<String>,
    /// Commands that are reported on.
    pub commands: Vec<String>,
    /// Cases whose timers fire.
    pub timers: Vec<String>,
}

impl Extend<Self> for Shared {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, more: I) {
        for shared in more {
            self.cases.extend(shared.cases);
            self.tasks.extend(shared.tasks);
            self.commands.extend(shared.commands);
            self.timers.extend(shared.timers);
        }
    }
}

/// What a group knows and what it has not written yet.
#[derive(Debug, Default)]
pub(in crate::store) struct Group {
    /// Cases that are locked, as they stand.
    pub(in crate::store) cases: HashMap<String, Case>,
    /// Open tasks of locked cases.
    pub(in crate::store) tasks: HashMap<String, Task>,
    /// Fences of locked commands.
    pub(in crate::store) commands: HashMap<String, i64>,
    /// Timers of locked cases.
    pub(in crate::store) timers: HashSet<timer::Key>,
    pub(in crate::store) pending: Pending,
    event: Option<Open>,
    /// Something could not be written: nothing of the group may be committed.
    broken: bool,
}

/// The event that is being worked on.
#[derive(Debug)]
enum Open {
    /// It has written nothing; what was pending before it counts so much.
    Light([usize; 10]),
    /// It has written something and can be undone by a savepoint.
    Saved,
}

/// Rows to write, in the order of the fields.
#[derive(Debug, Default)]
pub(in crate::store) struct Pending {
    pub(in crate::store) finished: Vec<String>,
    pub(in crate::store) fired: Vec<timer::Key>,
    pub(in crate::store) cleared_steps: Vec<(String, String, String)>,
    pub(in crate::store) cleared_cases: Vec<String>,
    pub(in crate::store) keys: Vec<(String, Vec<u8>)>,
    pub(in crate::store) cases: Vec<Case>,
    pub(in crate::store) events: Vec<Event>,
    pub(in crate::store) tasks: Vec<Task>,
    pub(in crate::store) commands: Vec<Command>,
    pub(in crate::store) timers: Vec<Timer>,
}

impl Pending {
    const fn counts(&self) -> [usize; 10] {
        [
            self.finished.len(),
            self.fired.len(),
            self.cleared_steps.len(),
            self.cleared_cases.len(),
            self.keys.len(),
            self.cases.len(),
            self.events.len(),
            self.tasks.len(),
            self.commands.len(),
            self.timers.len(),
        ]
    }

    fn is_empty(&self) -> bool {
        self.counts() == [0; 10]
    }

    /// What came after a count.
    fn split_off(
        &mut self,
        [finished, fired, cleared_steps, cleared_cases, keys, cases, events, tasks, commands, timers]: [usize; 10],
    ) -> Self {
        Self {
            finished: self.finished.split_off(finished),
            fired: self.fired.split_off(fired),
            cleared_steps: self.cleared_steps.split_off(cleared_steps),
            cleared_cases: self.cleared_cases.split_off(cleared_cases),
            keys: self.keys.split_off(keys),
            cases: self.cases.split_off(cases),
            events: self.events.split_off(events),
            tasks: self.tasks.split_off(tasks),
            commands: self.commands.split_off(commands),
            timers: self.timers.split_off(timers),
        }
    }

    async fn write(&self, conn: &DatabaseTransaction, keys: &KeyStore) -> Result<(), StoreError> {
        keys.put(&self.keys).await?;
        command::finish_all(conn, &self.finished).await?;
        timer::clear_all(conn, &self.fired, &self.cleared_steps, &self.cleared_cases).await?;
        case::save_all(conn, &self.cases).await?;
        event::append_all(conn, &self.events).await?;
        task::put_all(conn, &self.tasks).await?;
        command::insert_all(conn, &self.commands).await?;
        timer::set_all(conn, &self.timers).await
    }
}

impl Tx {
    /// Makes this the transaction of a group and reads and locks what its events are about, in one order for all.
    pub async fn gather(mut self, shared: Shared) -> Result<Self, StoreError> {
        let Shared { mut cases, tasks, commands, timers } = shared;
        let conn = &self.transaction;
        cases.extend(task::cases_of(conn, &padded(&tasks)).await?);
        cases.extend_from_slice(&timers);
        let cases = case::lock_all(conn, &self.keys, &padded(&cases)).await?;
        let tasks = task::open_among(conn, &padded(&tasks)).await?;
        let group = Group {
            cases: cases.into_iter().map(|case| (case.id.clone(), case)).collect(),
            tasks: tasks.into_iter().map(|task| (task.id.clone(), task)).collect(),
            commands: command::lock_all(conn, &padded(&commands)).await?.into_iter().collect(),
            timers: timer::keys_of(conn, &padded(&timers)).await?.into_iter().collect(),
            ..Group::default()
        };
        self.group = Some(Mutex::new(group));
        Ok(self)
    }

    /// Leaves a row for later; `false` where it has to be written now: outside groups, or when the order of writes asks for it.
    pub(in crate::store) fn defer(&self, leave: impl FnOnce(&mut Group) -> bool) -> bool {
        self.in_group(leave).unwrap_or(false)
    }

    /// Looks at what the group knows.
    pub(in crate::store) fn in_group<T>(&self, look: impl FnOnce(&mut Group) -> T) -> Option<T> {
        let group = self.group.as_ref()?;
        Some(look(&mut group.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// An event of the group begins.
    pub fn begin_event(&self) {
        self.in_group(|group| group.event = Some(Open::Light(group.pending.counts())));
    }

    /// It was accepted.
    pub async fn keep_event(&self) -> Result<(), StoreError> {
        match self.in_group(|group| group.event.take()).flatten() {
            Some(Open::Saved) => self.say("RELEASE SAVEPOINT event").await,
            Some(Open::Light(_)) | None => Ok(()),
        }
    }

    /// It was refused: whatever it wrote or left is undone, and nothing of the other events.
    pub async fn drop_event(&self) -> Result<(), StoreError> {
        let open = self.in_group(|group| {
            let open = group.event.take();
            match &open {
                Some(Open::Light(counts)) => drop(group.pending.split_off(*counts)),
                Some(Open::Saved) => group.pending = Pending::default(),
                None => {}
            }
            // What is known may come from the refused event: from here on the rows are asked again.
            *group = Group { pending: std::mem::take(&mut group.pending), broken: group.broken, ..Group::default() };
            open
        });
        match open.flatten() {
            Some(Open::Saved) => self.say("ROLLBACK TO SAVEPOINT event; RELEASE SAVEPOINT event").await,
            Some(Open::Light(_)) | None => Ok(()),
        }
    }

    /// Writes what is pending. What an event has left is undone with it, so a savepoint stands before that.
    pub(in crate::store) async fn settle(&self, writes: bool) -> Result<(), StoreError> {
        let taken = self.in_group(|group| {
            let mut before = std::mem::take(&mut group.pending);
            match &group.event {
                Some(Open::Light(counts)) => {
                    let own = before.split_off(*counts);
                    let save = writes || !own.is_empty();
                    group.event = Some(if save { Open::Saved } else { Open::Light([0; 10]) });
                    (before, save, own)
                }
                Some(Open::Saved) | None => (before, false, Pending::default()),
            }
        });
        let Some((before, save, own)) = taken else { return Ok(()) };
        let written = async {
            before.write(&self.transaction, &self.keys).await?;
            if save {
                self.say("SAVEPOINT event").await?;
            }
            own.write(&self.transaction, &self.keys).await
        };
        let written = written.await;
        if written.is_err() {
            self.in_group(|group| group.broken = true);
        }
        written
    }

    /// Whether everything that was left could be written.
    pub(in crate::store) fn is_whole(&self) -> bool {
        self.in_group(|group| !group.broken).unwrap_or(true)
    }

    async fn say(&self, sql: &str) -> Result<(), StoreError> {
        self.transaction.execute_unprepared(sql).await.doing("marking an event in a group")?;
        Ok(())
    }
}

/// Each once and in order, the last one repeated up to a power of two: few statements are prepared for lists of every length.
fn padded<T: Ord + Clone>(items: &[T]) -> Vec<T> {
    let items: BTreeSet<&T> = items.iter().collect();
    let length = items.len().next_power_of_two();
    let last = items.last().copied().cloned();
    let mut padded: Vec<T> = items.into_iter().cloned().collect();
    if let Some(last) = last {
        padded.resize(length, last);
    }
    padded
}

/// Rows in pieces whose lengths are powers of two, for the same reason.
pub(in crate::store) fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = 1_usize << rows.len().checked_ilog2()?.min(7);
        let (piece, rest) = rows.split_at_checked(length)?;
        rows = rest;
        Some(piece)
    })
}
