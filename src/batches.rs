use crate::{incoming::Incoming, output::Failure};

/// Bytes of documents that a batch may hold in memory beside the last one: 64 MiB.
const MOST_BYTES: usize = 64 << 20;

/// Cuts what a source gives into batches of at most `size` documents and about 64 MiB. An error ends the batch before
/// it, and comes after it.
pub(crate) fn batches<S>(
    source: S,
    size: usize,
) -> impl Iterator<Item = Result<Vec<Incoming>, Failure>>
where
    S: Iterator<Item = Result<Incoming, Failure>>,
{
    let mut source = source.fuse();
    let mut failed = None;
    std::iter::from_fn(move || {
        if let Some(failure) = failed.take() {
            return Some(Err(failure));
        }
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < size.max(1) && bytes < MOST_BYTES {
            match source.next() {
                None => break,
                Some(Ok(incoming)) => {
                    bytes += incoming.weight();
                    batch.push(incoming);
                }
                Some(Err(failure)) if batch.is_empty() => return Some(Err(failure)),
                Some(Err(failure)) => {
                    failed = Some(failure);
                    break;
                }
            }
        }
        (!batch.is_empty()).then_some(Ok(batch))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use frisk_ingest::Document;

    fn document(bytes: usize) -> Result<Incoming, Failure> {
        Ok(Incoming::Document(Document::new(
            "a.xml",
            vec![b' '; bytes],
        )))
    }

    fn sizes(source: Vec<Result<Incoming, Failure>>, size: usize) -> Vec<Option<usize>> {
        let batches = batches(source.into_iter(), size);
        batches.map(|b| b.ok().map(|b| b.len())).collect()
    }

    #[test]
    fn a_batch_ends_by_number_or_by_weight() {
        // 5 documents by 2: 2, 2, 1.
        let five = (0..5).map(|_| document(1)).collect();
        assert_eq!(sizes(five, 2), [Some(2), Some(2), Some(1)]);
        // 40 MiB each: the second reaches 64 MiB.
        let heavy = (0..3).map(|_| document(40 << 20)).collect();
        assert_eq!(sizes(heavy, 100), [Some(2), Some(1)]);
        assert_eq!(sizes(Vec::new(), 2), []);
    }

    #[test]
    fn what_came_before_an_error_is_a_batch() {
        let source = vec![document(1), Err(Failure::unmet("gone")), document(1)];
        assert_eq!(sizes(source, 5), [Some(1), None, Some(1)]);
    }
}
