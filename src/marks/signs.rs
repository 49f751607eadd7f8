//! The signs of a text: among ideographs stands what structures it.

/// The characters of `text` that are no common ideographs, with their positions.
pub(super) fn signs(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // Whatever begins with these bytes is an ideograph of three bytes.
        while matches!(bytes.get(at), Some(0xe4..=0xe9)) {
            at += 3;
        }
        let here = at;
        let sign = text.get(here..)?.chars().next()?;
        at += sign.len_utf8();
        Some((here, sign))
    })
}

#[cfg(test)]
mod tests {
    use super::signs;

    #[test]
    fn ideographs_are_passed_over() {
        let found: Vec<(usize, char)> = signs("收集（IP）、地址").collect();
        assert_eq!(found, [(6, '（'), (9, 'I'), (10, 'P'), (11, '）'), (14, '、')]);
        assert_eq!(signs("手机").count(), 0);
    }
}
