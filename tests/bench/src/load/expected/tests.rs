//! What is taken for the same, and what is not.

use super::*;

fn response(connection: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\n\
         server: from-scratch\r\nconnection: {connection}\r\n\
         date: Thu, 01 Jan 1970 00:00:00 GMT\r\ncontent-length: 12\r\n\r\nHello World!"
    )
    .into_bytes()
}

fn replaced(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(response("keep-alive")).unwrap();
    assert!(text.contains(from));
    text.replace(from, to).into_bytes()
}

#[test]
fn the_first_response_must_say_what_ours_say() {
    let problem = |from, to| {
        let problem = Expected::new(replaced(from, to), false).unwrap_err();
        problem.to_string()
    };
    assert_eq!(problem("200", "404"), "the status is Some(404)");
    assert_eq!(problem("Hello", "Hullo"), "it is another body");
    assert_eq!(problem("date:", "x-date:"), "there is no date");
    assert_eq!(problem("Thu,", "Thus"), "Thus 01 Jan 1970 00:00:00 GMT");
    assert_eq!(problem("server:", "x-server:"), "the server's name is None");
    assert_eq!(problem("connection:", "server:"), "there are two of server");
    assert!(
        problem("keep-alive", "close").contains("not {\"connection\": \"keep-alive\"")
    );
    assert!(problem("server:", "x: y\r\nserver:").contains("\"x\": \"y\""));
    assert!(Expected::new(replaced("from-scratch", "nginx"), false).is_ok());
    assert!(Expected::new(response("close"), true).is_ok());
}

#[test]
fn later_ones_are_the_same_in_pieces_of_any_size() {
    let expected = Expected::new(response("keep-alive"), false).unwrap();
    let later = replaced("00:00:00", "00:00:09").repeat(3);
    for size in 1..=later.len() {
        let mut begun = 0;
        let whole: usize =
            later.chunks(size).map(|it| expected.follow(&mut begun, it).unwrap()).sum();
        assert_eq!((whole, begun), (3, 0));
    }
}

#[test]
fn each_byte_counts_but_those_of_the_date() {
    let expected = Expected::new(response("keep-alive"), false).unwrap();
    for place in 0..expected.bytes.len() {
        let mut later = expected.bytes.clone();
        later[place] ^= 1;
        let is_date = expected.date.contains(&place);
        assert_eq!(expected.follow(&mut 0, &later).is_ok(), is_date, "{place}");
    }
}
