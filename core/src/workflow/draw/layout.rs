//! Where everything stands: stages are bands from top to bottom, steps one below the other, ways run down or through lanes at the
//! right. A lane belongs to the place it leads to, so ways to one place join; ways to two places never share a line.

mod columns;
mod lane;
mod measure;
mod plan;
mod row;
mod wanted;

use std::collections::BTreeMap;

use self::{columns::Columns, lane::Lanes, plan::Plan, row::rows, wanted::wanted};
pub(super) use self::{
    measure::{NAME_SIZE, SMALL_SIZE, fitted},
    row::What,
};
use super::{
    super::compiled::{Compiled, Stage},
    graph::{End, Way},
};

/// Where the words of a box begin.
pub(super) const BOX_TEXT: i32 = 16;
/// Where boxes begin, and those in a loop after that.
const LEFT: i32 = 20;
const INSET: i32 = 14;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Rect {
    pub(super) const fn right(&self) -> i32 {
        self.x + self.width
    }

    pub(super) const fn bottom(&self) -> i32 {
        self.y + self.height
    }
}

/// A stage, or the any-time events.
#[derive(Debug)]
pub(super) struct Band<'d> {
    pub(super) rect: Rect,
    /// None for the any-time events.
    pub(super) stage: Option<&'d Stage>,
    /// Where a line may run down beside its title.
    pub(super) spine: i32,
}

/// A step, the end of a branch, a close, an event.
#[derive(Debug)]
pub(super) struct Shape<'d> {
    pub(super) what: What<'d>,
    pub(super) rect: Rect,
    /// Of a loop, the part that its own words stand in; of any other, all of it.
    pub(super) head: Rect,
    /// How wide its words may be.
    pub(super) room: i32,
}

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From<'d> {
    /// The beginning of the case.
    Start,
    /// The head of a loop: the line leads to its body.
    Loop(&'d str),
    /// A step.
    Step(&'d str),
    /// An any-time event, by its place in the definition.
    Signal(usize),
}

/// A line with its words.
#[derive(Debug)]
pub(super) struct Line<'d> {
    pub(super) from: From<'d>,
    pub(super) way: Option<Way<'d>>,
    pub(super) to: End<'d>,
    /// Corners, from its beginning to its arrow.
    pub(super) points: Vec<(i32, i32)>,
    /// The words, and the box they fill.
    pub(super) label: Option<(String, Rect)>,
}

/// A whole picture.
#[derive(Debug)]
pub(super) struct Layout<'d> {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) bands: Vec<Band<'d>>,
    pub(super) shapes: Vec<Shape<'d>>,
    pub(super) lines: Vec<Line<'d>>,
}

impl Layout<'_> {
    /// Where lines run down.
    pub(super) fn spine(&self) -> i32 {
        self.bands.first().map_or(0, |band| band.spine)
    }

    /// The place of what a line arrives at.
    pub(super) fn rect_of(&self, end: End<'_>) -> Option<Rect> {
        self.shapes.iter().find(|shape| shape.what.end() == Some(end)).map(|shape| shape.rect)
    }
}

/// The picture of a definition; `room`: how much is left free behind boxes and before the frames of loops, for what a model has there.
pub(super) fn layout(def: &Compiled, room: i32) -> Layout<'_> {
    let rows = rows(def);
    let wanted = wanted(def, &rows);
    let columns = Columns::of(&rows, &wanted, room);
    let mut plan = Plan { columns, rows: &rows, wanted: &wanted, shapes: Vec::new(), ports: BTreeMap::new() };
    let (bands, height) = plan.place();
    let lanes = Lanes::assign(&plan.spans());
    let width = plan.columns.lane(lanes.outer) + 4;
    let drawn = wanted.iter().enumerate().map(|(n, line)| plan.line(n, line, &lanes)).collect();
    let bands = bands.into_iter().map(|band| Band { rect: Rect { width: width - 1, ..band.rect }, ..band }).collect();
    Layout { width, height, bands, shapes: plan.shapes, lines: drawn }
}
