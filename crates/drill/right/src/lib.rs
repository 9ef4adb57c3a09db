//! The right to an entitlement, as a model small enough to be read in one go and explored to its last state:
//! a second opinion on G3, written from the guarantee and not from the rules in `domain`. It must never call
//! them, and nothing that ships uses this crate: all of it is compiled for tests alone.
//!
//! # What is in the model
//!
//! Three nodes, two items, the right to each at another node. A node writes a line of events: *release* to a
//! named node, *accept*, *decline* (the right goes back to who released it, who takes it back by accepting),
//! *redeem*, *recover*. Each event names the one of the same item on whose ground it was written, so that
//! whoever has the events can follow a right back to where it was granted.
//!
//! - **Network.** What was written may reach each node late, in any order, again, or never.
//! - **Fork.** A disk is copied at any moment and exchanged for its copy at any other: once, that is a backup
//!   put back under a node that does not notice; again and again, it is a clone that works beside its original.
//! - **Contact.** A node to which an event of its own log comes that it never wrote uses no right any more.
//!   Nobody goes on from an event that stands behind a fork, neither directly nor through other hands.
//! - **Recovery.** A node was announced to be lost, and may be there all the same. When the waiting period is
//!   over, headquarters takes over what it last saw there. Whoever learns of it uses that right no more.
//!
//! # What is shown
//!
//! In every state, as far as the bounds reach:
//!
//! 1. At most one node can use a right, unless it was recovered or a copied disk ran.
//! 2. What is given twice was recovered, or there are two events at one position of one log.
//! 3. A node that has everything lists what was given twice, and nothing else.
//! 4. Where all have everything, at most one can use a right: forks and recoveries included.
//!
//! That it is no empty talk: rights pass through three hands and are used, are declined and taken back, are
//! recovered and used once, are used twice and listed everywhere, are frozen. Each of six planted mistakes
//! (a release accepted twice, kept by who released it, trust in what came behind a fork or from a holder who
//! was recovered from, acting on when forked, disputed redemptions left out of the list) hurts one of these
//! sentences within five events.
//!
//! | exploration | events at most | states |
//! |---|---|---|
//! | network alone | 6 | 869,545 |
//! | a holder's disk is copied | 4 | 2,803,059 |
//! | a receiver's disk is copied | 4 | 917,451 |
//! | a holder is lost | 5 | 655,798 |
//! | a holder is lost and a holder's, or a receiver's, disk is copied | 3 | 326,842, 231,938 |
//!
//! # What is not
//!
//! It says nothing beyond these bounds, and nothing about the program: that is the simulation's part. What was
//! given by a disk that was overwritten before anybody heard of it can be found by nobody: sentence 3 speaks of
//! whoever has *everything*, which is more than what is left. Waiting has no length here. Only headquarters
//! recovers, and once for each item; two who recover the same right apart would both hold it.

#[cfg(test)]
mod exploration;
#[cfg(test)]
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "a disk is looked at where it lies in a state, however few bytes it has"
)]
mod model;
#[cfg(test)]
mod properties;
