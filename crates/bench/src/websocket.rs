//! The client side of a WebSocket, as little as a load driver needs: the handshake by hand, masked
//! text frames up, unmasked frames down, found in a buffer without copying.
//!
//! It reads many sockets on the cores that the server needs, so it does not check what it need not.

/// Opcodes of RFC 6455, as far as they are met here.
pub const CONTINUATION: u8 = 0x0;
pub const TEXT: u8 = 0x1;
pub const CLOSE: u8 = 0x8;
pub const PING: u8 = 0x9;
pub const PONG: u8 = 0xA;

/// One whole frame within a buffer.
#[derive(Debug, PartialEq)]
pub struct Frame<'a> {
    pub opcode: u8,
    /// The last, or only, fragment of its message.
    pub last: bool,
    pub payload: &'a [u8],
    /// Bytes of the buffer that it takes, head included.
    pub len: usize,
}

/// The frame at the start of the buffer; None while it is not there whole.
///
/// Errors: a masked frame, which no server may send.
pub fn parse(buffer: &[u8]) -> anyhow::Result<Option<Frame<'_>>> {
    let [first, second, rest @ ..] = buffer else {
        return Ok(None);
    };
    anyhow::ensure!(second & 0x80 == 0, "the server sent a masked frame");
    let (head, size) = match second & 0x7F {
        126 => match rest {
            [high, low, ..] => (4, usize::from(u16::from_be_bytes([*high, *low]))),
            _ => return Ok(None),
        },
        127 => match rest.first_chunk::<8>() {
            Some(bytes) => (10, u64::from_be_bytes(*bytes) as usize),
            None => return Ok(None),
        },
        size => (2, usize::from(size)),
    };
    let len = head + size;
    let (opcode, last) = (first & 0x0F, first & 0x80 != 0);
    let frame = |payload| Frame {
        opcode,
        last,
        payload,
        len,
    };
    Ok(buffer.get(head..len).map(frame))
}

/// Appends a masked frame, as clients must send them.
pub fn write_masked(opcode: u8, payload: &[u8], out: &mut Vec<u8>) {
    // A secret mask protects proxies from browsers' scripts; there is neither here.
    const MASK: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];
    write_head(opcode, payload.len(), 0x80, out);
    out.extend_from_slice(&MASK);
    out.extend(
        payload
            .iter()
            .zip(MASK.iter().cycle())
            .map(|(byte, mask)| byte ^ mask),
    );
}

/// Appends an unmasked frame, as servers send them.
pub fn write_unmasked(opcode: u8, payload: &[u8], out: &mut Vec<u8>) {
    write_head(opcode, payload.len(), 0, out);
    out.extend_from_slice(payload);
}

fn write_head(opcode: u8, size: usize, mask_bit: u8, out: &mut Vec<u8>) {
    out.push(0x80 | opcode);
    match size {
        0..126 => out.push(mask_bit | size as u8),
        126..0x1_0000 => {
            out.push(mask_bit | 126);
            out.extend_from_slice(&(size as u16).to_be_bytes());
        }
        _ => {
            out.push(mask_bit | 127);
            out.extend_from_slice(&(size as u64).to_be_bytes());
        }
    }
}

/// The request that turns a connection into a WebSocket.
pub fn upgrade_request(host: &str, path: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGVub24gYmVuY2ggY2xpZW50\r\n\r\n"
    )
}

/// Bytes of the answer to the upgrade; None while it is not there whole.
///
/// Errors: the server refused; the answer's beginning is in the error.
pub fn upgrade_answer(buffer: &[u8]) -> anyhow::Result<Option<usize>> {
    let Some(end) = memchr::memmem::find(buffer, b"\r\n\r\n") else {
        return Ok(None);
    };
    if !buffer.starts_with(b"HTTP/1.1 101") {
        let shown = &buffer[..buffer.len().min(500)];
        anyhow::bail!(
            "the server refused a WebSocket: {}",
            String::from_utf8_lossy(shown)
        );
    }
    Ok(Some(end + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_every_length_are_found_and_cut_ones_awaited() {
        for size in [0, 1, 125, 126, 127, 65_535, 65_536, 70_000] {
            let payload: Vec<u8> = (0..size).map(|n| n as u8).collect();
            let mut bytes = Vec::new();
            write_unmasked(TEXT, &payload, &mut bytes);
            let whole = bytes.len();
            bytes.extend_from_slice(b"next");
            let frame = parse(&bytes).unwrap().unwrap();
            assert_eq!(
                (frame.opcode, frame.payload, frame.len),
                (TEXT, &payload[..], whole)
            );
            for cut in [0, 1, 2, 3, 9, whole - 1] {
                if cut < whole {
                    assert_eq!(parse(&bytes[..cut]).unwrap(), None, "{size} cut at {cut}");
                }
            }
        }
    }

    #[test]
    fn masked_frames_are_errors_and_fragments_are_told_from_the_last() {
        let mut bytes = Vec::new();
        write_masked(TEXT, b"hi", &mut bytes);
        assert!(parse(&bytes).is_err());
        assert!(!parse(&[TEXT, 0x01, b'x']).unwrap().unwrap().last);
        assert!(
            parse(&[0x80 | CONTINUATION, 0x01, b'x'])
                .unwrap()
                .unwrap()
                .last
        );
    }

    #[test]
    fn masking_is_undone_by_masking() {
        let mut bytes = Vec::new();
        write_masked(TEXT, b"hello there", &mut bytes);
        let (mask, masked) = bytes[2..].split_at(4);
        let plain: Vec<u8> = masked
            .iter()
            .zip(mask.iter().cycle())
            .map(|(b, m)| b ^ m)
            .collect();
        assert_eq!(plain, b"hello there");
    }

    #[test]
    fn upgrades_are_awaited_accepted_or_refused() {
        assert_eq!(
            upgrade_answer(b"HTTP/1.1 101 Switching\r\nA: b\r\n").unwrap(),
            None
        );
        let answer = b"HTTP/1.1 101 Switching\r\nA: b\r\n\r\n\x81\x00";
        assert_eq!(upgrade_answer(answer).unwrap(), Some(answer.len() - 2));
        assert!(upgrade_answer(b"HTTP/1.1 503 Busy\r\n\r\n").is_err());
    }
}
