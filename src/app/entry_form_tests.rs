//! What is carried over, what follows, and what comes back from a draft.

use super::*;

fn ask(id: &str, form: &str, need: &str, carry: bool) -> EntryField {
    EntryField {
        place: 1,
        name: id.to_owned(),
        id: id.to_owned(),
        english: id.to_owned(),
        need: need.to_owned(),
        form: form.to_owned(),
        carry,
        values: vec![],
    }
}

fn form(last: &[(&str, &str)]) -> EntryForm {
    let asks = vec![
        ask("name", "name", "always", false),
        ask("sex", "set", "always", false),
        ask("id_kind", "set", "always", true),
        ask("id_no", "document", "always", false),
        ask("school_no", "text", "always", false),
        ask("class_name", "text", "always", true),
        ask("score", "number", "optional", false),
        ask("birth_region", "region", "always", false),
    ];
    EntryForm::new(asks, last.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect())
}

fn typed(form: &mut EntryForm, text: &str) {
    text.chars().for_each(|c| assert!(form.key(KeyPress::char(c))));
}

#[test]
fn what_is_carried_over_is_passed_by_and_numbers_count_on() {
    let mut form = form(&[("name", "演练甲"), ("id_kind", "护照"), ("school_no", "2025009"), ("class_name", "一班")]);
    let place = |form: &EntryForm| form.asks[form.at].id.clone();
    assert_eq!(place(&form), "name");
    assert_eq!((form.text("school_no").as_str(), form.text("class_name").as_str()), ("2025010", "一班"));
    typed(&mut form, "演练乙");
    form.at = form.next(true).unwrap();
    assert_eq!(place(&form), "id_no", "the sex will follow, the kind of document is carried over");
    typed(&mut form, "410782200903051234");
    assert_eq!(form.next(true), Some(1), "number and class are there, the score is optional: the sex is left");
    form.checked = form.edits;
    form.at = form.next(true).unwrap();
    assert_eq!(place(&form), "birth_region", "nothing follows any more: it is asked for");
    form.at = form.next(false).unwrap();
    assert_eq!(place(&form), "id_no");
    form.at = form.line(-1);
    assert_eq!(place(&form), "id_kind", "a line up goes to what is carried over as well");
    typed(&mut form, "身");
    assert_eq!(form.text("id_kind"), "身", "typing begins anew");
    assert_eq!(next_number("一班09"), "一班10");
    assert_eq!((next_number("099"), next_number("无")), ("100".into(), String::new()));
}

#[test]
fn numbers_typed_with_a_chinese_input_method_are_the_plain_ones() {
    let mut form = form(&[]);
    form.at = 3;
    typed(&mut form, "４１０７８２２００９０３０５１２３");
    assert!(!form.hurry);
    typed(&mut form, "ｘ");
    assert_eq!((form.text("id_no").as_str(), form.hurry), ("41078220090305123X", true));
    form.at = 0;
    typed(&mut form, "Ａ");
    assert_eq!(form.text("name"), "Ａ", "a name is left as it is typed");
}

#[test]
fn a_draft_comes_back_in_the_same_field() {
    let mut form = form(&[("class_name", "一班")]);
    typed(&mut form, "阿米娜·𠮷");
    form.at = 3;
    typed(&mut form, "4107");
    let text = serde_json::to_string(&form.to_draft()).unwrap();
    let back = EntryForm::from_draft(form.asks.clone(), serde_json::from_str(&text).unwrap());
    assert_eq!((back.at, back.texts()), (3, form.texts()));
    assert_eq!(back.cells[5].origin, Origin::Carried);
    assert!(back.has_typed() && !EntryForm::new(form.asks.clone(), form.last.clone()).has_typed());
}
