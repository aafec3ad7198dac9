//! Who may read on the threads that serve connections. What the page cache holds is read there and then, without another thread; but what
//! those threads do for one replay others wait for, the live path among them, so that few do it at a time.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Replays that read so at a time; a look of one takes some 50 us.
const PLACES: usize = 4;
/// A place whose holder has not read for so long goes to another: its reader is slow, or gone.
const HELD: Duration = Duration::from_millis(20);

/// The places, shared by all replays.
#[derive(Debug, Default)]
pub(super) struct Prompt {
    places: Mutex<[Option<Place>; PLACES]>,
    names: AtomicU64,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    holder: Name,
    used: Instant,
}

/// Of one replay, as long as it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(u64);

impl Prompt {
    /// A name that nobody has.
    pub(super) fn name(&self) -> Name {
        Name(self.names.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether the replay of this name may read now.
    pub(super) fn admits(&self, holder: Name) -> bool {
        self.admits_at(holder, Instant::now())
    }

    fn admits_at(&self, holder: Name, now: Instant) -> bool {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let has = |place: &Option<Place>| place.is_some_and(|place| place.holder == holder);
        let is_free = |place: &Option<Place>| {
            place.is_none_or(|place| now.saturating_duration_since(place.used) > HELD)
        };
        let found = places
            .iter()
            .position(has)
            .or_else(|| places.iter().position(is_free));
        if let Some(index) = found {
            places[index] = Some(Place { holder, used: now });
        }
        found.is_some()
    }

    /// Gives the place up.
    pub(super) fn leave(&self, holder: Name) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        for place in &mut *places {
            if place.is_some_and(|place| place.holder == holder) {
                *place = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_have_a_place_and_who_does_not_read_loses_it() {
        let (prompt, start) = (Prompt::default(), Instant::now());
        let names: Vec<_> = (0..=PLACES).map(|_| prompt.name()).collect();
        let (late, first) = (names[PLACES], names[0]);
        for name in &names[..PLACES] {
            assert!(prompt.admits_at(*name, start));
        }
        assert!(!prompt.admits_at(late, start));
        assert!(prompt.admits_at(first, start + HELD), "who has a place keeps it");
        // All but the first have not read since.
        let later = start + HELD + Duration::from_millis(1);
        assert!(prompt.admits_at(late, later));
        assert!(prompt.admits_at(first, later));
        for name in &names[2..PLACES] {
            assert!(prompt.admits_at(*name, later));
        }
        assert!(!prompt.admits_at(names[1], later), "its place is taken");
        prompt.leave(first);
        assert!(prompt.admits_at(names[1], later));
    }
}
