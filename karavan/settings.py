"""Every setting, from the environment with the prefix `KARAVAN_`, such as `KARAVAN_SMTP__HOST`."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEVELOPMENT_SECRET = "development-secret-that-production-refuses"  # noqa: S105  # refused in production


def _postgresql(url: str) -> str:
    """The address of a database as all drivers spell it; empty stays empty."""
    scheme, _, rest = url.partition("://")
    if not url:
        return url
    if scheme not in {"postgresql", "postgres"} or not rest:
        raise ValueError("must look like postgresql://user:password@host/database")
    normal = f"postgresql://{rest}"
    _ = urlsplit(normal).port  # refuses what no driver would read
    return normal


DatabaseAddress = Annotated[str, AfterValidator(_postgresql)]


class SmtpSettings(BaseModel):
    """Where e-mail goes. Without a host, mail is kept in the database and shown at `/dev/mail`."""

    host: str = Field("", description="Mail server; empty keeps mail in the database.")
    port: int = Field(
        587, ge=1, le=65535, description="465 where the server speaks TLS from the start."
    )
    username: str = Field("", description="Empty sends without signing in.")
    password: SecretStr = Field(SecretStr(""), description="Of that user.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="`starttls`, `tls` from the start, or `none` within one machine."
    )
    sender: str = Field(
        "Karavan <no-reply@karavan.example>", description="From whom mail comes: name and address."
    )
    timeout_s: float = Field(20, gt=0, description="How long the mail server may take to answer.")


class OAuthClientSettings(BaseModel):
    """One OAuth client. Addresses can be overridden for a simulator or an own installation of the provider."""

    client_id: str = Field("", description="Given by the provider; empty leaves it out.")
    client_secret: SecretStr = Field(SecretStr(""), description="Given with the client id.")
    authorize_url: str = Field("", description="Page of consent; empty is the provider's own.")
    token_url: str = Field("", description="Exchange of codes; empty is the provider's own.")
    api_url: str = Field("", description="Who the person is; empty is the provider's own.")
    issuer: str = Field("", description="Expected in tokens; empty is the provider's own.")
    jwks_url: str = Field("", description="Keys of tokens; empty is the provider's own.")


class OAuthSettings(BaseModel):
    """Sign-in with other accounts. Without a client id, development uses the sandbox provider instead."""

    google: OAuthClientSettings = OAuthClientSettings()
    github: OAuthClientSettings = OAuthClientSettings()
    facebook: OAuthClientSettings = OAuthClientSettings()


class LimitSettings(BaseModel):
    """Requests a minute."""

    enabled: bool = Field(True, description="Off only behind another limiter, or in tests.")
    per_ip: int = Field(100, ge=1, description="Of a visitor who is not signed in.")
    per_user: int = Field(600, ge=1, description="Of a signed-in person.")
    sign_in: int = Field(10, ge=1, description="Sign-in, registration and refresh, per IP.")
    pictures: int = Field(
        3000, ge=1, description="Pictures of goods, per IP; they count in nothing else."
    )


class LanguageModelSettings(BaseModel):
    """An OpenAI-compatible endpoint. Without one the assistant works by rules and statistics."""

    base_url: str = Field("", description="Such as `https://host/v1`; empty uses no model.")
    api_key: SecretStr = Field(SecretStr(""), description="Sent as a bearer token.")
    model: str = Field("gpt-4o-mini", description="Name of the model there.")
    timeout_s: float = Field(30, gt=0, description="After that the rules answer alone.")


class VisionSettings(BaseModel):
    """A classifier of product pictures: a file that we run, or an endpoint. Without one they are not classified."""

    model: Path | None = Field(
        None, description="ONNX file; needs the extra `karavan[vision]`. Empty uses the endpoint."
    )
    labels: Path | None = Field(None, description="Names of that file's classes, one a line.")
    input_side: int = Field(224, description="Side in pixels of the square that the file expects.")
    base_url: str = Field("", description="Address that takes a picture; empty classifies nothing.")
    api_key: SecretStr = Field(SecretStr(""), description="Sent as a bearer token.")
    timeout_s: float = Field(20, gt=0, description="How long the endpoint may take to answer.")
    threshold: float = Field(0.8, description="From which score, 0 to 1, a label counts.")
    unwanted: str = Field(
        "nsfw,violence,weapon,drugs",
        description="Labels, comma-separated, that send a picture to a moderator.",
    )


class CatalogueSettings(BaseModel):
    """How products come before buyers."""

    review: Literal["flagged", "all"] = Field(
        "flagged",
        description="`flagged` asks a moderator when the checks find something, `all` always.",
    )
    forbidden_words: list[str] | None = Field(
        None,
        description="Beginnings of words that no product may have, as JSON; by default a short list.",
    )


class Settings(BaseSettings):
    """Settings of one process."""

    model_config = SettingsConfigDict(
        env_prefix="KARAVAN_", env_nested_delimiter="__", extra="ignore"
    )

    environment: Literal["development", "production"] = Field(
        "development",
        description="`production` refuses default secrets and hides developers' helpers.",
    )
    data_dir: Path = Field(
        Path(".karavan"), description="Embedded database and local files; `.karavan` by default."
    )
    host: str = Field("127.0.0.1", description="Address to listen on; `0.0.0.0` for all.")
    port: int = Field(
        8000, ge=0, le=65535, validation_alias="PORT", description="Port to listen on."
    )
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^/?#\s]+[^?#\s]*)?$",
        description="Address that people use; defaults to the local one.",
    )
    secret_key: SecretStr = Field(
        SecretStr(DEVELOPMENT_SECRET),
        description="Signs tokens and file links; at least 32 characters.",
    )
    previous_secret_keys: SecretStr = Field(
        SecretStr(""),
        description="Earlier secret keys, comma-separated: what they signed or encrypted stays good.",
    )
    database_url: DatabaseAddress = Field(
        "", description="Application role; empty starts the embedded server."
    )
    database_owner_url: DatabaseAddress = Field(
        "", description="Owner of the tables, used by `karavan migrate`."
    )
    database_pool_size: int = Field(
        24,
        ge=2,
        description="The most connections that a process opens; it keeps those that it has needed.",
    )
    cookies_secure: bool | None = Field(None, description="Defaults to true in production.")
    trusted_proxies: int = Field(
        0, ge=0, description="Proxies in front whose X-Forwarded-For is believed."
    )
    body_max_bytes: int = Field(2 * 1024 * 1024, ge=1, description="Largest body of a request.")
    upload_max_bytes: int = Field(25 * 1024 * 1024, ge=1, description="Largest file.")
    import_max_bytes: int = Field(
        300 * 1024 * 1024,
        ge=1,
        description="Largest file to be imported: a table of a million rows.",
    )
    storage_url: str = Field(
        "", description="s3://bucket/prefix, gs://, az://; empty keeps local files."
    )
    access_token_ttl_s: int = Field(30 * 60, ge=1, description="How long an access token is good.")
    refresh_token_ttl_s: int = Field(
        7 * 24 * 3600, ge=1, description="How long a session lasts without being used."
    )
    workers: int = Field(1, ge=1, description="Server processes of `karavan serve`.")
    ocds_prefix: str = Field(
        "ocds-000000",
        pattern="^ocds-[a-z0-9]{6}$",
        description="Registered prefix of open contracting identifiers; the default marks test data.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`."
    )
    log_format: Literal["json", "console"] = Field(
        "json", description="`json` for machines, `console` for people."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="When set, `/metrics` answers only to this bearer token."
    )
    otlp_endpoint: str = Field(
        "", description="OpenTelemetry collector (HTTP); empty sends no traces."
    )
    web_dist: Path = Field(
        Path(__file__).resolve().parent.parent / "web" / "dist",
        description="The built web app; by default the one beside the package.",
    )

    smtp: SmtpSettings = SmtpSettings()
    oauth: OAuthSettings = OAuthSettings()
    limits: LimitSettings = LimitSettings()
    language_model: LanguageModelSettings = LanguageModelSettings()
    catalogue: CatalogueSettings = CatalogueSettings()
    vision: VisionSettings = VisionSettings()

    @model_validator(mode="after")
    def _refuse_default_secrets(self) -> Self:
        if self.environment == "production":
            secret = self.secret_key.get_secret_value()
            if secret == DEVELOPMENT_SECRET or len(secret) < 32:
                raise ValueError(
                    "KARAVAN_SECRET_KEY must be set to at least 32 random characters in production, "
                    "for example the output of `openssl rand -base64 48`"
                )
        return self

    @property
    def development(self) -> bool:
        """Whether the helpers for developers are on: sandbox mail page, demo accounts, test notification."""
        return self.environment == "development"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies carry `Secure`."""
        return not self.development if self.cookies_secure is None else self.cookies_secure

    @cached_property
    def base_url(self) -> str:
        """The address that people use, without a slash at the end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")
