//! Checking data files: every mistake is told with its place, entries that can never count are warned of.

use dateline_coder::{Article, Coder, EventType, Lexicon, Report};

fn check(files: &[(&str, &str)]) -> Report {
    let mut lexicon = Lexicon::built_in();
    for (name, content) in files {
        lexicon.put(name, *content).expect("a name that is known");
    }
    lexicon.check()
}

/// The mistakes of files that have one on each line, told as `line:column: ...`.
fn errors(name: &str, content: &str) -> Vec<String> {
    let report = check(&[(name, content)]);
    report
        .errors
        .iter()
        .map(|error| {
            assert_eq!(error.file, name, "{error}");
            error.to_string().split_off(name.len() + 1)
        })
        .collect()
}

#[test]
fn the_built_in_files_have_no_mistake() {
    assert_eq!(Lexicon::built_in().check().errors, []);
}

#[test]
fn every_line_with_a_mistake_is_told_with_its_place_and_a_suggestion() {
    let cases: [(&str, &str, &[&str]); 9] = [
        (
            "verbs.extra.txt",
            "woo -> SUPORT\nlift obj:%sanctio -> CONCEDE\nhug obj:@ -> CONSULT/vist\nnod -> CONSULT 047\nbow",
            &[
                "SUPPORT",
                "\"sanction\"",
                "\"visit\"",
                "040 of CONSULT",
                "`->` is missing",
            ],
        ),
        (
            "nouns.extra.txt",
            "hug bth -> CONSULT\n\nkiss both -> CONSLT",
            &["\"both\"", "\"CONSULT\""],
        ),
        (
            "operators.extra.txt",
            "woo -> promis\nadj:bound -> intends",
            &["\"promise\"", "\"intend\""],
        ),
        (
            "topics.extra.txt",
            "military sure: zouave\nmilitray sure: tank\nmilitary shure: tank",
            &["\"military\"", "\"sure\""],
        ),
        (
            "boilerplate.extra.txt",
            "start copyright\nis",
            &["\"starts\"", "no words follow"],
        ),
        (
            "classes.extra.txt",
            "%a = x %measur %relif\n%b = %b",
            &["\"measure\"", "\"relief\"", "contain one another"],
        ),
        (
            "actors/leaders.extra.txt",
            "Ann Test : FRA GOVT\n  also A. Test\nBob Test : FRA GOV\n  als B. Test\n  office king : GOV 2009..2003",
            &["\"GOV\"", "\"also\"", "swap the dates"],
        ),
        (
            "actors/groups.extra.txt",
            "Test Brigades : QQQ REB\nTest Front : FRB REB",
            &["QQQ is no country", "FRB is no"],
        ),
        (
            "actors/roles.extra.txt",
            "[REB grup]\n[MIL bod]",
            &["\"group\"", "\"body\""],
        ),
    ];
    for (name, content, parts) in cases {
        let told = errors(name, content);
        assert_eq!(told.len(), parts.len(), "{name}: {told:#?}");
        for (told, part) in told.iter().zip(parts) {
            assert!(told.contains(part), "{name}: {told} does not tell {part}");
        }
        let places: Vec<&str> = told.iter().filter_map(|told| told.split(": ").next()).collect();
        assert!(
            places.iter().all(|place| place.starts_with(char::is_numeric)),
            "{places:?}"
        );
    }
}

#[test]
fn a_mistake_is_told_by_the_file_that_has_it() {
    let report = check(&[
        ("classes.txt", "%troops = army\n"),
        ("actors/countries.txt", "Nowhere : NOW NW\n"),
    ]);
    let files: Vec<&str> = report.errors.iter().map(|error| error.file.as_str()).collect();
    assert!(
        files.contains(&"verbs.txt"),
        "built-in patterns use classes that are gone: {files:?}"
    );
    assert!(files.iter().any(|file| file.starts_with("actors/")), "{files:?}");
    let verbs = Lexicon::built_in()
        .get("verbs.txt")
        .unwrap_or_default()
        .replace("%troops", "troop");
    let report = check(&[("classes.txt", "%troops = army\n"), ("verbs.txt", &verbs)]);
    assert!(
        !report
            .errors
            .iter()
            .any(|error| error.message.contains("%troops")),
        "{:?}",
        report.errors
    );
}

#[test]
fn missing_classes_are_told_together() {
    let report = check(&[
        ("classes.txt", "%troops = army\n"),
        ("verbs.txt", "go -> CONSULT\n"),
    ]);
    let told: Vec<String> = report.errors.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("classes.txt: ") && told[0].contains("%light %happen"),
        "{told:?}"
    );
}

#[test]
fn an_empty_file_is_a_mistake_and_an_empty_addition_is_not() {
    let report = check(&[("verbs.txt", "# nothing\n"), ("nouns.extra.txt", "")]);
    assert!(
        report
            .errors
            .iter()
            .any(|error| error.to_string().starts_with("verbs.txt: holds no entry"))
    );
    assert!(
        report
            .warnings
            .iter()
            .any(|warning| warning.file == "nouns.extra.txt")
    );
}

#[test]
fn what_can_never_count_is_warned_of() {
    let cases = [
        (
            "woo obj:a|b -> AGREE\nwoo obj:b -> CONSULT\n",
            Some("verbs.txt:2:1: \"woo\" never counts here: verbs.txt:1 "),
        ),
        (
            "woo|court on|in:@ obj:%troops -> AGREE\nlull|court obj:%troops in:@ -> CONSULT\n",
            Some("verbs.txt:2:6: "),
        ),
        ("woo obj:@ -> AGREE\nwoo|woo+off obj:@ to:- -> CONSULT\n", None),
        ("woo obj:war -> AGREE\nwoo obj:civil_war -> CONSULT\n", None),
        (
            "woo obj:!a|b -> AGREE\nwoo obj:!a -> CONSULT\nwoo obj:!a|b|c -> AGREE",
            Some("verbs.txt:3:1: "),
        ),
        ("woo obj:@ -> AGREE\nwoo subj:@ -> CONSULT\n", None),
    ];
    for (content, expected) in cases {
        let report = check(&[("verbs.txt", content)]);
        let told: Vec<String> = report.warnings.iter().map(ToString::to_string).collect();
        let verbs: Vec<&String> = told.iter().filter(|told| told.starts_with("verbs")).collect();
        match expected {
            Some(expected) => assert!(
                verbs.len() == 1 && verbs[0].starts_with(expected),
                "{content}{told:?}"
            ),
            None => assert!(verbs.is_empty(), "{content}{told:?}"),
        }
    }
    let operators = check(&[("operators.txt", "plan -> intend\nplan|adj:plan -> refuse\n")]);
    assert!(
        operators
            .warnings
            .iter()
            .any(|told| told.to_string().starts_with("operators.txt:2:1: \"plan\""))
    );
    let nouns = check(&[("nouns.extra.txt", "talk light -> AGREE\n")]);
    let told: Vec<String> = nouns.warnings.iter().map(ToString::to_string).collect();
    assert!(
        told.iter()
            .any(|told| told.contains("nouns.extra.txt:1 has it and comes first")),
        "{told:?}"
    );
}

#[test]
fn names_of_files_are_corrected() {
    for (wrong, right) in [
        ("verb.txt", "\"verbs.txt\""),
        ("verbs.extras.txt", "\"verbs.extra.txt\""),
        ("actors/leader.txt", "\"actors/leaders.txt\""),
    ] {
        let error = Lexicon::built_in().put(wrong, "").expect_err(wrong).to_string();
        assert!(error.starts_with(wrong) && error.contains(right), "{error}");
    }
    let error = Lexicon::built_in()
        .put("vocabulary.txt", "")
        .expect_err("no such file")
        .to_string();
    assert!(error.contains("verbs.txt") && error.contains(".extra"), "{error}");
}

/// The manual's recipes: "... `verbs.extra.txt` ...", then indented lines for that file.
#[test]
fn every_recipe_of_the_manual_is_sound() {
    let manual = include_str!("../data/README.md");
    let recipes = manual
        .split("## Small recipes")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("the manual has recipes");
    let mut lexicon = Lexicon::built_in();
    let (mut file, mut lines, mut count) = (String::new(), String::new(), 0);
    for line in recipes.lines().chain(["end"]) {
        if let Some(code) = line.strip_prefix("    ") {
            lines += &format!("{code}\n");
        } else if !line.is_empty() {
            if !lines.is_empty() {
                count += 1;
                let before = lexicon.part(&file).unwrap_or_default().to_owned();
                lexicon
                    .put(&file, before + &std::mem::take(&mut lines))
                    .expect("a file of the data");
            }
            let named = line.split('`').find(|part| part.ends_with(".extra.txt"));
            file = named.map_or(file, str::to_owned);
        }
    }
    assert!(count >= 9, "only {count} recipes");
    let Report { errors, warnings } = lexicon.check();
    assert_eq!(errors, []);
    let own: Vec<_> = warnings
        .iter()
        .filter(|warning| warning.file.contains(".extra"))
        .collect();
    assert!(own.is_empty(), "{own:?}");
}

#[test]
fn the_manuals_example_is_coded_as_it_says() {
    let manual = include_str!("../data/README.md");
    let line = manual
        .lines()
        .find(|line| line.starts_with("    bombard with:"))
        .expect("the example");
    let mut lexicon = Lexicon::built_in();
    lexicon
        .put("verbs.extra.txt", line.trim_start())
        .expect("a file of the data");
    let types = |lexicon: &Lexicon| {
        let coder = Coder::with(lexicon).expect("the data load");
        let coding = coder.code(&Article::new("Sudan bombarded Egypt with requests for help."));
        coding
            .events
            .iter()
            .map(|event| event.event_type)
            .collect::<Vec<_>>()
    };
    assert_eq!(types(&lexicon), [EventType::Request]);
    assert_eq!(types(&Lexicon::built_in()), [EventType::Assault]);
}
