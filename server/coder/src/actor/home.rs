//! Which country an article is about, and which country its roles had when they were last named.

use super::memory::{DocumentMemory, Owned};
use super::mention::NameMention;
use super::read;
use super::trail::Whence;

/// Mentions that the country of the dateline counts for, and that of the headline.
const DATELINE_WEIGHT: u32 = 3;

impl DocumentMemory<'_> {
    /// Keeps the country that a role was read with.
    pub(super) fn remember_owner(&mut self, role: usize, country: &str, token: usize) {
        if country.is_empty() {
            return;
        }
        let clock = self.clock;
        let owners = self.owners.entry(self.gazetteer.family(role)).or_default();
        owners.retain(|owned| owned.country != country);
        owners.push(Owned {
            country: country.to_owned(),
            clock,
            token,
        });
    }

    /// The country that a role had before a token, if that is clear: the only one it ever had, or the last one within
    /// two sentences. With `near`, only what was said in the last sentences counts.
    pub(super) fn owner_of_role(&self, role: usize, token: usize, near: usize) -> Option<String> {
        let owners = self.owners.get(&self.gazetteer.family(role))?;
        let earlier = |owned: &&Owned| owned.clock < self.clock || owned.token < token;
        let last = owners.iter().filter(earlier).max_by_key(|o| (o.clock, o.token))?;
        let rivals = owners.iter().filter(earlier).count() > 1;
        let age = self.clock - last.clock;
        let twice = owners
            .iter()
            .filter(earlier)
            .any(|other| other.country != last.country && other.clock == last.clock);
        (age <= near && !(rivals && (age > 2 || twice))).then(|| last.country.clone())
    }

    /// The country that domestic roles belong to unless another is named: the only one or by far the most frequent one
    /// read so far, dateline and headline counted in.
    pub(super) fn home(&self) -> Option<(String, Whence)> {
        let dateline = self.dateline.as_deref();
        let headline = self.headline.as_deref();
        let weight = |code: &str| {
            let named = u32::from(dateline == Some(code)) + u32::from(headline == Some(code));
            named * DATELINE_WEIGHT
        };
        // Home is asked for where the present sentence does not say; what it names is of others.
        let before = |(code, &count): (_, &u32)| (code, count.saturating_sub(self.named_now(code)));
        let counted = self.countries.iter().map(before);
        let counted = counted.map(|(code, count)| (code.as_str(), count + weight(code)));
        let counted = counted.filter(|(_, count)| *count > 0);
        let other = headline.filter(|_| headline != dateline);
        let unread = dateline.into_iter().chain(other);
        let unread = unread.filter(|code| !self.countries.contains_key(*code));
        let mut counts: Vec<(&str, u32)> = counted.chain(unread.map(|code| (code, weight(code)))).collect();
        counts.sort_by_key(|(_, count)| *count);
        let total: u32 = counts.iter().map(|(_, count)| count).sum();
        let &(code, count) = counts.last()?;
        let next = counts.len().checked_sub(2).map_or(0, |at| counts[at].1);
        let most = count >= 2 && count * 10 >= total * 6 || count >= 3 && count >= 2 * next;
        let clear = count == total || most;
        let whence = if dateline == Some(code) {
            Whence::Dateline
        } else {
            Whence::Article
        };
        clear.then(|| (code.to_owned(), whence))
    }

    /// The code of that country; what the present sentence names does not count.
    pub(crate) fn home_country(&self) -> Option<String> {
        self.home().map(|(code, _)| code)
    }

    /// How often the present sentence names a country.
    pub(super) fn named_now(&self, code: &String) -> u32 {
        let lands = self.lands.front().into_iter().flatten();
        u32::try_from(lands.filter(|(land, _)| land == code).count()).unwrap_or(0)
    }

    /// So many countries that the article has named clearly more often than any other.
    pub(super) fn leading_countries(&self, count: usize) -> Option<Vec<String>> {
        // The present sentence names those who deal with the countries that it counts.
        let before = |(code, &n): (_, &u32)| (code, n.saturating_sub(self.named_now(code)));
        let mut counts: Vec<(&String, u32)> = self.countries.iter().map(before).collect();
        counts.retain(|&(_, n)| n > 0);
        counts.sort_by_key(|&(code, n)| (std::cmp::Reverse(n), code));
        let last = counts.get(count.checked_sub(1)?)?.1;
        let next = counts.get(count).map_or(0, |&(_, n)| n);
        let clear = last > next && (last >= 2 || next == 0);
        clear.then(|| counts[..count].iter().map(|(code, _)| (*code).clone()).collect())
    }

    pub(super) fn count_country(&mut self, name: &NameMention) {
        let Some(index) = self.entry_of(name) else { return };
        let country = self.gazetteer.entry(index).country_on(self.published).to_owned();
        if !read::SPECIAL.contains(&country.as_str()) {
            if let Some(lands) = self.lands.front_mut() {
                lands.push((country.clone(), name.tokens.start));
            }
            *self.countries.entry(country).or_default() += 1;
        }
    }
}
