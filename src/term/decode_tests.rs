use super::*;
use proptest::prelude::*;

fn all(bytes: &[u8]) -> Vec<Read> {
    let mut decoder = Decoder::default();
    let mut read = decoder.feed(bytes);
    read.extend(decoder.give_up());
    read
}

fn plain(c: char) -> Read {
    key(KeyCode::Char(c))
}

#[test]
fn keys_as_terminals_send_them() {
    use KeyCode::*;
    let control = |c| with(Char(c), KeyModifiers::CONTROL);
    for (bytes, want) in [
        (&b"a"[..], plain('a')),
        (b"A", with(Char('A'), KeyModifiers::SHIFT)),
        ("休".as_bytes(), plain('休')),
        ("𬭎".as_bytes(), plain('𬭎')),
        (b"\r", key(Enter)),
        (b"\n", control('j')),
        (b"\t", key(Tab)),
        (b"\x1b[Z", with(BackTab, KeyModifiers::SHIFT)),
        (b"\x7f", key(Backspace)),
        (b"\x08", control('h')),
        (b"\x13", control('s')),
        (b"\x03", control('c')),
        (b"\0", control(' ')),
        (b"\x1c", control('4')),
        (b"\x1b", key(Esc)),
        (b"\x1b[A", key(Up)),
        (b"\x1bOB", key(Down)),
        (b"\x1b[1;5C", with(Right, KeyModifiers::CONTROL)),
        (b"\x1b[1;2D", with(Left, KeyModifiers::SHIFT)),
        (b"\x1b[H", key(Home)),
        (b"\x1b[4~", key(End)),
        (b"\x1b[8~", key(End)),
        (b"\x1b[2~", key(Insert)),
        (b"\x1b[3;5~", with(Delete, KeyModifiers::CONTROL)),
        (b"\x1b[5~", key(PageUp)),
        (b"\x1b[6~", key(PageDown)),
        (b"\x1bOP", key(F(1))),
        (b"\x1b[11~", key(F(1))),
        (b"\x1b[[E", key(F(5))),
        (b"\x1b[15~", key(F(5))),
        (b"\x1b[19~", key(F(8))),
        (b"\x1b[24~", key(F(12))),
        (b"\x1b[1;2R", with(F(3), KeyModifiers::SHIFT)),
        (b"\x1bj", with(Char('j'), KeyModifiers::ALT)),
        ("\x1b休".as_bytes(), with(Char('休'), KeyModifiers::ALT)),
        (b"\x1bOM", key(Enter)),
        (b"\x1bOk", plain('+')),
        (b"\x1bOy", plain('9')),
    ] {
        assert_eq!(all(bytes), [want], "{bytes:?}");
    }
}

#[test]
fn answers_are_no_keys_wherever_they_come() {
    for (bytes, want) in [
        (&b"\x1b[0n"[..], Answer::Ready),
        (b"\x1b[2;3R", Answer::Cursor(2, 3)),
        (b"\x1b[?2026;2$y", Answer::Mode(2026, 2)),
    ] {
        let between = [b"j", bytes, b"k"].concat();
        assert_eq!(all(&between), [plain('j'), Read::Answer(want), plain('k')], "{bytes:?}");
    }
    for ignored in [&b"\x1b[?62;22c"[..], b"\x1b[I", b"\x1b[>0;10;1c", b"\x1b[99~", b"\xff"] {
        assert_eq!(all(&[ignored, b"k"].concat()), [plain('k')], "{ignored:?}");
    }
}

#[test]
fn a_paste_is_one_piece_and_what_is_in_it_is_no_key() {
    let read = all("\x1b[200~一\r\n二\x1b[A\x1b[201~j".as_bytes());
    assert_eq!(read, [Read::Paste("一\r\n二\x1b[A".into()), plain('j')]);
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b[200~ab\x1b[20"), []);
    // However long the rest takes: a paste is not given up.
    assert!(!decoder.is_waiting());
    assert_eq!(decoder.feed(b"1~"), [Read::Paste("ab".into())]);
}

#[test]
fn an_escape_that_stays_alone_is_a_key_and_loses_nothing() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert!(decoder.is_waiting());
    assert_eq!(decoder.give_up(), [key(KeyCode::Esc)]);
    assert!(!decoder.is_waiting());
    assert_eq!(all(b"\x1b\x1b"), [key(KeyCode::Esc), key(KeyCode::Esc)]);
    assert_eq!(all(b"\x1b["), [key(KeyCode::Esc), plain('[')]);
    assert_eq!(all(b"\x1b[\x1b[A"), [key(KeyCode::Up)]);
}

#[test]
fn garbage_ends() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[");
    decoder.feed(&[b'1'; 500]);
    assert_eq!(decoder.feed(b"j").last(), Some(&plain('j')));
    assert!(!decoder.is_waiting());
}

proptest! {
    #[test]
    fn however_the_line_cuts_it_the_same_is_read(
        parts in proptest::collection::vec(prop_oneof![
            Just("a".to_owned()), Just("休".to_owned()), Just("\x1b[A".to_owned()), Just("\x1b[2;3R".to_owned()),
            Just("\x1b[0n".to_owned()), Just("\x1b[200~x\x1b[201~".to_owned()), Just("\x1b[1;5C".to_owned()),
            Just("\x1bOP".to_owned()),
        ], 1..8),
        cuts in proptest::collection::vec(1usize..4, 1..40),
    ) {
        let bytes: Vec<u8> = parts.concat().into_bytes();
        let mut whole = Decoder::default();
        let want = whole.feed(&bytes);
        let mut decoder = Decoder::default();
        let (mut read, mut at) = (Vec::new(), 0);
        for cut in cuts.iter().cycle() {
            let end = (at + cut).min(bytes.len());
            read.extend(decoder.feed(&bytes[at..end]));
            at = end;
            if at == bytes.len() {
                break;
            }
        }
        prop_assert_eq!(read, want);
    }

    #[test]
    fn nothing_breaks_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut decoder = Decoder::default();
        decoder.feed(&bytes);
        decoder.give_up();
        prop_assert!(!decoder.is_waiting() );
    }
}
