//! Which of the places of one name is meant.

use super::atlas::{Atlas, Hit, Rank};
use super::rows::Row;
use crate::PlaceKind;
use crate::actor::{ActorRef, Gazetteer, fold};

/// What a name beside a place says of where it is: "Tripoli, *Lebanon*", "Paris, *Texas*", "the *Syrian* city".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Beside {
    Country(String),
    /// A country and GeoNames' code of a region in it.
    Region(String, String),
}

/// What is known of a name before it is looked up.
#[derive(Debug, Default)]
pub(super) struct Hints<'a> {
    /// Where the phrase says it is. One of these must fit.
    pub(super) beside: Vec<Beside>,
    /// "the city of", "Aleppo *province*".
    pub(super) wanted: Option<PlaceKind>,
    /// The countries that the sentence names.
    pub(super) sentence: Vec<String>,
    /// The country that the article is about, or was written in.
    pub(super) home: Option<&'a str>,
}

// Of several places the one with the most inhabitants is meant, on the scale of the common logarithm; these weigh on it.

/// In a country that the sentence names, or the country of the article.
const CONCERNED: f64 = 1.3;
/// Newspapers use the name for this country: it is its capital, or stands among its places in `countries.txt`.
const WELL_KNOWN: f64 = 0.5;
/// A spelling or former name of another place.
const OTHER_NAME: f64 = -0.7;
/// Inhabitants from which on another spelling of a city's name is known outside its country: Bombay, Saigon.
const FAMOUS: u32 = 1_000_000;
/// "New York" is the city unless the region of that name has ten times its inhabitants.
const REGION: f64 = -1.0;

/// The place that a name most likely means; `None` if none of that name fits what is said beside it.
pub(super) fn choose<'a>(
    atlas: &'a Atlas,
    gazetteer: &Gazetteer,
    name: &str,
    hits: &[Hit<'a>],
    hints: &Hints<'_>,
) -> Option<&'a Row> {
    let fits = |hit: &&Hit<'a>| {
        hints.beside.is_empty() || hints.beside.iter().any(|beside| lies_in(atlas, hit.row, beside))
    };
    let mut fitting: Vec<Hit<'a>> = hits.iter().filter(fits).copied().collect();
    if let Some(wanted) = hints.wanted {
        let of_kind = |hit: &Hit<'_>| hit.row.kind == wanted;
        let newspaper = |hit: &Hit<'_>| wanted == PlaceKind::Region && hit.rank == Rank::Newspaper;
        if fitting.iter().any(|hit| of_kind(hit) || newspaper(hit)) {
            fitting.retain(|hit| of_kind(hit) || newspaper(hit));
        } else if wanted == PlaceKind::City {
            // "the village of Georgia": a village that is not known.
            return None;
        }
    }
    if let Some(area) = fitting.iter().find(|hit| hit.rank == Rank::Newspaper) {
        return Some(area.row);
    }
    let at_home = |hit: &&Hit<'_>| hints.home.is_some_and(|home| atlas.country_of(hit.row) == home);
    if let Some(country) = fitting.iter().find(|hit| hit.row.kind == PlaceKind::Country) {
        // Georgia in an article about the United States.
        let state = fitting
            .iter()
            .find(|hit| hit.row.kind == PlaceKind::Region && at_home(hit));
        return Some(state.unwrap_or(country).row);
    }
    let concerned =
        |country: &str| hints.home == Some(country) || hints.sentence.iter().any(|code| code == country);
    // "Khasan" near Russia's border is not the town in India that also goes by that name.
    if hints.home.is_some() || !hints.sentence.is_empty() {
        fitting.retain(|hit| {
            let country = atlas.country_of(hit.row);
            hit.rank != Rank::Other
                || hit.row.population >= FAMOUS
                || concerned(country)
                || is_well_known(gazetteer, country, name)
        });
    }
    if fitting.len() < 2 {
        return fitting.first().map(|hit| hit.row);
    }
    let score = |hit: &Hit<'_>| {
        let country = atlas.country_of(hit.row);
        let applies = |condition: bool, weight: f64| if condition { weight } else { 0.0 };
        f64::from(hit.row.population.max(1_000)).log10()
            + applies(concerned(country), CONCERNED)
            + applies(is_well_known(gazetteer, country, name), WELL_KNOWN)
            + applies(hit.rank == Rank::Other, OTHER_NAME)
            + applies(hit.row.kind == PlaceKind::Region, REGION)
    };
    fitting
        .iter()
        .map(|hit| (score(hit), hit.row))
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then(second.id.cmp(&first.id)))
        .map(|(_, row)| row)
}

fn lies_in(atlas: &Atlas, row: &Row, beside: &Beside) -> bool {
    match beside {
        Beside::Country(code) => atlas.country_of(row) == code,
        Beside::Region(code, region) => {
            atlas.country_of(row) == code
                && atlas.region_of(row) == region
                && !matches!(row.kind, PlaceKind::Country | PlaceKind::Region)
        }
    }
}

/// Whether newspapers use a name for this country: as its capital, or as one of its places in `countries.txt`.
pub(super) fn is_well_known(gazetteer: &Gazetteer, country: &str, name: &str) -> bool {
    let key = fold::key(name);
    gazetteer.country(country).is_some_and(|entry| {
        entry
            .capitals
            .iter()
            .chain(&entry.places)
            .any(|known| fold::key(known) == key)
    })
}

/// What a name says when it stands beside that of a place: a country by any of its words, a region, an area.
pub(super) fn beside(atlas: &Atlas, gazetteer: &Gazetteer, name: &str) -> Vec<Beside> {
    let mut all: Vec<Beside> = Vec::new();
    for hit in atlas.find(name) {
        let country = atlas.country_of(hit.row);
        let said = match hit.row.kind {
            PlaceKind::Region => Beside::Region(country.to_owned(), atlas.region_of(hit.row).to_owned()),
            PlaceKind::Country | PlaceKind::Area if !country.is_empty() => {
                Beside::Country(country.to_owned())
            }
            _ => continue,
        };
        if !all.contains(&said) {
            all.push(said);
        }
    }
    if let Some(code) = country_named(gazetteer, name) {
        let said = Beside::Country(code);
        if !all.contains(&said) {
            all.push(said);
        }
    }
    all
}

/// The country that a name or adjective means; two letters ("US", "UK") only in capitals.
pub(super) fn country_named(gazetteer: &Gazetteer, name: &str) -> Option<String> {
    if name.chars().next().is_none_or(char::is_lowercase) {
        return None;
    }
    match gazetteer.resolve(name)? {
        // Capitals resolve to their countries too, which is no news about the capital.
        ActorRef::Country { code, sector: None } if code.len() == 3 => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::ActorFiles;
    use crate::lexicon::Lexicon;

    #[test]
    fn the_country_beside_the_sentence_and_the_article_tell_places_of_one_name_apart() {
        let gazetteer = Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in actors load");
        let atlas = Atlas::load(&Lexicon::built_in(), &gazetteer).expect("the built-in places load");
        let country = |name: &str, hints: &Hints<'_>| {
            let hits = atlas.find(name);
            choose(&atlas, &gazetteer, name, &hits, hints).map(|row| atlas.country_of(row).to_owned())
        };
        let said = |name: &str| Hints {
            beside: beside(&atlas, &gazetteer, name),
            ..Hints::default()
        };
        let about = |code: &'static str| Hints {
            sentence: vec![code.to_owned()],
            home: Some(code),
            ..Hints::default()
        };
        let is = |found: Option<String>, code: &str| assert_eq!(found.as_deref(), Some(code));
        is(country("Tripoli", &Hints::default()), "LBY");
        is(country("Tripoli", &said("Lebanon")), "LBN");
        is(country("Tripoli", &said("Lebanese")), "LBN");
        is(country("Tripoli", &about("LBN")), "LBN");
        is(country("Paris", &said("Texas")), "USA");
        is(country("Paris", &about("USA")), "FRA");
        is(country("Birmingham", &Hints::default()), "GBR");
        is(country("Birmingham", &said("Ala.")), "USA");
        is(country("Moscow", &about("USA")), "RUS");
        is(country("London", &about("CAN")), "GBR");
        is(country("Georgia", &Hints::default()), "GEO");
        is(country("Georgia", &about("USA")), "USA");
        is(country("Hyderabad", &about("PAK")), "PAK");
        assert_eq!(country("Paris", &said("Syria")), None);
    }
}
