//! Nouns and adjectives that say what a place is, or that none is meant.

use crate::PlaceKind;

pub(super) fn direction(word: &str) -> bool {
    let point = word
        .strip_prefix("north")
        .or_else(|| word.strip_prefix("south"))
        .unwrap_or(word)
        .trim_start_matches('-');
    matches!(
        word,
        "central" | "eastern" | "western" | "northern" | "southern" | "downtown" | "mainland"
    ) || matches!(
        point,
        "eastern" | "western" | "east" | "west" | "ern" | "-central"
    ) || matches!(
        word,
        "occupied" | "nearby" | "neighbouring" | "neighboring" | "rebel-held" | "coastal"
    )
}

/// What sort of place a noun says its name is.
pub(super) fn kind_word(lemma: &str) -> Option<PlaceKind> {
    match lemma {
        "city" | "town" | "village" | "port" | "suburb" | "capital" | "stronghold" | "settlement"
        | "hamlet" | "township" | "resort" | "metropolis" => Some(PlaceKind::City),
        "province" | "region" | "state" | "governorate" | "oblast" | "county" | "territory"
        | "prefecture" | "department" => Some(PlaceKind::Region),
        _ => None,
    }
}

/// Nouns for a part of the place that follows "of".
pub(super) fn is_part(lemma: &str) -> bool {
    matches!(
        lemma,
        "front"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "center"
            | "centre"
            | "outskirt"
            | "outskirts"
            | "suburb"
            | "part"
            | "area"
            | "coast"
            | "shore"
            | "border"
            | "frontier"
            | "street"
            | "streets"
            | "heart"
            | "edge"
            | "district"
            | "neighborhood"
            | "neighbourhood"
            | "quarter"
            | "island"
            | "port"
            | "water"
            | "waters"
            | "airspace"
            | "sky"
            | "skies"
            | "soil"
            | "countryside"
            | "kilometer"
            | "kilometre"
            | "mile"
            | "interior"
            | "bank"
            | "half"
            | "side"
            | "corner"
            | "mainland"
    )
}

/// Nouns for a spot in the country or city that stands before them: "a *Syrian* airfield".
pub(super) fn is_site(lemma: &str) -> bool {
    matches!(
        lemma,
        "airport"
            | "airfield"
            | "airbase"
            | "base"
            | "mosque"
            | "church"
            | "hospital"
            | "school"
            | "prison"
            | "market"
            | "square"
            | "station"
            | "camp"
            | "university"
            | "stadium"
            | "hotel"
            | "parliament"
            | "refinery"
            | "mine"
            | "desert"
            | "mountain"
            | "jungle"
            | "forest"
            | "valley"
            | "lake"
            | "river"
            | "highway"
            | "road"
            | "bridge"
            | "site"
            | "facility"
            | "plant"
            | "barracks"
            | "temple"
            | "synagogue"
            | "nightclub"
            | "restaurant"
            | "cafe"
            | "mall"
            | "metro"
            | "subway"
            | "jail"
            | "courthouse"
            | "court"
    )
}

/// "in *support* of", "in *response* to an attack in": no place stands behind these.
pub(super) fn is_abstract(lemma: &str) -> bool {
    matches!(
        lemma,
        "support"
            | "response"
            | "retaliation"
            | "favor"
            | "favour"
            | "exchange"
            | "return"
            | "connection"
            | "line"
            | "order"
            | "addition"
            | "case"
            | "light"
            | "defiance"
            | "violation"
            | "reaction"
            | "recognition"
            | "honor"
            | "honour"
            | "memory"
            | "protest"
            | "revenge"
            | "charge"
            | "control"
            | "power"
            | "hand"
            | "hands"
            | "bid"
            | "effort"
            | "attempt"
            | "move"
            | "interest"
            | "role"
            | "fact"
            | "wake"
            | "event"
            | "name"
            | "view"
            | "statement"
            | "interview"
            | "war"
            | "conflict"
            | "crisis"
            | "situation"
    )
}

/// Countries and areas that people are called after.
pub(super) fn is_first_name(name: &str) -> bool {
    matches!(
        name,
        "Chad" | "Jordan" | "Georgia" | "Israel" | "America" | "Kenya" | "India" | "China" | "Galilee"
    )
}

/// Nouns for violence, raids and unrest.
pub(crate) fn is_deed(lemma: &str) -> bool {
    matches!(
        lemma,
        "attack"
            | "bombing"
            | "blast"
            | "explosion"
            | "strike"
            | "airstrike"
            | "shelling"
            | "bombardment"
            | "raid"
            | "siege"
            | "shooting"
            | "assault"
            | "offensive"
            | "clash"
            | "battle"
            | "fighting"
            | "massacre"
            | "ambush"
            | "violence"
            | "incursion"
            | "invasion"
            | "crackdown"
            | "fire"
            | "bomb"
            | "missile"
            | "rocket"
            | "protest"
            | "demonstration"
            | "riot"
            | "unrest"
            | "operation"
            | "incident"
            | "stampede"
            | "rally"
            | "gunfire"
            | "drone"
            | "shell"
            | "sweep"
            | "protests"
            | "riots"
            | "rampage"
            | "killing"
            | "firefight"
    )
}
