use super::problem::Problem;
use std::ops::Range;

#[derive(Debug, Default)]
pub struct SpanMap {}
impl SpanMap {
    pub fn value(&self, _pointer: &str) -> Option<Range<usize>> {
        None
    }
    pub fn key(&self, _pointer: &str) -> Option<Range<usize>> {
        None
    }
}
pub fn parse<T: serde::de::DeserializeOwned>(file: &str, src: &str) -> Result<(T, SpanMap), Vec<Problem>> {
    serde_yaml::from_str(src).map(|t| (t, SpanMap {})).map_err(|e| {
        vec![Problem { file: file.into(), span: None, message: e.to_string(), help: None }]
    })
}
