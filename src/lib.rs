//! A compliance linter for privacy policies.
//!
//! Data flows one way: bytes become a [`source`], a [`document`], marks, practices, findings, and
//! last a report. What the stages know of law and language comes from [`knowledge`].

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod cli;
pub mod config;
pub mod document;
pub mod findings;
pub mod knowledge;
pub mod practices;
pub mod report;
pub mod run;
pub mod source;
pub mod span;
pub mod stub;
pub mod triage;
