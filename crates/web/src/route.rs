//! Which address shows what.

use crate::{
    api,
    gate::{
        describe::describe,
        guard,
        place::Place,
        routes::Routes,
        who::{self, Who},
    },
    heard::Heard,
    held::{Answered, Held},
    question::{Asked, Senseless, parameter},
    serve::{Tell, Told},
    show,
    team::{door::Door, pages, program, role::Right},
    tongue,
    work::{self, receive::shelf::Shelf},
};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use habeas_count::Line;
use habeas_desk::Error;
use habeas_model::{ClaimId, Digest};
use habeas_page::{
    Figure, Lang, Reader, See,
    html::Told as Board,
    html::served::{self, Asking, Papers, Refusal},
};
use std::sync::Arc;

/// What every route has at hand.
pub struct Shared {
    pub held: Held,
    /// What pages are asked under.
    pub place: Place,
    pub lang: Lang,
    /// Whether the case is sealed: who reads of persons in it is written down.
    pub sealed: bool,
    /// Whoever sits at this computer, while there are no accounts.
    pub here: Who,
    /// Where those of the team sign in.
    pub door: Door,
    /// Where files that were sent lie until somebody accepts them.
    pub shelf: Shelf,
    pub tell: Tell,
}

impl Shared {
    /// Who reads what is no answer to a question.
    pub fn reader_of(&self, headers: &HeaderMap) -> Reader {
        reader(tongue::choose(None, headers, self.lang))
    }
}

/// Bytes that a form may have: a long reason, or some hundreds of decisions at once.
const FORM: usize = 256 * 1024;

/// What a route without a question is handed.
type Here = State<Arc<Shared>>;

/// Every address, with what it takes to be let in there.
pub fn routes(shared: &Arc<Shared>) -> Routes {
    let cases = Routes::new(shared.clone())
        .get("/", Right::Read, board)
        .get("/lines/{line}", Right::Read, line)
        .get("/documents", Right::Read, documents)
        .get("/documents/{digest}", Right::Read, document);
    api::reconcile::routes(api::routes(work::routes(show::routes(cases))))
        .get("/style.css", Right::Enter, style)
        .get("/sign-in", Right::Enter, pages::door)
        .post("/sign-in", Right::Enter, pages::sign_in)
        .post("/sign-out", Right::Enter, pages::sign_out)
        .get("/invitations/{code}", Right::Enter, pages::invited)
        .post("/invitations/{code}", Right::Enter, pages::accept)
        .get("/account", Right::Read, pages::account)
        .post("/account/passphrase", Right::Read, pages::passphrase)
        .post("/account/second", Right::Read, pages::second)
        .post("/account/second/confirm", Right::Read, pages::confirm)
        .get("/team", Right::Keep, pages::everybody)
        .post("/team/invite", Right::Keep, pages::invite)
        .post("/team/roles", Right::Keep, pages::set_roles)
        .post("/team/remove", Right::Keep, pages::remove)
        .post("/team/tokens", Right::Keep, program::pages::make)
        .post("/team/tokens/revoke", Right::Keep, program::pages::revoke)
}

/// What answers every request.
pub fn router(shared: Arc<Shared>) -> Router {
    let (router, rows) = routes(&shared).done();
    router
        .layer(Extension(Arc::new(describe(&rows))))
        .fallback(async |State(to): Here, headers: HeaderMap| {
            refused(Refusal::Absent, &to.reader_of(&headers))
        })
        .method_not_allowed_fallback(async |State(to): Here, headers: HeaderMap| {
            refused(Refusal::Method, &to.reader_of(&headers))
        })
        .layer(DefaultBodyLimit::max(FORM))
        .layer(middleware::from_fn_with_state(shared.clone(), guarded))
        .with_state(shared)
}

/// Before and after every page.
async fn guarded(State(to): Here, mut request: Request, next: Next) -> Response {
    let (method, headers) = (request.method(), request.headers());
    // No page elsewhere can have a browser show a token: what it asks is asked by who has it.
    let shown = who::shown(request.uri().path(), headers);
    let forged = |origin| shown.is_none() && !guard::is_from_here(method, headers, origin);
    let mut response = match to.place.origin(headers) {
        None => refused(Refusal::Host, &reader(to.lang)),
        Some(origin) if forged(origin) => refused(Refusal::Form, &to.reader_of(headers)),
        Some(_) => match Who::of(headers, shown, &to.here, &to.door) {
            Ok(who) => {
                request.extensions_mut().insert(who);
                next.run(request).await
            }
            Err(why) => {
                (to.tell)(Told::Failure(&why.to_string()));
                refused(Refusal::Failure, &to.reader_of(headers))
            }
        },
    };
    guard::set(response.headers_mut(), to.place.is_safe());
    if let Some(elsewhere) = response.extensions().get().copied() {
        guard::open(response.headers_mut(), elsewhere);
    }
    response
}

/// Whoever sits at this computer is the team of the case: no one else is served.
pub fn reader(lang: Lang) -> Reader {
    Reader { see: See::Team, ..Reader::public(lang) }
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], served::style()).into_response()
}

async fn board(heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let board = answered.board(asked.like).ok_or(Refusal::Absent)?;
        let at = parameter(&query, "at").and_then(|said| said.parse().ok());
        let at = at.and_then(|line| served::page_of(&board, line));
        let number = at.map_or_else(|| numbered(&query), Ok)?;
        let key = format!("board {number} {} {reader:?}", asked.address());
        let page = answered.page(key, || board_page(answered, asked, &board, number, reader))?;
        Ok(String::clone(&page))
    })
    .await
}

/// The page of a list that is asked for, from 1.
pub fn numbered(query: &str) -> Result<usize, Refusal> {
    let said = parameter(query, "page").map_or(Ok(1), |said| said.parse::<usize>());
    Ok(said.map_err(|_| Refusal::Question)?.max(1))
}

/// The same as it stands in an address.
fn own(number: usize) -> String {
    if number > 1 { format!("page={number}") } else { String::new() }
}

/// A page of the board, which is the same for all who ask it.
fn board_page(
    answered: &Answered,
    asked: &Asked,
    board: &habeas_count::Board,
    number: usize,
    reader: &Reader,
) -> Result<String, Refusal> {
    let (whole, answer) = (&answered.answer.board, &answered.answer);
    let told = Board {
        board,
        audit: &answer.audit,
        promises: &answer.promises,
        problems: &answer.problems,
    };
    let papers = papers(answered);
    let page = |asking: &Asking<'_>| served::board(&told, whole, number, &papers, asking, reader);
    Ok(asking("/", &own(number), answered, asked, page))
}

async fn line(Path(id): Path<String>, heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let number = numbered(&query)?;
        let id: ClaimId = id.parse().map_err(|_| Refusal::Absent)?;
        let board = &answered.answer.board;
        let (present, register) = (&answered.scene.present, &answered.scene.register);
        let has = |line: &&Line| line.sources.iter().any(|source| source.claim == id);
        let Some(line) = board.lines.iter().find(|line| line.id == id || has(line)) else {
            // What stands on no line still stands in its document.
            let claim = present.claims.iter().find(|one| one.it.id == id);
            let blob = claim.ok_or(Refusal::Absent)?.it.span.blob;
            return paper(&blob, &format!("at={id}"), answered, asked, reader);
        };
        let title = &present.title;
        let make = || {
            let figure = Figure::of(board, line, present, register);
            let page = |asking: &Asking<'_>| served::figure(&figure, number, asking, title, reader);
            Ok(asking("/lines", &own(number), answered, asked, page))
        };
        let key = format!("line {} {number} {} {reader:?}", line.id, asked.address());
        answered.page(key, make).map(|page| String::clone(&page))
    })
    .await
}

async fn documents(heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let (number, papers) = (numbered(&query)?, papers(answered));
        let page = |asking: &Asking<'_>| served::documents(&papers, number, asking, reader);
        once("/documents", &own(number), answered, asked, reader, page)
    })
    .await
}

async fn document(Path(digest): Path<String>, heard: Heard) -> Response {
    let query = heard.query.clone();
    shown(heard, move |answered, asked, reader| {
        let digest: Digest = digest.parse().map_err(|_| Refusal::Absent)?;
        paper(&digest, &query, answered, asked, reader)
    })
    .await
}

/// The page of a document, or of the part of it that its query asks for.
fn paper(
    digest: &Digest,
    query: &str,
    answered: &Answered,
    asked: &Asked,
    reader: &Reader,
) -> Result<String, Refusal> {
    let papers = papers(answered);
    // The last under a digest is the one in use.
    let mut taken = papers.present.documents.iter().rev();
    let taken = taken.find(|taken| taken.it.blob == *digest).ok_or(Refusal::Absent)?;
    let at = parameter(query, "at").and_then(|said| said.parse().ok());
    let at = at.and_then(|claim| served::claim_page(&papers, *digest, claim));
    let number = at.map_or_else(|| numbered(query), Ok)?;
    let page = |asking: &Asking<'_>| served::document(&papers, taken, number, asking, reader);
    Ok(asking("/documents/", &own(number), answered, asked, page))
}

/// What most pages are made of.
pub fn papers(answered: &Answered) -> Papers<'_> {
    let scene = &answered.scene;
    let reach = answered.reach();
    Papers { present: &scene.present, true_at: scene.as_of, rule: &scene.rule, reach }
}

/// A page at `path` with the question that it answers, and `own`, what else it was asked.
pub fn asking(
    path: &str,
    own: &str,
    answered: &Answered,
    asked: &Asked,
    page: impl FnOnce(&Asking<'_>) -> String,
) -> String {
    let (rules, address) = (answered.rules(), asked.address());
    page(&Asking {
        as_of: asked.as_of,
        known_by: &asked.known_by,
        rule: asked.rule.as_deref(),
        like: asked.like,
        address: &address,
        path,
        own,
        token: "",
        rules,
    })
}

/// The same for a page that depends on nothing else: made once for all who ask for it.
pub fn once(
    path: &str,
    own: &str,
    answered: &Answered,
    asked: &Asked,
    reader: &Reader,
    page: impl FnOnce(&Asking<'_>) -> String,
) -> Result<String, Refusal> {
    let key = format!("{path} {own} {} {reader:?}", asked.address());
    let make = || Ok(asking(path, own, answered, asked, page));
    answered.page(key, make).map(|page| String::clone(&page))
}

/// Shows the page that answers a question, or why there is none.
pub async fn shown(
    heard: Heard,
    make: impl FnOnce(&Answered, &Asked, &Reader) -> Result<String, Refusal> + Send + 'static,
) -> Response {
    shown_as(StatusCode::OK, heard, make).await
}

/// The same under a status.
pub async fn shown_as(
    status: StatusCode,
    heard: Heard,
    make: impl FnOnce(&Answered, &Asked, &Reader) -> Result<String, Refusal> + Send + 'static,
) -> Response {
    let closed = !heard.closed.is_nothing();
    let (reader, wanted) = (Reader { closed, ..reader(heard.lang) }, heard.wanted);
    let make = move |answered: &Answered, asked: &Asked| make(answered, asked, &reader);
    let mut response = match answered(heard, make).await {
        Ok(page) => html(status, page, reader.lang),
        Err(why) => refused(why, &reader),
    };
    if let Some(cookie) = wanted.and_then(|lang| tongue::cookie(lang).parse().ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Has a question answered away from the threads that serve, and `make` make something of it.
pub async fn answered<T: Send + 'static>(
    Heard { to, closed, asked, .. }: Heard,
    make: impl FnOnce(&Answered, &Asked) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let asked = asked.map_err(|Senseless| Refusal::Question)?;
    let work = tokio::task::spawn_blocking(move || {
        let answered = to.held.answered(&closed, &asked).map_err(|why| failed(&to, &why))?;
        make(&answered, &asked)
    });
    // A page that broke an invariant stops alone: the panic was told where the program runs.
    work.await.unwrap_or(Err(Refusal::Failure))
}

/// What a failure of the case is to a browser; the failure itself is told where the program runs.
pub fn failed(to: &Shared, why: &Error) -> Refusal {
    match why {
        Error::KnownBy(_) | Error::NoRule { .. } | Error::Count(_) | Error::NotADecision(_) => {
            Refusal::Question
        }
        Error::Ledger(habeas_ledger::Error::Busy { .. }) => Refusal::Busy,
        why => {
            (to.tell)(Told::Failure(&why.to_string()));
            Refusal::Failure
        }
    }
}

/// The page of a refusal.
pub fn refused(why: Refusal, reader: &Reader) -> Response {
    later(why, html(status(why), served::refusal(why, reader), reader.lang))
}

/// Who is told to come back is told when (RFC 9110, section 10.2.3).
pub fn later(why: Refusal, mut response: Response) -> Response {
    if why == Refusal::Busy {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// The status of a refusal.
pub fn status(why: Refusal) -> StatusCode {
    StatusCode::from_u16(why.status()).expect("every refusal has a status of HTTP")
}

pub fn html(status: StatusCode, page: String, lang: Lang) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.word())),
        (header::VARY, HeaderValue::from_static("accept-language, cookie")),
    ];
    (status, headers, page).into_response()
}

/// A file that is handed over to be kept, never to be opened as a page of ours.
pub fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let name = name.replace('/', "-");
    let kept = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let kept = kept.unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(kind);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, kept)], bytes).into_response()
}
