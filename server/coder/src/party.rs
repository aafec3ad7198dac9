//! Who takes part in an event: a resolved name, its country and its PLOVER sectors.

use std::fmt;
use std::str::FromStr;

macro_rules! sectors {
    ($($name:ident $code:literal $description:literal,)*) => {
        /// PLOVER 2.0's sectors: what a party is within its country.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Sector {
            $(#[doc = $description] $name,)*
        }

        impl Sector {
            /// Every sector, in PLOVER's order: state sectors first.
            pub const ALL: &'static [Sector] = &[$(Sector::$name,)*];

            /// PLOVER's three-letter code, "GOV".
            pub const fn as_str(self) -> &'static str {
                match self { $(Sector::$name => $code,)* }
            }

            /// What the sector covers, in a few words.
            pub const fn description(self) -> &'static str {
                match self { $(Sector::$name => $description,)* }
            }
        }

        impl FromStr for Sector {
            type Err = UnknownSector;

            fn from_str(code: &str) -> Result<Self, UnknownSector> {
                match code { $($code => Ok(Sector::$name),)* _ => Err(UnknownSector(code.to_owned())) }
            }
        }
    };
}

sectors! {
    Police "COP" "Police and other law enforcement",
    Government "GOV" "The executive: heads of state and government, ministries, officials",
    Judiciary "JUD" "Courts, judges, prosecutors",
    Legislature "LEG" "Parliaments and their members",
    Military "MIL" "Armed forces of a state",
    Paramilitary "PRM" "Armed formations that side with the state but do not belong to its army",
    Party "PTY" "Political parties",
    Rebel "REB" "Armed opponents of a state",
    Intelligence "SPY" "Secret services",
    UnidentifiedForce "UAF" "Armed actors of unknown allegiance",
    Unknown "UNK" "Not known",
    Agriculture "AGR" "Farmers and their organisations",
    Business "BUS" "Companies and business people",
    Criminal "CRM" "Criminals and their organisations",
    Civilian "CVL" "Civilians, individuals and groups without a more exact sector",
    Education "EDU" "Schools, universities, students, teachers",
    Elite "ELI" "Former officials, celebrities, influential persons",
    Journalist "JRN" "Journalists and news media",
    Labor "LAB" "Workers and trade unions",
    Medical "MED" "Doctors, nurses, hospitals",
    Opposition "OPP" "Peaceful political opposition and activists",
    Prisoner "PRE" "Prisoners and detainees",
    Refugee "REF" "Refugees, migrants, displaced persons",
    Religious "REL" "Clergy and religious organisations",
    Social "SOC" "Civil society organisations",
}

impl fmt::Display for Sector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code that is no PLOVER sector.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown sector {0:?}; sectors are three-letter PLOVER codes such as GOV or MIL")]
pub struct UnknownSector(pub String);

/// One party to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The name as resolved: "Kim Jong Un", "North Korea", "police".
    pub name: String,
    /// The words as printed: "Mr. Kim".
    pub text: String,
    /// ISO 3166-1 alpha-3, or a PLOVER special: IGO, NGO, IMG, ISM, MNC, ... Empty when unknown.
    pub country: String,
    /// Sectors, most telling first; empty for a country as such.
    pub sectors: Vec<Sector>,
}

impl Party {
    /// Country and first sector: "PRKGOV", "PRK", "GOV"; empty when neither is known.
    pub fn code(&self) -> String {
        let mut code = self.country.clone();
        if let Some(first) = self.sectors.first() {
            code.push_str(first.as_str());
        }
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sector_reads_back_from_its_code() {
        for &sector in Sector::ALL {
            assert_eq!(sector.as_str().parse(), Ok(sector));
        }
        assert!("gov".parse::<Sector>().is_err());
    }

    #[test]
    fn code_joins_country_and_first_sector() {
        let kim = Party {
            name: "Kim Jong Un".into(),
            text: "Mr. Kim".into(),
            country: "PRK".into(),
            sectors: vec![Sector::Government, Sector::Military],
        };
        assert_eq!(kim.code(), "PRKGOV");
    }
}
