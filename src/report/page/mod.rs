//! What every page begins with: it loads nothing, and runs nothing but its own style and script.

mod seal;

use super::Language;
use super::json::TOOL;
pub(super) use seal::{Sealed, data};

/// The head of a page; templates take it in as `head.html`.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) lang: &'static str,
    pub(super) title: String,
    pub(super) style: Sealed,
    pub(super) script: Option<Sealed>,
    pub(super) tool: &'static str,
}

impl Head {
    /// Of a page without script.
    pub(super) fn new(language: Language, title: impl Into<String>, style: &str) -> Self {
        Self {
            lang: match language {
                Language::Zh => "zh-CN",
                Language::En => "en",
            },
            title: title.into(),
            style: Sealed::new(style),
            script: None,
            tool: TOOL,
        }
    }
}
