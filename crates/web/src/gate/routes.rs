//! Every address with what it takes and what it is for: one table, that the server is made of and
//! that the tests go through. An address without a row cannot be served.

use super::who::Who;
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
use std::sync::Arc;
use url::form_urlencoded;

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
    pub what: Option<&'static str>,
    /// Whether it takes files: then its form is one of several parts.
    pub files: bool,
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

    /// An address that answers programs: `what` is said of it in the description.
    pub fn answer<H, T>(self, path: &'static str, what: &'static str, answers: H) -> Routes
    where
        H: Handler<T, Arc<Shared>>,
        T: 'static,
    {
        self.with(Method::GET, path, Right::Read, get(answers), Some(what))
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
        what: Option<&'static str>,
    ) -> Routes {
        let at = (self.shared.clone(), right);
        let does = does.route_layer(middleware::from_fn_with_state(at, allowed));
        self.router = self.router.route(path, does);
        self.rows.push(Row { method, path, right, what, files: false });
        self
    }

    /// All of them, and the table.
    pub fn done(self) -> (Router<Arc<Shared>>, Vec<Row>) {
        (self.router, self.rows)
    }
}

/// Stands before each address: who may not go on is sent to sign in, or refused.
async fn allowed(
    State((to, right)): State<(Arc<Shared>, Right)>,
    request: Request,
    next: Next,
) -> Response {
    let who: Option<&Who> = request.extensions().get();
    if who.is_some_and(|who| who.may(right)) {
        return next.run(request).await;
    }
    let headers = request.headers();
    let why = if who.is_some_and(Who::is_nobody) { Refusal::SignIn } else { Refusal::Role };
    let (path, reader) = (request.uri().path(), to.reader_of(headers));
    if path.starts_with("/api/") {
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
