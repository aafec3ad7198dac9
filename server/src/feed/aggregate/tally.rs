//! Groups of events while they are counted, and in their order when they are.

use std::{cmp::Reverse, collections::HashMap};

use dateline_proto::{
    reason,
    time::Timestamp,
    v1::{Event, EventAggregate},
};

use super::query::{Field, Query};
use crate::refusal::Refusal;

/// Intensities are summed up as whole numbers, so that the sum does not depend on the order of the events.
const PARTS: f64 = 1e6;
/// Memory that a group takes beside its keys, about.
const OVERHEAD: usize = 128;

/// What an answer may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) groups: usize,
    /// Of all keys together, overhead included.
    pub(super) bytes: usize,
}

/// Counts so far.
pub(super) struct Tally {
    bounds: Bounds,
    /// By bucket and values; each value with its length before it, so that no two keys run together.
    groups: HashMap<Box<[u8]>, Count>,
    bytes: usize,
    events: u64,
    /// The key at hand.
    key: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    events: u64,
    intensity: i64,
}

/// Counts, in their order.
#[derive(Debug, Default)]
pub(super) struct Answer {
    fields: Vec<Field>,
    bucketed: bool,
    pub(super) groups: Vec<Group>,
    pub(super) events: u64,
}

/// A group of an answer.
#[derive(Debug)]
pub(super) struct Group {
    bucket: i64,
    values: Vec<Box<str>>,
    count: Count,
}

impl Tally {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            groups: HashMap::new(),
            bytes: 0,
            events: 0,
            key: Vec::new(),
        }
    }

    /// Counts an event in each of its groups.
    /// # Errors
    /// There are too many.
    pub(super) fn add(&mut self, query: &Query, event: &Event) -> Result<(), Refusal> {
        self.events += 1;
        let values: Vec<Vec<&str>> = query.fields.iter().map(|field| field.values(event)).collect();
        let intensity = (f64::from(event.intensity).clamp(-10.0, 10.0) * PARTS).round() as i64;
        self.key.clear();
        self.key.extend_from_slice(&query.bucket_of(event).to_le_bytes());
        self.each(&values, intensity)
    }

    /// Counts in every combination of the values that are left, after the key at hand.
    fn each(&mut self, values: &[Vec<&str>], intensity: i64) -> Result<(), Refusal> {
        let Some((first, rest)) = values.split_first() else {
            return self.count(intensity);
        };
        let length = self.key.len();
        for value in first {
            self.key.truncate(length);
            self.key.extend_from_slice(&(value.len() as u64).to_le_bytes());
            self.key.extend_from_slice(value.as_bytes());
            self.each(rest, intensity)?;
        }
        Ok(())
    }

    fn count(&mut self, intensity: i64) -> Result<(), Refusal> {
        let count = match self.groups.get_mut(self.key.as_slice()) {
            Some(count) => count,
            None => {
                self.bytes += self.key.len() + OVERHEAD;
                if self.groups.len() >= self.bounds.groups {
                    return Err(too_large("groups", "limit_groups", self.bounds.groups));
                }
                if self.bytes > self.bounds.bytes {
                    return Err(too_large("bytes of keys", "limit_bytes", self.bounds.bytes));
                }
                self.groups.entry(self.key.as_slice().into()).or_default()
            }
        };
        count.events += 1;
        count.intensity = count.intensity.saturating_add(intensity);
        Ok(())
    }

    /// The groups in their order.
    pub(super) fn answer(mut self, query: &Query) -> Answer {
        let bucketed = query.bucket.is_some();
        if self.groups.is_empty() && query.fields.is_empty() && !bucketed {
            // How many? None.
            self.groups.insert(0_i64.to_le_bytes().into(), Count::default());
        }
        let mut groups: Vec<Group> = self
            .groups
            .into_iter()
            .map(|(key, count)| Group::of(&key, count))
            .collect();
        groups.sort_unstable_by(|a, b| {
            let rank = |group: &Group| (Reverse(group.count.events), group.bucket);
            rank(a).cmp(&rank(b)).then_with(|| a.values.cmp(&b.values))
        });
        Answer {
            fields: query.fields.clone(),
            bucketed,
            groups,
            events: self.events,
        }
    }
}

impl Group {
    fn of(key: &[u8], count: Count) -> Self {
        let (bucket, mut rest) = split_number(key);
        let mut values = Vec::new();
        while !rest.is_empty() {
            let (length, text) = split_number(rest);
            let (value, after) = text.split_at(usize::try_from(length).unwrap_or(0).min(text.len()));
            values.push(String::from_utf8_lossy(value).into());
            rest = after;
        }
        Self {
            bucket,
            values,
            count,
        }
    }

    /// What it takes in a message or in memory, about.
    pub(super) fn bytes(&self) -> usize {
        self.values.iter().map(|value| value.len()).sum::<usize>() + OVERHEAD
    }
}

impl Answer {
    /// A group as clients see it.
    pub(super) fn aggregate(&self, group: &Group) -> EventAggregate {
        let names = self.fields.iter().map(|field| field.name().to_owned());
        let values = group.values.iter().map(|value| value.as_ref().to_owned());
        let mean = |count: Count| count.intensity as f64 / PARTS / count.events as f64;
        EventAggregate {
            keys: names.zip(values).collect(),
            bucket_time: self.bucketed.then_some(Timestamp {
                seconds: group.bucket,
                nanos: 0,
            }),
            event_count: group.count.events,
            mean_intensity: if group.count.events == 0 {
                0.0
            } else {
                mean(group.count)
            },
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.groups.iter().map(Group::bytes).sum()
    }
}

/// The number in front; 0 of nothing.
fn split_number(bytes: &[u8]) -> (i64, &[u8]) {
    bytes
        .split_first_chunk()
        .map_or((0, &[]), |(number, rest)| (i64::from_le_bytes(*number), rest))
}

fn too_large(what: &str, name: &str, limit: usize) -> Refusal {
    let message = format!(
        "the counts have more than {limit} {what}; give a filter, a shorter time, a wider bucket, or fewer fields to group by"
    );
    Refusal::invalid(reason::AGGREGATE_TOO_LARGE, "group_by", message).with(name, limit)
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use dateline_coder::Coder;
    use dateline_proto::v1::{Actor, AggregateEventsRequest, EventFilter};

    use super::*;
    use crate::filter::Filter;

    fn query(fields: &[&str]) -> Query {
        static CODER: OnceLock<Coder> = OnceLock::new();
        let coder = CODER.get_or_init(|| Coder::new().unwrap());
        let filter = Filter::parse(&EventFilter::default(), coder.gazetteer()).unwrap();
        let request = AggregateEventsRequest {
            group_by: fields.iter().map(|field| (*field).to_owned()).collect(),
            ..AggregateEventsRequest::default()
        };
        Query::read(&request, filter).unwrap()
    }

    fn of(name: &str, intensity: f32) -> Event {
        Event {
            actors: vec![Actor {
                name: name.into(),
                ..Actor::default()
            }],
            intensity,
            ..Event::default()
        }
    }

    #[test]
    fn a_bound_is_refused_with_its_name_before_it_is_passed() {
        let query = query(&["actor"]);
        let bounds = |groups, bytes| Bounds { groups, bytes };
        for (bounds, name, limit) in [
            (bounds(2, 1 << 20), "limit_groups", "2"),
            (bounds(100, 3 * OVERHEAD), "limit_bytes", "384"),
        ] {
            let mut tally = Tally::new(bounds);
            for name in ["a", "b", "a", "b"] {
                tally.add(&query, &of(name, 0.0)).unwrap();
            }
            let refusal = tally.add(&query, &of("c", 0.0)).unwrap_err();
            assert_eq!(refusal.reason(), reason::AGGREGATE_TOO_LARGE);
            assert_eq!(refusal.metadata()[name], limit);
        }
    }

    #[test]
    fn the_mean_does_not_depend_on_the_order_and_bears_any_number() {
        let query = query(&[]);
        let values = [0.1, 9.7, -3.3, f32::NAN, f32::INFINITY, -10.0];
        let mean = |values: &mut dyn Iterator<Item = &f32>| {
            let mut tally = Tally::new(Bounds {
                groups: 1,
                bytes: 1 << 10,
            });
            for value in values {
                tally.add(&query, &of("a", *value)).unwrap();
            }
            let answer = tally.answer(&query);
            answer.aggregate(&answer.groups[0]).mean_intensity
        };
        let forward = mean(&mut values.iter());
        assert_eq!(forward.to_bits(), mean(&mut values.iter().rev()).to_bits());
        assert!((forward - 6.5 / 6.0).abs() < 1e-6, "{forward}");
    }
}
