//! HTML to text: the article of a page without its menus and advertisements, and what the page says of the article.

use dateline_proto::{files::Published, time::Timestamp};
use dom_smoothie::{Config, Readability, TextMode};

use super::ArticleError;

/// Elements inside each other. Pages stay below a hundred; what is far above was made to exhaust a stack.
const DEPTH: usize = 400;
const TITLE_BYTES: usize = 1024;

/// What a page holds.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) language: String,
    pub(super) publish_time: Option<Timestamp>,
}

pub(super) fn extract(html: &str) -> Result<Page, ArticleError> {
    let too_deep = ArticleError::TooDeep { limit: DEPTH };
    // Twice: to parse what is nested too deep can already take forever, and only the parsed page shows the true depth.
    if open_elements(html) > DEPTH {
        return Err(too_deep);
    }
    let config = Config {
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let mut page = Readability::new(html, None, Some(config)).map_err(|_| ArticleError::NoTextInHtml)?;
    if is_deeper(&page, DEPTH) {
        return Err(too_deep);
    }
    let article = page.parse().map_err(|_| ArticleError::NoTextInHtml)?;
    let text = article.text_content.trim();
    if text.is_empty() {
        return Err(ArticleError::NoTextInHtml);
    }
    let published = article
        .published_time
        .as_deref()
        .map(str::trim)
        .map(str::parse::<Published>);
    Ok(Page {
        text: text.to_owned(),
        title: one_line(&article.title),
        publisher: one_line(article.site_name.as_deref().unwrap_or_default()),
        language: article.lang.unwrap_or_default().trim().to_owned(),
        publish_time: published.and_then(Result::ok).map(|Published(time)| time),
    })
}

/// Words with single spaces, and not too many: pages put all sorts of things there.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        if line.len() + word.len() >= TITLE_BYTES {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether elements of the page are nested deeper than that. Step by step: the depth is just what must not become recursion.
fn is_deeper(page: &Readability, limit: usize) -> bool {
    let mut node = page.doc.root();
    let mut depth = 0;
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            if depth > limit {
                return true;
            }
            node = child;
            continue;
        }
        loop {
            if let Some(sibling) = node.next_sibling() {
                node = sibling;
                break;
            }
            match node.parent() {
                Some(parent) if depth > 0 => {
                    depth -= 1;
                    node = parent;
                }
                _ => return false,
            }
        }
    }
}

/// Elements that have no end tag, or may go without: they do not nest by being left open.
const NOT_COUNTED: &[&str] = &[
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody",
    "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];
/// Elements whose content is not HTML.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// The most elements that are open at once, by their tags alone.
fn open_elements(html: &str) -> usize {
    let (mut open, mut most) = (0usize, 0usize);
    let mut in_drawing = false;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let closing = rest.starts_with('/');
        let name_at = usize::from(closing);
        let name_length = rest[name_at..]
            .bytes()
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        let name = rest[name_at..name_at + name_length].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let Some(end) = rest.find('>') else {
            break;
        };
        let self_closing = in_drawing && rest[..end].ends_with('/');
        rest = &rest[end + 1..];
        let is_drawing = matches!(name.as_str(), "svg" | "math");
        if is_drawing {
            in_drawing = !closing && !self_closing;
        }
        if closing {
            open = open.saturating_sub(usize::from(!NOT_COUNTED.contains(&name.as_str())));
        } else if !self_closing && !NOT_COUNTED.contains(&name.as_str()) {
            open += 1;
            most = most.max(open);
            if RAW.contains(&name.as_str()) && !in_drawing {
                rest = find_end_tag(rest, &name);
            }
        }
    }
    most
}

/// From the end tag of a raw element on; nothing where there is none.
fn find_end_tag<'h>(html: &'h str, name: &str) -> &'h str {
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        let after = &rest.as_bytes()[at + 2..];
        if after
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        {
            return &rest[at..];
        }
        rest = &rest[at + 2..];
    }
    ""
}
