//! What the files of names promise together: enough names, none missing, each with one meaning in its time.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use dateline_coder::actor::{ActorFiles, ActorRef, Entry, EntryKind, Gazetteer};
use jiff::civil::{Date, date};

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in files are sound"));

const AUTUMN_2023: Option<Date> = Some(date(2023, 9, 13));

/// Every name of the entry that is a name of an actor.
fn names(entry: &Entry) -> impl Iterator<Item = &String> {
    std::iter::once(&entry.name)
        .chain(&entry.aliases)
        .chain(&entry.short)
        .chain(&entry.people)
        .chain(&entry.capitals)
        .chain(entry.seats.iter().map(|(name, _)| name))
        .chain(
            entry
                .earlier
                .iter()
                .flat_map(|earlier| std::iter::once(&earlier.name).chain(&earlier.aliases)),
        )
}

#[test]
fn the_files_hold_enough_names() {
    let count = |kind| {
        let entries = GAZETTEER.entries().iter().filter(|entry| entry.kind == kind);
        entries.flat_map(names).collect::<BTreeSet<_>>().len()
    };
    for (kind, least) in [
        (EntryKind::Country, 1_400),
        (EntryKind::People, 500),
        (EntryKind::Organisation, 3_000),
        (EntryKind::Group, 900),
        (EntryKind::Person, 6_000),
    ] {
        assert!(
            count(kind) >= least,
            "{kind:?}: {} names, not {least}",
            count(kind)
        );
    }
}

#[test]
fn every_country_has_what_newspapers_call_it_by() {
    // Members of the United Nations by ISO 3166-1 alpha-3 code.
    const MEMBERS: &str = "AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA \
        BRA BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM \
        ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND \
        IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI \
        MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN \
        PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN \
        SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA \
        URY UZB VUT VEN VNM YEM ZMB ZWE";
    // The city is the state, or (Brussels) as often the European Union.
    const WITHOUT_CAPITAL: [&str; 4] = ["BEL", "MCO", "SGP", "STP"];
    // Dominican, Congolese: the bigger neighbour's.
    const WITHOUT_PEOPLE: [&str; 2] = ["DMA", "COG"];
    // Two captains regent, for half a year each.
    const WITHOUT_RULER: &str = "SMR";
    const RULING: [&str; 8] = [
        "president",
        "prime minister",
        "king",
        "queen",
        "chancellor",
        "sultan",
        "emir",
        "leader",
    ];
    let codes: Vec<&str> = MEMBERS.split_whitespace().collect();
    assert_eq!(codes.len(), 193);
    for code in codes {
        let entry = GAZETTEER
            .country(code)
            .unwrap_or_else(|| panic!("{code} is missing"));
        assert_eq!(
            entry.people.is_empty(),
            WITHOUT_PEOPLE.contains(&code),
            "people of {code}"
        );
        assert_eq!(
            entry.capitals.is_empty(),
            WITHOUT_CAPITAL.contains(&code),
            "capital of {code}"
        );
        let led = GAZETTEER
            .entries()
            .iter()
            .flat_map(|entry| &entry.offices)
            .any(|office| office.country == *code && RULING.contains(&office.title.as_str()));
        assert_eq!(led, code != WITHOUT_RULER, "who ever governed {code}");
    }
}

#[test]
fn a_former_state_is_gone_and_another_followed_it() {
    let former = || GAZETTEER.entries().iter().filter(|entry| entry.existed.is_some());
    assert!(former().count() >= 20);
    for state in former() {
        assert!(GAZETTEER.country(&state.country).is_some(), "{}", state.name);
        assert!(state.is_gone(Some(date(2025, 1, 1))), "{}", state.name);
        let first = state.existed.and_then(|term| term.from);
        assert!(!state.is_gone(first), "{}", state.name);
    }
}

#[test]
fn an_earlier_name_is_shown_in_its_time_only() {
    for (code, day, shown) in [
        ("COD", Some(date(1990, 1, 1)), "Zaire"),
        ("COD", Some(date(2023, 1, 1)), "Democratic Republic of the Congo"),
        ("MMR", Some(date(1988, 8, 8)), "Burma"),
        ("MKD", Some(date(2019, 2, 11)), "Macedonia"),
        ("MKD", Some(date(2019, 2, 12)), "North Macedonia"),
        ("SWZ", None, "Eswatini"),
    ] {
        let country = GAZETTEER.country(code).expect("a code of countries.txt");
        assert_eq!(country.name_on(day), shown, "{code} on {day:?}");
    }
}

#[test]
fn nouns_and_adjectives_lead_to_their_people() {
    for word in ["Kurds", "Kurd", "Kurdish", "kurdish"] {
        assert_eq!(
            GAZETTEER.people(word).map(|people| people.name.as_str()),
            Some("Kurds"),
            "{word}"
        );
    }
    assert!(GAZETTEER.people("Germans").is_none());
    let known = GAZETTEER.resolve("uighur");
    assert!(
        matches!(known, Some(ActorRef::Named { name, country, .. }) if name == "Uyghurs" && country == "CHN")
    );
}

#[test]
fn a_gone_state_makes_a_phrase_history_but_not_what_was_once_of_it() {
    let gone = |phrase, day| GAZETTEER.names_a_gone_state(phrase, day);
    assert!(gone("Soviet troops", AUTUMN_2023));
    assert!(gone("the East German government", AUTUMN_2023));
    assert!(!gone("Soviet troops", Some(date(1980, 1, 1))));
    assert!(!gone("Soviet troops", None));
    assert!(!gone("former Soviet republics", AUTUMN_2023));
    assert!(!gone("post-Soviet states", AUTUMN_2023));
    assert!(!gone("Russian troops", AUTUMN_2023));
}

#[test]
fn what_is_wrong_in_a_line_is_told() {
    let countries = |text| ActorFiles {
        countries: text,
        peoples: "",
        leaders: "",
        organisations: "",
        groups: "",
        roles: "",
    };
    for (text, told) in [
        (
            "Aland : AAA\nformer Old Aland : AAA",
            "countries.txt:2:1: a former state needs the time",
        ),
        (
            "Aland : AAA\nformer Old Aland : AAA 1900..",
            "countries.txt:2:1: a former state needs the time",
        ),
        (
            "former Old Aland : AAA 1900..1910",
            "countries.txt:1:1: AAA is no country above",
        ),
        (
            "Aland : AAA\n  earlier Old Aland",
            "countries.txt:2:11: write an earlier name as",
        ),
        (
            "Aland : AAA\n  earlier Old Aland : 1910..1900",
            "countries.txt:2:27: the term ends",
        ),
    ] {
        let error = Gazetteer::load(&countries(text)).expect_err(text).to_string();
        assert!(error.starts_with(told), "{text}: {error}");
    }
    let peoples = |text| ActorFiles {
        peoples: text,
        ..countries("Aland : AAA")
    };
    for (text, told) in [
        ("Bees : BBB CVL", "peoples.txt:1:1: BBB is no country"),
        (
            "Bees : CVL\nWasps : CVL\n  also Bees",
            "peoples.txt:2:1: \"Bees\" is empty or stands twice",
        ),
        (
            "Bees : CVL\n  capital Hive",
            "peoples.txt:2:3: \"capital\" is not known here",
        ),
    ] {
        let error = Gazetteer::load(&peoples(text)).expect_err(text).to_string();
        assert!(error.starts_with(told), "{text}: {error}");
    }
}
