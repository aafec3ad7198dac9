//! The known word nearest to one that is not known.

/// Longer words are not compared: nobody meant a short one by them.
const LONGEST: usize = 48;

/// The word of `known` that is a few letters away from `word`, or that `word` is the beginning of; the nearest, and of several
/// the first. Capitals do not matter.
pub(super) fn closest(word: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase().replace(['-', ' '], "_");
    let length = word.chars().count();
    let allowed = (length / 3).clamp(1, 3);
    let distance = |known: &str| {
        let known = known.to_lowercase();
        if length >= 3 && known.starts_with(&word) {
            return Some(0);
        }
        let distance = strsim::damerau_levenshtein(&known, &word);
        (distance <= allowed && distance < length).then_some(distance)
    };
    known
        .filter_map(|known| Some((distance(known)?, known)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_word_and_other_words_do_not() {
        let known = ["military", "migration", "human_rights", "cyber"];
        let closest = |word| closest(word, known.into_iter());
        assert_eq!(closest("militray"), Some("military"));
        assert_eq!(closest("Human Rights"), Some("human_rights"));
        assert_eq!(closest("migr"), Some("migration"));
        assert_eq!(closest("football"), None);
        assert_eq!(closest(""), None);
        assert_eq!(closest(&"x".repeat(100_000)), None);
    }
}
