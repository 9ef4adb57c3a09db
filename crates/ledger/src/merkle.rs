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
        if self.root_from(leaf)? == *root {
            Ok(())
        } else {
            Err(Self::fails("it leads to another root"))
        }
    }

    /// The root of the tree in which the leaf stands at this place, if it stands in any.
    pub fn root_from(&self, leaf: &Hash) -> Result<Hash> {
        if self.index >= self.size {
            return Err(Self::fails("the leaf is not in the tree"));
        }
        let (mut place, mut last) = (self.index, self.size - 1);
        let mut hash = *leaf;
        for step in &self.path {
            if last == 0 {
                return Err(Self::fails("the path is too long"));
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
            return Err(Self::fails("the path is too short"));
        }
        Ok(hash)
    }

    const fn fails(why: &'static str) -> Error {
        Error::Proof {
            what: "inclusion",
            why,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::from_hex;
    use proptest::prelude::*;

    /// The reference tree of Certificate Transparency: inputs, roots and proofs as published in
    /// google/certificate-transparency (merkletree tests) and transparency-dev/merkle.
    const INPUTS: [&[u8]; 8] = [
        b"",
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[
            0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d,
            0x6e, 0x6f,
        ],
    ];
    const ROOTS: [&str; 9] = [
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
    const INCLUSION: [(u64, usize, &[&str]); 2] = [
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
    ];
    const CONSISTENCY: [(u64, usize, &[&str]); 2] = [
        (
            1,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];

    fn hashes(texts: &[&str]) -> Vec<Hash> {
        texts
            .iter()
            .map(|text| Hash(from_hex(text).expect("hex")))
            .collect()
    }

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
    }

    #[test]
    fn the_roots_of_certificate_transparency_come_out() {
        let leaves: Vec<Hash> = INPUTS.iter().map(|input| leaf_hash(input)).collect();
        for (size, root) in hashes(&ROOTS).iter().enumerate() {
            assert_eq!(root_of(&leaves[..size]), *root);
        }
    }

    #[test]
    fn the_proofs_of_certificate_transparency_come_out_and_verify() {
        let leaves: Vec<Hash> = INPUTS.iter().map(|input| leaf_hash(input)).collect();
        let roots = hashes(&ROOTS);
        for (index, size, path) in INCLUSION {
            let proof = InclusionProof::of(index, &leaves[..size]).expect("in the tree");
            assert_eq!(proof.path, hashes(path));
            let leaf = leaves[usize::try_from(index).expect("small")];
            proof.verify(&leaf, &roots[size]).expect("holds");
        }
        for (from, to, path) in CONSISTENCY {
            let proof = ConsistencyProof::of(from, &leaves[..to]).expect("a larger tree");
            assert_eq!(proof.path, hashes(path));
            let earlier = roots[usize::try_from(from).expect("small")];
            proof.verify(&earlier, &roots[to]).expect("holds");
        }
    }

    #[test]
    fn every_proof_of_every_small_tree_verifies() {
        let leaves = leaves(70);
        for size in 0..=leaves.len() {
            let root = root_of(&leaves[..size]);
            for (index, leaf) in leaves[..size].iter().enumerate() {
                let proof = InclusionProof::of(index as u64, &leaves[..size]).expect("inside");
                proof.verify(leaf, &root).expect("holds");
            }
            assert!(InclusionProof::of(size as u64, &leaves[..size]).is_err());
            for from in 0..=size {
                let proof = ConsistencyProof::of(from as u64, &leaves[..size]).expect("smaller");
                proof
                    .verify(&root_of(&leaves[..from]), &root)
                    .expect("holds");
            }
            assert!(ConsistencyProof::of(size as u64 + 1, &leaves[..size]).is_err());
        }
    }

    proptest! {
        #[test]
        fn an_altered_proof_fails(
            size in 2_usize..300,
            (a, b, bit) in any::<(prop::sample::Index, prop::sample::Index, u8)>(),
        ) {
            let leaves = leaves(size);
            let root = root_of(&leaves);
            let (index, from) = (a.index(size), b.index(size - 1) + 1);
            let flip = |hash: &Hash| {
                let mut hash = *hash;
                hash.0[usize::from(bit / 8)] ^= 1 << (bit % 8);
                hash
            };

            let good = InclusionProof::of(index as u64, &leaves).expect("inside");
            prop_assert!(good.verify(&flip(&leaves[index]), &root).is_err());
            prop_assert!(good.verify(&leaves[index], &flip(&root)).is_err());
            let mut altered = good.clone();
            let step = b.index(altered.path.len());
            altered.path[step] = flip(&altered.path[step]);
            prop_assert!(altered.verify(&leaves[index], &root).is_err());
            altered = good.clone();
            altered.path.remove(step);
            prop_assert!(altered.verify(&leaves[index], &root).is_err());
            altered = good.clone();
            altered.path.push(root);
            prop_assert!(altered.verify(&leaves[index], &root).is_err());
            let other = InclusionProof { index: ((index + 1) % size) as u64, ..good };
            prop_assert!(other.verify(&leaves[index], &root).is_err());

            let earlier = root_of(&leaves[..from]);
            let good = ConsistencyProof::of(from as u64, &leaves).expect("smaller");
            prop_assert!(good.verify(&flip(&earlier), &root).is_err());
            prop_assert!(good.verify(&earlier, &flip(&root)).is_err());
            let step = b.index(good.path.len());
            let mut altered = good.clone();
            altered.path[step] = flip(&altered.path[step]);
            prop_assert!(altered.verify(&earlier, &root).is_err());
            altered = good.clone();
            altered.path.remove(step);
            prop_assert!(altered.verify(&earlier, &root).is_err());
            altered = good;
            altered.path.push(root);
            prop_assert!(altered.verify(&earlier, &root).is_err());
        }

        #[test]
        fn a_frontier_comes_back_from_its_bytes(size in 0_usize..2000) {
            let mut frontier = Frontier::default();
            for leaf in leaves(size) {
                frontier.push(leaf);
            }
            let bytes = frontier.to_bytes();
            prop_assert_eq!(Frontier::from_bytes(size as u64, &bytes), Some(frontier));
            prop_assert_eq!(Frontier::from_bytes(size as u64 ^ 1, &bytes), None);
        }
    }
}
