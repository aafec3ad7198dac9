//! Whether a chunk is a URL, which is then left whole.
//!
//! The same language as spaCy's URL expression, `[scheme://][user[:password]@]host[:port][/?#...]`, read from left to
//! right: no backtracking, so a long chunk costs no more than its length.

use crate::chars::{CharClasses, Class};

/// Whether all of `chunk`, which holds no white space, is a URL.
pub(super) fn is_url(chunk: &str, chars: &CharClasses) -> bool {
    if !chunk.contains('.') {
        return false;
    }
    let after_scheme = chunk
        .find("://")
        .filter(|&at| is_scheme(&chunk[..at], chars))
        .map(|at| at + 3);
    // What stands before any `@` may be the user: the host starts after it, or at the start, or after the scheme.
    let after_user = chunk
        .match_indices('@')
        .filter(|&(at, _)| at > 0)
        .map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(after_scheme)
        .chain(after_user)
        .any(|start| starts_with_host(&chunk[start..], chars))
}

fn is_scheme(text: &str, chars: &CharClasses) -> bool {
    text.chars().nth(1).is_some()
        && text
            .chars()
            .all(|c| matches!(c, '+' | '-' | '.') || chars.is(c, Class::WORD))
}

/// Whether `text` is a host with a port and a path, if any.
fn starts_with_host(text: &str, chars: &CharClasses) -> bool {
    let end = text.find([':', '/', '?', '#', '@']).unwrap_or(text.len());
    let (host, rest) = text.split_at(end);
    is_port_and_path(rest) && (is_domain(host, chars) || is_public_address(host))
}

fn is_port_and_path(rest: &str) -> bool {
    let path = match rest.strip_prefix(':') {
        Some(port) => {
            let digits = port.len() - port.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if !(2..=5).contains(&digits) {
                return false;
            }
            &port[digits..]
        }
        None => rest,
    };
    path.is_empty() || path.starts_with(['/', '?', '#'])
}

fn is_domain(host: &str, chars: &CharClasses) -> bool {
    let Some((labels, tld)) = host.rsplit_once('.') else {
        return false;
    };
    labels.split('.').all(is_label)
        && (2..=63).contains(&tld.chars().take(64).count())
        && tld.chars().all(|c| chars.is(c, Class::TLD))
}

/// One to 64 letters and digits of the basic plane; hyphens and underscores inside.
fn is_label(label: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    label.starts_with(plain)
        && label.ends_with(plain)
        && label.chars().all(|c| plain(c) || c == '_' || c == '-')
        && label.chars().take(65).count() <= 64
}

/// An IPv4 address outside the private and local networks.
fn is_public_address(host: &str) -> bool {
    let mut numbers = [0u16; 4];
    let mut parts = host.split('.');
    for (i, number) in numbers.iter_mut().enumerate() {
        let Some(part) = parts.next().filter(|part| (1..=3).contains(&part.len())) else {
            return false;
        };
        let zero_start = part.starts_with('0') && (i == 0 || i == 3);
        match part.parse() {
            Ok(value) if !zero_start && part.bytes().all(|byte| byte.is_ascii_digit()) => *number = value,
            _ => return false,
        }
    }
    let [first, second, third, last] = numbers;
    let private = first == 10
        || first == 127
        || (first == 169 && second == 254)
        || (first == 192 && second == 168)
        || (first == 172 && (16..=31).contains(&second));
    let in_range = first <= 223 && second <= 255 && third <= 255 && last <= 254;
    parts.next().is_none() && in_range && !private
}
