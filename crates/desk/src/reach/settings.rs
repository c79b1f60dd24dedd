//! `[fetch]`, `[watch]` and `[reader.llm]` of case.toml: none of them is on by default.

use serde::{Deserialize, Serialize};

habeas_model::words! {
    /// What a site's robots.txt is to us.
    RobotsWish {
        /// What it forbids is not fetched.
        Respect = "respect",
        /// It is not asked; the decision stands in case.toml, which the ledger keeps.
        Ignore = "ignore",
    }
}

/// `[fetch]`: how pages are had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FetchSettings {
    /// `http://`, `socks5://` or `socks4://` proxy, such as a local Tor; none: directly. The
    /// environment is not asked.
    pub proxy: Option<String>,
    /// What robots.txt is to us.
    pub robots: RobotsWish,
    /// Milliseconds between two requests to one host, at least; a site may ask for more.
    pub pause: u64,
    /// Seconds that one answer may take, from first to last byte.
    pub seconds: u64,
    /// Bytes of one answer.
    pub bytes: u64,
}

impl Default for FetchSettings {
    fn default() -> FetchSettings {
        FetchSettings {
            proxy: None,
            robots: RobotsWish::Respect,
            pause: 2_000,
            seconds: 60,
            bytes: 64 << 20,
        }
    }
}

/// `[watch]`: what is looked at again and again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WatchSettings {
    /// Feeds (RSS, Atom) whose entries are captured.
    pub feeds: Vec<String>,
    /// Pages that may change.
    pub pages: Vec<String>,
}

/// `[reader]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReaderSettings {
    /// A second reader beside ours.
    pub llm: Option<LlmSettings>,
}

/// `[reader.llm]`: an endpoint of chat completions that the texts of public documents are sent to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LlmSettings {
    /// The endpoint, up to and with `/v1` or `/chat/completions`.
    pub url: String,
    /// Name of the model.
    pub model: String,
    /// Name of the environment variable that has the key; none: no key.
    #[serde(default, alias = "key-env", skip_serializing_if = "Option::is_none")]
    pub key_env: Option<String>,
    /// Seconds that one answer may take.
    #[serde(default = "patience")]
    pub seconds: u64,
}

fn patience() -> u64 {
    120
}
