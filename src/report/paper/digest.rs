//! SHA-256 of what a paper rests on.

use sha2::{Digest, Sha256};

/// SHA-256 of a file.
pub fn of_bytes(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// In hexadecimal.
pub fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_bytes() {
        assert!(hex(&of_bytes(b"")).starts_with("e3b0c44298fc1c14"));
    }
}
