use super::Format;

pub(super) fn format(_path: &str, _text: &str) -> Format {
    Format::Text
}
