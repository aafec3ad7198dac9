//! Conditions with their meaning spelled out a second time, over an event's JSON, sharing no code with the filter language.

use std::fmt;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

type Check = Arc<dyn Fn(&Value) -> bool>;

/// A filter as a tree; leaves know their text and what it means.
#[derive(Clone)]
pub(crate) enum Tree {
    Leaf(String, Check),
    And(Vec<Tree>),
    Or(Vec<Tree>),
    Not(Box<Tree>),
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(false))
    }
}

impl Tree {
    pub(crate) fn holds(&self, event: &Value) -> bool {
        match self {
            Tree::Leaf(_, check) => check(event),
            Tree::And(parts) => parts.iter().all(|part| part.holds(event)),
            Tree::Or(parts) => parts.iter().any(|part| part.holds(event)),
            Tree::Not(inner) => !inner.holds(event),
        }
    }

    /// As an expression; `odd` writes the same in another order and another style.
    pub(crate) fn text(&self, odd: bool) -> String {
        let join = |parts: &[Tree], word: &str| {
            let mut texts: Vec<String> = parts.iter().map(|part| format!("({})", part.text(odd))).collect();
            if odd {
                texts.reverse();
                texts.push(texts[0].clone());
            }
            texts.join(word)
        };
        match self {
            Tree::Leaf(text, _) => text.clone(),
            Tree::And(parts) => join(parts, " AND "),
            Tree::Or(parts) => join(parts, "  OR\t"),
            Tree::Not(inner) if odd => format!("-( {} )", inner.text(odd)),
            Tree::Not(inner) => format!("NOT ({})", inner.text(odd)),
        }
    }
}

pub(crate) fn tree() -> impl Strategy<Value = Tree> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            several().prop_map(Tree::And),
            several().prop_map(Tree::Or),
            inner.clone().prop_map(|inner| Tree::Not(Box::new(inner))),
        ]
    })
}

fn leaf() -> BoxedStrategy<Tree> {
    prop_oneof![
        3 => party(), 3 => text(), 2 => words(), 2 => number(), 1 => flag(), 2 => date(), 2 => time(), 1 => presence(),
    ]
    .boxed()
}

fn tree_of(text: String, check: impl Fn(&Value) -> bool + 'static) -> Tree {
    Tree::Leaf(text, Arc::new(check))
}

/// Every value at a path of JSON names, through lists.
fn values<'v>(event: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut found = vec![event];
    for name in path.split('.') {
        found = found
            .into_iter()
            .filter_map(|value| value.get(name))
            .flat_map(|value| {
                value
                    .as_array()
                    .map_or_else(|| vec![value], |list| list.iter().collect())
            })
            .collect();
    }
    found
}

fn strings(event: &Value, paths: &[String]) -> Vec<String> {
    let all = paths.iter().flat_map(|path| values(event, path));
    all.filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

/// The JSON lists that a side's name in the language stands for.
fn sides() -> impl Strategy<Value = (&'static str, &'static [&'static str])> {
    select(vec![
        ("actor", ["actors", "recipients"].as_slice()),
        ("actors", ["actors"].as_slice()),
        ("recipients", ["recipients"].as_slice()),
        ("recipient", ["recipients"].as_slice()),
    ])
}

fn parties<'v>(event: &'v Value, lists: &[&str]) -> Vec<&'v Value> {
    lists.iter().flat_map(|list| values(event, list)).collect()
}

fn is(party: &Value, name: &str, wanted: &str) -> bool {
    party.get(name).and_then(Value::as_str) == Some(wanted)
}

fn party() -> BoxedStrategy<Tree> {
    let countries = select(vec![
        ("PRK", "PRK"),
        ("'North Korea'", "PRK"),
        ("Pyongyang", "PRK"),
        ("dprk", "PRK"),
        ("RUS", "RUS"),
        ("Russian", "RUS"),
        ("Moscow", "RUS"),
        ("UKR", "UKR"),
    ]);
    let country = (
        sides(),
        countries.clone(),
        select(vec!["", ".country"]),
        select(vec![":", " = ", "="]),
    )
        .prop_map(|((side, lists), (written, code), part, operator)| {
            tree_of(format!("{side}{part}{operator}{written}"), move |event| {
                parties(event, lists)
                    .iter()
                    .any(|party| is(party, "country", code))
            })
        });
    let composed = (
        sides(),
        select(vec![
            ("PRKGOV", "PRK", "GOV"),
            ("rusmil", "RUS", "MIL"),
            ("UKRMIL", "UKR", "MIL"),
        ]),
    )
        .prop_map(|((side, lists), (written, code, sector))| {
            tree_of(format!("{side}:{written}"), move |event| {
                parties(event, lists).iter().any(|party| {
                    is(party, "country", code)
                        && values(party, "sectors").iter().any(|value| *value == sector)
                })
            })
        });
    let person =
        (sides(), select(vec!["Kim Jong Un", "Vladimir Putin"])).prop_map(|((side, lists), name)| {
            tree_of(format!("{side}:\"{name}\""), move |event| {
                parties(event, lists).iter().any(|party| {
                    party["name"]
                        .as_str()
                        .is_some_and(|found| found.to_lowercase() == name.to_lowercase())
                })
            })
        });
    let sector = (
        sides(),
        select(vec!["GOV", "MIL", "REB"]),
        select(vec!["sector", "sectors"]),
    )
        .prop_map(|((side, lists), sector, field)| {
            tree_of(format!("{side}.{field} = {sector}"), move |event| {
                parties(event, lists)
                    .iter()
                    .any(|party| values(party, "sectors").iter().any(|value| *value == sector))
            })
        });
    let place = countries.prop_map(|(written, code)| {
        tree_of(format!("place.country:{written}"), move |event| {
            strings(event, &["place.country".into()]) == [code]
        })
    });
    prop_oneof![country, composed, person, sector, place].boxed()
}

/// Text fields: their name, the JSON paths, whether capitals matter, whether `:` looks for parts.
fn text() -> BoxedStrategy<Tree> {
    let either = |part: &str| vec![format!("actors.{part}"), format!("recipients.{part}")];
    let fields = vec![
        ("actor.name", either("name"), false, true),
        ("actors.name", vec!["actors.name".into()], false, true),
        ("recipients.text", vec!["recipients.text".into()], false, true),
        ("actor.code", either("code"), false, false),
        ("place.name", vec!["place.name".into()], false, true),
        ("mode", vec!["mode".into()], false, false),
        ("cameo_code", vec!["cameoCode".into()], false, false),
        ("coder", vec!["coder".into()], false, true),
        ("publisher", vec!["mentions.publisher".into()], false, true),
        (
            "mentions.article_id",
            vec!["mentions.articleId".into()],
            true,
            false,
        ),
        ("uri", vec!["mentions.uri".into()], true, true),
        ("event_id", vec!["eventId".into()], true, false),
    ];
    let values = select(vec![
        "Kim Jong Un",
        "kim",
        "police",
        "Police",
        "PRKGOV",
        "prk",
        "Moscow",
        "visit",
        "04",
        "042",
        "times",
        "Example Times",
        "https://example.org/A",
        "HTTPS://",
        "a1",
        "A1",
        "dateline",
        "Ü",
        "ü*ü",
    ]);
    let shapes = select(vec![(false, false), (true, false), (false, true), (true, true)]);
    (select(fields), values, shapes, any::<bool>())
        .prop_map(|((name, paths, exact, parts), value, (first, last), has)| {
            let star = |set: bool| if set { "*" } else { "" };
            let operator = if has { ":" } else { " = " };
            let written = format!(
                "{name}{operator}\"{}{}{}\"",
                star(first),
                value.replace('*', "\\*"),
                star(last)
            );
            let part = has && parts && !first && !last;
            tree_of(written, move |event| {
                let fold = |text: &str| {
                    if exact {
                        text.to_owned()
                    } else {
                        text.to_lowercase()
                    }
                };
                let wanted = fold(value);
                strings(event, &paths).iter().any(|found| {
                    let found = fold(found);
                    match (first || part, last || part) {
                        (false, false) => found == wanted,
                        (true, false) => found.ends_with(&wanted),
                        (false, true) => found.starts_with(&wanted),
                        (true, true) => found.contains(&wanted),
                    }
                })
            })
        })
        .boxed()
}

fn words() -> BoxedStrategy<Tree> {
    let of = |field: &'static str, path: &'static str, pool: Vec<(&'static str, &'static str)>| {
        (select(pool), select(vec![":", " = ", " != "])).prop_map(move |((written, stored), operator)| {
            tree_of(format!("{field}{operator}{written}"), move |event| {
                strings(event, &[path.to_owned()])
                    .iter()
                    .any(|value| value == stored)
                    != (operator == " != ")
            })
        })
    };
    let topics = vec![
        ("military", "military"),
        ("Cyber", "cyber"),
        ("human_rights", "human_rights"),
    ];
    let types = vec![
        ("CONSULT", "EVENT_TYPE_CONSULT"),
        ("assault", "EVENT_TYPE_ASSAULT"),
        ("EVENT_TYPE_AGREE", "EVENT_TYPE_AGREE"),
    ];
    let changes = vec![("CREATED", "CHANGE_CREATED"), ("retracted", "CHANGE_RETRACTED")];
    prop_oneof![
        of("topic", "topics", topics.clone()),
        of("topics", "topics", topics),
        of("type", "type", types),
        of("change", "change", changes)
    ]
    .boxed()
}

fn number() -> BoxedStrategy<Tree> {
    // Name, JSON path, what it is when absent, whether single precision counts.
    let fields = vec![
        ("intensity", "intensity", Some(0.0), true),
        ("confidence", "confidence", Some(0.0), true),
        ("quad_class", "quadClass", Some(0.0), false),
        ("mention_count", "mentionCount", Some(0.0), false),
        ("magnitude.killed", "magnitude.killed", Some(0.0), false),
        ("event_date.year", "eventDate.year", None, false),
        ("event_date.month", "eventDate.month", None, false),
        ("revision", "revision", Some(0.0), false),
    ];
    let fractions = select(vec!["-5.5", "0.7", "0.70", "0", "1", "3"]);
    let whole = select(vec!["0", "1", "3", "9", "2023", "2024"]);
    let orders = select(vec!["=", "!=", "<", "<=", ">", ">=", ":"]);
    (select(fields), fractions, whole, orders)
        .prop_map(|((name, path, absent, single), fraction, whole, order)| {
            let written = if single { fraction } else { whole };
            tree_of(format!("{name} {order} {written}"), move |event| {
                let round = |number: f64| if single { f64::from(number as f32) } else { number };
                let found = values(event, path)
                    .first()
                    .and_then(|value| value.as_f64())
                    .or(absent);
                let wanted = round(written.parse().expect("it is a number"));
                let holds = |compare: fn(&f64, &f64) -> bool| {
                    found.is_some_and(|found| compare(&round(found), &wanted))
                };
                match order {
                    "<" => holds(f64::lt),
                    "<=" => holds(f64::le),
                    ">" => holds(f64::gt),
                    ">=" => holds(f64::ge),
                    "!=" => !holds(f64::eq),
                    _ => holds(f64::eq),
                }
            })
        })
        .boxed()
}

fn flag() -> BoxedStrategy<Tree> {
    let flags = select(vec!["historical", "future", "hypothetical", "negated"]);
    (
        flags,
        select(vec![
            ("", true),
            (" = true", true),
            (":false", false),
            (" != true", false),
        ]),
    )
        .prop_map(|(flag, (rest, wanted))| {
            tree_of(format!("{flag}{rest}"), move |event| {
                (event.get(flag) == Some(&Value::Bool(true))) == wanted
            })
        })
        .boxed()
}

/// Compares the start of an ISO text with a shorter one, as long as that one.
fn begins(order: &str, found: &str, wanted: &str) -> bool {
    let found = &found[..wanted.len()];
    match order {
        "<" => found < wanted,
        "<=" => found <= wanted,
        ">" => found > wanted,
        ">=" => found >= wanted,
        _ => found == wanted,
    }
}

fn date() -> BoxedStrategy<Tree> {
    let dates = select(vec![
        "2023",
        "2024",
        "2023-09",
        "2023-10",
        "2023-09-13",
        "2023-09-01",
        "2023-12-31",
    ]);
    (dates, select(vec!["=", "<", "<=", ">", ">=", ":"]))
        .prop_map(|(wanted, order)| {
            tree_of(format!("event_date {order} {wanted}"), move |event| {
                let part = |name: &str| {
                    values(event, &format!("eventDate.{name}"))
                        .first()
                        .and_then(|value| value.as_i64())
                };
                let Some(year) = part("year") else { return false };
                let months = part("month").map_or(1..=12, |month| month..=month);
                months.into_iter().all(|month| {
                    let days = part("day")
                        .filter(|_| part("month").is_some())
                        .map_or(1..=31, |day| day..=day);
                    days.into_iter()
                        .all(|day| begins(order, &format!("{year:04}-{month:02}-{day:02}"), wanted))
                })
            })
        })
        .boxed()
}

fn time() -> BoxedStrategy<Tree> {
    let times = select(vec![
        ("2023-09-13", "2023-09-13"),
        ("2023-09-14", "2023-09-14"),
        ("2023-09-13T12:00:00Z", "2023-09-13T12:00:00Z"),
        ("2023-09-13T14:00:00+02:00", "2023-09-13T12:00:00Z"),
        ("2023-09-12T23:00:00-01:00", "2023-09-13T00:00:00Z"),
    ]);
    let fields = select(vec![
        ("publish_time", "publishTime"),
        ("update_time", "updateTime"),
        ("create_time", "createTime"),
    ]);
    (fields, times, select(vec!["=", "<", "<=", ">", ">="]))
        .prop_map(|((name, path), (written, wanted), order)| {
            tree_of(format!("{name}{order}{written}"), move |event| {
                strings(event, &[path.to_owned()])
                    .iter()
                    .any(|found| begins(order, found, wanted))
            })
        })
        .boxed()
}

fn presence() -> BoxedStrategy<Tree> {
    let fields = vec![
        ("mode", vec!["mode"]),
        ("actor", vec!["actors", "recipients"]),
        ("actors.country", vec!["actors.country"]),
        ("recipients", vec!["recipients"]),
        ("topic", vec!["topics"]),
        ("place", vec!["place"]),
        ("place.name", vec!["place.name"]),
        ("event_date", vec!["eventDate.year"]),
        ("event_date.day", vec!["eventDate.day"]),
        ("publish_time", vec!["publishTime"]),
        ("publisher", vec!["mentions.publisher"]),
        ("confidence", vec!["confidence"]),
        ("magnitude.killed", vec!["magnitude.killed"]),
        ("quad_class", vec!["quadClass"]),
    ];
    (select(fields), select(vec![":*", " = *", ":\"*\""]))
        .prop_map(|((name, paths), rest)| {
            // The JSON mapping leaves out what is empty or 0.
            tree_of(format!("{name}{rest}"), move |event| {
                paths.iter().any(|path| !values(event, path).is_empty())
            })
        })
        .boxed()
}
