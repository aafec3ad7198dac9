use super::*;

fn built_in() -> Gazetteer {
    Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in files are sound")
}

fn country(code: &str) -> Option<ActorRef> {
    Some(ActorRef::Country {
        code: code.into(),
        sector: None,
    })
}

#[test]
fn every_kind_of_name_of_a_country_means_the_country() {
    let gazetteer = built_in();
    for name in [
        "Russia",
        "russia",
        "RUS",
        "ru",
        "Russian",
        "Moscow",
        "the Kremlin",
        "Russian Federation",
    ] {
        assert_eq!(gazetteer.resolve(name), country("RUS"), "{name}");
    }
    for name in [
        "US",
        "U.S.",
        "usa",
        "United States",
        "the White House",
        "American",
    ] {
        assert_eq!(gazetteer.resolve(name), country("USA"), "{name}");
    }
}

#[test]
fn a_composed_code_carries_its_sector() {
    let gazetteer = built_in();
    let sector = Some(Sector::Government);
    assert_eq!(
        gazetteer.resolve("prkgov"),
        Some(ActorRef::Country {
            code: "PRK".into(),
            sector
        })
    );
    assert_eq!(gazetteer.resolve("IGO"), country("IGO"));
    assert_eq!(gazetteer.resolve("PRKXYZ"), None);
    assert_eq!(gazetteer.resolve("nobody at all"), None);
    assert_eq!(gazetteer.resolve(""), None);
}

#[test]
fn persons_organisations_and_groups_are_themselves() {
    let gazetteer = built_in();
    for (name, shown, code) in [
        ("kim jong-un", "Kim Jong Un", "PRK"),
        ("United Nations", "United Nations", "UNO"),
        ("Hamas", "Hamas", "PSE"),
    ] {
        match gazetteer.resolve(name) {
            Some(ActorRef::Named { name, country, .. }) => {
                assert_eq!((name.as_str(), country.as_str()), (shown, code))
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_part_of_a_name_finds_its_entries() {
    let gazetteer = built_in();
    let found: Vec<_> = gazetteer
        .search("korea")
        .map(|entry| entry.country.as_str())
        .collect();
    assert!(found.contains(&"PRK") && found.contains(&"KOR"), "{found:?}");
}

#[test]
fn a_name_given_to_two_actors_is_refused() {
    let files = ActorFiles {
        countries: "Aland : AAA\nBland : BBB\n  also Aland\n",
        peoples: "",
        leaders: "",
        organisations: "",
        groups: "",
        roles: "",
    };
    let error = Gazetteer::load(&files).expect_err("two meanings").to_string();
    assert!(
        error.starts_with("countries.txt:2:1: \"Aland\" already belongs to Aland"),
        "{error}"
    );
}

#[test]
fn an_unknown_country_of_a_person_is_refused() {
    let files = ActorFiles {
        countries: "Aland : AAA\n",
        peoples: "",
        leaders: "X Y : BBB\n",
        organisations: "",
        groups: "",
        roles: "",
    };
    let error = Gazetteer::load(&files).expect_err("no such country").to_string();
    assert!(error.starts_with("leaders.txt:1:1: BBB is no country"), "{error}");
}

#[test]
fn the_built_in_files_hold_what_they_promise() {
    let gazetteer = built_in();
    let count = |kind| {
        gazetteer
            .entries()
            .iter()
            .filter(|entry| entry.kind == kind)
            .count()
    };
    assert!(count(EntryKind::Country) >= 197);
    assert!(count(EntryKind::Person) >= 900);
    assert!(count(EntryKind::Organisation) >= 300);
    assert!(count(EntryKind::Group) >= 150);
    assert!(gazetteer.roles.len() >= 700);
    for code in ["HKG", "PSE", "ATA", "KOS", "TWN", "SSD", "TLS"] {
        assert!(gazetteer.country(code).is_some(), "{code}");
    }
    for country in gazetteer
        .entries()
        .iter()
        .filter(|entry| entry.kind == EntryKind::Country && entry.existed.is_none())
    {
        assert_eq!(country.alpha2.len(), 2, "{}", country.name);
    }
}

#[test]
fn an_office_has_one_holder_at_a_time() {
    // Terms known by year or month only, and rivals over a lost election, overlap for no more than this; while they do,
    // the title names nobody.
    const TOLERATED_DAYS: i32 = 366;
    let gazetteer = built_in();
    let mut crowded = Vec::new();
    for title in [
        "president",
        "prime minister",
        "chancellor",
        "foreign minister",
        "defence minister",
        "king",
    ] {
        let role = gazetteer.office_role(title).expect("a title of roles.txt");
        for ((_, country), terms) in gazetteer
            .holders
            .iter()
            .filter(|((of, code), _)| *of == role && code != "IGO")
        {
            for (at, &(one, first)) in terms.iter().enumerate() {
                for &(other, second) in terms[at + 1..].iter().filter(|(other, _)| *other != one) {
                    let (a, b) = (
                        &gazetteer.entry(one).offices[first],
                        &gazetteer.entry(other).offices[second],
                    );
                    let last = jiff::civil::date(2100, 1, 1);
                    let begin = a
                        .from
                        .max(b.from)
                        .expect("every term of these offices has a beginning");
                    let end = a.until.unwrap_or(last).min(b.until.unwrap_or(last));
                    let days = begin.until(end).expect("both are dates of our time").get_days();
                    if days > TOLERATED_DAYS {
                        let names = [one, other].map(|person| gazetteer.entry(person).name.as_str());
                        crowded.push(format!(
                            "{title} of {country}: {} for {days} days",
                            names.join(" and ")
                        ));
                    }
                }
            }
        }
    }
    assert!(crowded.is_empty(), "{}", crowded.join("\n"));
}
