use rayon::prelude::*;

/// Works on items in parallel and hands the results over in the order of the items. Only a bounded
/// number of results waits at any time.
///
/// # Errors
/// The first that `take` returns; nothing is taken after it.
pub fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let in_flight = rayon::current_num_threads() * 8;
    for batch in items.chunks(in_flight.max(1)) {
        let results: Vec<R> = batch.par_iter().map(&work).collect();
        results.into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept() {
        let items: Vec<u32> = (0..1000).collect();
        let mut taken = Vec::new();
        let result: Result<(), ()> = in_order(
            &items,
            |item| item * 2,
            |double| {
                taken.push(double);
                Ok(())
            },
        );
        assert_eq!(result, Ok(()));
        assert_eq!(taken, (0..1000).map(|item| item * 2).collect::<Vec<_>>());
    }
}
