//! `google.protobuf.Timestamp` and `google.protobuf.Duration`, with the JSON mapping's own text forms.
//!
//! They are here because the mapping wants UTC written as `Z`, which the ready-made types write as `+00:00`.

use std::time::{Duration as StdDuration, SystemTime};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};

const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// A point in time, UTC: `google.protobuf.Timestamp`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    /// Nanoseconds after that, 0 to 999,999,999.
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

/// A span of time: `google.protobuf.Duration`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Duration {
    /// Whole seconds.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    /// Nanoseconds, of the same sign.
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

impl Timestamp {
    /// This moment.
    pub fn now() -> Self {
        jiff::Timestamp::now().into()
    }

    /// The same point for calendar arithmetic; none for a value outside the years -9999 to 9999 or with bad nanoseconds.
    pub fn to_jiff(self) -> Option<jiff::Timestamp> {
        let nanos = u32::try_from(self.nanos)
            .ok()
            .filter(|nanos| *nanos < NANOS_PER_SECOND)?;
        jiff::Timestamp::new(self.seconds, nanos.cast_signed()).ok()
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        let nanos = time.as_nanosecond();
        let second = i128::from(NANOS_PER_SECOND);
        Self {
            seconds: nanos.div_euclid(second) as i64,
            nanos: nanos.rem_euclid(second) as i32,
        }
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        jiff::Timestamp::try_from(time)
            .unwrap_or(jiff::Timestamp::MAX)
            .into()
    }
}

impl Duration {
    /// The same span; none for a negative or malformed one.
    pub fn to_std(self) -> Option<StdDuration> {
        let nanos = u32::try_from(self.nanos)
            .ok()
            .filter(|nanos| *nanos < NANOS_PER_SECOND)?;
        Some(StdDuration::new(u64::try_from(self.seconds).ok()?, nanos))
    }
}

impl From<StdDuration> for Duration {
    fn from(span: StdDuration) -> Self {
        Self {
            seconds: i64::try_from(span.as_secs()).unwrap_or(i64::MAX),
            nanos: span.subsec_nanos().cast_signed(),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let time = self
            .to_jiff()
            .ok_or_else(|| S::Error::custom("timestamp out of range"))?;
        let digits = fraction_digits(self.nanos.unsigned_abs());
        serializer.serialize_str(&format!("{time:.digits$}"))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let time: jiff::Timestamp = text.parse().map_err(D::Error::custom)?;
        Ok(time.into())
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nanos = self.nanos.unsigned_abs();
        let sign = if self.seconds < 0 || self.nanos < 0 {
            "-"
        } else {
            ""
        };
        let fraction = format!("{nanos:09}");
        let text = match fraction_digits(nanos) {
            0 => format!("{sign}{}s", self.seconds.unsigned_abs()),
            digits => format!("{sign}{}.{}s", self.seconds.unsigned_abs(), &fraction[..digits]),
        };
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_duration(&text)
            .ok_or_else(|| D::Error::custom(format!("{text:?} is not a duration such as \"1.5s\"")))
    }
}

/// 0, 3, 6 or 9: as few as tell the whole fraction.
fn fraction_digits(nanos: u32) -> usize {
    match nanos {
        0 => 0,
        n if n % 1_000_000 == 0 => 3,
        n if n % 1_000 == 0 => 6,
        _ => 9,
    }
}

fn parse_duration(text: &str) -> Option<Duration> {
    let body = text.strip_suffix('s')?;
    let (negative, body) = body.strip_prefix('-').map_or((false, body), |rest| (true, rest));
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let seconds: i64 = whole.parse().ok()?;
    let nanos: i32 = format!("{fraction:0<9}").parse().ok()?;
    let sign = if negative { -1 } else { 1 };
    Some(Duration {
        seconds: seconds * i64::from(sign),
        nanos: nanos * sign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_written_in_utc_with_as_few_digits_as_tell_them() {
        let text = |nanos| {
            serde_json::to_string(&Timestamp {
                seconds: 1_694_563_200,
                nanos,
            })
            .unwrap()
        };
        assert_eq!(text(0), r#""2023-09-13T00:00:00Z""#);
        assert_eq!(text(5_000_000), r#""2023-09-13T00:00:00.005Z""#);
        assert_eq!(text(5), r#""2023-09-13T00:00:00.000000005Z""#);
        let before: Timestamp = serde_json::from_str(r#""1969-12-31T23:59:59.5Z""#).unwrap();
        assert_eq!(
            before,
            Timestamp {
                seconds: -1,
                nanos: 500_000_000
            }
        );
        let offset: Timestamp = serde_json::from_str(r#""2023-09-13T02:00:00+02:00""#).unwrap();
        assert_eq!(
            offset,
            Timestamp {
                seconds: 1_694_563_200,
                nanos: 0
            }
        );
    }

    #[test]
    fn durations_read_back() {
        for (text, seconds, nanos) in [
            ("15s", 15, 0),
            ("0.500s", 0, 500_000_000),
            ("-1.000001s", -1, -1_000),
            ("0.000000001s", 0, 1),
        ] {
            let json = format!("\"{text}\"");
            let span: Duration = serde_json::from_str(&json).unwrap();
            assert_eq!(span, Duration { seconds, nanos });
            assert_eq!(serde_json::to_string(&span).unwrap(), json);
        }
        for bad in ["", "s", "1", "1.s2", "--1s", "1e3s", "99999999999999999999s"] {
            assert!(
                serde_json::from_str::<Duration>(&format!("\"{bad}\"")).is_err(),
                "{bad}"
            );
        }
    }
}
