//! The Merkle tree of RFC 6962 (hashing as in RFC 9162): roots, inclusion and consistency proofs. Knows nothing of what its leaves say.
//!
//! A proof is a list of subtree roots. Which subtrees is computed here ([`inclusion_ranges`], [`consistency_ranges`]); their roots may be
//! computed from leaves that stream by, so that neither the tree nor the leaves of a large log need to be in memory.

use std::ops::Range;

use super::hash::{Hash, Hasher};

/// The hash of a leaf: `SHA-256(0x00 ‖ leaf)`.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    tagged(0x00, &[leaf])
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    tagged(0x01, &[left.as_bytes(), right.as_bytes()])
}

fn tagged(tag: u8, parts: &[&[u8]]) -> Hash {
    let mut hasher = Hasher::new();
    hasher.update(&[tag]);
    for part in parts {
        hasher.update(part);
    }
    hasher.finish()
}

/// The right edge of a growing tree: all that is needed to append and to tell the root, at most 64 hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// Roots of the complete subtrees, the largest first: one per bit set in `size`.
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The frontier saved as [`Self::size`] and [`Self::peaks`]; `None` if the two do not fit together.
    pub fn restore(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (peaks.len() == size.count_ones() as usize).then_some(Self { size, peaks })
    }

    /// Appends a leaf by its [`leaf_hash`].
    pub fn push(&mut self, leaf: Hash) {
        let complete = self.size.trailing_ones() as usize;
        let right = self.peaks.split_off(self.peaks.len().saturating_sub(complete));
        self.peaks.push(right.iter().rev().fold(leaf, |node, left| node_hash(left, &node)));
        self.size += 1;
    }

    /// How many leaves the tree has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Roots of the complete subtrees, the largest first.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// The root; that of the empty tree is the hash of nothing.
    pub fn root(&self) -> Hash {
        let joined = self.peaks.iter().rev().copied().reduce(|right, left| node_hash(&left, &right));
        joined.unwrap_or_else(|| Hash::of(&[]))
    }
}

impl Extend<Hash> for Frontier {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        for leaf in leaves {
            self.push(leaf);
        }
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut frontier = Self::default();
        frontier.extend(leaves);
        frontier
    }
}

/// Where RFC 6962 cuts `from..to` in two: after the largest power of two smaller than its length, which must be 2 or more.
const fn middle(from: u64, to: u64) -> u64 {
    from + (1 << (to - from - 1).ilog2())
}

/// The subtrees whose roots prove that leaf `index` is in the tree of `size` leaves, in proof order; `None` if it is not.
pub fn inclusion_ranges(index: u64, size: u64) -> Option<Vec<Range<u64>>> {
    if index >= size {
        return None;
    }
    let (mut from, mut to, mut ranges) = (0, size, Vec::new());
    while to - from > 1 {
        let middle = middle(from, to);
        if index < middle {
            ranges.push(middle..to);
            to = middle;
        } else {
            ranges.push(from..middle);
            from = middle;
        }
    }
    ranges.reverse();
    Some(ranges)
}

/// The subtrees whose roots prove that the tree of `old` leaves is the beginning of the tree of `new`; `None` if `old` is larger.
pub fn consistency_ranges(old: u64, new: u64) -> Option<Vec<Range<u64>>> {
    if old > new {
        return None;
    }
    let (mut from, mut to, mut ranges) = (0, new, Vec::new());
    if old == 0 {
        return Some(ranges);
    }
    while old != to {
        let middle = middle(from, to);
        if old <= middle {
            ranges.push(middle..to);
            to = middle;
        } else {
            ranges.push(from..middle);
            from = middle;
        }
    }
    // The old tree itself is known to whoever checks; any other remainder is not.
    if from != 0 {
        ranges.push(from..to);
    }
    ranges.reverse();
    Some(ranges)
}

/// An inclusion proof from all leaf hashes; `None` if there is no leaf `index`.
pub fn prove_inclusion(leaves: &[Hash], index: u64) -> Option<Vec<Hash>> {
    inclusion_ranges(index, leaves.len() as u64)?.into_iter().map(|range| root_of(leaves, range)).collect()
}

/// A consistency proof from all leaf hashes of the new tree; `None` if the old one is larger.
pub fn prove_consistency(leaves: &[Hash], old: u64) -> Option<Vec<Hash>> {
    consistency_ranges(old, leaves.len() as u64)?.into_iter().map(|range| root_of(leaves, range)).collect()
}

fn root_of(leaves: &[Hash], range: Range<u64>) -> Option<Hash> {
    let range = usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?;
    Some(leaves.get(range)?.iter().copied().collect::<Frontier>().root())
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadProof {
    /// The leaf would lie beyond the end, or the old tree be larger than the new one.
    #[error("position {position} lies beyond the {size} entries of the log")]
    Beyond {
        /// Index of the leaf, or size of the old tree.
        position: u64,
        /// Size of the tree.
        size: u64,
    },
    /// Too few or too many hashes for this position and size.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    Root,
}

/// Checks that `leaf` (a [`leaf_hash`]) is number `index` of the tree of `size` leaves with this root (RFC 9162 § 2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> Result<(), BadProof> {
    if index >= size {
        return Err(BadProof::Beyond { position: index, size });
    }
    let mut climb = Climb { at: index, last: size - 1 };
    let mut node = *leaf;
    for sibling in path {
        node = match climb.step()? {
            Side::Left => node_hash(sibling, &node),
            Side::Right => node_hash(&node, sibling),
        };
    }
    climb.arrived()?;
    if node == *root { Ok(()) } else { Err(BadProof::Root) }
}

/// Checks that the old tree is the beginning of the new one (RFC 9162 § 2.1.4.2).
pub fn verify_consistency(old: (u64, &Hash), new: (u64, &Hash), path: &[Hash]) -> Result<(), BadProof> {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size > new_size {
        return Err(BadProof::Beyond { position: old_size, size: new_size });
    }
    if old_size == 0 || old_size == new_size {
        let same = if old_size == 0 { *old_root == Frontier::default().root() } else { old_root == new_root };
        return if !path.is_empty() {
            Err(BadProof::Length)
        } else if same {
            Ok(())
        } else {
            Err(BadProof::Root)
        };
    }
    let (first, path) = match path {
        path if old_size.is_power_of_two() => (old_root, path),
        [first, path @ ..] => (first, path),
        [] => return Err(BadProof::Length),
    };
    let mut climb = Climb { at: old_size - 1, last: new_size - 1 };
    climb.skip(climb.at.trailing_ones());
    let (mut older, mut newer) = (*first, *first);
    for sibling in path {
        match climb.step()? {
            Side::Left => {
                older = node_hash(sibling, &older);
                newer = node_hash(sibling, &newer);
            }
            Side::Right => newer = node_hash(&newer, sibling),
        }
    }
    climb.arrived()?;
    if older == *old_root && newer == *new_root { Ok(()) } else { Err(BadProof::Root) }
}

/// A walk from a leaf to the root: our place on the current level, and the last place there is.
struct Climb {
    at: u64,
    last: u64,
}

/// On which side of us the sibling stands.
enum Side {
    Left,
    Right,
}

impl Climb {
    /// Climbs to the next level that has a sibling for us.
    fn step(&mut self) -> Result<Side, BadProof> {
        if self.last == 0 {
            return Err(BadProof::Length);
        }
        let side = if self.at & 1 == 1 || self.at == self.last {
            if self.at & 1 == 0 {
                self.skip(self.at.trailing_zeros());
            }
            Side::Left
        } else {
            Side::Right
        };
        self.skip(1);
        Ok(side)
    }

    fn skip(&mut self, levels: u32) {
        self.at = self.at.checked_shr(levels).unwrap_or(0);
        self.last = self.last.checked_shr(levels).unwrap_or(0);
    }

    fn arrived(&self) -> Result<(), BadProof> {
        if self.last == 0 { Ok(()) } else { Err(BadProof::Length) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The eight leaves of the Certificate Transparency reference tests.
    fn reference() -> Vec<Hash> {
        let leaves: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        leaves.into_iter().map(leaf_hash).collect()
    }

    fn leaves(size: u64) -> Vec<Hash> {
        (0..size).map(|index| leaf_hash(&index.to_be_bytes())).collect()
    }

    /// The definition of RFC 6962 § 2.1, word for word.
    fn defined_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Hash::of(b""),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node_hash(&defined_root(left), &defined_root(right))
            }
        }
    }

    #[test]
    fn roots_of_the_reference_tree() {
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (size, root) in roots.into_iter().enumerate() {
            assert_eq!(reference().into_iter().take(size).collect::<Frontier>().root().to_string(), root, "size {size}");
        }
    }

    #[test]
    fn the_proofs_rfc_9162_gives_as_examples() {
        // § 2.1.5: seven leaves d0..d6 under nodes a..l.
        let paths = [(0, vec![1..2, 2..4, 4..7]), (3, vec![2..3, 0..2, 4..7]), (4, vec![5..6, 6..7, 0..4]), (6, vec![4..6, 0..4])];
        for (index, ranges) in paths {
            assert_eq!(inclusion_ranges(index, 7), Some(ranges), "leaf {index}");
        }
        assert_eq!(consistency_ranges(3, 7), Some(vec![2..3, 3..4, 0..2, 4..7]));
        assert!(consistency_ranges(4, 7).unwrap().into_iter().eq(std::iter::once(4..7)));
        assert_eq!(consistency_ranges(6, 7), Some(vec![4..6, 6..7, 0..4]));
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proven_in_its_own_place_only() {
        for size in 0..=70 {
            let leaves = leaves(size);
            let root = leaves.iter().copied().collect::<Frontier>().root();
            assert_eq!(root, defined_root(&leaves));
            for (index, leaf) in (0..).zip(&leaves) {
                let path = prove_inclusion(&leaves, index).unwrap();
                assert_eq!(verify_inclusion(leaf, index, size, &path, &root), Ok(()));
                for elsewhere in (0..size + 2).filter(|other| *other != index) {
                    assert!(verify_inclusion(leaf, elsewhere, size, &path, &root).is_err(), "{index} of {size} as {elsewhere}");
                }
            }
            assert_eq!(prove_inclusion(&leaves, size), None);
        }
    }

    #[test]
    fn every_small_tree_is_proven_to_begin_every_larger_one() {
        let all = leaves(70);
        let roots: Vec<_> = (0..=70).map(|size| defined_root(&all[..size])).collect();
        for new in 0..=70 {
            for old in 0..=new {
                let path = prove_consistency(&all[..new], old as u64).unwrap();
                assert_eq!(verify_consistency((old as u64, &roots[old]), (new as u64, &roots[new]), &path), Ok(()), "{old} in {new}");
                if old > 0 && old < new {
                    assert!(verify_consistency((old as u64, &roots[old - 1]), (new as u64, &roots[new]), &path).is_err());
                    assert!(verify_consistency((old as u64, &roots[old]), (new as u64, &roots[new - 1]), &path).is_err());
                }
            }
            assert_eq!(prove_consistency(&all[..new], new as u64 + 1), None);
        }
    }

    #[test]
    fn a_frontier_survives_being_saved() {
        let mut frontier: Frontier = leaves(200).into_iter().collect();
        let mut restored = Frontier::restore(frontier.size(), frontier.peaks().to_vec()).unwrap();
        frontier.push(leaf_hash(b"next"));
        restored.push(leaf_hash(b"next"));
        assert_eq!(frontier.root(), restored.root());
        assert_eq!(Frontier::restore(3, vec![leaf_hash(b"one")]), None);
    }

    fn flipped(hash: Hash, at: usize, bit: u8) -> Hash {
        let mut bytes = *hash.as_bytes();
        bytes[at % 32] ^= 1 << bit;
        Hash::from_bytes(bytes)
    }

    proptest! {
        #[test]
        fn one_flipped_bit_anywhere_breaks_inclusion(size in 1..=300u64, pick: prop::sample::Index, at in 0..9999usize, bit in 0..8u8) {
            let leaves = leaves(size);
            let index = pick.index(leaves.len()) as u64;
            let (leaf, root) = (leaves[pick.index(leaves.len())], defined_root(&leaves));
            let path = prove_inclusion(&leaves, index).unwrap();
            prop_assert_eq!(verify_inclusion(&leaf, index, size, &path, &root), Ok(()));
            prop_assert_eq!(verify_inclusion(&flipped(leaf, at, bit), index, size, &path, &root), Err(BadProof::Root));
            prop_assert_eq!(verify_inclusion(&leaf, index, size, &path, &flipped(root, at, bit)), Err(BadProof::Root));
            prop_assert_eq!(verify_inclusion(&leaf, index, size, &[path.as_slice(), &[leaf]].concat(), &root), Err(BadProof::Length));
            if !path.is_empty() {
                let mut forged = path.clone();
                let place = at % path.len();
                forged[place] = flipped(path[place], at, bit);
                prop_assert_eq!(verify_inclusion(&leaf, index, size, &forged, &root), Err(BadProof::Root));
                prop_assert_eq!(verify_inclusion(&leaf, index, size, &path[1..], &root), Err(BadProof::Length));
            }
        }

        #[test]
        fn one_flipped_bit_anywhere_breaks_consistency(new in 2..=300u64, pick: prop::sample::Index, at in 0..9999usize, bit in 0..8u8) {
            let all = leaves(new);
            let cut = 1 + pick.index(all.len() - 1);
            let (old_root, new_root) = (defined_root(&all[..cut]), defined_root(&all));
            let path = prove_consistency(&all, cut as u64).unwrap();
            prop_assert_eq!(verify_consistency((cut as u64, &old_root), (new, &new_root), &path), Ok(()));
            let mut forged = path.clone();
            let place = at % path.len();
            forged[place] = flipped(path[place], at, bit);
            prop_assert_eq!(verify_consistency((cut as u64, &old_root), (new, &new_root), &forged), Err(BadProof::Root));
            prop_assert!(verify_consistency((cut as u64, &old_root), (new, &new_root), &path[1..]).is_err());
            prop_assert!(verify_consistency((cut as u64, &old_root), (new, &flipped(new_root, at, bit)), &path).is_err());
        }
    }
}
