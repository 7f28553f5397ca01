//! Previews: what the pages say of themselves that a message links to.

use crate::{MessageId, file::File};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one linked page says of itself. Part of the message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Preview {
    /// The link, exactly as it stands in the text.
    pub url: String,
    /// Name of the site, or its host.
    pub site: String,
    /// Empty only if there is a picture.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Kept here, so that nobody who reads the message asks the site for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<File>,
}

/// Internal: what was found behind the links of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShowPreviews {
    pub message: MessageId,
    pub previews: Vec<Preview>,
}

/// Authors and administrators. The link stays in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemovePreview {
    pub message: MessageId,
    /// As in the preview.
    pub url: String,
}
