//! A stage for tests: a case that is served on loopback to a team, and asked as a browser asks.

use crate::{
    gate::{
        listen::{self, Patience},
        place::{Outside, Place},
        who::Who,
    },
    held::Held,
    route::{Shared, router},
    team::{book::Book, door::Door, passphrase::Kept, role::Role},
    work::receive::shelf::Shelf,
};
use habeas_desk::Case;
use habeas_ledger::seal::Cost;
use std::{
    collections::BTreeSet,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::Arc,
};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// The passphrase of everybody on a stage.
pub const WORDS: &str = "correct horse battery";

/// A case that is served until the stage is dropped.
pub struct Stage {
    pub shared: Arc<Shared>,
    at: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    serves: Option<std::thread::JoinHandle<()>>,
    _folder: TempDir,
}

/// An answer: its status, its first line and headers in small letters, and its body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Somebody who is signed in, or not.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookie: String,
    pub token: String,
}

impl Stage {
    /// Serves an empty case to these, whose pseudonyms are the words of their roles.
    pub fn of(roles: &[Role]) -> Stage {
        Stage::of_case(roles, false)
    }

    /// The same, as if what lies in it were sealed.
    pub fn of_case(roles: &[Role], sealed: bool) -> Stage {
        Stage::of_settings(roles, sealed, "")
    }

    /// The same, with this in its case.toml as well.
    pub fn of_settings(roles: &[Role], sealed: bool, more: &str) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let case = folder.path().join("case");
        drop(habeas_desk::write::new::new(&case, "A case", "en", "operator").unwrap());
        let path = case.join("case.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}\n{more}")).unwrap();
        let book = Book::of(&case);
        for role in roles.iter().rev() {
            let kept = Kept::of(WORDS, Cost::LEAST).unwrap();
            let add = |team: &mut crate::Team| team.add(role.word(), BTreeSet::from([*role]), kept);
            book.change(add).unwrap();
        }
        let (tell, told) = std::sync::mpsc::channel();
        let (end, ended) = oneshot::channel();
        let serves = std::thread::spawn(move || serve(&case, sealed, book, &tell, ended));
        let (at, shared) = told.recv().unwrap();
        Stage { shared, at, end: Some(end), serves: Some(serves), _folder: folder }
    }

    /// Everybody, once in each role.
    pub fn of_a_team() -> Stage {
        Stage::of(&Role::ALL)
    }

    /// The same where the keeper has received two lists of the same people by the same numbers;
    /// the last of each is somebody else.
    pub fn of_two_lists() -> (Stage, Browser) {
        let stage = Stage::of_a_team();
        let who = stage.sign_in(Role::Keeper);
        let names = ["Milo Escandón Prado", "Adela Belandria Toro", "Elías Quijano Luna"];
        let list = |other: &str| {
            let rows = names.iter().zip(1..).map(|(name, n)| format!("{name},V-1049641{n}\n"));
            format!("Nombre,Cédula\n{}{other}\n", rows.collect::<String>())
        };
        let lists = ["Yusmary Figueredo Sol,V-2222222", "Gonzalo Toro Mar,V-3333333"].map(list);
        let files = [("one.csv", lists[0].as_bytes()), ("other.csv", lists[1].as_bytes())];
        let at = stage.send("/receive", &who, &files).location().to_owned();
        let accepted = stage.post(&at, &who, "seen=1&verdict=accept&take=0&take=1");
        assert_eq!(accepted.status, 303, "{}", accepted.body);
        (stage, who)
    }

    /// Asks for something, with these further headers.
    pub fn ask(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        self.ask_whole(method, path, headers, body.as_bytes())
    }

    fn ask_whole(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut lines = vec![format!("{method} {path} HTTP/1.1"), format!("host: {}", self.at)];
        lines.extend(headers.iter().map(|line| (*line).to_owned()));
        lines.push(format!("content-length: {}", body.len()));
        let head = format!("{}\r\nconnection: close\r\n\r\n", lines.join("\r\n"));
        let mut stream = TcpStream::connect(self.at).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let said = String::from_utf8(bytes).unwrap();
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    /// Asks for a page as somebody.
    pub fn get(&self, path: &str, who: &Browser) -> Answer {
        self.ask("GET", path, &[&format!("cookie: {}", who.cookie)], "")
    }

    /// Sends a form of ours as somebody.
    pub fn post(&self, path: &str, who: &Browser, fields: &str) -> Answer {
        let body = format!("token={}&{fields}", who.token);
        let kind = "content-type: application/x-www-form-urlencoded";
        let from = format!("origin: http://{}", self.at);
        self.ask("POST", path, &[kind, &from, &format!("cookie: {}", who.cookie)], &body)
    }

    /// Sends files as a form of ours does: each with its name.
    pub fn send(&self, path: &str, who: &Browser, files: &[(&str, &[u8])]) -> Answer {
        let mut body =
            format!("--x\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n{}", who.token)
                .into_bytes();
        for (name, bytes) in files {
            let head = format!("form-data; name=\"files\"; filename=\"{name}\"");
            let head = format!("\r\n--x\r\ncontent-disposition: {head}\r\n\r\n");
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
        }
        body.extend_from_slice(b"\r\n--x--\r\n");
        let kind = "content-type: multipart/form-data; boundary=x";
        let from = format!("origin: http://{}", self.at);
        let headers = [kind, &from, &format!("cookie: {}", who.cookie)];
        self.ask_whole("POST", path, &headers, &body)
    }

    /// Somebody who has opened the page to sign in.
    pub fn nobody(&self) -> Browser {
        let token = self.get("/sign-in", &Browser::default()).token();
        Browser { cookie: String::new(), token }
    }

    /// Signs in as who has this role.
    pub fn sign_in(&self, role: Role) -> Browser {
        let fields = format!("name={}&passphrase={}", role.word(), WORDS.replace(' ', "+"));
        let answer = self.post("/sign-in", &self.nobody(), &fields);
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.cookie();
        let seen = Browser { cookie: cookie.clone(), token: String::new() };
        let token = self.get("/account", &seen).token();
        Browser { cookie, token }
    }
}

impl Answer {
    /// The cookie that it sets.
    pub fn cookie(&self) -> String {
        let rest = self.head.split("set-cookie: ").nth(1).unwrap_or_default();
        rest.split(';').next().unwrap().replace("__host", "__Host")
    }

    /// The hidden field of the first form on the page.
    pub fn token(&self) -> String {
        let rest = self.body.split("name=\"token\" value=\"").nth(1).unwrap_or_default();
        rest.split('"').next().unwrap().to_owned()
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        let rest = self.head.split("location: ").nth(1).unwrap_or_default();
        rest.split("\r\n").next().unwrap_or_default()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.end.take());
        let ended = self.serves.take().map(std::thread::JoinHandle::join);
        assert!(ended.is_none_or(|ended| ended.is_ok()) || std::thread::panicking());
    }
}

fn serve(
    case: &Path,
    sealed: bool,
    book: Book,
    tell: &std::sync::mpsc::Sender<(SocketAddr, Arc<Shared>)>,
    ended: oneshot::Receiver<()>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            held: Held::of(Case::look(case, "operator").unwrap()).unwrap(),
            place: Place::of(at, &Outside::Nobody).unwrap(),
            lang: habeas_page::Lang::En,
            sealed,
            here: Who::here("operator").unwrap(),
            door: Door::of(book),
            shelf: Shelf::of(case),
            tell: Box::new(|told| panic!("{told:?}")),
        });
        tell.send((at, shared.clone())).unwrap();
        let end = async { drop(ended.await) };
        listen::serve(listener, router(shared), None, Patience::SENSIBLE, end).await;
    });
}
