//! What the operator chooses: flags, then `TENON_…` in the environment, then `tenon.toml`, then
//! defaults.

use crate::files::{FileArgs, Shelf};
use anyhow::{Context, bail};
use clap::Args;
use ipnet::IpNet;
use serde::Deserialize;
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};
use tenon_store::store;

/// Where the data is.
#[derive(Args, Clone, Debug, Default)]
pub struct Place {
    /// Directory of the embedded database and of local files [default: ./data]
    #[arg(long, env = "TENON_DATA")]
    pub data: Option<PathBuf>,
    /// Use this PostgreSQL instead of the embedded database
    #[arg(long, env = "TENON_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    #[command(flatten)]
    pub files: FileArgs,
}

/// How mail is sent.
#[derive(Args, Clone, Default)]
pub struct MailArgs {
    /// Mail server: smtp://name:password@mail.example.com:587, or smtps://…:465
    #[arg(long, env = "TENON_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// File with the password for the mail server, instead of in its address
    #[arg(long, env = "TENON_SMTP_PASSWORD_FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// What mails say they come from: Tenon <tenon@example.com>
    #[arg(long, env = "TENON_MAIL_FROM")]
    pub mail_from: Option<String>,
}

impl std::fmt::Debug for MailArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailArgs")
            .field("smtp_url", &self.smtp_url.as_ref().map(|_| "…"))
            .field("smtp_password_file", &self.smtp_password_file)
            .field("mail_from", &self.mail_from)
            .finish()
    }
}

/// Options of `tenon serve`.
#[derive(Args, Clone, Debug, Default)]
pub struct ServeArgs {
    #[command(flatten)]
    pub place: Place,
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "TENON_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Address that people use, where it differs: https://chat.example.com
    #[arg(long, env = "TENON_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Networks of proxies whose X-Forwarded headers are believed
    #[arg(long, env = "TENON_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpNet>,
    /// Largest file that is taken, bytes [default: 104857600]
    #[arg(long, env = "TENON_FILE_BYTES_MAX")]
    pub file_bytes_max: Option<u64>,
    /// Fetch the pages that messages link to and show what they say of themselves [default: true]
    #[arg(long, env = "TENON_LINK_PREVIEWS", num_args = 0..=1, default_missing_value = "true")]
    pub link_previews: Option<bool>,
    /// Networks that the server may reach although they are not public, such as that of the
    /// company's wiki: 10.1.0.0/16
    #[arg(long, env = "TENON_OUTBOUND_ALLOW", value_delimiter = ',')]
    pub outbound_allow: Vec<IpNet>,
    #[command(flatten)]
    pub mail: MailArgs,
    /// Fill an empty server with a believable workspace to look around in
    #[arg(long, env = "TENON_DEMO")]
    pub demo: bool,
    /// Log lines as JSON
    #[arg(long, env = "TENON_LOG_JSON")]
    pub log_json: bool,
    /// File with the same settings [default: tenon.toml, if there is one]
    #[arg(long, env = "TENON_CONFIG")]
    pub config: Option<PathBuf>,
    /// Makes the workspace's owner at first start, together with the password
    #[arg(skip)]
    pub owner: Option<Owner>,
}

/// Account of the first owner, from `TENON_OWNER_EMAIL` and `TENON_OWNER_PASSWORD`.
#[derive(Clone)]
pub struct Owner {
    pub email: String,
    pub password: String,
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Owner")
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

const DATA_DEFAULT: &str = "data";
const CONFIG_DEFAULT: &str = "tenon.toml";
/// Port 8080 on loopback: nobody else's business until the operator says so.
pub const LISTEN_DEFAULT: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// The file: the flags with underscores.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    data: Option<PathBuf>,
    database_url: Option<String>,
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    trusted_proxies: Vec<IpNet>,
    file_bytes_max: Option<u64>,
    link_previews: Option<bool>,
    outbound_allow: Vec<IpNet>,
    smtp_url: Option<String>,
    smtp_password_file: Option<PathBuf>,
    mail_from: Option<String>,
    demo: bool,
    log_json: bool,
    files: Option<String>,
    s3_endpoint: Option<String>,
    s3_region: Option<String>,
    s3_virtual_host: bool,
    s3_access_key: Option<String>,
    s3_secret_key: Option<String>,
    s3_access_key_file: Option<PathBuf>,
    s3_secret_key_file: Option<PathBuf>,
}

/// Which line is wrong, and the setting that it names.
fn place(text: &str, error: &toml::de::Error) -> String {
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else {
        return String::new();
    };
    let number = before.matches('\n').count() + 1;
    let begun = before.rfind('\n').map_or(0, |at| at + 1);
    let setting = text[begun..]
        .split_once('=')
        .map_or("", |(key, _)| key.trim());
    let is_setting = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    match setting.chars().all(is_setting) {
        true if !setting.is_empty() => format!("line {number}, {setting}: "),
        _ => format!("line {number}: "),
    }
}

impl File {
    fn read(config: Option<&Path>) -> anyhow::Result<Self> {
        let path = config.unwrap_or(Path::new(CONFIG_DEFAULT));
        match fs::read_to_string(path) {
            // Of a line that is wrong nothing is quoted: it may hold a password.
            Ok(text) => toml::from_str(&text)
                .map_err(|error| anyhow::anyhow!("{}{}", place(&text, &error), error.message()))
                .with_context(|| format!("{} is not as it should be", path.display())),
            Err(_) if config.is_none() => Ok(File::default()),
            Err(error) => bail!("{} cannot be read: {error}", path.display()),
        }
    }
}

impl MailArgs {
    fn filled(self, file: &File) -> Self {
        Self {
            smtp_url: self.smtp_url.or_else(|| file.smtp_url.clone()),
            smtp_password_file: self
                .smtp_password_file
                .or_else(|| file.smtp_password_file.clone()),
            mail_from: self.mail_from.or_else(|| file.mail_from.clone()),
        }
    }

    /// Fills in what flags and environment left open, and the address that people use.
    pub fn with_file(
        self,
        public_url: Option<String>,
        config: Option<&Path>,
    ) -> anyhow::Result<(Self, Option<String>)> {
        let file = File::read(config)?;
        Ok((self.filled(&file), public_url.or(file.public_url)))
    }
}

impl ServeArgs {
    /// Fills in what flags and environment left open.
    pub fn with_file(mut self) -> anyhow::Result<Self> {
        let file = File::read(self.config.as_deref())?;
        self.mail = self.mail.filled(&file);
        self.place.data = self.place.data.or(file.data);
        self.place.database_url = self.place.database_url.or(file.database_url);
        self.place.files = self.place.files.or(FileArgs {
            files: file.files,
            s3_endpoint: file.s3_endpoint,
            s3_region: file.s3_region,
            s3_virtual_host: file.s3_virtual_host,
            s3_access_key: file.s3_access_key,
            s3_secret_key: file.s3_secret_key,
            s3_access_key_file: file.s3_access_key_file,
            s3_secret_key_file: file.s3_secret_key_file,
        });
        self.listen = self.listen.or(file.listen);
        self.public_url = self.public_url.or(file.public_url);
        if self.trusted_proxies.is_empty() {
            self.trusted_proxies = file.trusted_proxies;
        }
        self.file_bytes_max = self.file_bytes_max.or(file.file_bytes_max);
        self.link_previews = self.link_previews.or(file.link_previews);
        if self.outbound_allow.is_empty() {
            self.outbound_allow = file.outbound_allow;
        }
        self.demo |= file.demo;
        self.log_json |= file.log_json;
        self.owner = owner_of_environment()?;
        Ok(self)
    }
}

fn owner_of_environment() -> anyhow::Result<Option<Owner>> {
    let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (of("TENON_OWNER_EMAIL"), of("TENON_OWNER_PASSWORD")) {
        (Some(email), Some(password)) => Ok(Some(Owner { email, password })),
        (None, None) => Ok(None),
        _ => bail!("TENON_OWNER_EMAIL and TENON_OWNER_PASSWORD go together: set both or neither"),
    }
}

impl Place {
    /// The directory, made if it does not exist.
    pub fn directory(&self) -> anyhow::Result<PathBuf> {
        let path = self.data.clone().unwrap_or_else(|| DATA_DEFAULT.into());
        fs::create_dir_all(&path)
            .with_context(|| format!("the directory {} cannot be made", path.display()))?;
        Ok(path)
    }

    /// Where the bytes of uploaded files lie.
    pub fn shelf(&self) -> anyhow::Result<Shelf> {
        Ok(match self.files.bucket()? {
            Some(bucket) => Shelf::Bucket(bucket),
            None => Shelf::Folder(file_folder(&self.directory()?)),
        })
    }

    /// What the store opens.
    pub fn store(&self) -> anyhow::Result<store::Place> {
        match &self.database_url {
            Some(url) => Ok(store::Place::Url(url.clone())),
            None => Ok(store::Place::File(database_file(&self.directory()?))),
        }
    }

    /// Like [`Place::store`], for tools that must find a database there.
    pub fn existing(&self) -> anyhow::Result<store::Place> {
        if self.database_url.is_none() {
            let directory = self.data.clone().unwrap_or_else(|| DATA_DEFAULT.into());
            let file = database_file(&directory);
            if !file.exists() {
                bail!(
                    "there is no database at {}; name another with --data",
                    file.display()
                );
            }
        }
        self.store()
    }
}

/// The folder of files within a data directory.
pub fn file_folder(directory: &Path) -> PathBuf {
    directory.join("files")
}

/// The database within a data directory.
pub fn database_file(directory: &Path) -> PathBuf {
    directory.join("tenon.db")
}
