//! All places that the files know, found by name.
//!
//! A name is looked up by the hash of its folded form in one sorted list, so that loading copies and allocates nothing
//! per name, and a hit is checked against the file's text.

use super::rows::{self, Area, File, Row};
use crate::actor::fold;
use crate::actor::{EntryKind, Gazetteer};
use crate::lexicon::Lexicon;
use crate::{LoadError, PlaceKind};
use std::ops::Range;

/// The files, in the order in which rows refer to them.
const FILES: [(&str, PlaceKind); 4] = [
    ("places/countries.tsv", PlaceKind::Country),
    ("places/regions.tsv", PlaceKind::Region),
    ("places/cities.tsv", PlaceKind::City),
    ("places/areas.txt", PlaceKind::Area),
];

/// The places of the data files: immutable once loaded.
#[derive(Debug)]
pub(crate) struct Atlas {
    files: Vec<File>,
    rows: Vec<Row>,
    /// Hash of a folded name, and the name; sorted.
    names: Vec<(u64, Name)>,
    /// Alpha-3 code and row of each country, sorted.
    countries: Vec<([u8; 3], u32)>,
}

/// Whose name it is, how, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    row: u32,
    rank: Rank,
    text: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Text {
    /// In the file of this index.
    File(u8, u32, u32),
    /// A name of a country from the actors' files, folded.
    Folded(Box<str>),
}

/// How a name belongs to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Written in `areas.txt`: wins over everything else.
    Newspaper,
    /// The first name of the row.
    First,
    /// Another name of the row.
    Other,
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'a> {
    pub(super) row: &'a Row,
    pub(super) rank: Rank,
}

impl Atlas {
    /// Reads the four files. Countries are also found by the names that the actors' files give them.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub(crate) fn load(lexicon: &Lexicon, gazetteer: &Gazetteer) -> Result<Self, LoadError> {
        let files: Vec<File> = FILES
            .iter()
            .map(|&(name, _)| File {
                name,
                text: lexicon.content(name),
            })
            .collect();
        let mut rows: Vec<Row> = Vec::with_capacity(40_000);
        let mut names: Vec<(u64, Name)> = Vec::with_capacity(160_000);
        let mut scratch = String::new();
        for (index, (file, (_, kind))) in files.iter().zip(FILES).enumerate().take(3) {
            let base: &str = &file.text;
            rows::table(file, index, kind, |row, also| {
                let at = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                let mut add = |range: Range<u32>, rank| {
                    let hash = hash_of(file.slice(&range), &mut scratch);
                    let text = Text::File(u8::try_from(index).unwrap_or(u8::MAX), range.start, range.end);
                    names.push((hash, Name { row: at, rank, text }));
                };
                add(row.name.clone(), Rank::First);
                for other in also.split(';').filter(|name| !name.is_empty()) {
                    add(within(base, other), Rank::Other);
                }
                rows.push(row);
            })?;
        }
        let mut countries: Vec<([u8; 3], u32)> = Vec::new();
        for (row, at) in rows.iter().zip(0u32..) {
            if row.kind == PlaceKind::Country
                && let Ok(code) = files[row.file].slice(&row.country).as_bytes().try_into()
            {
                countries.push((code, at));
            }
        }
        countries.sort_unstable();
        let mut by_id: Vec<(u32, u32)> = rows.iter().zip(0u32..).map(|(row, at)| (row.id, at)).collect();
        by_id.sort_unstable();
        let area_file = &files[3];
        let mut mistake = None;
        rows::areas(area_file, 3, |area| {
            let (row, all) = match area {
                Area::Own(row, all) => {
                    rows.push(row);
                    (u32::try_from(rows.len() - 1).unwrap_or(u32::MAX), all)
                }
                Area::Other(id, all, unknown) => match by_id.binary_search_by_key(&id, |known| known.0) {
                    Ok(at) => (by_id[at].1, all),
                    Err(_) => {
                        mistake.get_or_insert_with(unknown);
                        return;
                    }
                },
            };
            for name in all {
                let range = within(&area_file.text, name);
                let text = Text::File(3, range.start, range.end);
                names.push((
                    hash_of(name, &mut scratch),
                    Name {
                        row,
                        rank: Rank::Newspaper,
                        text,
                    },
                ));
            }
        })?;
        if let Some(mistake) = mistake {
            return Err(mistake);
        }
        for entry in gazetteer
            .entries()
            .iter()
            .filter(|entry| entry.kind == EntryKind::Country && entry.existed.is_none())
        {
            let Some(row) = country_row(&countries, &entry.country) else {
                continue;
            };
            let earlier = entry.earlier.iter().map(|earlier| &earlier.name);
            for name in std::iter::once(&entry.name).chain(&entry.aliases).chain(earlier) {
                let folded = fold::key(name);
                // Codes are how filters name countries, not how articles do.
                if folded.len() > 3 {
                    let text = Text::Folded(folded.into());
                    names.push((
                        hash_of(name, &mut scratch),
                        Name {
                            row,
                            rank: Rank::First,
                            text,
                        },
                    ));
                }
            }
        }
        names.sort_unstable();
        Ok(Self {
            files,
            rows,
            names,
            countries,
        })
    }

    /// Every place of a name, whatever its capitals and accents; in the order of the files.
    pub(super) fn find<'a>(&'a self, name: &str) -> Vec<Hit<'a>> {
        let mut scratch = String::new();
        let hash = hash_of(name, &mut scratch);
        let folded = scratch;
        let mut found: Vec<Hit<'a>> = Vec::new();
        if folded.is_empty() {
            return found;
        }
        let mut last = u32::MAX;
        let from = self.names.partition_point(|known| known.0 < hash);
        for (_, name) in self.names[from..].iter().take_while(|known| known.0 == hash) {
            let same = match &name.text {
                Text::Folded(text) => **text == *folded,
                &Text::File(file, start, end) => {
                    fold::key(self.files[usize::from(file)].slice(&(start..end))) == folded
                }
            };
            if same && name.row != last {
                last = name.row;
                found.push(Hit {
                    row: &self.rows[name.row as usize],
                    rank: name.rank,
                });
            }
        }
        found
    }

    /// The row of a country.
    pub(super) fn country(&self, code: &str) -> Option<&Row> {
        country_row(&self.countries, code).map(|at| &self.rows[at as usize])
    }

    pub(super) fn name<'a>(&'a self, row: &Row) -> &'a str {
        self.files[row.file].slice(&row.name)
    }

    pub(super) fn country_of<'a>(&'a self, row: &Row) -> &'a str {
        self.files[row.file].slice(&row.country)
    }

    pub(super) fn region_of<'a>(&'a self, row: &Row) -> &'a str {
        self.files[row.file].slice(&row.region)
    }
}

fn country_row(countries: &[([u8; 3], u32)], code: &str) -> Option<u32> {
    let code: [u8; 3] = code.as_bytes().try_into().ok()?;
    let at = countries.binary_search_by_key(&code, |known| known.0).ok()?;
    Some(countries[at].1)
}

/// Where a part of a text stands in it.
fn within(text: &str, part: &str) -> Range<u32> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    place(start)..place(start + part.len())
}

/// The hash of a name as [`fold::key`] folds it; leaves the folded name in `folded`. FNV-1a, 64 bits: the order of the
/// list must not change from run to run.
fn hash_of(name: &str, folded: &mut String) -> u64 {
    folded.clear();
    if name.is_ascii() && !name.contains('.') {
        fold_ascii(name, folded);
    } else {
        folded.push_str(&fold::key(name));
    }
    folded.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// What [`fold::key`] makes of ASCII without dots, a tenth of its price: loading folds every name.
fn fold_ascii(name: &str, folded: &mut String) {
    let mut gap = false;
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(char::from(byte.to_ascii_lowercase()));
        } else {
            gap = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::ActorFiles;

    pub(in crate::place) fn atlas() -> Atlas {
        let gazetteer = Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in actors load");
        Atlas::load(&Lexicon::built_in(), &gazetteer).expect("the built-in places load")
    }

    fn newspaper(atlas: &Atlas, name: &str) -> Option<u32> {
        let hits = atlas.find(name);
        hits.iter()
            .find(|hit| hit.rank == Rank::Newspaper)
            .map(|hit| hit.row.id)
    }

    fn ids(atlas: &Atlas, name: &str) -> Vec<u32> {
        atlas.find(name).iter().map(|hit| hit.row.id).collect()
    }

    #[test]
    fn every_name_is_found_under_its_fold() {
        let atlas = atlas();
        let mut scratch = String::new();
        for row in &atlas.rows {
            let name = atlas.name(row);
            hash_of(name, &mut scratch);
            assert_eq!(scratch, fold::key(name));
            assert!(
                atlas.find(name).iter().any(|hit| std::ptr::eq(hit.row, row)),
                "{name}"
            );
        }
        assert!(atlas.rows.len() > 37_000);
    }

    #[test]
    fn two_names_of_one_city_are_one_row() {
        let atlas = atlas();
        for (old, new) in [
            ("Kiev", "Kyiv"),
            ("Bombay", "Mumbai"),
            ("Halab", "Aleppo"),
            ("Saigon", "Ho Chi Minh City"),
        ] {
            let city = |name| {
                let hits = atlas.find(name);
                let cities = hits.iter().filter(|hit| hit.row.kind == PlaceKind::City);
                cities.max_by_key(|hit| hit.row.population).map(|hit| hit.row.id)
            };
            assert!(city(old).is_some(), "{old}");
            assert_eq!(city(old), city(new), "{old}");
        }
        assert!(newspaper(&atlas, "Gaza").is_some());
        assert_eq!(newspaper(&atlas, "Gaza"), newspaper(&atlas, "Gaza Strip"));
    }

    #[test]
    fn a_country_is_found_by_the_names_that_actors_have() {
        let atlas = atlas();
        assert_eq!(ids(&atlas, "Burma")[0], ids(&atlas, "Myanmar")[0]);
        assert!(
            atlas.find("").is_empty()
                && atlas.find("...").is_empty()
                && atlas.find("Nowhereville").is_empty()
        );
        // Every country of the actors' files has a row here.
        let gazetteer = Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in actors load");
        for entry in gazetteer
            .entries()
            .iter()
            .filter(|entry| entry.kind == EntryKind::Country)
        {
            assert!(
                atlas.country(&entry.country).is_some() || entry.country == "ATA",
                "{}",
                entry.country
            );
        }
    }

    #[test]
    fn a_mistake_is_refused_with_its_place() {
        let gazetteer = Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in actors load");
        let cases = [
            (
                "places/cities.tsv",
                "# x\nÉa\tFRA\tA\t1\t2\t3",
                "places/cities.tsv:2:15: the population is missing",
            ),
            (
                "places/cities.tsv",
                "Éa\tFrance\tA\t1\t2\t3\t4",
                "places/cities.tsv:1:4: `France` is no country",
            ),
            (
                "places/regions.tsv",
                "Éa\tFRA\tA\t1\t92\t3\t4",
                "places/regions.tsv:1:12: `92` is no latitude",
            ),
            (
                "places/areas.txt",
                "Nowhere : XX 1 2",
                "places/areas.txt:1:11: `XX` is no country",
            ),
            (
                "places/areas.txt",
                "Nowhere = 3",
                "places/areas.txt:1:10: no row of the tables has the GeoNames id 3",
            ),
            ("places/areas.txt", "Nowhere", "places/areas.txt:1:1: write `NAME"),
        ];
        for (file, content, message) in cases {
            let mut lexicon = Lexicon::built_in();
            lexicon.replace(file, content).expect("a known name");
            let error = Atlas::load(&lexicon, &gazetteer).expect_err(content).to_string();
            assert!(
                error.starts_with(message),
                "{error:?} does not start with {message:?}"
            );
        }
    }
}
