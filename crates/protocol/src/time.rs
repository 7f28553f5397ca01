//! Points in time, and due dates.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};
use utoipa::{PartialSchema, ToSchema, openapi};

/// A point in time; RFC 3339 in UTC on the wire, whole microseconds in the database.
pub type Timestamp = jiff::Timestamp;

/// A day in nobody's time zone; `2026-11-25` on the wire.
pub type Day = Date;

/// When a task is due: a whole day in nobody's time zone (`2026-11-25`), or a point in time
/// (`2026-11-25T07:00:00Z`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Due {
    Day(Date),
    At(Timestamp),
}

/// The text was neither `YYYY-MM-DD` nor an RFC 3339 time of a date that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadDue;

impl fmt::Display for BadDue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a date that exists, as YYYY-MM-DD or an RFC 3339 time")
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Due::Day(day) => day.fmt(f),
            Due::At(at) => at.fmt(f),
        }
    }
}

impl FromStr for Due {
    type Err = BadDue;
    fn from_str(text: &str) -> Result<Self, BadDue> {
        if text.len() == 10 {
            text.parse().map(Due::Day).map_err(|_| BadDue)
        } else {
            text.parse().map(Due::At).map_err(|_| BadDue)
        }
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for Due {
    fn schema() -> openapi::RefOr<openapi::schema::Schema> {
        openapi::ObjectBuilder::new()
            .schema_type(openapi::schema::Type::String)
            .description(Some("A day (`2026-11-25`) or a point in time (RFC 3339)."))
            .examples(["2026-11-25"])
            .into()
    }
}

impl ToSchema for Due {}
