//! Rows get places from top to bottom; then lines know where they begin and end.

use std::collections::BTreeMap;

use super::{
    super::graph::{End, Way},
    BOX_TEXT, Band, From, INSET, LEFT, Line, Rect, Shape,
    columns::Columns,
    lane::Lanes,
    measure::{LABEL_LARGEST, LABEL_SIZE, fitted, width},
    row::{Row, What},
    wanted::{Route, Wanted},
};

/// How far two ports, and thus two lines, are apart.
const PORT: i32 = 22;
/// The first port of a box, from its top.
const FIRST_PORT: i32 = 17;
/// Room in a stage above and below its rows, between stages, and between rows that a line joins.
const HEAD: i32 = 34;
const FOOT: i32 = 22;
const BAND_GAP: i32 = 10;
const GAP: i32 = 34;

/// A picture on its way: rows get places, then lines.
pub(super) struct Plan<'p, 'd> {
    pub(super) columns: Columns,
    pub(super) rows: &'p [Row<'d>],
    pub(super) wanted: &'p [Wanted<'d>],
    pub(super) shapes: Vec<Shape<'d>>,
    /// Where lines through lanes leave: by number of the line.
    pub(super) ports: BTreeMap<usize, i32>,
}

impl<'d> Plan<'_, 'd> {
    /// Stacks the rows; the bands around them, and how high all of it is.
    pub(super) fn place(&mut self) -> (Vec<Band<'d>>, i32) {
        let name = |row: &Row<'d>| row.band.map(|stage| stage.id.as_str());
        let mut bands: Vec<Band<'d>> = Vec::new();
        let mut y = 0;
        for (at, row) in self.rows.iter().enumerate() {
            if at.checked_sub(1).and_then(|above| self.rows.get(above)).is_none_or(|above| name(above) != name(row)) {
                close(&mut bands, y);
                y += if bands.is_empty() { 1 } else { FOOT + BAND_GAP };
                let spine = self.columns.spine();
                bands.push(Band { rect: Rect { x: 0, y, width: 0, height: 0 }, stage: row.band, spine });
                y += HEAD;
            } else {
                y += if self.joined(at) { GAP } else { GAP / 2 };
            }
            y += self.settle(at, row, y);
        }
        close(&mut bands, y);
        (bands, y + FOOT + 1)
    }

    /// Whether a line runs down to this row.
    fn joined(&self, at: usize) -> bool {
        let end = self.rows.get(at).and_then(Row::end);
        self.wanted.iter().any(|line| line.route == Route::Down && Some(line.to) == end)
    }

    fn settle(&mut self, at: usize, row: &Row<'d>, y: i32) -> i32 {
        let arrives = row.end().is_some_and(|end| self.wanted.iter().any(|line| line.to == end && line.route != Route::Down));
        let mut port = y + FIRST_PORT + if arrives { PORT } else { 0 };
        for (n, _) in self.wanted.iter().enumerate().filter(|(_, line)| line.row == at && line.route != Route::Down) {
            self.ports.insert(n, port);
            port += PORT;
        }
        let columns = &self.columns;
        let height = if self.ports.values().any(|port| *port > y) { row.height.max(port - y - 6) } else { row.height };
        let x = if row.inside.is_some() { LEFT + INSET } else { LEFT };
        let whole = Rect { x, y, width: columns.boxes_end() - x, height };
        let rect = match row.what {
            What::Start | What::BranchEnd(_) => Rect { x: columns.spine() - height / 2, width: height, ..whole },
            What::Loop(_) => Rect { width: columns.loops_end() - x, ..whole },
            What::Signal(..) => Rect { width: columns.labels_end() - x, ..whole },
            _ => whole,
        };
        let room = if matches!(row.what, What::Loop(_)) { whole.width } else { rect.width };
        self.shapes.push(Shape { what: row.what, rect, head: rect, room: room - BOX_TEXT - 12 });
        if let What::BranchEnd(around) = row.what {
            let frame = self.shapes.iter_mut().find(|shape| matches!(shape.what, What::Loop(node) if node.id == around.id));
            if let Some(frame) = frame {
                frame.rect.height = y + height + INSET - frame.rect.y;
            }
            return height + INSET;
        }
        height
    }

    fn shape(&self, end: End<'_>) -> Option<&Shape<'d>> {
        self.shapes.iter().find(|shape| shape.what.end() == Some(end))
    }

    /// Where lines through lanes arrive.
    fn arrival(&self, end: End<'_>) -> (i32, i32) {
        let Some(shape) = self.shape(end) else { return (0, 0) };
        let y = if shape.rect.height < 2 * FIRST_PORT { shape.rect.y + shape.rect.height / 2 } else { shape.rect.y + FIRST_PORT };
        (shape.rect.right(), y)
    }

    /// From which height to which every lane reaches.
    pub(super) fn spans(&self) -> BTreeMap<(Option<&'d str>, End<'d>), (i32, i32)> {
        let mut spans = BTreeMap::new();
        for (n, line) in self.wanted.iter().enumerate() {
            let (Route::Lane(inside), Some(port)) = (line.route, self.ports.get(&n)) else { continue };
            let to = self.arrival(line.to).1;
            let (top, bottom) = spans.entry((inside, line.to)).or_insert((to, to));
            (*top, *bottom) = ((*top).min(*port), (*bottom).max(*port));
        }
        spans
    }

    pub(super) fn line(&self, n: usize, line: &Wanted<'d>, lanes: &Lanes<'d>) -> Line<'d> {
        let from = self.shapes.get(line.row);
        let words = line.way.as_ref().map(Way::label);
        let (points, label) = match (line.route, from) {
            (Route::Lane(inside), Some(from)) => {
                let (right, y) = (from.rect.right(), self.ports.get(&n).copied().unwrap_or_default());
                let (to_x, to_y) = self.arrival(line.to);
                let number = lanes.number(inside, line.to);
                let aside = if inside.is_some() { self.columns.loop_lane(number) } else { self.columns.lane(number) };
                let words = words.map(|words| self.beside(fitted(&words, LABEL_SIZE, LABEL_LARGEST), from, y));
                (vec![(right, y), (aside, y), (aside, to_y), (to_x, to_y)], words)
            }
            (_, from) => {
                let x = self.columns.spine();
                let top = from.map_or(0, |from| if matches!(line.from, From::Step(_)) { from.rect.bottom() } else { from.head.bottom() });
                let bottom = self.shape(line.to).map_or(0, |to| to.rect.y);
                let room = self.columns.labels_end() - x - 13;
                let label = words.map(|words| {
                    let words = fitted(&words, LABEL_SIZE, room);
                    let rect = Rect { x: x + 9, y: top + 4, width: width(&words, LABEL_SIZE), height: 15 };
                    (words, rect)
                });
                (vec![(x, top), (x, bottom)], label)
            }
        };
        Line { from: line.from, way: line.way.clone(), to: line.to, points, label }
    }

    /// Words above a line that leaves a box; a loop has them inside its frame.
    fn beside(&self, words: String, from: &Shape<'_>, y: i32) -> (String, Rect) {
        let wide = width(&words, LABEL_SIZE);
        let inside = matches!(from.what, What::Loop(_));
        let (x, top) = if inside { (from.rect.right() - wide - 8, y - 8) } else { (self.columns.labels(), y - 17) };
        (words, Rect { x, y: top, width: wide, height: 15 })
    }
}

/// Ends the last band below what stands in it.
fn close(bands: &mut [Band<'_>], y: i32) {
    if let Some(band) = bands.last_mut() {
        band.rect.height = y + FOOT - band.rect.y;
    }
}
