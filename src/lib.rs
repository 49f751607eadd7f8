//! A compliance linter for privacy policies.
//!
//! Data flows one way: bytes become a [`source`], a [`document`], marks, practices, findings, and
//! last a report. What the stages know of law and language comes from [`knowledge`].

pub mod document;
pub mod knowledge;
pub mod source;
pub mod span;
