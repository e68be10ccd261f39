//! The columns, from left to right, as wide as what stands in them.

use std::collections::BTreeMap;

use super::{
    super::graph::End,
    LEFT,
    measure::{LABEL_LARGEST, LABEL_SIZE, width},
    row::Row,
    wanted::{Route, Wanted},
};

/// How far two lanes are apart.
const LANE: i32 = 13;

/// The columns of the picture: boxes, words on lines, lanes of loops, lanes of the whole.
#[derive(Debug)]
pub(super) struct Columns {
    box_width: i32,
    label_width: i32,
    loop_lanes: i32,
    /// What a model wants between boxes and words, and between the lanes of a loop and its frame.
    room: i32,
}

impl Columns {
    pub(super) fn of(rows: &[Row<'_>], wanted: &[Wanted<'_>], room: i32) -> Self {
        let labels = wanted.iter().filter(|line| line.route != Route::Down).filter_map(|line| line.way.as_ref());
        let longest = labels.map(|way| width(&way.label(), LABEL_SIZE)).max().unwrap_or_default();
        let mut inner: BTreeMap<&str, Vec<End<'_>>> = BTreeMap::new();
        for line in wanted {
            if let Route::Lane(Some(id)) = line.route {
                inner.entry(id).or_default().push(line.to);
            }
        }
        let distinct = inner.into_values().map(|mut ends| {
            ends.sort();
            ends.dedup();
            i32::try_from(ends.len()).unwrap_or(i32::MAX)
        });
        let boxes = rows.iter().filter(|row| row.band.is_some());
        Self {
            box_width: boxes.map(|row| row.width).max().unwrap_or_default().clamp(190, 268),
            label_width: longest.clamp(40, LABEL_LARGEST) + 16,
            loop_lanes: distinct.max().unwrap_or_default(),
            room,
        }
    }

    pub(super) const fn boxes_end(&self) -> i32 {
        LEFT + self.box_width
    }

    pub(super) const fn spine(&self) -> i32 {
        self.boxes_end() - 48
    }

    /// Where the words on lines begin.
    pub(super) const fn labels(&self) -> i32 {
        self.boxes_end() + self.room + 8
    }

    pub(super) const fn labels_end(&self) -> i32 {
        self.boxes_end() + self.room + self.label_width
    }

    pub(super) fn loops_end(&self) -> i32 {
        self.labels_end() + self.room + if self.loop_lanes == 0 { 0 } else { LANE * self.loop_lanes + 4 }
    }

    pub(super) const fn loop_lane(&self, n: i32) -> i32 {
        self.labels_end() + LANE * n + 4
    }

    pub(super) fn lane(&self, n: i32) -> i32 {
        self.loops_end() + 14 + LANE * n
    }
}
