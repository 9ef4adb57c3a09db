//! A situation report, counted and written.

use domain::{Day, Known, SiteId};
use jiff::civil::Date;
use node::{Node, NodeError};
use report::{Scope, Sitrep, Stamp};
use serde::{Deserialize, Serialize};
use web::{Language, ReportForm, report_file};

use super::Answer;
use crate::cli::Format;
use crate::failure::Failure;
use crate::publish;

/// A situation report to be counted.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct SitrepAsked {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// One site, by id or name.
    pub site: Option<String>,
    /// As it was published.
    pub public: bool,
    /// How it is written.
    pub format: Format,
    /// In which language.
    pub language: String,
}

pub(super) fn sitrep(node: &Node, asked: &SitrepAsked) -> Result<Answer, Failure> {
    let now = node.now();
    let log_end = node.log_end()?;
    let (sitrep, site) = node.read::<_, Failure>(|register| {
        let sites = register.sites().map_err(NodeError::from)?;
        let chosen: Vec<SiteId> = match &asked.site {
            None => Vec::new(),
            Some(wanted) => sites
                .iter()
                .filter(|site| {
                    domain::same_name(&site.name, wanted) || wanted.parse() == Ok(site.id)
                })
                .map(|site| site.id)
                .collect(),
        };
        if asked.site.is_some() && chosen.is_empty() {
            return Err(Failure::Wrong(
                "no site has this name or id here: write it as the pages show it".into(),
            ));
        }
        let operation = register.founded().map_err(NodeError::from)?;
        let operation = operation.ok_or(NodeError::NotFounded)?;
        let scope = Scope {
            sites: chosen,
            from: Day(asked.from),
            to: Day(asked.to),
            cut_off: now,
        };
        let stamp = Stamp {
            operation: operation.name,
            log_end: log_end.leaf.clone(),
            computed_at: now,
            computed_by: "akey report".into(),
        };
        let home = scope
            .sites
            .first()
            .copied()
            .map_or_else(|| node.home_site(), Ok)?;
        let site = register.site(home).map_err(NodeError::from)?;
        let sitrep = if asked.public {
            publish::sitrep(register, scope.from, scope.to)?
        } else {
            Sitrep::compute(register, &scope, stamp)?
        };
        Ok((sitrep, site))
    })?;
    let form = match asked.format {
        Format::Html => ReportForm::Html,
        Format::Json => ReportForm::Json,
        Format::Pdf => ReportForm::Pdf,
        Format::Xlsx => ReportForm::Xlsx,
        Format::Hxl => ReportForm::Hxl,
    };
    let language = Language::from_tag(&asked.language).unwrap_or(Language::English);
    let bytes = report_file(&sitrep, form, language, site.as_ref())?;
    Ok(Answer::Sitrep { bytes })
}
