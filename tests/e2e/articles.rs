//! News made up for tests: as many different articles as needed, each with events that the coder knows.

use std::fmt::Write;

const COUNTRIES: [&str; 12] = [
    "France", "Germany", "Japan", "Brazil", "Egypt", "Turkey", "Russia", "China", "India", "Mexico", "Kenya",
    "Canada",
];

/// A JSON line with article `n`: some sentences, dated so that different articles tell different events.
pub(crate) fn line(n: usize) -> String {
    let article = serde_json::json!({
        "id": format!("article-{n}"),
        "text": text(n),
        "published": format!("2024-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1),
        "publisher": format!("Paper {}", n % 3),
    });
    article.to_string()
}

/// The JSON lines of `count` articles.
pub(crate) fn lines(count: usize) -> String {
    (0..count).fold(String::new(), |mut lines, n| {
        let _ = writeln!(lines, "{}", line(n));
        lines
    })
}

fn text(n: usize) -> String {
    let country = |salt: usize| COUNTRIES[(n * 5 + salt) % COUNTRIES.len()];
    format!(
        "{} accused {} of violating the agreement.\n\n{} condemned {}. The president of {} met the president of {}.\n",
        country(0),
        country(1),
        country(2),
        country(3),
        country(4),
        country(7),
    )
}
