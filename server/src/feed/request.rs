//! What a SubscribeRequest asks for, checked field by field before anything starts.

use std::time::Duration;

use dateline_journal::Cursor;
use dateline_proto::{
    reason,
    time::Timestamp,
    v1::{ExpiredCursorPolicy, LagPolicy, StartPosition, SubscribeRequest, subscribe_request},
};

use crate::refusal::Refusal;

const HEARTBEAT_DEFAULT: Duration = Duration::from_secs(15);
const HEARTBEAT_MIN: Duration = Duration::from_secs(1);
const HEARTBEAT_MAX: Duration = Duration::from_secs(60);
/// Enough for clients that pay per message, few enough to keep a batch below 64 KiB in most cases.
const BATCH_DEFAULT: u32 = 256;
const BATCH_MAX: u32 = 1_000;
const BACKLOG_MAX: u32 = 100_000;
const LABEL_BYTES: usize = 128;

/// A subscription as asked for.
pub(super) struct Wanted {
    pub(super) start: Start,
    pub(super) heartbeat: Duration,
    pub(super) batch_size: u32,
    pub(super) stop_when_caught_up: bool,
    /// None: no limit.
    pub(super) limit: Option<u64>,
    /// The stream ends before the first revision of this time or later. None: it does not.
    pub(super) end_time: Option<Timestamp>,
    /// Pace of the past. None: flat out.
    pub(super) speed: Option<f64>,
    pub(super) lag: LagPolicy,
    /// An expired cursor goes on at the oldest, with the gap told.
    pub(super) skip_expired: bool,
    pub(super) label: String,
}

/// Where a subscription starts.
pub(super) enum Start {
    After(Cursor),
    Time(Timestamp),
    Latest,
    Earliest,
    /// With the last so many revisions that match.
    Backlog(u32),
}

impl Wanted {
    /// # Errors
    /// The first field that is out of range.
    pub(super) fn read(request: SubscribeRequest) -> Result<Wanted, Refusal> {
        if request.client_label.len() > LABEL_BYTES {
            return Err(invalid("client_label", "has more than 128 bytes"));
        }
        let batch_size = match request.max_batch_size {
            0 => BATCH_DEFAULT,
            size if size <= BATCH_MAX => size,
            _ => return Err(invalid("max_batch_size", "is above 1,000")),
        };
        Ok(Wanted {
            start: start(&request)?,
            heartbeat: heartbeat(&request)?,
            batch_size,
            stop_when_caught_up: request.stop_when_caught_up,
            limit: (request.limit > 0).then_some(request.limit),
            end_time: time("end_time", request.end_time)?,
            speed: speed(request.replay_speed)?,
            lag: lag(&request)?,
            skip_expired: skip_expired(&request)?,
            label: request.client_label,
        })
    }
}

/// A time that can be one.
/// # Errors
/// It lies outside of the years that timestamps know.
pub(super) fn time(field: &str, time: Option<Timestamp>) -> Result<Option<Timestamp>, Refusal> {
    match time {
        Some(time) if time.to_jiff().is_none() => {
            Err(invalid(field, "is not a time between the years 0001 and 9999"))
        }
        time => Ok(time),
    }
}

fn speed(speed: f64) -> Result<Option<f64>, Refusal> {
    match speed {
        0.0 => Ok(None),
        speed if speed.is_finite() && speed > 0.0 => Ok(Some(speed)),
        _ => Err(invalid("replay_speed", "is not a finite number of 0 or more")),
    }
}

fn lag(request: &SubscribeRequest) -> Result<LagPolicy, Refusal> {
    match LagPolicy::try_from(request.lag_policy) {
        Ok(LagPolicy::Unspecified) => Ok(LagPolicy::CatchUp),
        Ok(policy) => Ok(policy),
        Err(_) => Err(invalid("lag_policy", "is none of CATCH_UP, SKIP, DISCONNECT")),
    }
}

fn start(request: &SubscribeRequest) -> Result<Start, Refusal> {
    use subscribe_request::Start as Asked;

    match &request.start {
        None => Ok(Start::Latest),
        Some(Asked::AfterCursor(text)) => parse_cursor(text).map(Start::After),
        Some(Asked::StartTime(asked)) => {
            time("start_time", Some(*asked))?;
            Ok(Start::Time(*asked))
        }
        Some(Asked::StartPosition(position)) => match StartPosition::try_from(*position) {
            Ok(StartPosition::Unspecified | StartPosition::Latest) => Ok(Start::Latest),
            Ok(StartPosition::Earliest) => Ok(Start::Earliest),
            Err(_) => Err(invalid("start_position", "is neither LATEST nor EARLIEST")),
        },
        Some(Asked::BacklogCount(count)) if *count > BACKLOG_MAX => Err(invalid(
            "backlog_count",
            "is above 100,000; use start_time or EARLIEST for more",
        )),
        Some(Asked::BacklogCount(count)) => Ok(Start::Backlog(*count)),
    }
}

fn parse_cursor(text: &str) -> Result<Cursor, Refusal> {
    text.parse().map_err(|_| {
        let message = "after_cursor is not a cursor of this service, or was damaged on its way; \
                       take the cursor of a batch, a checkpoint or an event as it is";
        Refusal::invalid(reason::CURSOR_MALFORMED, "after_cursor", message)
    })
}

fn heartbeat(request: &SubscribeRequest) -> Result<Duration, Refusal> {
    let Some(interval) = &request.heartbeat_interval else {
        return Ok(HEARTBEAT_DEFAULT);
    };
    interval
        .to_std()
        .filter(|interval| (HEARTBEAT_MIN..=HEARTBEAT_MAX).contains(interval))
        .ok_or_else(|| invalid("heartbeat_interval", "is not between 1 s and 60 s"))
}

fn skip_expired(request: &SubscribeRequest) -> Result<bool, Refusal> {
    match ExpiredCursorPolicy::try_from(request.expired_cursor_policy) {
        Ok(ExpiredCursorPolicy::Unspecified | ExpiredCursorPolicy::Fail) => Ok(false),
        Ok(ExpiredCursorPolicy::SkipToOldest) => Ok(true),
        Err(_) => Err(invalid(
            "expired_cursor_policy",
            "is neither FAIL nor SKIP_TO_OLDEST",
        )),
    }
}

/// FIELD_INVALID with a message that begins with the field.
pub(super) fn invalid(field: &str, problem: &str) -> Refusal {
    Refusal::invalid(reason::FIELD_INVALID, field, format!("{field} {problem}"))
}
