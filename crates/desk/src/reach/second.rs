//! A second reader beside ours: which documents may be sent to it, what goes out, and what comes of
//! it. Off unless case.toml names an endpoint (invariant 14).

use super::{LlmSettings, visit};
use crate::{Case, Error, Settings};
use habeas_claim::{Context, Reading, second};
use habeas_document::{Body, Document};
use habeas_model::{Disclosure, Problem, Received, Rejected, SecondReader};
use std::time::Duration;

/// Bytes of an answer: many times what 500 claims take.
const LONGEST: u64 = 4 << 20;
/// An endpoint that failed so often in one run is not asked again.
const PATIENCE: u32 = 3;

/// What will be sent: the endpoint, and the names of the documents whose texts go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The endpoint.
    pub url: String,
    /// The model.
    pub model: String,
    /// Documents by their names in the case.
    pub documents: Vec<String>,
}

/// What would be sent for these documents; none if there is no second reader, or nothing for it.
#[must_use]
pub fn sending(case: &Case, unread: &[Received]) -> Option<Sending> {
    let llm = case.settings.reader.llm.as_ref()?;
    let may = |received: &&Received| may_send(&case.settings, &received.name);
    let documents: Vec<String> =
        unread.iter().filter(may).map(|received| received.name.clone()).collect();
    let (url, model) = (llm.url.clone(), llm.model.clone());
    (!documents.is_empty()).then_some(Sending { url, model, documents })
}

/// Whether the text of this document may leave the machine: where the document says so, or is
/// public and does not say the contrary.
#[must_use]
pub fn may_send(settings: &Settings, name: &str) -> bool {
    let own = settings.document_of(name);
    own.send.unwrap_or(own.disclosure == Some(Disclosure::Public))
}

/// A second reader in one run.
pub struct Second {
    settings: LlmSettings,
    key: Option<String>,
    agent: ureq::Agent,
    failed: u32,
}

/// What it brought to a document.
#[derive(Default)]
pub struct Brought {
    /// What was sent, and how it went.
    pub record: Option<SecondReader>,
    /// What failed a check.
    pub rejected: Vec<Rejected>,
}

impl Second {
    /// The second reader of a case, if there is one. A key that is named and not there is refused
    /// before anything is sent.
    pub fn of(settings: &Settings) -> Result<Option<Second>, Error> {
        let Some(llm) = settings.reader.llm.clone() else { return Ok(None) };
        let key = match &llm.key_env {
            Some(name) => {
                Some(std::env::var(name).map_err(|_| Error::NoKey { name: name.clone() })?)
            }
            None => None,
        };
        if visit::address(&llm.url).is_none() {
            return Err(Error::NoEndpoint(llm.url));
        }
        let proxy = settings.fetch.proxy.as_deref().map(ureq::Proxy::new).transpose();
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(llm.seconds.max(1))))
            .max_redirects(0) // The key and the text go where the settings say, and nowhere else.
            .http_status_as_error(false)
            .proxy(proxy.map_err(|_| Error::NoEndpoint("proxy".to_owned()))?)
            .build();
        let agent = ureq::Agent::new_with_config(config);
        Ok(Some(Second { settings: llm, key, agent, failed: 0 }))
    }

    /// Asks about a document and adds to its reading what passes our checks.
    pub fn read(
        &mut self,
        document: &Document,
        context: &Context,
        reading: &mut Reading,
        brought: &mut Brought,
    ) {
        let Body::Text(text) = &document.body else { return };
        let model = self.settings.model.clone();
        if self.failed >= PATIENCE {
            reading.problems.push(Problem::new("second-reader-silent", &model, ""));
            return;
        }
        let (question, cut) = second::question(&model, &text.content);
        if cut {
            let sent = second::LONGEST.to_string();
            reading.problems.push(Problem::new("second-reader-cut", &document.part, sent));
        }
        let record = brought.record.get_or_insert_with(|| SecondReader {
            url: self.settings.url.clone(),
            model: model.clone(),
            sent: 0,
            agreed: 0,
            rejected: 0,
        });
        record.sent += text.content.len().min(second::LONGEST) as u64;
        let answer = match self.ask(&question) {
            Ok(answer) => answer,
            Err(why) => {
                self.failed += 1;
                reading.problems.push(Problem::new("second-reader-silent", &model, why));
                return;
            }
        };
        let found = second::check(document, text, context, &reading.claims, (&model, &answer));
        record.agreed += found.agreed;
        record.rejected += found.rejected.len() as u32;
        brought.rejected.extend(found.rejected);
        reading.problems.extend(found.problems);
        reading.claims.extend(found.claims);
        reading.mentions.extend(found.mentions);
    }

    /// The bytes of an answer, or in a few words why there is none.
    fn ask(&self, question: &serde_json::Value) -> Result<Vec<u8>, String> {
        let base = self.settings.url.trim_end_matches('/');
        let url = match base.ends_with("/chat/completions") {
            true => base.to_owned(),
            false => format!("{base}/chat/completions"),
        };
        let mut request = self.agent.post(&url).header("Content-Type", "application/json");
        if let Some(key) = &self.key {
            request = request.header("Authorization", format!("Bearer {key}"));
        }
        let body = serde_json::to_vec(question).map_err(|_| "no question".to_owned())?;
        let mut answer = request.send(&body[..]).map_err(|why| match why {
            ureq::Error::Timeout(_) => "timeout".to_owned(),
            _ => "no answer".to_owned(),
        })?;
        if !answer.status().is_success() {
            return Err(format!("status {}", answer.status().as_u16()));
        }
        visit::read(&mut answer, LONGEST, "").map_err(|_| "too long or broken off".to_owned())
    }
}
