//! Names close to a name that is not known.

/// Up to `n` names near the folded `name`, best first; `known` is sorted pairs of folded and written name.
pub(super) fn closest(known: &[(String, String)], name: &str, n: usize) -> Vec<String> {
    if name.is_empty() {
        return Vec::new();
    }
    let length = name.chars().count();
    // One slip in four letters still reads as the same name; more is another word.
    let allowed = (length / 4).clamp(1, 4);
    let mut ranked: Vec<(usize, usize, &str)> = known
        .iter()
        .filter_map(|(folded, written)| {
            let size = folded.chars().count();
            if length >= 3 && folded.starts_with(name) {
                return Some((0, size, written.as_str()));
            }
            if size.abs_diff(length) > allowed {
                return None;
            }
            let distance = strsim::damerau_levenshtein(folded, name);
            (distance <= allowed).then_some((distance, size, written.as_str()))
        })
        .collect();
    ranked.sort();
    ranked
        .into_iter()
        .take(n)
        .map(|(_, _, written)| written.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_the_name() {
        let known: Vec<(String, String)> = [
            ("north korea", "North Korea"),
            ("norway", "Norway"),
            ("south korea", "South Korea"),
        ]
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .into();
        assert_eq!(closest(&known, "nroth korea", 3), ["North Korea"]);
        assert_eq!(closest(&known, "nor", 3), ["Norway", "North Korea"]);
        assert!(closest(&known, "zanzibar", 3).is_empty());
        assert!(closest(&known, "", 3).is_empty());
    }
}
