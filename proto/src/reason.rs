//! Reasons of errors: the `reason` of `google.rpc.ErrorInfo`, stable names that a program can act on.
//!
//! The domain is always [`DOMAIN`]. The README has the same as a table.

/// `domain` of every ErrorInfo.
pub const DOMAIN: &str = "dateline";

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $($(#[$doc])* pub const $name: &str = stringify!($name);)*

        /// Every reason.
        pub const ALL: &[&str] = &[$($name),*];
    };
}

reasons! {
    /// INVALID_ARGUMENT: a filter was not understood; metadata: position, suggestion.
    FILTER_INVALID
    /// INVALID_ARGUMENT: a field's value is out of range or not well-formed; BadRequest names the field.
    FIELD_INVALID
    /// UNIMPLEMENTED: a field that this server does not honour yet was set; metadata: field.
    FIELD_UNSUPPORTED
    /// UNIMPLEMENTED: this server has no such method.
    METHOD_UNKNOWN
    /// INVALID_ARGUMENT: not a cursor of Dateline, or damaged.
    CURSOR_MALFORMED
    /// OUT_OF_RANGE: the revisions after this cursor are no longer kept; metadata: oldest_cursor, head_cursor.
    CURSOR_EXPIRED
    /// OUT_OF_RANGE: the cursor lies beyond the head; metadata: head_cursor.
    CURSOR_AHEAD
    /// FAILED_PRECONDITION: the cursor is of another feed or another life of this one; metadata: epoch.
    CURSOR_EPOCH_MISMATCH
    /// INVALID_ARGUMENT: not a page token of this method and this request.
    PAGE_TOKEN_INVALID
    /// OUT_OF_RANGE: a revision that the page must show is no longer kept; list again from the first page.
    PAGE_TOKEN_EXPIRED
    /// NOT_FOUND: no such event, or no such revision of it.
    EVENT_NOT_FOUND
    /// NOT_FOUND: no such article, or no such version of it.
    ARTICLE_NOT_FOUND
    /// INVALID_ARGUMENT: an article without text.
    ARTICLE_EMPTY
    /// INVALID_ARGUMENT: an article larger than the limit; metadata: size_bytes, limit_bytes.
    ARTICLE_TOO_LARGE
    /// INVALID_ARGUMENT: an article that cannot be read: not UTF-8, HTML too deep, NUL bytes.
    ARTICLE_INVALID
    /// INVALID_ARGUMENT: an article in a language that is not coded.
    LANGUAGE_UNSUPPORTED
    /// INVALID_ARGUMENT: a published event that breaks a rule of its message; metadata: field.
    EVENT_INVALID
    /// INVALID_ARGUMENT: an event larger than the limit; metadata: size_bytes, limit_bytes.
    EVENT_TOO_LARGE
    /// PERMISSION_DENIED: the event belongs to another coder.
    EVENT_CODER_MISMATCH
    /// FAILED_PRECONDITION: the event was withdrawn by an editor; RestoreEvent first.
    EVENT_RETRACTED
    /// FAILED_PRECONDITION: RestoreEvent of an event that no editor withdrew.
    EVENT_NOT_RETRACTED
    /// NOT_FOUND: no live stream of this server has that subscription_id.
    SUBSCRIPTION_NOT_FOUND
    /// INVALID_ARGUMENT: counts with more groups, or that take longer, than the server allows; metadata: limit_groups, limit_bytes or
    /// limit_seconds.
    AGGREGATE_TOO_LARGE
    /// RESOURCE_EXHAUSTED: too many subscriptions; RetryInfo says when to try again.
    SUBSCRIPTION_LIMIT
    /// RESOURCE_EXHAUSTED: too many requests; RetryInfo says when to try again.
    RATE_LIMIT
    /// RESOURCE_EXHAUSTED: a request larger than the server reads.
    REQUEST_TOO_LARGE
    /// ABORTED: the reader asked to be ended when it is slower than the feed; metadata: cursor.
    SLOW_CONSUMER
    /// UNAVAILABLE: the server is stopping; RetryInfo says when to try again.
    SERVER_DRAINING
    /// UNAVAILABLE: the store cannot take writes (full disk, failed device). What was not acknowledged is not stored, or, where the
    /// message says so, may be: sending the same request again is safe either way.
    STORE_NOT_READY
    /// DATA_LOSS: the stored bytes are damaged; the server's log says where.
    STORE_DAMAGED
    /// INTERNAL: a defect; the server's log says more.
    INTERNAL
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_readme_names_every_reason() {
        let readme = include_str!("../README.md");
        for reason in super::ALL {
            assert!(
                readme.contains(&format!("| `{reason}` |")),
                "{reason} is not in the README"
            );
        }
    }
}
