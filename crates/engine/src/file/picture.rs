//! What a file is, by its bytes; and pictures: cleaned, measured, made small. Pure but for reading
//! the file; called on threads that may wait.
//!
//! Limit: no picture is decoded beyond [`PIXELS_MAX`] and [`DECODED_BYTES_MAX`], whatever its
//! header promises.

use image::{
    AnimationDecoder, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{gif, jpeg, webp},
    imageops::FilterType,
};
use img_parts::{
    Bytes,
    jpeg::{Jpeg, JpegSegment},
    png::Png,
    riff::RiffContent,
    webp::WebP,
};
use std::{
    io::{BufRead, Cursor, Seek},
    path::Path,
};
use tenon_store::emoji;

/// Limit: bytes of a picture that is cleaned and shown.
pub const BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Limit: pixels of a picture that gets a thumbnail.
const PIXELS_MAX: u64 = 64_000_000;
/// Limit: memory for decoding one picture, bytes.
const DECODED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Limit: width and height of a thumbnail, pixels.
const THUMBNAIL_PIXELS_MAX: u32 = 800;
const THUMBNAIL_QUALITY: u8 = 82;
/// The type of bytes that say nothing about themselves.
pub const UNKNOWN: &str = "application/octet-stream";

/// A small picture.
pub struct Thumbnail {
    pub is_png: bool,
    pub bytes: Vec<u8>,
}

/// What the first bytes of a file say it is.
pub fn sniff(head: &[u8]) -> &'static str {
    match infer::get(head).map(|kind| kind.mime_type()) {
        // An SVG may begin like any HTML or XML.
        Some(kind) if kind.starts_with("text/") => match sniff_text(head) {
            "text/plain" | UNKNOWN => kind,
            closer => closer,
        },
        Some(kind) => kind,
        None => sniff_text(head),
    }
}

fn sniff_text(head: &[u8]) -> &'static str {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end within a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return UNKNOWN,
    };
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    if text.is_empty() || text.chars().any(control) {
        return UNKNOWN;
    }
    let lower = text.to_ascii_lowercase();
    if lower.contains("<svg") {
        "image/svg+xml"
    } else if lower.contains("<html") || lower.contains("<script") || lower.contains("<!doctype") {
        "text/html"
    } else {
        "text/plain"
    }
}

pub fn is_picture(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/jpeg" | "image/png" | "image/gif" | "image/webp"
    )
}

/// The picture without EXIF, XMP and comments; which way is up stays. None if it is none.
pub fn clean(media_type: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let held = Bytes::copy_from_slice(bytes);
    match media_type {
        "image/jpeg" => clean_jpeg(held),
        "image/png" => {
            let mut png = Png::from_bytes(held).ok()?;
            for kind in [b"eXIf", b"tEXt", b"iTXt", b"zTXt"] {
                png.remove_chunks_by_type(*kind);
            }
            Some(png.encoder().bytes().to_vec())
        }
        "image/webp" => clean_webp(held),
        // A GIF has no place for them.
        _ => Some(bytes.to_vec()),
    }
}

fn clean_jpeg(bytes: Bytes) -> Option<Vec<u8>> {
    const APP1: u8 = 0xe1;
    const APP13: u8 = 0xed;
    const COMMENT: u8 = 0xfe;
    let up = orientation(&bytes);
    let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
    for marker in [APP1, APP13, COMMENT] {
        jpeg.remove_segments_by_marker(marker);
    }
    if up > 1 {
        let contents = Bytes::from(orientation_exif(up));
        let segment = JpegSegment::new_with_contents(APP1, contents);
        jpeg.segments_mut().insert(0, segment);
    }
    Some(jpeg.encoder().bytes().to_vec())
}

/// EXIF's 1 to 8; 1 is upright.
fn orientation(bytes: &[u8]) -> u8 {
    let decoder = jpeg::JpegDecoder::new(Cursor::new(bytes));
    let found = decoder.and_then(|mut decoder| decoder.orientation());
    found.map_or(1, |found| found.to_exif())
}

/// EXIF that says which way is up, and nothing else.
fn orientation_exif(up: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([up, 0, 0, 0, 0, 0, 0]);
    exif
}

fn clean_webp(bytes: Bytes) -> Option<Vec<u8>> {
    // In the first byte of VP8X: EXIF and XMP are here.
    const FLAGS: u8 = 0b0000_1100;
    let mut webp = WebP::from_bytes(bytes).ok()?;
    for id in [b"EXIF", b"XMP "] {
        webp.remove_chunks_by_id(*id);
    }
    for chunk in webp.chunks_mut() {
        if &chunk.id() == b"VP8X"
            && let RiffContent::Data(data) = chunk.content_mut()
            && !data.is_empty()
        {
            let mut flags = data.to_vec();
            flags[0] &= !FLAGS;
            *data = flags.into();
        }
    }
    Some(webp.encoder().bytes().to_vec())
}

/// Width and height as it is seen, if it can have a thumbnail.
pub fn measure(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut decoder = decoder(Cursor::new(bytes))?;
    let (width, height) = decoder.dimensions();
    let turned = decoder.orientation().is_ok_and(|it| it.to_exif() > 4);
    Some(if turned {
        (height, width)
    } else {
        (width, height)
    })
}

fn decoder<'a>(source: impl BufRead + Seek + 'a) -> Option<impl ImageDecoder + 'a> {
    let mut reader = ImageReader::new(source).with_guessed_format().ok()?;
    let known = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ];
    reader.format().filter(|format| known.contains(format))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    (pixels > 0 && pixels <= PIXELS_MAX).then_some(decoder)
}

/// The picture made small and upright; of an animated one its first frame.
pub fn thumbnail(path: &Path) -> Option<Thumbnail> {
    let file = std::fs::File::open(path).ok()?;
    let mut decoder = decoder(std::io::BufReader::new(file))?;
    let up = decoder.orientation().ok()?;
    let mut whole = DynamicImage::from_decoder(decoder).ok()?;
    let max = THUMBNAIL_PIXELS_MAX;
    if whole.width() > max || whole.height() > max {
        whole = whole.thumbnail(max, max);
    }
    whole.apply_orientation(up);
    let mut bytes = Vec::new();
    let is_png = whole.color().has_alpha();
    if is_png {
        let small = DynamicImage::ImageRgba8(whole.into_rgba8());
        let mut target = Cursor::new(&mut bytes);
        small.write_to(&mut target, ImageFormat::Png).ok()?;
    } else {
        let encoder = jpeg::JpegEncoder::new_with_quality(&mut bytes, THUMBNAIL_QUALITY);
        whole.into_rgb8().write_with_encoder(encoder).ok()?;
    }
    Some(Thumbnail { is_png, bytes })
}

/// Limit: width and height of the picture of an emoji as it is shown, pixels.
const EMOJI_PIXELS_MAX: u32 = 128;
/// Limit: width and height of a picture that is made into an emoji, pixels.
const EMOJI_SOURCE_PIXELS_MAX: u32 = 2_000;
/// Limit: width and height of one that moves, pixels; it is kept as it was sent.
const EMOJI_MOVING_PIXELS_MAX: u32 = 512;
/// Limit: pictures of one that moves.
const EMOJI_FRAMES_MAX: usize = 200;

/// A picture as an emoji: square and small, or as it was sent if it moves. None for what is no
/// picture, or none that can be an emoji. Every picture of one that moves is decoded once, so that
/// a broken one is never shown.
pub fn emoji(bytes: &[u8]) -> Option<emoji::Picture> {
    let media_type = sniff(bytes);
    if !is_picture(media_type) {
        return None;
    }
    let mut decoder = decoder(Cursor::new(bytes))?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > EMOJI_SOURCE_PIXELS_MAX {
        return None;
    }
    let up = decoder.orientation().ok()?;
    let mut first = DynamicImage::from_decoder(decoder).ok()?;
    first.apply_orientation(up);
    let small = squared(&first)?;
    let frames = count_frames(media_type, bytes)?;
    if frames <= 1 {
        return Some(emoji::Picture {
            media_type: "image/png",
            bytes: small,
            still: None,
        });
    }
    let fits = width.max(height) <= EMOJI_MOVING_PIXELS_MAX && frames <= EMOJI_FRAMES_MAX;
    fits.then_some(())?;
    Some(emoji::Picture {
        media_type,
        bytes: clean(media_type, bytes)?,
        still: Some(small),
    })
}

/// How many pictures it shows one after the other; one more than may be is enough to know.
fn count_frames(media_type: &str, bytes: &[u8]) -> Option<usize> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    let frames = match media_type {
        "image/gif" => {
            let mut decoder = gif::GifDecoder::new(Cursor::new(bytes)).ok()?;
            decoder.set_limits(limits).ok()?;
            decoder.into_frames()
        }
        "image/webp" => {
            let decoder = webp::WebPDecoder::new(Cursor::new(bytes)).ok()?;
            if !decoder.has_animation() {
                return Some(1);
            }
            decoder.into_frames()
        }
        _ => return Some(1),
    };
    let mut count = 0;
    for frame in frames.take(EMOJI_FRAMES_MAX + 1) {
        frame.ok()?;
        count += 1;
    }
    Some(count)
}

/// As PNG: the whole picture in the middle of a square without colour.
fn squared(picture: &DynamicImage) -> Option<Vec<u8>> {
    let max = EMOJI_PIXELS_MAX;
    let small = if picture.width() > max || picture.height() > max {
        picture.resize(max, max, FilterType::Lanczos3)
    } else {
        picture.clone()
    };
    in_square(&small, small.width().max(small.height()))
}

/// The picture upright in the middle of a clear square, as PNG: nothing of what it said about
/// itself is left.
pub fn square(bytes: &[u8], pixels: u32) -> Option<Vec<u8>> {
    let mut decoder = decoder(Cursor::new(bytes))?;
    let up = decoder.orientation().ok()?;
    let mut whole = DynamicImage::from_decoder(decoder).ok()?;
    whole.apply_orientation(up);
    in_square(&whole.resize(pixels, pixels, FilterType::Lanczos3), pixels)
}

/// As PNG: the whole picture in the middle of a square of so many pixels without colour.
fn in_square(picture: &DynamicImage, side: u32) -> Option<Vec<u8>> {
    let mut square = DynamicImage::new_rgba8(side, side);
    let at = |length: u32| i64::from((side - length) / 2);
    let (x, y) = (at(picture.width()), at(picture.height()));
    image::imageops::overlay(&mut square, picture, x, y);
    let mut bytes = Vec::new();
    let mut target = Cursor::new(&mut bytes);
    square.write_to(&mut target, ImageFormat::Png).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = DynamicImage::new_rgb8(30, 20);
        image
            .write_to(&mut Cursor::new(&mut bytes), format)
            .unwrap();
        bytes
    }

    /// A JPEG taken with the camera on its side, at a place.
    fn located() -> Vec<u8> {
        let mut jpeg = Jpeg::from_bytes(picture(ImageFormat::Jpeg).into()).unwrap();
        let mut exif = orientation_exif(6);
        exif.extend(b"GPS 31.23N 121.47E");
        let segment = JpegSegment::new_with_contents(0xe1, exif.into());
        jpeg.segments_mut().insert(0, segment);
        jpeg.encoder().bytes().to_vec()
    }

    #[test]
    fn a_picture_forgets_where_it_was_taken_and_stays_upright() {
        let before = located();
        assert!(before.windows(3).any(|it| it == b"GPS"));
        let after = clean("image/jpeg", &before).unwrap();
        assert!(!after.windows(3).any(|it| it == b"GPS"));
        assert_eq!(orientation(&after), 6);
        assert_eq!(measure(&after), Some((20, 30)));
    }

    #[test]
    fn a_logo_is_a_square_that_says_nothing() {
        let made = square(&located(), 64).unwrap();
        assert_eq!(measure(&made), Some((64, 64)));
        assert!(!made.windows(3).any(|it| it == b"GPS"));
        let corner = image::load_from_memory(&made).unwrap().into_rgba8();
        // On its side it is higher than wide: the margins are left and right.
        assert_eq!(corner.get_pixel(0, 32).0[3], 0);
        assert_eq!(corner.get_pixel(32, 0).0[3], 255);
        assert!(square(b"GIF89a and no more", 64).is_none());
    }

    #[test]
    fn words_of_a_png_go() {
        let mut png = Png::from_bytes(picture(ImageFormat::Png).into()).unwrap();
        let words = img_parts::png::PngChunk::new(*b"tEXt", "Comment\0secret".into());
        png.chunks_mut().insert(1, words);
        let before = png.encoder().bytes().to_vec();
        let after = clean("image/png", &before).unwrap();
        assert!(before.windows(6).any(|it| it == b"secret"));
        assert!(!after.windows(6).any(|it| it == b"secret"));
        assert_eq!(measure(&after), Some((30, 20)));
    }

    #[test]
    fn a_type_is_what_the_bytes_say() {
        assert_eq!(sniff(&picture(ImageFormat::Png)), "image/png");
        assert_eq!(sniff(b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(sniff("早上好\n".as_bytes()), "text/plain");
        assert_eq!(sniff(&"早".as_bytes()[..2]), UNKNOWN);
        assert_eq!(sniff(b"\0\x01\x02\x03"), UNKNOWN);
        let svg = b" <!-- x --><svg onload='alert(1)'>";
        assert_eq!(sniff(svg), "image/svg+xml");
        assert!(!is_picture(sniff(svg)));
        assert_eq!(sniff(b"hello <script>alert(1)</script>"), "text/html");
    }

    fn moving(side: u32, frames: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = gif::GifEncoder::new_with_speed(&mut bytes, 30);
        for n in 0..frames {
            let colour = image::Rgba([u8::try_from(n % 200).unwrap(), 0, 0, 255]);
            let picture = image::RgbaImage::from_pixel(side, side, colour);
            encoder.encode_frame(image::Frame::new(picture)).unwrap();
        }
        drop(encoder);
        bytes
    }

    #[test]
    fn an_emoji_is_small_and_square() {
        let mut wide = Vec::new();
        DynamicImage::new_rgb8(600, 200)
            .write_to(&mut Cursor::new(&mut wide), ImageFormat::Jpeg)
            .unwrap();
        let made = super::emoji(&wide).unwrap();
        assert_eq!(made.media_type, "image/png");
        assert_eq!(measure(&made.bytes), Some((128, 128)));
        assert!(made.still.is_none());
        let made = super::emoji(&picture(ImageFormat::Png)).unwrap();
        assert_eq!(measure(&made.bytes), Some((30, 30)));
    }

    #[test]
    fn one_that_moves_has_bounds_and_a_still_picture() {
        let fine = moving(200, 3);
        let made = super::emoji(&fine).unwrap();
        assert_eq!((made.media_type, &made.bytes), ("image/gif", &fine));
        assert_eq!(measure(&made.still.unwrap()), Some((128, 128)));
        let one = super::emoji(&moving(40, 1)).unwrap();
        assert_eq!(one.media_type, "image/png");
        assert!(super::emoji(&moving(600, 2)).is_none(), "too large to move");
        assert!(super::emoji(&moving(4, 201)).is_none(), "too many pictures");
        assert!(super::emoji(&fine[..fine.len() / 2]).is_none(), "cut");
    }

    #[test]
    fn what_is_no_picture_is_no_emoji() {
        assert!(super::emoji(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_none());
        assert!(super::emoji(b"\x89PNG\r\n\x1a\n and nothing").is_none());
        let mut bomb = picture(ImageFormat::Png);
        bomb[16..20].copy_from_slice(&2_001_u32.to_be_bytes());
        assert!(super::emoji(&bomb).is_none());
    }

    #[test]
    fn a_picture_of_too_many_pixels_is_not_decoded() {
        let mut bomb = picture(ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(measure(&bomb), None);
    }
}
