//! What an addition takes the place of: an actor's entry of the same name, a role noun that is given another meaning.
//!
//! The other files need none of this: there the first of equals wins, or words only add up. Lines keep their numbers.

use std::borrow::Cow;
use std::collections::HashSet;

/// The base of a data file without what its addition defines anew.
pub(super) fn without<'a>(name: &str, base: &'a str, addition: &str) -> Cow<'a, str> {
    match name {
        // Former states have the code of the state that followed.
        "actors/countries.txt" => entries(base, addition, |name, code| match name.strip_prefix("former ") {
            Some(former) => former.to_lowercase(),
            None => code.unwrap_or(name).to_owned(),
        }),
        "actors/leaders.txt" | "actors/organisations.txt" | "actors/groups.txt" | "actors/peoples.txt" => {
            entries(base, addition, |name, _| name.to_lowercase())
        }
        "actors/roles.txt" => roles(base, addition),
        // A place is known by its GeoNames id, an area by its first name.
        "places/cities.tsv" | "places/regions.tsv" | "places/countries.tsv" => {
            lines(base, addition, |line| line.split('\t').nth(3))
        }
        "places/areas.txt" => lines(base, addition, |line| line.split([';', ':', '=']).next()),
        _ => Cow::Borrowed(base),
    }
}

/// Without the entries whose key, made of name and first code, the addition has too.
fn entries<'a>(base: &'a str, addition: &str, key: impl Fn(&str, Option<&str>) -> String) -> Cow<'a, str> {
    let key_of = |line: &str| {
        let head = !line.starts_with([' ', '\t', '#']) && !line.starts_with("not ");
        let (name, codes) = line.split_once(" : ").filter(|_| head)?;
        Some(key(name.trim(), codes.split_whitespace().next()))
    };
    let anew: HashSet<String> = addition.lines().filter_map(key_of).collect();
    let mut kept = String::with_capacity(base.len());
    let mut leaving = false;
    for line in base.lines() {
        if !line.starts_with([' ', '\t']) {
            leaving = key_of(line).is_some_and(|key| anew.contains(&key));
        }
        if !leaving {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept.into()
}

/// Without the lines whose key the addition has too.
fn lines<'a>(base: &'a str, addition: &str, key: impl Fn(&str) -> Option<&str>) -> Cow<'a, str> {
    let key_of = |line: &str| {
        let found = key(line).filter(|_| !line.starts_with('#'))?;
        Some(found.trim().to_lowercase()).filter(|key| !key.is_empty())
    };
    let anew: HashSet<String> = addition.lines().filter_map(key_of).collect();
    let mut kept = String::with_capacity(base.len());
    for line in base.lines() {
        if key_of(line).is_none_or(|key| !anew.contains(&key)) {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept.into()
}

/// Without the ways of writing a role noun that the addition has too.
fn roles<'a>(base: &'a str, addition: &str) -> Cow<'a, str> {
    let nouns = |line: &str| !line.trim_start().starts_with(['[', '#']);
    let bare = |line: &str| line.split('#').next().unwrap_or_default().to_owned();
    let anew: HashSet<String> = addition
        .lines()
        .filter(|line| nouns(line))
        .flat_map(|line| bare(line).split([';', '=']).map(written).collect::<Vec<_>>())
        .filter(|noun| !noun.is_empty())
        .collect();
    let mut kept = String::with_capacity(base.len());
    for line in base.lines() {
        if nouns(line)
            && bare(line)
                .split([';', '='])
                .any(|noun| anew.contains(&written(noun)))
        {
            let items = bare(line);
            let items = items.split(';').map(|item| {
                let left = item.split('=').filter(|noun| !anew.contains(&written(noun)));
                left.collect::<Vec<_>>().join("=")
            });
            kept.push_str(&items.collect::<Vec<_>>().join(";"));
        } else {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept.into()
}

/// A role noun as it is compared: the word before a slash, whatever its capitals.
fn written(noun: &str) -> String {
    noun.split('/').next().unwrap_or_default().trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_given_anew_leaves_its_old_entry_and_no_other() {
        let base = "Kim : PRK GOV\n  also K\n\nMoon : KOR GOV\n  also M\n";
        let kept = without("actors/leaders.txt", base, "KIM : PRK ELI\n");
        assert_eq!(kept, "\n\n\nMoon : KOR GOV\n  also M\n");
        let base = "Russia : RUS RU\nformer Soviet Union : RUS 1922..1991\n";
        let kept = without(
            "actors/countries.txt",
            base,
            "former soviet union : RUS 1917..1991\n",
        );
        assert_eq!(kept, "Russia : RUS RU\n\n");
        let base = "Burma : MMR MM\n  capital Rangoon\nChina : CHN CN\n";
        let kept = without("actors/countries.txt", base, "Myanmar : MMR MM\n");
        assert_eq!(kept, "\n\nChina : CHN CN\n");
    }

    #[test]
    fn a_role_noun_given_anew_leaves_only_itself() {
        let base = "[COP body]\npolice; coast guard = coastguard; militia # all of them\n";
        let kept = without("actors/roles.txt", base, "[MIL body]\nCoast guard; navy\n");
        assert_eq!(kept, "[COP body]\npolice; coastguard; militia \n");
    }
}
