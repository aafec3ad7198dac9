//! The thirty-seven contexts of PLOVER 2.0: what an event is about.

use std::fmt;
use std::str::FromStr;

macro_rules! topics {
    ($($variant:ident $name:literal $description:literal,)*) => {
        /// What an event is about. PLOVER calls it a context; one event may have several.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Topic {
            $(#[doc = $description] $variant,)*
        }

        impl Topic {
            /// All thirty-seven, in PLOVER's order.
            pub const ALL: &'static [Topic] = &[$(Topic::$variant,)*];

            /// PLOVER's name, "human_rights".
            pub const fn as_str(self) -> &'static str {
                match self { $(Topic::$variant => $name,)* }
            }

            /// What the topic covers, in one line.
            pub const fn description(self) -> &'static str {
                match self { $(Topic::$variant => $description,)* }
            }
        }
    };
}

topics! {
    Military "military" "Armed forces, war, weapons, defence",
    Intelligence "intelligence" "Secret services, espionage, surveillance of states",
    Executive "executive" "Heads of state and government, cabinets, their powers and offices",
    Legislative "legislative" "Parliaments, bills, votes of lawmakers",
    Election "election" "Elections, referendums, candidates, campaigns",
    PoliticalInstitutions "political_institutions" "Constitutions, parties, reforms, coups, changes of regime",
    ProDemocracy "pro_democracy" "Efforts for democracy",
    ProAutocracy "pro_autocracy" "Efforts for one-party, military or personal rule",
    Economic "economic" "Trade, money, business, debt, aid, prices, work",
    Legal "legal" "Courts, laws, treaties as law, prosecution",
    Reparations "reparations" "Compensation, restitution, apologies for past wrongs",
    HumanRights "human_rights" "Human rights and their violation, war crimes, torture",
    RightsFreedoms "rights_freedoms" "Civil and political liberties: speech, press, assembly, movement",
    Repression "repression" "The state against its people: crackdowns, censorship, political prisoners",
    HumanSecurity "human_security" "Safety, food, shelter and relief of ordinary people",
    Gender "gender" "Women, girls, equality of the sexes, sexual violence",
    Lgbt "lgbt" "Sexual orientation and gender identity",
    ReligionEthnicity "religion_ethnicity" "Religious and ethnic groups and relations between them",
    Inequality "inequality" "Poverty, class, discrimination in living conditions",
    Diplomatic "diplomatic" "Relations between states, embassies, negotiations, peace talks",
    Territory "territory" "Borders, occupied or disputed land, secession, sovereignty",
    Peacekeeping "peacekeeping" "Peacekeeping missions and monitors of a truce",
    Health "health" "Disease, epidemics, medicine, health services",
    Asylum "asylum" "Asylum for the persecuted",
    Migration "migration" "Refugees, migrants, displaced people, border crossings of people",
    Disasters "disasters" "Earthquakes, floods, storms, famine, accidents",
    NaturalResource "natural_resource" "Oil, gas, water, minerals, fisheries, land as a resource, energy",
    Environment "environment" "Climate, pollution, wildlife, conservation",
    Technology "technology" "Science, space, telecommunications, computing",
    Terrorism "terrorism" "Terrorist acts and groups, counter-terrorism",
    Cbrn "cbrn" "Chemical, biological, radiological and nuclear weapons and programmes",
    Cyber "cyber" "Hacking, attacks on and through computer networks",
    Misinformation "misinformation" "Propaganda, false news, influence campaigns",
    Crime "crime" "Crime outside politics: murder, robbery, fraud, gangs",
    Corruption "corruption" "Bribery, embezzlement, abuse of office",
    IllegalDrugs "illegal_drugs" "Production, trade and policing of drugs",
    Trafficking "trafficking" "Smuggling of people, arms and goods",
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(name: &str) -> Result<Self, UnknownTopic> {
        let known = Topic::ALL
            .iter()
            .find(|topic| topic.as_str().eq_ignore_ascii_case(name));
        known.copied().ok_or_else(|| UnknownTopic(name.to_owned()))
    }
}

/// A name that is no PLOVER context.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown topic {0:?}; PLOVER's contexts are military, diplomatic, ... trafficking")]
pub struct UnknownTopic(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_thirty_seven_topics_and_each_reads_back_from_its_name() {
        assert_eq!(Topic::ALL.len(), 37);
        for &topic in Topic::ALL {
            assert_eq!(topic.as_str().parse(), Ok(topic));
        }
        assert!("militray".parse::<Topic>().is_err());
    }
}
