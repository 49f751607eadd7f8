use std::ops::Range;

/// Something wrong with a file the user wrote: config or rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// Bytes of the file to underline.
    pub span: Option<Range<usize>>,
    pub message: String,
    pub help: Option<String>,
}
