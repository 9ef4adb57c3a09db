//! Merkle trees over a log, as in RFC 9162, section 2.1: roots, inclusion proofs, consistency
//! proofs.
//!
//! Pure hashing over hashes: nothing here knows what a leaf means, and proofs are checked with
//! nothing but the proof, so that others can check them with their own tools.

use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::identity::Hash;

/// SHA-256 of bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// Hash of a leaf: SHA-256(0x00 || bytes).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0x00])
            .chain_update(bytes)
            .finalize()
            .into(),
    )
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0x01])
            .chain_update(left)
            .chain_update(right)
            .finalize()
            .into(),
    )
}

/// Root over leaf hashes (`MTH`, section 2.1.1). The root of no leaves is SHA-256 of nothing.
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.push(*leaf);
    }
    frontier.root()
}

/// The right edge of a growing tree: the roots of its perfect subtrees, largest first. Appending
/// costs one hash on average and needs nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Takes the stored form back, if it fits the size.
    pub(crate) fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (peaks, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && peaks.len() == usize::try_from(size.count_ones()).ok()?;
        fits.then(|| Self {
            size,
            peaks: peaks.iter().copied().map(Hash).collect(),
        })
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.peaks.iter().flat_map(|peak| peak.0).collect()
    }

    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each trailing one bit of the size is a perfect subtree that the new leaf completes.
        for _ in 0..self.size.trailing_ones() {
            let left = self.peaks.pop().expect("one peak for each bit of the size");
            hash = node_hash(&left, &hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    pub(crate) fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return sha256(&[]);
        };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// The largest power of two smaller than `count`, where a tree of that many leaves is split.
fn split(count: usize) -> usize {
    debug_assert!(count > 1);
    1 << (usize::BITS - 1 - (count - 1).leading_zeros())
}

/// That one leaf is in a tree (section 2.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// Index of the leaf, from 0; an event's position less one.
    pub index: u64,
    /// Leaves in the tree.
    pub size: u64,
    /// Hashes from the leaf up.
    pub path: Vec<Hash>,
}

impl InclusionProof {
    /// Proof for the leaf at `index` among all the leaves of a tree (`PATH`, section 2.1.3.1).
    pub fn of(index: u64, leaves: &[Hash]) -> Result<Self> {
        let outside = Error::Proof {
            what: "inclusion",
            why: "the leaf is not in the tree",
        };
        let place = usize::try_from(index)
            .ok()
            .filter(|place| *place < leaves.len());
        let mut place = place.ok_or(outside)?;
        let mut path = Vec::new();
        let mut rest = leaves;
        while rest.len() > 1 {
            let (left, right) = rest.split_at(split(rest.len()));
            if place < left.len() {
                path.push(root_of(right));
                rest = left;
            } else {
                path.push(root_of(left));
                place -= left.len();
                rest = right;
            }
        }
        path.reverse();
        Ok(Self {
            index,
            size: leaves.len() as u64,
            path,
        })
    }

    /// Checks that the leaf is in the tree with this root (section 2.1.3.2).
    pub fn verify(&self, leaf: &Hash, root: &Hash) -> Result<()> {
        let fails = |why| {
            Err(Error::Proof {
                what: "inclusion",
                why,
            })
        };
        if self.index >= self.size {
            return fails("the leaf is not in the tree");
        }
        let (mut place, mut last) = (self.index, self.size - 1);
        let mut hash = *leaf;
        for step in &self.path {
            if last == 0 {
                return fails("the path is too long");
            }
            if place & 1 == 1 || place == last {
                hash = node_hash(step, &hash);
                while place & 1 == 0 && place != 0 {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node_hash(&hash, step);
            }
            place >>= 1;
            last >>= 1;
        }
        if last != 0 {
            return fails("the path is too short");
        }
        if hash == *root {
            Ok(())
        } else {
            fails("it leads to another root")
        }
    }
}

/// That one tree begins with another (section 2.1.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// Leaves in the earlier tree.
    pub from: u64,
    /// Leaves in the later tree.
    pub to: u64,
    /// The hashes.
    pub path: Vec<Hash>,
}

impl ConsistencyProof {
    /// Proof that the tree over `leaves` begins with the tree over its first `from`
    /// (`PROOF`, section 2.1.4.1). Everything begins with the empty tree, without a hash.
    pub fn of(from: u64, leaves: &[Hash]) -> Result<Self> {
        let outside = Error::Proof {
            what: "consistency",
            why: "the earlier tree is the larger",
        };
        let earlier = usize::try_from(from)
            .ok()
            .filter(|from| *from <= leaves.len());
        let mut earlier = earlier.ok_or(outside)?;
        let mut path = Vec::new();
        let mut rest = leaves;
        // Whether `rest` is the earlier tree itself, whose root the verifier has.
        let mut known = true;
        while earlier != 0 && earlier < rest.len() {
            let (left, right) = rest.split_at(split(rest.len()));
            if earlier <= left.len() {
                path.push(root_of(right));
                rest = left;
            } else {
                path.push(root_of(left));
                earlier -= left.len();
                rest = right;
                known = false;
            }
        }
        if earlier != 0 && !known {
            path.push(root_of(rest));
        }
        path.reverse();
        Ok(Self {
            from,
            to: leaves.len() as u64,
            path,
        })
    }

    /// Checks that the tree with root `later` begins with the tree with root `earlier`
    /// (section 2.1.4.2).
    pub fn verify(&self, earlier: &Hash, later: &Hash) -> Result<()> {
        let fails = |why| {
            Err(Error::Proof {
                what: "consistency",
                why,
            })
        };
        if self.from > self.to {
            return fails("the earlier tree is the larger");
        }
        if self.from == 0 || self.from == self.to {
            let same = if self.from == 0 {
                *earlier == sha256(&[])
            } else {
                earlier == later
            };
            return match (self.path.is_empty(), same) {
                (false, _) => fails("the path is too long"),
                (true, false) => fails("it leads to another root"),
                (true, true) => Ok(()),
            };
        }
        let mut steps = self.path.iter();
        let (mut place, mut last) = (self.from - 1, self.to - 1);
        while place & 1 == 1 {
            place >>= 1;
            last >>= 1;
        }
        // An earlier tree that is perfect is its own first step.
        let first = if place == 0 {
            Some(earlier)
        } else {
            steps.next()
        };
        let Some(first) = first else {
            return fails("the path is too short");
        };
        let (mut old, mut new) = (*first, *first);
        for step in steps {
            if last == 0 {
                return fails("the path is too long");
            }
            if place & 1 == 1 || place == last {
                old = node_hash(step, &old);
                new = node_hash(step, &new);
                while place & 1 == 0 && place != 0 {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                new = node_hash(&new, step);
            }
            place >>= 1;
            last >>= 1;
        }
        if last != 0 {
            return fails("the path is too short");
        }
        if old == *earlier && new == *later {
            Ok(())
        } else {
            fails("it leads to another root")
        }
    }
}
