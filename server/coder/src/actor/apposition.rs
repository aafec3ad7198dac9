//! What stands beside a name or a role and says who it is: titles, "X, the Turkish minister", "the president, Y".

use dateline_parser::{Dep, Tag};

use super::memory::DocumentMemory;
use super::mention::RoleMention;
use super::named::{former, is_former};
use super::owner::Owner;
use super::phrase::{Found, Scene};
use super::trail::Trail;
use crate::{Party, Sector};

/// What the text says of a person: "Turkish Foreign Minister", "a Hamas leader".
pub(super) struct Introduction {
    pub(super) country: String,
    pub(super) sectors: Vec<Sector>,
}

impl DocumentMemory<'_> {
    /// What titles, nationalities, appositions and "of ..." say of a person whose name no list has.
    #[expect(
        clippy::too_many_arguments,
        reason = "the places in the phrase are told apart once, by the caller"
    )]
    pub(super) fn introduction(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        start: usize,
        from: usize,
        title: Option<RoleMention>,
        why: &mut Trail,
        depth: usize,
    ) -> Option<Introduction> {
        let gazetteer = self.gazetteer;
        if let Some(title) = title {
            let role = gazetteer.role(title.role);
            let gone = is_former(scene, start, title.tokens.start);
            let owner = self.owner(scene, head, start..title.tokens.start, role, why, depth + 1);
            let sectors = self.sectors_of(scene, &title, role, start);
            let sectors = if gone { former(&[]) } else { sectors };
            return Some(match owner {
                Owner::Parties(parties) => {
                    let party = parties.into_iter().next()?;
                    let sectors = if party.sectors.is_empty() {
                        sectors
                    } else {
                        party.sectors
                    };
                    Introduction {
                        country: party.country,
                        sectors,
                    }
                }
                Owner::Countries(codes, _) => Introduction {
                    country: codes.into_iter().next()?,
                    sectors,
                },
                Owner::Unclear | Owner::Nobody => {
                    let country = if role.country.is_empty() {
                        self.domestic(scene, head).map(|(code, _)| code)
                    } else {
                        None
                    };
                    Introduction {
                        country: country.unwrap_or_else(|| role.country.clone()),
                        sectors,
                    }
                }
            });
        }
        let apposed: Vec<usize> = scene
            .doc
            .children(head)
            .filter(|&i| scene.dep(i) == Dep::Appos)
            .collect();
        for token in apposed {
            if scene.mentions.role_at(token).is_some()
                && let Some(found) = self.role(scene, token, why, depth + 1)
                && let Some(party) = found.parties.into_iter().next()
            {
                return Some(Introduction {
                    country: party.country,
                    sectors: party.sectors,
                });
            }
        }
        let country = self.nation_before(scene, start, from)?;
        Some(Introduction {
            country,
            sectors: Vec::new(),
        })
    }

    /// "the president, Vladimir Putin", "the rebel group Hamas": the name beside the role says who it is.
    pub(super) fn explained_by_apposition(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        text: &str,
        own_name: Option<&str>,
        why: &mut Trail,
        depth: usize,
    ) -> Option<Found> {
        let apposed: Vec<usize> = scene
            .doc
            .children(head)
            .filter(|&i| scene.dep(i) == Dep::Appos && i > head)
            .collect();
        for token in apposed {
            if !matches!(scene.tag(token), Tag::NNP | Tag::NNPS) {
                continue;
            }
            let named = self.named(scene, token, why).filter(|found| {
                let country = |party: &Party| {
                    self.gazetteer
                        .country(&party.country)
                        .is_some_and(|c| c.name == party.name)
                };
                !found.parties.iter().any(country)
            });
            let found = named.or_else(|| {
                // A new name is of whom the role is of: "the U.N. envoy, Ambassador Doe".
                let new = own_name.is_some() && self.seen_person(scene, token).is_none();
                (depth < 2 && !new)
                    .then(|| self.person(scene, token, why, depth + 1))
                    .flatten()
            });
            if let Some(mut found) = found {
                for party in &mut found.parties {
                    text.clone_into(&mut party.text);
                    if party.country.is_empty() {
                        self.complete(scene, head, party, why, depth);
                    }
                }
                return Some(found);
            }
        }
        None
    }

    /// Gives a person without a country that of the role it is named beside: "the Bahraini prime minister, X".
    fn complete(&mut self, scene: &Scene<'_>, head: usize, party: &mut Party, why: &mut Trail, depth: usize) {
        let mentions = std::sync::Arc::clone(&scene.mentions);
        let Some(mention) = mentions.role_at(head) else {
            return;
        };
        let role = self.gazetteer.role(mention.role);
        let start = scene.start_of(head).min(mention.tokens.start);
        if let Owner::Countries(codes, _) =
            self.owner(scene, head, start..mention.tokens.start, role, why, depth + 1)
        {
            party.country = codes.into_iter().next().unwrap_or_default();
            role.sectors.clone_into(&mut party.sectors);
        }
        for known in self.persons.iter_mut().filter(|known| known.name == party.name) {
            party.country.clone_into(&mut known.country);
            party.sectors.clone_into(&mut known.sectors);
        }
    }
}
