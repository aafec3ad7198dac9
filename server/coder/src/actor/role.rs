//! Role nouns: what a person or body is called for what it does (`police`, `foreign minister`, `rebels`).

use super::read::{Line, is_country_field};
use crate::table::did_you_mean;
use crate::{LoadError, Sector};

/// How a role noun is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// One person: `minister`.
    Person,
    /// Mostly several: `rebels`; the file has the plural.
    Group,
    /// Something that acts as one: `parliament`, `police`.
    Body,
    /// A thing that acts for its owner: `warship`.
    Thing,
}

/// What a role noun stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role {
    /// The noun as shown for one: `police`, `rebel`, `foreign minister`.
    pub(crate) name: String,
    /// The noun as shown for several: `rebels`.
    pub(crate) plural: String,
    /// Country field if the role has one by itself (`IMG` for jihadists); else empty.
    pub(crate) country: String,
    /// Sectors; empty for roles that only point at whose they are (`spokesman`).
    pub(crate) sectors: Vec<Sector>,
    /// How the noun is used.
    pub(crate) form: Form,
    /// Whether it is a title whose holder can be looked up.
    pub(crate) office: bool,
    /// Whether the holder speaks for whom he belongs to (`spokesman`, `leader`, `official`).
    pub(crate) relative: bool,
    /// Whether it may come from anywhere, so that it takes no country from its surroundings (`experts`).
    pub(crate) rootless: bool,
    /// Whether it is a party only where its country stands in the phrase or the sentence (`shoppers`).
    pub(crate) bystander: bool,
    /// The file that has it, and the line there, for traces.
    pub(crate) file: &'static str,
    /// Line of the file.
    pub(crate) line: u32,
}

/// Roles that a text calls now by one noun, now by another; the first stands for all.
const FAMILIES: [&[&str]; 10] = [
    &[
        "diplomat",
        "ambassador",
        "envoy",
        "consul",
        "charge d'affaires",
        "attache",
    ],
    &[
        "soldier",
        "troop",
        "army",
        "military",
        "force",
        "armed forces",
        "officer",
    ],
    &[
        "rebel",
        "guerrilla",
        "insurgent",
        "militant",
        "fighter",
        "jihadist",
        "islamist",
        "separatist",
        "rebel group",
        "militant group",
        "terrorist",
    ],
    &[
        "gunman",
        "attacker",
        "armed man",
        "raider",
        "kidnapper",
        "militia",
        "armed group",
    ],
    &[
        "protester",
        "demonstrator",
        "marcher",
        "activist",
        "rioter",
        "anti-government protester",
    ],
    &[
        "police",
        "police officer",
        "riot police",
        "detective",
        "investigator",
    ],
    &[
        "lawmaker",
        "member of parliament",
        "MP",
        "deputy",
        "senator",
        "parliamentarian",
    ],
    &["government", "cabinet", "administration", "regime", "authority"],
    &[
        "worker",
        "miner",
        "striker",
        "employee",
        "unionist",
        "striking worker",
        "striking miner",
    ],
    &["refugee", "migrant", "asylum seeker", "displaced person"],
];

impl Role {
    /// Whether the word means the role also where it is an adjective: "military", "militant", but not "national".
    pub(super) fn is_adjective(&self) -> bool {
        let armed = |sector: &Sector| {
            matches!(
                sector,
                Sector::Rebel | Sector::Military | Sector::UnidentifiedForce
            )
        };
        self.form == Form::Body || self.name.contains(' ') || self.sectors.iter().any(armed)
    }

    /// The noun that stands for the family of this one.
    pub(super) fn family_name(&self) -> Option<&'static str> {
        let family = FAMILIES
            .iter()
            .find(|family| family.contains(&self.name.as_str()))?;
        family.first().copied()
    }
}

/// One way of writing a role, and the role.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) words: String,
    pub(super) plural: bool,
    pub(super) role: usize,
    pub(super) line: u32,
}

/// Reads `roles.txt`.
pub(super) fn role_file(file: &str, text: &str) -> Result<(Vec<Role>, Vec<Written>), LoadError> {
    let (mut roles, mut written) = (Vec::new(), Vec::new());
    let mut section: Option<Role> = None;
    for (number, raw) in (1..).zip(text.lines()) {
        let line = Line { file, number, raw };
        let content = line.content().trim();
        if content.is_empty() {
            continue;
        }
        if let Some(header) = content.strip_prefix('[') {
            let Some(header) = header.strip_suffix(']') else {
                return Err(line.error_at("[", "a heading ends with ]; add it"));
            };
            section = Some(heading(line, header)?);
            continue;
        }
        let Some(section) = &section else {
            return Err(line.error(0, "role nouns need a heading above them, such as [COP body]"));
        };
        for item in super::read::list(content) {
            let role = roles.len();
            for (index, spelling) in item.split('=').map(str::trim).enumerate() {
                let (one, many) = numbers(spelling, section.form);
                if index == 0 {
                    let plural = many.clone().unwrap_or_else(|| one.clone());
                    roles.push(Role {
                        name: one.clone(),
                        plural,
                        line: line.number,
                        ..section.clone()
                    });
                }
                if let Some(many) = many.filter(|many| *many != one) {
                    written.push(Written {
                        words: many,
                        plural: true,
                        role,
                        line: line.number,
                    });
                }
                let plural = one == spelling && section.form == Form::Group;
                written.push(Written {
                    words: one,
                    plural,
                    role,
                    line: line.number,
                });
            }
        }
    }
    Ok((roles, written))
}

/// Singular and plural of a role as it is written under a heading of this form.
fn numbers(spelling: &str, form: Form) -> (String, Option<String>) {
    match spelling.split_once('/') {
        Some((one, many)) => (one.trim().to_owned(), Some(many.trim().to_owned())),
        None if form == Form::Group => (singular(spelling), Some(spelling.to_owned())),
        None if form == Form::Body && spelling.ends_with('s') => (spelling.to_owned(), None),
        None => (spelling.to_owned(), Some(plural(spelling))),
    }
}

/// `[GOV person office]`
fn heading(line: Line<'_>, text: &str) -> Result<Role, LoadError> {
    let mut role = Role {
        name: String::new(),
        plural: String::new(),
        country: String::new(),
        sectors: Vec::new(),
        form: Form::Body,
        office: false,
        relative: false,
        rootless: false,
        bystander: false,
        file: "roles.txt",
        line: line.number,
    };
    let mut form = None;
    for word in text.split_whitespace() {
        match word {
            "person" => form = Some(Form::Person),
            "group" => form = Some(Form::Group),
            "body" => form = Some(Form::Body),
            "thing" => form = Some(Form::Thing),
            "office" => role.office = true,
            "relative" => role.relative = true,
            "rootless" => role.rootless = true,
            "bystander" => role.bystander = true,
            code => match code.parse::<Sector>() {
                Ok(sector) => role.sectors.push(sector),
                Err(_) if role.country.is_empty() && is_country_field(code) => {
                    code.clone_into(&mut role.country)
                }
                Err(_) => {
                    let words = [
                        "person",
                        "group",
                        "body",
                        "thing",
                        "office",
                        "relative",
                        "rootless",
                        "bystander",
                    ];
                    let known = words
                        .into_iter()
                        .chain(Sector::ALL.iter().map(|sector| sector.as_str()));
                    let near = did_you_mean(code, known);
                    return Err(line.error_at(
                        code,
                        format!("\"{code}\" is not known in a heading; write sectors, one of person, group, body, thing, and perhaps office, relative, rootless, bystander{near}"),
                    ));
                }
            },
        }
    }
    role.form =
        form.ok_or_else(|| line.error(0, "the heading lacks a form; add person, group, body or thing"))?;
    Ok(role)
}

/// The regular plural of the last word.
fn plural(noun: &str) -> String {
    if noun.ends_with("man") {
        format!("{}men", noun.strip_suffix("man").unwrap_or(noun))
    } else if noun.ends_with('y') && !noun.ends_with(['a', 'e', 'o', 'u']) && !ends_with_vowel_y(noun) {
        format!("{}ies", noun.strip_suffix('y').unwrap_or(noun))
    } else if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

fn ends_with_vowel_y(noun: &str) -> bool {
    noun.strip_suffix('y')
        .is_some_and(|stem| stem.ends_with(['a', 'e', 'o', 'u']))
}

/// The singular of a regular plural.
pub(super) fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("men") {
        format!("{stem}man")
    } else if let Some(stem) = noun.strip_suffix("ies") {
        format!("{stem}y")
    } else if noun.ends_with("ches")
        || noun.ends_with("shes")
        || noun.ends_with("sses")
        || noun.ends_with("xes")
    {
        noun.strip_suffix("es").unwrap_or(noun).to_owned()
    } else {
        noun.strip_suffix('s').unwrap_or(noun).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_of_a_role_are_known() {
        let text = "[REB group]\nrebels; guerrillas; militiamen\n[GOV person office]\nsecretary; envoy; spokesman/spokesmen\n";
        let (roles, written) = role_file("roles.txt", text).expect("a sound file");
        let has = |words: &str, plural: bool| written.iter().any(|w| w.words == words && w.plural == plural);
        assert_eq!(roles[0].plural, "rebels");
        assert_eq!(roles[2].plural, "militiamen");
        for (one, many) in [
            ("rebel", "rebels"),
            ("militiaman", "militiamen"),
            ("secretary", "secretaries"),
            ("envoy", "envoys"),
        ] {
            assert!(has(one, false) && has(many, true), "{one}, {many}");
        }
        assert!(roles[3].office && roles[3].sectors == [Sector::Government]);
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        for (text, place) in [
            ("rebels", "roles.txt:1:1: "),
            ("[REB]\nrebels", "roles.txt:1:1: "),
            ("[reb group]", "roles.txt:1:2: "),
            ("[REB group", "roles.txt:1:1: "),
        ] {
            let error = role_file("roles.txt", text).expect_err(text).to_string();
            assert!(error.starts_with(place), "{error}");
        }
    }
}
