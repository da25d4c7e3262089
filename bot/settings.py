"""Every setting, read once from the environment (and a `.env` file, if there is one)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

import knowledge
from bot.errors import SettingsError
from knowledge.model import Lang

DEFAULT_DOSSIER = Path(knowledge.__file__).parent / "dossiers" / "syria_south_korea"


class Settings(BaseSettings):
    """What the environment says; field names are the short ones, aliases the variables."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True, env_ignore_empty=True)

    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_client_id: str | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    slack_api_url: str = Field("https://slack.com/api/", validation_alias="SLACK_API_URL")
    database_url: SecretStr = Field(SecretStr("sqlite:///var/syria-desk.db"), validation_alias="DATABASE_URL")
    host: str = Field("0.0.0.0", validation_alias="SYRIA_DESK_HOST")  # noqa: S104 - a container is reached from outside
    port: int = Field(3000, ge=0, le=65535, validation_alias="PORT")
    dossier: Path = Field(DEFAULT_DOSSIER, validation_alias="SYRIA_DESK_DOSSIER")
    sources: Path | None = Field(None, validation_alias="SYRIA_DESK_SOURCES")
    editors: Annotated[tuple[str, ...], NoDecode] = Field((), validation_alias="SYRIA_DESK_EDITORS")
    language: Lang = Field("en", validation_alias="SYRIA_DESK_LANGUAGE")
    retention_days: int = Field(30, ge=1, le=3650, validation_alias="SYRIA_DESK_RETENTION_DAYS")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", validation_alias="SYRIA_DESK_LOG_LEVEL")
    drain_seconds: float = Field(10.0, ge=0, le=300, validation_alias="SYRIA_DESK_DRAIN_SECONDS")

    @field_validator("editors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_slash(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("must be an http or https address")
        return value.rstrip("/") + "/"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def socket_mode(self) -> bool:
        """True when an app token says to connect to Slack instead of being called by it."""
        return self.slack_app_token is not None

    @property
    def bot_token(self) -> str:
        """The bot token, or a fault that says which variable to set."""
        return _required(self.slack_bot_token, "SLACK_BOT_TOKEN")

    @property
    def signing_secret(self) -> str:
        """The signing secret, or a fault that says which variable to set."""
        return _required(self.slack_signing_secret, "SLACK_SIGNING_SECRET")


def _required(value: SecretStr | None, name: str) -> str:
    if value is None or not value.get_secret_value().strip():
        raise SettingsError(f"{name} is not set: put it into the environment or into .env (see .env.example)")
    return value.get_secret_value().strip()


def variables() -> list[str]:
    """The name of every environment variable that is read."""
    return [str(field.validation_alias) for field in Settings.model_fields.values()]


def load_settings() -> Settings:
    """Read the environment; a wrong value is one line, never the value itself."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise SettingsError(f"{first['loc'][0]} is not right: {first['msg']}") from None
