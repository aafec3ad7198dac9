//! From an address as people write it to a channel that suits long streams.

use std::time::Duration;

use tonic::transport::Endpoint;

/// Where a server listens unless told otherwise.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:7447";

/// Bytes that a server may send ahead on one stream. HTTP/2's own 64 KiB would cap a replay at one window per round trip.
const STREAM_WINDOW: u32 = 2 * 1024 * 1024;
/// The same for all streams of a connection together.
const CONNECTION_WINDOW: u32 = 5 * 1024 * 1024;
/// A host that does not answer at all is given up after this.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A dead peer is noticed after interval and timeout together, also while nothing is sent.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// An address that is none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Neither `host:port` nor a URL.
    #[error("{address:?} is not an address; write host:port or http://host:port")]
    Malformed {
        /// As it was given.
        address: String,
    },
    /// A URL of something that this client does not speak.
    #[error("{scheme}:// is not supported; write host:port or http://host:port")]
    Scheme {
        /// What stands before the `://`.
        scheme: String,
    },
}

/// The endpoint of `host:port`, of a host alone (then with the default port) or of an `http://` URL.
///
/// It has flow-control windows for fast replays, keep-alive pings and a connect timeout; change what does not suit.
///
/// # Errors
/// The address cannot be read, or is a URL of another scheme than http.
pub fn endpoint(address: &str) -> Result<Endpoint, AddressError> {
    let malformed = || AddressError::Malformed {
        address: address.to_owned(),
    };
    let trimmed = address.trim();
    let url = match trimmed.split_once("://") {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("http") => trimmed.to_owned(),
        Some((scheme, _)) => {
            return Err(AddressError::Scheme {
                scheme: scheme.to_ascii_lowercase(),
            });
        }
        None => format!("http://{trimmed}"),
    };
    let endpoint = Endpoint::from_shared(url).map_err(|_| malformed())?;
    let uri = endpoint.uri();
    if uri.host().is_none_or(str::is_empty) {
        return Err(malformed());
    }
    let has_port = uri.port_u16().is_some();
    let bare_path = matches!(uri.path(), "" | "/") && uri.query().is_none();
    if !bare_path
        || (!has_port
            && uri
                .authority()
                .is_some_and(|authority| authority.as_str().ends_with(':')))
    {
        return Err(malformed());
    }
    let endpoint = if has_port || trimmed.contains("://") {
        endpoint
    } else {
        let host = uri.authority().map_or(trimmed, |authority| authority.as_str());
        let port = DEFAULT_ADDRESS.rsplit(':').next().unwrap_or_default();
        Endpoint::from_shared(format!("http://{host}:{port}")).map_err(|_| malformed())?
    };
    Ok(endpoint
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_keep_alive_interval(KEEP_ALIVE_INTERVAL)
        .keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .keep_alive_while_idle(true)
        .tcp_nodelay(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_host_and_port_or_a_url() {
        for (address, uri) in [
            ("127.0.0.1:7447", "http://127.0.0.1:7447/"),
            ("localhost", "http://localhost:7447/"),
            ("[::1]:9", "http://[::1]:9/"),
            ("http://feed.example:80", "http://feed.example:80/"),
            ("HTTP://feed.example", "http://feed.example/"),
            (" 10.0.0.1:1 ", "http://10.0.0.1:1/"),
        ] {
            assert_eq!(endpoint(address).unwrap().uri().to_string(), uri, "{address}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in [
            "",
            ":7447",
            "host:",
            "host:99999",
            "a b",
            "http://",
            "host:1/path",
            "host:1?x",
        ] {
            assert!(
                matches!(endpoint(address), Err(AddressError::Malformed { .. })),
                "{address}"
            );
        }
        let refused = endpoint("https://feed.example").unwrap_err();
        assert!(refused.to_string().starts_with("https:// is not supported"));
    }
}
