//! Every address with what it takes and what it is for: one table, that the server is made of and
//! that the tests go through. An address without a row cannot be served.

use super::who::{self, Who};
use crate::{
    api,
    route::{Shared, refused},
    team::{pages, role::Right},
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    handler::Handler,
    http::{HeaderValue, Method, header},
    middleware::{self, Next},
    response::Response,
    routing::{MethodRouter, get, post},
};
use habeas_page::html::served::Refusal;
use serde_json::Value;
use std::sync::Arc;
use url::form_urlencoded;
use utoipa::{PartialSchema as _, ToSchema};

/// What one address takes, and from whom.
#[derive(Clone, Debug)]
pub struct Row {
    /// GET or POST.
    pub method: Method,
    /// The address, its parts that vary in braces.
    pub path: &'static str,
    /// What whoever asks must be allowed.
    pub right: Right,
    /// What it answers to programs; none where it is for people.
    pub said: Option<Described>,
    /// Whether it takes files: then its form is one of several parts.
    pub files: bool,
}

/// The name of what may be asked beside the question, and what it asks.
pub type Own = (&'static str, &'static str);

/// What is said of an address in the description.
#[derive(Clone, Debug)]
pub struct Described {
    /// What it answers.
    pub what: &'static str,
    /// What else it may be asked.
    pub own: &'static [Own],
    /// The name of the form of its answers.
    pub name: String,
    /// That form, and those within it, by name.
    pub schemas: fn() -> Vec<(String, Value)>,
}

impl Described {
    fn of<A: ToSchema>(what: &'static str, own: &'static [Own]) -> Described {
        Described { what, own, name: A::name().into_owned(), schemas: schemas::<A> }
    }
}

/// The form of an answer, of a refusal, and of what they have in them.
fn schemas<A: ToSchema>() -> Vec<(String, Value)> {
    let mut all = vec![
        (A::name().into_owned(), A::schema()),
        (api::Refused::name().into_owned(), api::Refused::schema()),
    ];
    A::schemas(&mut all);
    let plain = |schema| serde_json::to_value(schema).expect("a schema is a plain value");
    all.into_iter().map(|(name, schema)| (name, plain(schema))).collect()
}

/// Addresses as they are gathered.
pub struct Routes {
    router: Router<Arc<Shared>>,
    rows: Vec<Row>,
    shared: Arc<Shared>,
}

impl Routes {
    /// None yet.
    pub fn new(shared: Arc<Shared>) -> Routes {
        Routes { router: Router::new(), rows: Vec::new(), shared }
    }

    /// An address that shows something.
    pub fn get<H, T>(self, path: &'static str, right: Right, shows: H) -> Routes
    where
        H: Handler<T, Arc<Shared>>,
        T: 'static,
    {
        self.with(Method::GET, path, right, get(shows), None)
    }

    /// An address that answers programs in the form `A`: `what` is said of it in the description,
    /// and `own` is what it may be asked beside the question.
    pub fn answer<A: ToSchema, H, T>(
        self,
        path: &'static str,
        right: Right,
        what: &'static str,
        own: &'static [Own],
        answers: H,
    ) -> Routes
    where
        H: Handler<T, Arc<Shared>>,
        T: 'static,
    {
        let said = Described::of::<A>(what, own);
        self.with(Method::GET, path, right, get(answers), Some(said))
    }

    /// The same where it is sent in a form, because it may stand in no address.
    pub fn takes<A: ToSchema, H, T>(
        self,
        path: &'static str,
        right: Right,
        what: &'static str,
        own: &'static [Own],
        answers: H,
    ) -> Routes
    where
        H: Handler<T, Arc<Shared>>,
        T: 'static,
    {
        let said = Described::of::<A>(what, own);
        self.with(Method::POST, path, right, post(answers), Some(said))
    }

    /// An address that a form is sent to.
    pub fn post<H, T>(self, path: &'static str, right: Right, takes: H) -> Routes
    where
        H: Handler<T, Arc<Shared>>,
        T: 'static,
    {
        self.with(Method::POST, path, right, post(takes), None)
    }

    /// An address that files are sent to, of so many bytes in all.
    pub fn files<H, T>(self, path: &'static str, right: Right, most: usize, takes: H) -> Routes
    where
        H: Handler<T, Arc<Shared>>,
        T: 'static,
    {
        let takes = post(takes).layer(DefaultBodyLimit::max(most));
        let mut routes = self.with(Method::POST, path, right, takes, None);
        routes.rows.last_mut().expect("it was just added").files = true;
        routes
    }

    fn with(
        mut self,
        method: Method,
        path: &'static str,
        right: Right,
        does: MethodRouter<Arc<Shared>>,
        said: Option<Described>,
    ) -> Routes {
        let at = (self.shared.clone(), right, path);
        let does = does.route_layer(middleware::from_fn_with_state(at, allowed));
        self.router = self.router.route(path, does);
        self.rows.push(Row { method, path, right, said, files: false });
        self
    }

    /// All of them, and the table.
    pub fn done(self) -> (Router<Arc<Shared>>, Vec<Row>) {
        (self.router, self.rows)
    }
}

/// Addresses that tell of persons, or show the words of a document.
const TELLING: [&str; 7] =
    ["/people", "/lines", "/documents/", "/read/", "/link", "/api/v1/people", "/reconcile/"];

/// Of a sealed case, and of one that closes something to somebody, it is written down who read of
/// whom, before it is shown: identifiers and never
/// a name, and no token.
async fn written_down(
    to: &Arc<Shared>,
    who: &Who,
    pattern: &'static str,
    path: &str,
) -> Result<(), Refusal> {
    if !(to.sealed || to.held.closes()) || !TELLING.iter().any(|start| pattern.starts_with(start)) {
        return Ok(());
    }
    let (to, by) = (to.clone(), who.author.clone());
    let token = pattern.starts_with(who::RECONCILE);
    let of = if token { pattern } else { path }.to_owned();
    let now = habeas_desk::now() / 1_000_000;
    let written = move || {
        let done = to.door.book.trail().append(&by, "read", &of, now);
        done.map_err(|why| {
            (to.tell)(crate::Told::Failure(&why.to_string()));
            Refusal::Failure // Nothing is shown that could not be written down.
        })
    };
    tokio::task::spawn_blocking(written).await.unwrap_or(Err(Refusal::Failure))
}

/// Stands before each address: who may not go on is sent to sign in, or refused.
async fn allowed(
    State((to, right, pattern)): State<(Arc<Shared>, Right, &'static str)>,
    request: Request,
    next: Next,
) -> Response {
    let who: Option<&Who> = request.extensions().get();
    if let Some(who) = who.filter(|who| who.may(right)) {
        return match written_down(&to, who, pattern, request.uri().path()).await {
            Ok(()) => next.run(request).await,
            Err(why) => refused(why, &to.reader_of(request.headers())),
        };
    }
    let headers = request.headers();
    let why = if who.is_some_and(Who::is_nobody) { Refusal::SignIn } else { Refusal::Role };
    let (path, reader) = (request.uri().path(), to.reader_of(headers));
    if path.starts_with("/api/") || path.starts_with(who::RECONCILE) {
        return api::refused(why, reader.lang);
    }
    if why == Refusal::SignIn && *request.method() == Method::GET {
        let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
        let (door, length) = ("/sign-in?".to_owned(), "/sign-in?".len());
        let mut address = form_urlencoded::Serializer::for_suffix(door, length);
        return pages::to_page(&address.append_pair("next", wanted).finish());
    }
    let mut response = refused(why, &reader);
    if why == Refusal::SignIn {
        let scheme = HeaderValue::from_static("Habeas"); // RFC 9110, section 15.5.2.
        response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}
