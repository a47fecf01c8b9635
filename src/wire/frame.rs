//! Lines with a limit: a line is bounded before anything of it is parsed.

use std::io::{self, BufRead, Write};

/// Longest line either end accepts, in bytes without the line break.
pub const MAX_LINE: usize = 256 * 1024;

/// Why no line came.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The other end is gone; what it had begun to say is dropped.
    #[error("the other end closed the connection")]
    Closed,
    /// A line longer than [`MAX_LINE`].
    #[error("a line longer than {MAX_LINE} bytes")]
    TooLong,
    /// The connection failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads bounded lines.
pub struct LineReader<R> {
    from: R,
    line: Vec<u8>,
}

impl<R: BufRead> LineReader<R> {
    /// Lines of `from`.
    pub fn new(from: R) -> Self {
        LineReader { from, line: Vec::new() }
    }

    /// What the lines are read from, to change how it is waited for.
    pub fn source(&mut self) -> &mut R {
        &mut self.from
    }

    /// The next line without its break. A half line at the end counts as closed: it was never finished.
    pub fn next_line(&mut self) -> Result<&[u8], FrameError> {
        self.line.clear();
        loop {
            let seen = match self.from.fill_buf() {
                Ok(seen) => seen,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e.into()),
            };
            if seen.is_empty() {
                return Err(FrameError::Closed);
            }
            let (take, whole) = match seen.iter().position(|&b| b == b'\n') {
                Some(at) => (at, true),
                None => (seen.len(), false),
            };
            if self.line.len() + take > MAX_LINE {
                return Err(FrameError::TooLong);
            }
            self.line.extend_from_slice(&seen[..take]);
            self.from.consume(take + usize::from(whole));
            if whole {
                return Ok(&self.line);
            }
        }
    }
}

/// Writes one line with its break, in one write.
pub fn write_line(to: &mut impl Write, line: &str) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(line.len() + 1);
    bytes.extend_from_slice(line.as_bytes());
    bytes.push(b'\n');
    to.write_all(&bytes)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_whole_or_not_at_all() {
        let mut reader = LineReader::new(&b"one\n\ntwo\nhal"[..]);
        assert_eq!(reader.next_line().unwrap(), b"one");
        assert_eq!(reader.next_line().unwrap(), b"");
        assert_eq!(reader.next_line().unwrap(), b"two");
        assert!(matches!(reader.next_line(), Err(FrameError::Closed)));
    }

    #[test]
    fn the_limit_holds_exactly() {
        let mut fits = vec![b'x'; MAX_LINE];
        fits.push(b'\n');
        assert_eq!(LineReader::new(&fits[..]).next_line().unwrap().len(), MAX_LINE);
        let mut over = vec![b'x'; MAX_LINE + 1];
        over.push(b'\n');
        assert!(matches!(LineReader::new(&over[..]).next_line(), Err(FrameError::TooLong)));
    }
}
