//! [`read`]: a request's body, whoever sends it.

use std::fmt::Display;

use http_body_util::BodyExt;
use hyper::body::{Body, Buf, Bytes};

use super::double::BODY_MAX;
use super::failure::Failure;

/// How much of a body that is too large is still read, and thrown away, so
/// that the client gets to see its answer.
const DRAIN_MAX: usize = 16 * BODY_MAX;

/// Reads a body to its end.
///
/// # Errors
///
/// When it breaks off, or is larger than [`BODY_MAX`].
pub(crate) async fn read<B>(body: B) -> Result<Bytes, Failure>
where
    B: Body,
    B::Error: Display,
{
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let mut body = std::pin::pin!(body);
    let (mut parts, mut size) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame
            .map_err(|error| Failure::Malformed(format!("the body cannot be read: {error}")))?;
        let Ok(mut part) = frame.into_data() else { continue };
        size += part.remaining();
        if size > DRAIN_MAX {
            break;
        }
        if size > BODY_MAX {
            parts.clear();
        } else {
            parts.push(part.copy_to_bytes(part.remaining()));
        }
    }
    match parts.as_slice() {
        _ if size > BODY_MAX => Err(Failure::TooLarge { max: BODY_MAX }),
        // Copied for the same reason as headers are: see `CallHeaders`.
        [only] => Ok(Bytes::copy_from_slice(only)),
        _ => Ok(parts.concat().into()),
    }
}
