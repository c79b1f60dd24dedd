//! Elements of HTML: which end a line, and whose words are no words of the page.

/// An element, as far as we tell elements apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    A,
    Article,
    Main,
    Table,
    Row,
    Cell,
    Block(u64),
    Void,
    Other(u64),
}

/// Elements that end a line, beside those with a name of their own.
const BLOCKS: &str = "p div h1 h2 h3 h4 h5 h6 li ul ol section header blockquote figcaption figure \
    dt dd dl address hr pre summary details aside nav footer form thead tbody tfoot caption";
/// Elements that never have an end.
const VOID: &str = "area base br col embed hr img input link meta param source track wbr";
/// Elements whose words are not the page's words.
const SILENT: &str = "script style noscript template svg math nav footer form button select iframe \
    object audio video canvas dialog head textarea";
/// Parts of a name (`class`, `id`) of what is no part of the words.
const BOILERPLATE: [&str; 26] = [
    "cookie",
    "consent",
    "gdpr",
    "newsletter",
    "subscri",
    "suscri",
    "share",
    "sharing",
    "social",
    "compart",
    "breadcrumb",
    "menu",
    "navbar",
    "navigation",
    "comment",
    "advert",
    "publicidad",
    "promo",
    "banner",
    "paywall",
    "login",
    "signup",
    "popup",
    "modal",
    "skip-link",
    "copyright",
];
/// Parts of a name of what leads to other pages.
const RELATED: [&str; 15] = [
    "related",
    "relacionad",
    "recommend",
    "recomend",
    "most-read",
    "mas-leid",
    "masleid",
    "trending",
    "popular",
    "sidebar",
    "read-more",
    "readmore",
    "more-stories",
    "te-puede",
    "see-also",
];
/// Parts of a name of the line that says who wrote it, where and when.
const BYLINE: [&str; 8] =
    ["byline", "dateline", "author", "autor", "fecha", "post-date", "post-meta", "entry-meta"];

/// What the words of an element are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words of the page.
    Page,
    /// The headline.
    Title,
    /// Who wrote it, where and when.
    Dateline,
    /// What stands under a picture.
    Caption,
    /// Links to other pages.
    Related,
    /// No words of the page at all.
    Silent,
}

impl Element {
    pub fn of(name: &str) -> Element {
        match name {
            "a" => Element::A,
            "article" => Element::Article,
            "main" => Element::Main,
            "table" => Element::Table,
            "tr" => Element::Row,
            "td" | "th" => Element::Cell,
            _ if has(VOID, name) => Element::Void,
            _ if has(BLOCKS, name) => Element::Block(key(name)),
            _ => Element::Other(key(name)),
        }
    }

    pub fn is_block(self) -> bool {
        !matches!(self, Element::A | Element::Other(_) | Element::Void)
    }

    pub fn is_void(self) -> bool {
        self == Element::Void
    }
}

fn has(words: &str, name: &str) -> bool {
    words.split_ascii_whitespace().any(|word| word == name)
}

/// A name by its first eight bytes and its length: enough to tell ends from one another.
fn key(name: &str) -> u64 {
    let mut bytes = [0; 8];
    let kept = name.len().min(7);
    bytes[..kept].copy_from_slice(&name.as_bytes()[..kept]);
    bytes[7] = name.len().min(255) as u8;
    u64::from_be_bytes(bytes)
}

/// What the words of an element are, by its own name and names given to it, within `outer`.
pub fn part<'a>(name: &str, get: &impl Fn(&str) -> Option<&'a str>, outer: Part) -> Part {
    if outer == Part::Silent || has(SILENT, name) || get("hidden").is_some() {
        return Part::Silent;
    }
    let roles = ["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"];
    if get("role").is_some_and(|role| roles.contains(&role)) {
        return Part::Silent;
    }
    // The page's own frame often bears words such as “has-sidebar-menu”.
    if !matches!(name, "html" | "body" | "main" | "article") {
        let given = [get("class"), get("id")];
        let given = given.iter().flatten().map(|names| names.to_lowercase()).collect::<String>();
        let one_of = |parts: &[&str]| parts.iter().any(|part| given.contains(part));
        if !given.is_empty() {
            if one_of(&BOILERPLATE) {
                return Part::Silent;
            }
            if one_of(&RELATED) {
                return Part::Related;
            }
            if outer == Part::Page && one_of(&BYLINE) {
                return Part::Dateline;
            }
        }
    }
    match (name, outer) {
        ("aside", Part::Page) => Part::Related,
        ("h1", Part::Page) => Part::Title,
        ("figcaption", Part::Page | Part::Dateline) => Part::Caption,
        _ => outer,
    }
}
