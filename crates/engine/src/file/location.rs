//! Where a picture was taken, forgotten in its file: in place, without decoding it, for kinds that
//! `picture.rs` cannot write anew (HEIC, AVIF, TIFF and raw ones, and what is broken or very
//! large). Called by `blob.rs`, on threads that may wait.
//!
//! Limit: no more is read at once than [`PIECE_BYTES`] and one directory of Exif.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};

/// How much of the file is searched at once.
const PIECE_BYTES: usize = 256 * 1024;
/// Limit: places in a file that are looked at.
const PLACES_MAX: usize = 256;
/// Limit: entries of one directory, and directories that follow on each other.
const ENTRIES_MAX: usize = 1_024;
const DIRECTORIES_MAX: usize = 16;
/// Limit: bytes of one value that are overwritten.
const VALUE_BYTES_MAX: u64 = 64 * 1024;
/// Limit: bytes of a name and its value in XMP.
const WORDS_BYTES_MAX: usize = 256;

const ENTRY_BYTES: usize = 12;
/// Of the first directory: where the one about the place is.
const GPS_TAG: u16 = 0x8825;
/// How a block of Exif begins, and a TIFF.
const BLOCKS: [&[u8]; 2] = [b"II*\0", b"MM\0*"];
/// How the names of XMP about the place begin.
const WORDS: &[u8] = b"exif:GPS";

/// Overwrites where it was taken; everything else stays, byte for byte. Whether there was anything.
pub fn forget<F: Read + Write + Seek>(file: &mut F) -> io::Result<bool> {
    let (blocks, words) = find(file)?;
    let mut changed = false;
    for block in blocks {
        changed |= forget_block(file, block)?;
    }
    for at in words {
        changed |= forget_words(file, at)?;
    }
    Ok(changed)
}

/// Where blocks of Exif may begin, and names of XMP.
fn find<F: Read + Seek>(file: &mut F) -> io::Result<(Vec<u64>, Vec<u64>)> {
    let (mut blocks, mut words) = (Vec::new(), Vec::new());
    let overlap = WORDS.len() - 1;
    let mut piece = vec![0; PIECE_BYTES];
    let mut begin = 0;
    loop {
        let held = read_at(file, begin, &mut piece)?;
        let is_last = held < piece.len();
        let end = if is_last { held } else { held - overlap };
        for at in 0..end {
            let rest = &piece[at..held];
            let found = match rest[0] {
                b'I' | b'M' if BLOCKS.iter().any(|it| rest.starts_with(it)) => &mut blocks,
                b'e' if rest.starts_with(WORDS) => &mut words,
                _ => continue,
            };
            if found.len() < PLACES_MAX {
                found.push(begin + at as u64);
            }
        }
        if is_last {
            return Ok((blocks, words));
        }
        begin += end as u64;
    }
}

/// So many bytes as there are, at most all that fit.
fn read_at<F: Read + Seek>(file: &mut F, at: u64, bytes: &mut [u8]) -> io::Result<usize> {
    file.seek(SeekFrom::Start(at))?;
    let mut held = 0;
    while held < bytes.len() {
        match file.read(&mut bytes[held..]) {
            Ok(0) => break,
            Ok(count) => held += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(held)
}

/// Numbers as the block writes them.
#[derive(Clone, Copy)]
struct Order {
    is_little: bool,
}

impl Order {
    fn two(self, bytes: &[u8]) -> u16 {
        let two = [bytes[0], bytes[1]];
        match self.is_little {
            true => u16::from_le_bytes(two),
            false => u16::from_be_bytes(two),
        }
    }

    fn four(self, bytes: &[u8]) -> u32 {
        let four = [bytes[0], bytes[1], bytes[2], bytes[3]];
        match self.is_little {
            true => u32::from_le_bytes(four),
            false => u32::from_be_bytes(four),
        }
    }
}

/// One entry of a directory.
struct Entry {
    tag: u16,
    bytes: u64,
    /// Where the value is, from the beginning of the block, if it does not fit into the entry.
    value: u32,
}

/// A directory and where the next one is; none if what is there is none.
fn directory<F: Read + Seek>(
    file: &mut F,
    at: u64,
    order: Order,
) -> io::Result<Option<(Vec<Entry>, u32)>> {
    let mut count = [0; 2];
    if read_at(file, at, &mut count)? < count.len() {
        return Ok(None);
    }
    let count = usize::from(order.two(&count));
    if count == 0 || count > ENTRIES_MAX {
        return Ok(None);
    }
    let mut bytes = vec![0; count * ENTRY_BYTES + 4];
    let held = read_at(file, at + 2, &mut bytes)?;
    // The last one may end with its entries.
    if held < count * ENTRY_BYTES {
        return Ok(None);
    }
    let (entries, next) = bytes.split_at(count * ENTRY_BYTES);
    let entries = entries.chunks_exact(ENTRY_BYTES);
    let entries: Option<Vec<Entry>> = entries.map(|it| entry(it, order)).collect();
    Ok(entries.map(|entries| (entries, order.four(next))))
}

/// None for a kind of value that there is not.
fn entry(bytes: &[u8], order: Order) -> Option<Entry> {
    let each = match order.two(&bytes[2..]) {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => return None,
    };
    Some(Entry {
        tag: order.two(bytes),
        bytes: u64::from(order.four(&bytes[4..])) * each,
        value: order.four(&bytes[8..]),
    })
}

fn forget_block<F: Read + Write + Seek>(file: &mut F, block: u64) -> io::Result<bool> {
    let mut head = [0; 8];
    if read_at(file, block, &mut head)? < head.len() {
        return Ok(false);
    }
    let order = Order {
        is_little: head[0] == b'I',
    };
    let mut changed = false;
    let mut next = order.four(&head[4..]);
    for _ in 0..DIRECTORIES_MAX {
        if (next as usize) < head.len() {
            break;
        }
        let Some((entries, following)) = directory(file, block + u64::from(next), order)? else {
            break;
        };
        for entry in entries
            .iter()
            .filter(|it| it.tag == GPS_TAG && it.bytes == 4)
        {
            changed |= forget_place(file, block, entry.value, order)?;
        }
        next = following;
    }
    Ok(changed)
}

/// Leaves an empty directory.
fn forget_place<F: Read + Write + Seek>(
    file: &mut F,
    block: u64,
    place: u32,
    order: Order,
) -> io::Result<bool> {
    let at = block + u64::from(place);
    let Some((entries, _)) = directory(file, at, order)? else {
        return Ok(false);
    };
    for entry in entries.iter().filter(|it| it.bytes > 4) {
        let bytes = entry.bytes.min(VALUE_BYTES_MAX);
        overwrite(file, block + u64::from(entry.value), bytes)?;
    }
    overwrite(file, at, (2 + entries.len() * ENTRY_BYTES) as u64)?;
    Ok(true)
}

/// With zeros, up to the end of the file at most.
fn overwrite<F: Write + Seek>(file: &mut F, at: u64, bytes: u64) -> io::Result<()> {
    let end = file.seek(SeekFrom::End(0))?;
    let bytes = bytes.min(end.saturating_sub(at));
    file.seek(SeekFrom::Start(at))?;
    io::copy(&mut io::repeat(0).take(bytes), file).map(drop)
}

/// `exif:GPSLatitude="31,14.1N"`, or an element of that name: its digits become zeros.
fn forget_words<F: Read + Write + Seek>(file: &mut F, at: u64) -> io::Result<bool> {
    let mut bytes = [0; WORDS_BYTES_MAX];
    let held = read_at(file, at, &mut bytes)?;
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\'' | b'<' | b'>');
    let Some(begin) = bytes[..held].iter().position(is_end) else {
        return Ok(false);
    };
    let value = bytes[begin + 1..held].iter_mut();
    let digits = value.take_while(|byte| !is_end(byte));
    let mut changed = false;
    for digit in digits.filter(|it| matches!(it, b'1'..=b'9')) {
        *digit = b'0';
        changed = true;
    }
    if changed {
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&bytes[..held])?;
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn after(bytes: &[u8]) -> Vec<u8> {
        let mut file = Cursor::new(bytes.to_vec());
        let changed = forget(&mut file).unwrap();
        let after = file.into_inner();
        assert_eq!(changed, after != bytes);
        assert_eq!(after.len(), bytes.len());
        after
    }

    /// A block of Exif: who took it (a value of its own), and where, by degrees and by words.
    fn block(is_little: bool) -> Vec<u8> {
        let two = |n: u16| match is_little {
            true => n.to_le_bytes(),
            false => n.to_be_bytes(),
        };
        let four = |n: u32| match is_little {
            true => n.to_le_bytes(),
            false => n.to_be_bytes(),
        };
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            let words = [two(tag), two(kind)].concat();
            [words, four(count).into(), four(value).into()].concat()
        };
        let begin: &[u8] = if is_little { b"II*\0" } else { b"MM\0*" };
        // 8: two entries; 38: GPS, two entries; 68: degrees; 92: words; 108: the name.
        let parts: Vec<Vec<u8>> = vec![
            begin.into(),
            four(8).into(),
            two(2).into(),
            entry(0x010f, 2, 8, 108),
            entry(GPS_TAG, 4, 1, 38),
            four(0).into(),
            two(2).into(),
            entry(2, 5, 3, 68),
            entry(0x1c, 7, 16, 92),
            four(0).into(),
            [31, 1, 14, 1, 5, 1].map(four).concat(),
            b"Century Avenue 1".into(),
            b"Camellia".into(),
        ];
        parts.concat()
    }

    #[test]
    fn the_place_goes_and_the_rest_stays() {
        for is_little in [true, false] {
            // As HEIC and AVIF hold it, somewhere between other things.
            let junk: Vec<u8> = (0..PIECE_BYTES - 30).map(|n| (n % 251) as u8).collect();
            let whole = [&junk[..], b"Exif\0\0", &block(is_little), &junk].concat();
            let after = after(&whole);
            let holds = |words: &[u8]| after.windows(words.len()).any(|it| it == words);
            assert!(!holds(b"Century"));
            assert!(holds(b"Camellia"));
            let begin = junk.len() + 6;
            assert_eq!(after[..begin + 38], whole[..begin + 38]);
            assert!(after[begin + 38..begin + 108].iter().all(|byte| *byte == 0));
            assert_eq!(after[begin + 108..], whole[begin + 108..]);
            // Once more there is nothing.
            assert_eq!(super::tests::after(&after), after);
        }
    }

    #[test]
    fn the_place_in_words_goes() {
        let xmp = b"<x exif:GPSLatitude=\"31,14.1N\" exif:FNumber=\"18/10\">\
            <exif:GPSLongitude>121,28.2E</exif:GPSLongitude>7</x>";
        let expected = b"<x exif:GPSLatitude=\"00,00.0N\" exif:FNumber=\"18/10\">\
            <exif:GPSLongitude>000,00.0E</exif:GPSLongitude>0</x>";
        assert_eq!(after(xmp), expected);
    }

    #[test]
    fn what_is_no_block_is_left_alone() {
        let whole = block(true);
        let mut strange = whole.clone();
        // A kind of value that there is not.
        strange[12] = 99;
        assert_eq!(after(&strange), strange);
        for cut in 0..40 {
            assert_eq!(after(&whole[..cut]), &whole[..cut]);
        }
        // One that leads out of the file, and one that leads to itself.
        for value in [u32::MAX, 8] {
            let mut astray = whole.clone();
            astray[30..34].copy_from_slice(&value.to_le_bytes());
            after(&astray);
        }
        let mut circle = whole.clone();
        circle[34..38].copy_from_slice(&8_u32.to_le_bytes());
        assert!(!after(&circle).windows(7).any(|it| it == b"Century"));
    }
}
