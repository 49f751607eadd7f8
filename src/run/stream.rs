use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

/// Works on the items of a stream in parallel, as they come, and hands the results over in their order. Only
/// a bounded number of items is in memory at any time, and none waits for the next to arrive.
///
/// # Errors
/// The first that `take` returns; nothing is taken after it, and what the stream still holds is not read.
pub fn stream<T: Send + 'static, R: Send, E>(
    items: impl Iterator<Item = T> + Send + 'static,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(Vec<R>) -> Result<(), E>,
) -> Result<(), E> {
    let in_flight = rayon::current_num_threads() * 4;
    let (sender, receiver) = sync_channel(in_flight);
    // Not joined: when nothing more is taken it may be waiting for input that never comes.
    thread::spawn(move || {
        for item in items {
            if sender.send(item).is_err() {
                break;
            }
        }
    });
    while let Ok(first) = receiver.recv() {
        let batch: Vec<T> = std::iter::once(first).chain(receiver.try_iter().take(in_flight - 1)).collect();
        take(batch.into_par_iter().map(&work).collect())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept() {
        let mut taken = Vec::new();
        let result: Result<(), ()> = stream(
            0..1000,
            |item| item * 2,
            |doubles| {
                taken.extend(doubles);
                Ok(())
            },
        );
        assert_eq!(result, Ok(()));
        assert_eq!(taken, (0..1000).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn an_endless_stream_ends_when_nothing_more_is_taken() {
        assert_eq!(stream(0_u64.., |item| item, |_| Err("enough")), Err("enough"));
    }

    #[test]
    fn a_result_comes_before_the_next_item_is_there() {
        let (feed, items) = sync_channel(1);
        feed.send(1).unwrap();
        let mut feed = Some(feed);
        let mut taken = Vec::new();
        let result: Result<(), ()> = stream(
            items.into_iter(),
            |item| item,
            |results| {
                taken.extend(results);
                match taken.len() {
                    1..3 => feed.as_ref().unwrap().send(7).unwrap(),
                    _ => feed = None,
                }
                Ok(())
            },
        );
        assert_eq!((result, taken), (Ok(()), vec![1, 7, 7]));
    }
}
