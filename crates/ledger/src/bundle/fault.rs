//! What can be wrong with a file that should be a bundle, each with what to do about it. Where it is
//! wrong (byte and segment) is said beside, in [`Error::Bundle`](crate::Error::Bundle).

/// What is wrong with a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BundleFault {
    /// It does not begin as an age file does.
    NoBundle,
    /// An age file, but not one that opens with a passphrase.
    NoPassphrase,
    /// It asks for more work on the passphrase (as a power of two) than is ever spent.
    WorkFactor(u32),
    /// The passphrase does not open it.
    WrongPassphrase,
    /// It opens, and its first lines changed since.
    AlteredHeader,
    /// It opens, and holds something else.
    Foreign,
    /// Of a version that is not known here.
    Newer(u32),
    /// It ends in the middle.
    Truncated,
    /// Bytes changed since they were written.
    Altered,
    /// Bytes follow its end.
    Trailing,
    /// A segment claims to be so long.
    Length(u32),
    /// Another segment stands here than is expected.
    Order(u64),
    /// A segment is not by the node that wrote the bundle, or not of this bundle.
    Author,
    /// What a segment says cannot be understood.
    Content(String),
    /// The system could not read on.
    Unreadable(String),
}

impl BundleFault {
    /// What is wrong and what to do, as the end of a sentence.
    pub(crate) fn words(&self) -> String {
        const KEPT: &str = "What came before is kept";
        let word = match self {
            Self::NoBundle => {
                "it does not begin as an age file does: choose the file that `akey bundle write` made"
            }
            Self::NoPassphrase => {
                "it is an age file that opens with a key, not with a passphrase: choose the file that \
                 `akey bundle write` made"
            }
            Self::WorkFactor(asked) => {
                return format!(
                    "it asks for 2^{asked} rounds of work on the passphrase, and no more than \
                     2^{} are done: Akèy did not write it, ask where it comes from",
                    super::WORK_FACTOR_MAX
                );
            }
            Self::WrongPassphrase => {
                "the passphrase does not open it: check the keyboard layout and capital letters, or ask \
                 whoever wrote it. If it is the right one, the first lines of the file are damaged"
            }
            Self::AlteredHeader => {
                "its first lines changed since it was written: do not trust this copy, take another"
            }
            Self::Foreign => {
                "it opens, and what is inside is no Akèy bundle: choose the file that `akey bundle \
                 write` made"
            }
            Self::Newer(version) => {
                return format!(
                    "it is of version {version}, and this program reads up to {}: install the newer \
                     Akèy, or have the bundle written by the older one",
                    super::VERSION
                );
            }
            Self::Truncated => {
                return format!(
                    "the file ends here and should go on (copied halfway, or the stick was pulled out?). \
                     {KEPT}: copy it again and read it again, it goes on from here"
                );
            }
            Self::Altered => {
                return format!(
                    "the bytes changed since they were written. {KEPT}: take another copy of the file \
                     and read that"
                );
            }
            Self::Trailing => {
                return format!(
                    "bytes follow where it ends. {KEPT}, which is all of it: delete the file, and ask \
                     who could write on the stick"
                );
            }
            Self::Length(length) => {
                return format!(
                    "a segment claims to be {length} bytes long, more than the {} of the largest. \
                     {KEPT}: take another copy, or have it written anew",
                    super::SEGMENT_BYTES_MAX
                );
            }
            Self::Order(found) => {
                return format!(
                    "segment {found} stands here. {KEPT}: have the bundle written anew"
                );
            }
            Self::Author => {
                return format!(
                    "this segment is not signed by the node that wrote the bundle. {KEPT}: do not \
                     trust this file, have the bundle written anew"
                );
            }
            Self::Content(why) => {
                return format!(
                    "this segment cannot be understood ({why}). {KEPT}: have the bundle written anew"
                );
            }
            Self::Unreadable(why) => {
                return format!(
                    "the file could not be read on ({why}): was the stick pulled out? {KEPT}: read it \
                     again, it goes on from here"
                );
            }
        };
        word.to_owned()
    }
}
