//! A site on loopback for tests: a real server, honest or not, that keeps what it was asked.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What a server was asked.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// `GET`.
    pub method: String,
    /// `/a?b`.
    pub path: String,
    /// Lines of the head, in lower case.
    pub head: Vec<String>,
    /// The body.
    pub body: String,
}

impl Heard {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.map(str::trim)
    }
}

/// A site.
pub struct Site {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Site {
    /// A site that answers so; each connection is one question.
    pub fn new(answer: impl Fn(&Heard, &mut TcpStream) + Send + Sync + 'static) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (heard, answer) = (Arc::new(Mutex::new(Vec::new())), Arc::new(answer));
        let keeps = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (keeps, answer) = (Arc::clone(&keeps), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let Some(asked) = hear(&stream) else { return };
                    keeps.lock().unwrap().push(asked.clone());
                    answer(&asked, &mut stream);
                });
            }
        });
        Site { url, heard }
    }

    /// Everything that it was asked, but for its robots.txt.
    pub fn heard(&self) -> Vec<Heard> {
        let all = self.heard.lock().unwrap();
        all.iter().filter(|asked| asked.path != "/robots.txt").cloned().collect()
    }

    /// An address on it.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

fn hear(stream: &TcpStream) -> Option<Heard> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut words = first.split_whitespace().map(str::to_owned);
    let mut asked = Heard { method: words.next()?, path: words.next()?, ..Heard::default() };
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 || line.trim().is_empty() {
            break;
        }
        let (key, value) = line.trim().split_once(':')?;
        asked.head.push(format!("{}:{value}", key.to_lowercase()));
    }
    let length = asked.header("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    asked.body = String::from_utf8(body).ok()?;
    Some(asked)
}

/// Answers with a status, some headers (each with its line end) and a body.
pub fn say(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(&[head.as_bytes(), body].concat());
}

/// Answers with exactly these bytes.
pub fn raw(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes);
}

/// Says nothing until the other side gives up.
pub fn hang(stream: &mut TcpStream) {
    let _ = stream.read(&mut [0; 1]);
}
