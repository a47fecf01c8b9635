//! Text in one of the encodings that CSV files come in, detected by its bytes and read as UTF-8.

use encoding_rs::{DecoderResult, GB18030, UTF_8};
use std::io::{self, BufRead, Read};

/// The mark of UTF-8 at the beginning of a file.
const MARK: &[u8] = b"\xEF\xBB\xBF";
/// Bytes read at once.
const PIECE: usize = 64 * 1024;

/// An encoding of CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with its mark.
    Utf8Mark,
    /// GB18030, as spreadsheets in China save CSV; GBK and GB2312 are parts of it.
    Gb18030,
}

impl Encoding {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Mark => "UTF-8（带 BOM）",
            Encoding::Gb18030 => "GB18030",
        }
    }

    /// The encoding of a whole text; none when it is neither.
    pub(super) fn of(text: &mut impl BufRead) -> io::Result<Option<Encoding>> {
        let marked = text.fill_buf()?.starts_with(MARK);
        let (mut utf8, mut gb) = (UTF_8.new_decoder_without_bom_handling(), GB18030.new_decoder_without_bom_handling());
        let (mut is_utf8, mut is_gb) = (true, !marked);
        let mut room = vec![0; PIECE];
        loop {
            let piece = text.fill_buf()?;
            let (length, last) = (piece.len(), piece.is_empty());
            for (decoder, fits) in [(&mut utf8, &mut is_utf8), (&mut gb, &mut is_gb)] {
                let mut from = 0;
                while *fits {
                    let (result, read, _) = decoder.decode_to_utf8_without_replacement(&piece[from..], &mut room, last);
                    from += read;
                    match result {
                        DecoderResult::InputEmpty => break,
                        DecoderResult::OutputFull => {}
                        DecoderResult::Malformed(..) => *fits = false,
                    }
                }
            }
            text.consume(length);
            if last || !is_utf8 && !is_gb {
                break;
            }
        }
        Ok(match (is_utf8, is_gb) {
            (true, _) if marked => Some(Encoding::Utf8Mark),
            (true, _) => Some(Encoding::Utf8),
            (false, true) => Some(Encoding::Gb18030),
            (false, false) => None,
        })
    }
}

/// A text being decoded. Bytes that the encoding does not have end it with `InvalidData`.
pub(super) struct Decoding<R> {
    from: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    out: Vec<u8>,
    out_at: usize,
    out_end: usize,
    read: u64,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    pub(super) fn new(from: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 | Encoding::Utf8Mark => UTF_8.new_decoder_with_bom_removal(),
            Encoding::Gb18030 => GB18030.new_decoder_without_bom_handling(),
        };
        Decoding {
            from,
            decoder,
            raw: Vec::new(),
            raw_at: 0,
            out: vec![0; 2 * PIECE],
            out_at: 0,
            out_end: 0,
            read: 0,
            ended: false,
        }
    }

    /// Bytes of the file read so far.
    pub(super) fn taken(&self) -> u64 {
        self.read
    }

    fn fill(&mut self) -> io::Result<()> {
        while self.out_at == self.out_end && !self.ended {
            let mut last = false;
            if self.raw_at == self.raw.len() {
                self.raw.resize(PIECE, 0);
                let n = self.from.read(&mut self.raw)?;
                self.raw.truncate(n);
                self.raw_at = 0;
                self.read += n as u64;
                last = n == 0;
            }
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(&self.raw[self.raw_at..], &mut self.out, last);
            self.raw_at += read;
            (self.out_at, self.out_end) = (0, written);
            match result {
                DecoderResult::InputEmpty => self.ended = last,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let n = into.len().min(self.out_end - self.out_at);
        into[..n].copy_from_slice(&self.out[self.out_at..self.out_at + n]);
        self.out_at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// A reader that gives one byte at a time: characters are cut everywhere.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(into.len()).min(1);
            into[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn read(bytes: &[u8]) -> Option<(Encoding, String)> {
        let encoding = Encoding::of(&mut BufReader::with_capacity(3, bytes)).unwrap()?;
        let mut text = String::new();
        Decoding::new(Slow(bytes), encoding).read_to_string(&mut text).unwrap();
        Some((encoding, text))
    }

    #[test]
    fn encodings_are_told_apart_by_their_bytes() {
        let text = "姓名,𠮷·\r\n甲,乙";
        let (gb, ..) = GB18030.encode(text);
        assert_eq!(read(text.as_bytes()), Some((Encoding::Utf8, text.to_owned())));
        assert_eq!(read(&[MARK, text.as_bytes()].concat()), Some((Encoding::Utf8Mark, text.to_owned())));
        assert_eq!(read(&gb), Some((Encoding::Gb18030, text.to_owned())));
        assert_eq!(read(b"code"), Some((Encoding::Utf8, "code".to_owned())));
        // Neither: a byte that no encoding begins with, half a character at the end, and the marks of UTF-16.
        for neither in [&b"code\n\xFF\xFF\n"[..], b"\xB1\xB1\xBE", b"\xFF\xFEc\0", &[MARK, b"\xB1\xB1"].concat()] {
            assert_eq!(read(neither), None, "{neither:x?}");
        }
    }
}
