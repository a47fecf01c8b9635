//! Numbers of identity documents as `xueji id` reads them, with the real lists of region codes. All numbers are made up;
//! some may by chance belong to somebody.

use serde_json::{Value, json};
use xueji::cli::id;
use xueji::law::identity::check_digit;

fn read(number: &str) -> Value {
    let mut out = Vec::new();
    id::run(&mut out, number, crate::day("2025-10-15"), true).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// Seventeen digits with the eighteenth.
fn whole(body: &str) -> String {
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
}

fn codes(read: &Value) -> Vec<(&str, &str)> {
    let problems = read["problems"].as_array().unwrap();
    problems.iter().map(|of| (of["code"].as_str().unwrap(), of["severity"].as_str().unwrap())).collect()
}

#[test]
fn a_resident_number_says_region_birth_and_sex() {
    let number = whole("41078220090305001");
    let answer = read(&number);
    assert_eq!(
        answer,
        json!({
            "number": number, "kind": "resident-id-18", "valid": true, "problems": [], "birth": "2009-03-05",
            "sex": "M", "suggestion": null,
            "region": {"code": "410782", "name": "辉县市", "current": true, "within": "河南省新乡市", "until": null},
        })
    );
    assert_eq!(read(&whole("41078220090305002"))["sex"], "F");
}

#[test]
fn writing_is_made_uniform_before_it_is_read() {
    let number = (0..100).map(|n| whole(&format!("410782200903051{n:02}"))).find(|one| one.ends_with('X')).unwrap();
    let wide: String = number.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
    let low = format!("' {} {}", &number[..6], &number[6..]).to_lowercase();
    for written in [wide, low, number.replace('X', "×")] {
        assert_eq!((&read(&written)["number"], &read(&written)["valid"]), (&json!(number), &json!(true)), "{written}");
    }
}

/// The code of the time counts: 偃师市 until 2021, 义马市 under a code that 济源市 has today.
#[test]
fn regions_are_those_of_the_time() {
    let then = read(&whole("41038120090305001"));
    assert_eq!((then["valid"].as_bool(), &then["region"]["current"]), (Some(true), &json!(false)));
    assert_eq!((then["region"]["name"].as_str(), codes(&then)), (Some("偃师市"), vec![("region_abolished", "notice")]));
    let before = read(&whole("41900119900305001"));
    assert_eq!((before["region"]["name"].as_str(), &before["region"]["current"]), (Some("义马市"), &json!(false)));
    let today = read(&whole("41900120090305001"));
    assert_eq!((today["region"]["name"].as_str(), codes(&today)), (Some("济源市"), vec![]));
    // 410107 ended in 1986: born in that year or in the next.
    assert_eq!(codes(&read(&whole("41010719860305001"))), [("region_abolished", "notice")]);
    let late = read(&whole("41010719870305001"));
    assert_eq!(
        (late["valid"].as_bool(), codes(&late)),
        (Some(true), vec![("region_abolished_before_birth", "notice")])
    );
    for never in ["41990120090305001", "41000020090305001", "00000020090305001"] {
        let unknown = read(&whole(never));
        assert_eq!((unknown["valid"].as_bool(), codes(&unknown)), (Some(false), vec![("unknown_region", "block")]));
    }
}

#[test]
fn what_is_wrong_is_named() {
    let number = whole("41078220090305001");
    let wrong = if number.ends_with('5') { "6" } else { "5" };
    for (written, code) in [
        (format!("{}{wrong}", &number[..17]), "id_check_digit"),
        (number[..17].to_owned(), "id_length"),
        (format!("{number}0"), "id_length"),
        (whole("41078220090230001"), "impossible_date"),
        (whole("41078220251016001"), "impossible_date"),
        ("4.10782E+17".to_owned(), "id_scientific"),
        ("4.10782e+17".to_owned(), "id_scientific"),
        ("410727201008010000".to_owned(), "id_tail_zeroed"),
        (format!("{}{}", &number[..16], "A1"), "unknown_form"),
        (String::new(), "unknown_form"),
        ("\u{1b}[31m".to_owned(), "unknown_form"),
    ] {
        let answer = read(&written);
        assert_eq!((answer["valid"].as_bool(), codes(&answer)), (Some(false), vec![(code, "block")]), "{written}");
    }
    // Two faults, two words.
    let both = format!("41078220090230001{}", if whole("41078220090230001").ends_with('1') { "2" } else { "1" });
    assert_eq!(codes(&read(&both)), [("impossible_date", "block"), ("id_check_digit", "block")]);
}

/// An old number is never converted by itself; what it became is only suggested.
#[test]
fn fifteen_digits_are_a_former_number() {
    let answer = read("410782760305001");
    let now = whole("41078219760305001");
    assert_eq!((answer["kind"].as_str(), answer["valid"].as_bool()), (Some("resident-id-15"), Some(false)));
    assert_eq!((answer["number"].as_str(), answer["suggestion"].as_str()), (Some("410782760305001"), Some(&*now)));
    assert_eq!(codes(&answer), [("id_15_digits", "block")]);
    assert!(answer["problems"][0]["message"].as_str().unwrap().contains(&now));
    // A pupil's number that lost three digits: 1909 is no year to suggest.
    let cut = read("410711090121141");
    assert_eq!((cut["suggestion"].as_str(), codes(&cut)), (None, vec![("id_15_digits", "block")]));
}

#[test]
fn other_documents_are_known_by_their_form_and_never_refused() {
    for (number, kind) in [
        ("H12345678", "travel-permit-HK-MO"),
        ("m1234567801", "travel-permit-HK-MO"),
        ("81140983", "travel-permit-TW"),
        ("0123456789(B)", "travel-permit-TW"),
        ("CAN110081080310", "foreigner-permanent-residence-old"),
        ("AB7164691", "passport"),
        ("E12345678", "passport"),
        ("R632381(1)", "identity-card-HK"),
        ("R632381（1）", "identity-card-HK"),
        ("1459256(3)", "identity-card-MO"),
    ] {
        let answer = read(number);
        assert_eq!((answer["kind"].as_str(), answer["valid"].as_bool()), (Some(kind), Some(true)), "{number}");
        assert_eq!(codes(&answer), [("no_check_digit", "notice")], "{number}");
        assert_eq!((&answer["birth"], &answer["region"]), (&Value::Null, &Value::Null), "{number}");
    }
}

#[test]
fn permits_with_a_check_digit_are_held_to_it() {
    for (body, kind, place) in [
        ("81000020090305001", "residence-permit-HK", Some("香港特别行政区")),
        ("82000020090305001", "residence-permit-MO", Some("澳门特别行政区")),
        ("83000020090305001", "residence-permit-TW", Some("台湾省")),
        ("94158620090305001", "foreigner-permanent-residence", Some("河南省")),
    ] {
        let good = whole(body);
        let answer = read(&good);
        assert_eq!((answer["kind"].as_str(), answer["valid"].as_bool()), (Some(kind), Some(true)), "{answer}");
        assert_eq!((answer["birth"].as_str(), answer["region"]["name"].as_str()), (Some("2009-03-05"), place));
        let bad = format!("{body}{}", if good.ends_with('1') { '2' } else { '1' });
        assert_eq!(codes(&read(&bad)), [("id_check_digit", "block")], "{bad}");
    }
}

/// One character more or less is another document, or none.
#[test]
fn the_forms_end_where_they_end() {
    for (number, kind) in [
        ("H1234567", "passport"),
        ("H12345678", "travel-permit-HK-MO"),
        ("H123456789", "passport"),
        ("H1234567890", "travel-permit-HK-MO"),
        ("H12345678901", "passport"),
        ("K12345678", "passport"),
        ("1234567", "passport"),
        ("12345678", "travel-permit-TW"),
        ("123456789", "passport"),
        ("1234567890A", "travel-permit-TW"),
        ("CAN11008108031", "passport"),
        ("CAN110081080310", "foreigner-permanent-residence-old"),
        ("CA1110081080310", "passport"),
        ("R632381(12)", "unknown"),
        ("145925(3)", "unknown"),
        ("A123", "unknown"),
        ("A1234", "passport"),
        ("ABCDEFGH", "unknown"),
        ("12345678901234567", "resident-id-18"),
        ("123456789012", "resident-id-18"),
    ] {
        assert_eq!(read(number)["kind"], kind, "{number}");
    }
    // The neighbours of 81, 82 and 83 are no permits, nor is a region inside them.
    for (body, kind) in [
        ("80000020090305001", "resident-id-18"),
        ("81000020090305001", "residence-permit-HK"),
        ("81000120090305001", "resident-id-18"),
        ("82000020090305001", "residence-permit-MO"),
        ("83000020090305001", "residence-permit-TW"),
        ("84000020090305001", "resident-id-18"),
        ("90000020090305001", "foreigner-permanent-residence"),
        ("94100020090305001", "foreigner-permanent-residence"),
    ] {
        assert_eq!(read(&whole(body))["kind"], kind, "{body}");
    }
}
