use std::cmp::Reverse;

use crate::findings::Finding;

/// The `most` gravest findings, of equally grave ones the first, in the order given.
pub fn gravest(findings: Vec<Finding>, most: usize) -> Vec<Finding> {
    if findings.len() <= most {
        return findings;
    }
    let mut numbers: Vec<usize> = (0..findings.len()).collect();
    numbers.sort_by_key(|number| Reverse(findings[*number].severity));
    let mut kept = vec![false; findings.len()];
    numbers.into_iter().take(most).for_each(|number| kept[number] = true);
    findings.into_iter().zip(kept).filter_map(|(finding, kept)| kept.then_some(finding)).collect()
}
