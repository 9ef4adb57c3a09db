//! What can be typed about who is who.

use std::path::PathBuf;

use clap::Args;

/// `akey link`
#[derive(Args, Debug)]
pub struct Link {
    /// People, as CSV in UTF-8 or XLSX with a header: record_id, given_names, family_name, sex (f, m),
    /// birth_date (1987-03-12 or 1987), mother_name, birthplace, phone, document, and party, which is
    /// the same for those who travelled together. Other columns are ignored, any may be missing
    #[arg(value_name = "FILE", required_unless_present = "register")]
    pub file: Option<PathBuf>,
    /// Everybody whom this site may read, instead of a file; records are called by the ids of people
    #[arg(long, conflicts_with_all = ["file", "truth", "splink"])]
    pub register: bool,
    /// Weigh by this model at the desk from now on: the one that was learnt, or that of --model
    #[arg(long, requires = "register", conflicts_with = "file")]
    pub at_the_desk: bool,
    /// Where the pairs go: record_a, record_b, probability, the most probable first
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Leave pairs less probable than this out
    #[arg(long, value_name = "P", default_value_t = 0.5)]
    pub least: f64,
    /// The column that says who it is: precision, recall, F1 and calibration are said too
    #[arg(long, value_name = "COLUMN")]
    pub truth: Option<String>,
    /// Write who is who as well: record_id, person
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// Write what people should look at as well, what is worth most first, each with the reasons
    #[arg(long, value_name = "FILE")]
    pub review: Option<PathBuf>,
    /// Use this model as it is, instead of learning one from the file
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// Keep the model that was used, as JSON that can be read
    #[arg(long, value_name = "FILE")]
    pub save_model: Option<PathBuf>,
    /// Write the model as settings for Splink into this folder, with the records made ready for it:
    /// they hold names. What to do with them stands in its README
    #[arg(long, value_name = "FOLDER")]
    pub splink: Option<PathBuf>,
}
