//! A compliance linter for privacy policies.
//!
//! Data flows one way: bytes become a [`source`], a [`document`], [`marks`], [`practices`],
//! [`findings`], and after [`triage`] a [`report`]; practices also make an [`inventory`]. What the stages know of law and language comes
//! from [`knowledge`].

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod builtin;
pub mod cli;
pub mod config;
pub mod document;
pub mod findings;
pub mod inventory;
pub mod knowledge;
pub mod marks;
pub mod practices;
pub mod report;
pub mod run;
pub mod source;
pub mod span;
pub mod triage;
pub mod versions;
