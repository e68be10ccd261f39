//! Where a flow begins in the model, which is not always where the picture's line does.

use super::super::layout::Rect;

/// What a flow begins at.
pub(super) struct Origin {
    pub(super) id: String,
    pub(super) at: Rect,
    /// Whether its flows leave at the bottom and turn aside, as those of a timer do.
    pub(super) hangs: bool,
}

impl Origin {
    /// The corners of a line of the picture, beginning here instead.
    pub(super) fn points(&self, line: &[(i32, i32)]) -> Vec<(i32, i32)> {
        let middle = self.at.x + self.at.width / 2;
        match line {
            [(x, y), to] if *x > self.at.right() || *x < self.at.x => vec![(middle, self.at.bottom()), (middle, y + 8), (*x, y + 8), *to],
            [(_, port), (aside, _), rest @ ..] if !rest.is_empty() => {
                let (mut points, level) = self.aside(*port);
                points.push((*aside, level));
                points.extend(rest);
                points
            }
            line => line.to_vec(),
        }
    }

    /// The beginning of a line that turns aside, and at which height it goes on: at its own, so that its words stand above it alone.
    pub(super) fn aside(&self, port: i32) -> (Vec<(i32, i32)>, i32) {
        let (middle, bottom) = (self.at.x + self.at.width / 2, self.at.bottom());
        if self.hangs {
            return (vec![(middle, bottom), (middle, bottom + 6)], bottom + 6);
        }
        let (right, level) = (self.at.right(), self.at.y + self.at.height / 2);
        if level == port || port <= bottom {
            return (vec![(right, port)], port);
        }
        (vec![(right, level), (right + 6, level), (right + 6, port)], port)
    }

    /// Where the words of a way stand that the picture has at `label`.
    pub(super) fn words(&self, line: &[(i32, i32)], label: Rect) -> Rect {
        match line {
            // Below where flows turn from a gateway or a timer.
            [(_, top), _] => Rect { y: top + 17, ..label },
            _ if self.hangs => Rect { y: self.at.bottom() + 6 - 16, ..label },
            _ => label,
        }
    }
}
