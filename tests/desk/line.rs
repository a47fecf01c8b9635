//! The server dies under an open desk, or the line to it breaks.

use crate::county::{CTRL_S, County, ENTER, ESC};
use crate::proxy::Proxy;
use crate::support::call::Call;
use rustix::process::{Signal, kill_process};
use serde_json::json;

#[test]
fn a_killed_server_is_started_again_by_the_desk_and_nothing_is_lost() {
    let county = County::new();
    let rows = county.rows("xian1-jb", "mine");
    let mut desk = county.desk("xian1-jb");
    desk.select(2, &rows[2].name);
    let before = desk.screen();
    let server = county.store.server_pid().unwrap();

    // While the folder is out of sight no server can be started: the desk says so and goes on trying.
    let (data, hidden) = (county.store.data(), county.store.home().join("hidden"));
    std::fs::rename(data, &hidden).unwrap();
    kill_process(server, Signal::KILL).unwrap();
    desk.wait_text("断线，正在重连");
    // What is loaded can be read on; what needs the server says so.
    desk.send("j");
    desk.wait_counter(4, rows.len() as u32);
    assert_eq!(desk.selected().1, rows[3].name);
    desk.send("a");
    desk.wait_text("断线中，此键需要服务器");
    desk.send("k");
    std::fs::rename(&hidden, data).unwrap();

    desk.wait_text("已重新连接");
    let again = desk.wait_counter(3, rows.len() as u32);
    // The same queue, but for the line that tells of it.
    assert_eq!(above_the_message(&again), above_the_message(&before));
    let other = county.store.server_pid().unwrap();
    assert_ne!(other, server, "another server");
    // And it works.
    desk.send("a");
    desk.wait_confirm(&[&rows[2].name]);
    desk.send(ENTER);
    desk.wait_text("下一件");
    assert_eq!(county.case(&rows[2].id)["standing"], "second");
}

fn above_the_message(screen: &str) -> Vec<&str> {
    screen.lines().take(22).collect()
}

#[test]
fn a_command_that_died_with_the_server_is_sent_again_and_done_once() {
    let county = County::new();
    let case = county.row("xian1-jb", "mine", 0);
    let mut desk = county.desk("xian1-jb");
    desk.send("a");
    desk.wait_confirm(&[&case.name]);
    let server = county.store.server_pid().unwrap();
    // It stands still while the command is sent, and never moves again.
    kill_process(server, Signal::STOP).unwrap();
    desk.send(ENTER);
    desk.wait_gone("Enter 确认");
    kill_process(server, Signal::KILL).unwrap();
    desk.wait_for(|screen| screen.contains("下一件"), "the answer of the next server");
    let mut journal = county.journal_from_the_beginning();
    assert_eq!(journal.verbs().iter().filter(|verb| *verb == "applications.propose").count(), 1);
    assert_eq!(county.case(&case.id)["standing"], "second");
}

#[test]
fn a_command_whose_answer_was_lost_is_sent_again_under_the_same_id_and_done_once() {
    let county = County::new();
    let mut journal = county.journal();
    let case = county.row("xian1-jb", "mine", 0);
    let proxy = Proxy::before(&county.store);
    let mut desk = county.desk("xian1-jb");
    desk.send("a");
    desk.wait_confirm(&[&case.name]);
    proxy.lose_the_answer_to("applications.propose");
    desk.send(ENTER);
    let lines = proxy.wait_noted(2);
    desk.wait_text("下一件");
    assert!(lines[0]["command"].is_string(), "{lines:?}");
    assert_eq!(lines[0]["command"], lines[1]["command"]);
    let news = journal.news();
    assert_eq!(news.len(), 1, "{news:?}");
    assert_eq!(news[0]["command_id"], lines[0]["command"]);
    assert_eq!(county.case(&case.id)["standing"], "second");
}

#[test]
fn reasons_being_written_outlive_the_server() {
    let county = County::new();
    let case = county.row("xian1-jb", "mine", 0);
    let mut desk = county.desk("xian1-jb");
    desk.send("t");
    desk.wait_text("每行一条理由");
    desk.send("13 缺休学");
    desk.wait_text("13 缺休学");
    desk.wait_cursor(4, 10);
    let (data, hidden) = (county.store.data(), county.store.home().join("hidden"));
    let server = county.store.server_pid().unwrap();
    std::fs::rename(data, &hidden).unwrap();
    kill_process(server, Signal::KILL).unwrap();
    desk.wait_text("断线，正在重连");
    desk.wait_text("13 缺休学");
    desk.wait_cursor(4, 10);
    // Writing goes on without the server; handing in waits for it.
    desk.send("证明");
    desk.wait_text("13 缺休学证明");
    desk.send(CTRL_S);
    desk.wait_confirm(&[&case.name, "退回补正"]);
    desk.send(ENTER);
    desk.wait_text("断线中，此键需要服务器");
    std::fs::rename(&hidden, data).unwrap();
    desk.wait_text("已重新连接");
    desk.wait_text("13 缺休学证明");
    desk.send(CTRL_S);
    desk.wait_confirm(&[&case.name, "退回补正"]);
    desk.send(ENTER);
    desk.wait_text("下一件");
    let round = &county.case(&case.id)["steps"][1]["rounds"][0];
    assert_eq!(round["proposal"]["outcome"], "return");
    assert_eq!(round["proposal"]["reasons"], json!([{"article": "13", "material": null, "text": "缺休学证明"}]));
}

#[test]
fn a_desk_that_meets_a_server_going_down_waits_for_the_next() {
    let county = County::new();
    let mut desk = county.desk("xian1-jb");
    let rows = county.rows("xian1-jb", "mine");
    county.store.run_ok(&["stop"]);
    // It was stopped on purpose: the desk says so and does not start another.
    desk.wait_text("服务已停止");
    assert!(county.store.server_pid().is_none(), "the desk started what was stopped on purpose");
    let _server = county.store.serve();
    desk.wait_text("已重新连接");
    desk.send(ENTER);
    desk.wait_for(|screen| screen.contains(&rows[0].id) && screen.contains("经手"), "the case");
    desk.send(ESC);
    desk.wait_counter(1, rows.len() as u32);
    drop(Call::connect_as(county.store.data(), "xian1-jb"));
}
