use globset::{Glob, GlobMatcher};

use super::RuleEntry;

/// Names rules: by id, by tag, or by a glob over ids.
#[derive(Clone, Debug)]
pub struct Selector {
    text: String,
    glob: Option<GlobMatcher>,
}

impl Selector {
    /// Reads an id, a tag or a glob.
    ///
    /// # Errors
    /// When the text is a glob that is not valid; the message says why.
    pub fn new(text: &str) -> Result<Self, String> {
        let glob = if text.contains(['*', '?', '[', '{']) {
            let glob = Glob::new(text).map_err(|error| error.kind().to_string())?;
            Some(glob.compile_matcher())
        } else {
            None
        };
        Ok(Self { text: text.to_owned(), glob })
    }

    /// As the user wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it names the rule in one of the three ways.
    pub fn matches(&self, rule: &RuleEntry) -> bool {
        match &self.glob {
            Some(glob) => glob.is_match(&rule.id),
            None => self.names(rule) || rule.tags.contains(&self.text),
        }
    }

    /// Whether it is the id of the rule.
    pub fn names(&self, rule: &RuleEntry) -> bool {
        self.text == rule.id
    }
}
