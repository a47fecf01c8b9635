//! The import at the desk: a file of the upload folder is chosen, its bad cells are put right on the screen, the good rows
//! are registered; and lists are taken out by a key.

use crate::newcomer::*;
use crate::spoiled::sheet;
use crate::support::pty::Desk;
use std::path::Path;

fn open(world: &crate::world::World, account: &str) -> Desk {
    let home = world.store.home().to_str().unwrap();
    Desk::start(&["--data", world.store.data_arg(), "--as", account], &[("HOME", home)], 100, 30)
}

fn upload(home: &Path, name: &str, content: &[u8]) {
    let folder = home.join("xueji-upload");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), content).unwrap();
}

#[test]
fn a_file_is_chosen_put_right_and_registered_on_the_screen() {
    let world = world();
    let rows = [cells(1), with_cells(2, &[("民族", "汗族"), ("学制", "二十年制")]), cells(3)];
    upload(world.store.home(), "新生.csv", csv(&rows).as_bytes());
    upload(world.store.home(), "说明.txt", b"no table");
    let mut desk = open(&world, LR);
    desk.wait_text("待办");
    desk.send("I");
    let files = desk.wait_text("新生.csv");
    assert!(files.contains("~/xueji-upload") && !files.contains("说明.txt"), "{files}");
    desk.send("\r");
    let seen = desk.wait_text("登记可登记的 2 行");
    assert!(seen.contains("UTF-8") && seen.contains("第3行 不符 演练新丙：学制"), "{seen}");
    // Down to the row: what is the matter stands below; Enter opens its cells.
    desk.send("jjj");
    desk.wait_text("学制 「二十年制」");
    desk.send("\r");
    desk.wait_text("改正第3行（演练新丙）");
    desk.send("\u{15}三年制\t\u{15}汉族");
    desk.wait_text("汉族");
    desk.send("\u{13}");
    desk.wait_text("登记可登记的 3 行");
    // Nothing is written before it is confirmed.
    assert_eq!(world.found("演练新").len(), 0);
    desk.send("g\r");
    desk.wait_text("登记 新生.csv 中可登记的 3 行？");
    desk.send("\u{1b}");
    desk.wait_gone("中可登记的 3 行？");
    assert_eq!(world.found("演练新").len(), 0);
    desk.send("\r");
    desk.wait_text("中可登记的 3 行？");
    desk.send("\r");
    desk.wait_text("已登记 3 名，文件中没有不符的行");
    assert_eq!(world.found("演练新").len(), 3);
    // The file itself was not touched.
    let file = std::fs::read_to_string(world.store.home().join("xueji-upload/新生.csv")).unwrap();
    assert!(file.contains("汗族"));
}

#[test]
fn the_rows_that_stay_out_become_a_file_that_can_be_imported() {
    let world = world();
    let bad = with_cells(2, &[("民族", "汗族"), ("学制", "二十年制")]);
    upload(world.store.home(), "新生.csv", csv(&[cells(1), bad]).as_bytes());
    let mut desk = open(&world, LR);
    desk.wait_text("待办");
    desk.send("I");
    desk.wait_text("新生.csv");
    desk.send("\r");
    desk.wait_text("登记可登记的 1 行");
    // One of its two cells is put right at the desk: the list has it as it was put right.
    desk.send("jjj\r");
    desk.wait_text("改正第3行");
    desk.send("\t\u{15}汉族\u{13}");
    desk.wait_text("已改 1 格保留");
    desk.send("gjj\r");
    desk.wait_text("不符的行已导出到");
    let list = world.store.home().join("xueji-download/新生-不符的行.xlsx");
    let rows = sheet(&list);
    assert_eq!(rows.len(), 2, "the header and the row: {rows:?}");
    let at = |name: &str| rows[0].iter().position(|cell| *cell == name).unwrap();
    let cell = |name: &str| rows[1][at(name)].to_string();
    assert_eq!((cell("民族").as_str(), cell("学制").as_str(), cell("原行号").as_str()), ("汉族", "二十年制", "3"));
    let reason = cell("不符原因");
    assert!(reason.contains("学制：") && !reason.contains("民族："), "{reason}");
    assert_eq!(world.found("演练新").len(), 0, "nothing was registered");

    // Put right elsewhere and brought back under its own name, it goes in.
    std::fs::rename(&list, world.store.home().join("xueji-upload/改好.xlsx")).unwrap();
    desk.send("\u{1b}");
    desk.wait_text("新生.csv");
    desk.send("\u{1b}I");
    desk.wait_text("改好.xlsx");
    desk.send("\r");
    desk.wait_text("第2行 不符");
    desk.send("jjj\r");
    desk.wait_text("改正第2行");
    desk.send("\u{15}三年制\u{13}");
    desk.wait_text("登记可登记的 1 行");
    desk.wait_text("没有不符的行可以导出");
}

#[test]
fn a_file_that_changed_after_it_was_checked_is_not_registered() {
    let world = world();
    upload(world.store.home(), "新生.csv", csv(&[cells(1)]).as_bytes());
    let mut desk = open(&world, LR);
    desk.wait_text("待办");
    desk.send(":导入\r");
    desk.wait_text("新生.csv");
    desk.send("\r");
    desk.wait_text("登记可登记的 1 行");
    upload(world.store.home(), "新生.csv", csv(&[cells(1), cells(2)]).as_bytes());
    desk.send("\r");
    desk.wait_text("可登记的 1 行？");
    desk.send("\r");
    desk.wait_text("文件在核对之后改过，没有登记");
    assert_eq!(world.found("演练新").len(), 0);
}

#[test]
fn only_the_entry_post_imports_and_every_list_goes_out_by_a_key() {
    let world = world();
    world.account("jb", "410782", &["handler"]);
    let entries = world.entries().len();
    let mut desk = open(&world, "jb");
    desk.wait_text("待办");
    desk.send("I");
    desk.wait_text("新生由学校录入岗办理");
    desk.send("E");
    desk.wait_text("已导出到");
    let downloads = world.store.home().join("xueji-download");
    let file = std::fs::read_dir(&downloads).unwrap().next().unwrap().unwrap().path();
    let first = sheet(&file)[0][0].to_string();
    assert_eq!(first, "业务号");
    let journal = world.entries();
    assert!(journal[entries..].iter().any(|entry| entry.to_string().contains("lists.export")), "{journal:?}");
}
