use crate::knowledge::date::Date;
use crate::span::{FileSpan, Span};

/// Somebody's word that findings of one rule are put up with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Id of the rule, as written.
    pub rule: String,
    pub reach: Reach,
    /// Words of the sentence that a finding is in.
    pub quote: Option<String>,
    pub fingerprint: Option<String>,
    pub grounds: Grounds,
    pub origin: Origin,
}

/// Where a waiver holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In these files of the policy.
    Files(Vec<usize>),
    /// In a stretch of prose.
    Stretch { file: usize, span: Span },
}

/// Why, on whose word and how long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    pub reason: Option<String>,
    pub approved_by: Option<String>,
    /// The last day on which it holds.
    pub expires: Option<Date>,
}

/// Where a waiver is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the config: the number of the entry.
    Config(usize),
    /// In a file of the policy: the comment, and the name of the rule in it.
    Text { file: usize, comment: FileSpan, name: FileSpan },
}

/// What is wrong with a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    UnknownRule,
    WithoutReason,
    /// Since the day after this one.
    Expired(Date),
    /// Nothing is found that it is for.
    Unused,
    /// A comment that begins like one and is none.
    Syntax,
}

impl Fault {
    /// The rule that reports it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::UnknownRule => "waiver-unknown-rule",
            Self::WithoutReason => "waiver-without-reason",
            Self::Expired(_) => "waiver-expired",
            Self::Unused => "waiver-unused",
            Self::Syntax => "waiver-syntax",
        }
    }
}

/// What became of a waiver in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Some file that it is for was linted.
    pub concerned: bool,
    /// Its rule was judged there.
    pub judged: bool,
    /// Something was waived.
    pub used: bool,
}

impl Use {
    /// What became of it here or there.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            concerned: self.concerned || other.concerned,
            judged: self.judged || other.judged,
            used: self.used || other.used,
        }
    }
}

impl Grounds {
    /// The reason, unless there is none in it.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty())
    }

    /// The last day it held, if that is over.
    pub fn expired(&self, today: Date) -> Option<Date> {
        self.expires.filter(|last| *last < today)
    }

    /// Whether a waiver on these grounds waives anything.
    pub fn hold(&self, today: Date) -> bool {
        self.reason().is_some() && self.expired(today).is_none()
    }

    /// What is wrong with a waiver on these grounds, of which that became; `known` tells whether there is
    /// such a rule.
    pub fn faults(&self, known: bool, became: Use, today: Date) -> Vec<Fault> {
        if !became.concerned {
            return Vec::new();
        }
        let mut faults = Vec::new();
        if !known {
            faults.push(Fault::UnknownRule);
        }
        if self.reason().is_none() {
            faults.push(Fault::WithoutReason);
        }
        faults.extend(self.expired(today).map(Fault::Expired));
        // What waives nothing for another reason is told once.
        if faults.is_empty() && became.judged && !became.used {
            faults.push(Fault::Unused);
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Use = Use { concerned: true, judged: true, used: false };

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn grounds(reason: &str, expires: &str) -> Grounds {
        Grounds { reason: Some(reason.to_owned()), expires: expires.parse().ok(), ..Grounds::default() }
    }

    #[test]
    fn the_last_day_still_counts() {
        let until = grounds("已复核", "2026-11-28");
        assert!(until.hold(date("2026-11-28")));
        assert!(!until.hold(date("2026-11-29")));
        assert_eq!(until.faults(true, ASKED, date("2026-11-29")), [Fault::Expired(date("2026-11-28"))]);
    }

    #[test]
    fn a_reason_of_blanks_is_none() {
        let blank = grounds(" \u{3000}", "");
        assert!(!blank.hold(date("2026-11-28")));
        assert_eq!(blank.faults(true, ASKED, date("2026-11-28")), [Fault::WithoutReason]);
    }

    #[test]
    fn only_what_was_asked_for_is_unused() {
        let today = date("2026-11-28");
        let good = grounds("已复核", "");
        assert_eq!(good.faults(true, ASKED, today), [Fault::Unused]);
        assert_eq!(good.faults(true, Use { judged: false, ..ASKED }, today), []);
        assert_eq!(good.faults(true, Use { used: true, ..ASKED }, today), []);
        assert_eq!(good.faults(false, ASKED, today), [Fault::UnknownRule]);
        assert_eq!(good.faults(false, Use::default(), today), []);
    }
}
