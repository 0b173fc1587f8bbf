"""Settings: where things lie and which engines are used, from the environment (``RAPT_…``) or a file.

Precedence: constructor argument, environment variable, ``rapt.toml`` in the home folder, default.
A typo in the file is an error that names the key. Secrets never appear in ``shown()``.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def _home() -> Path:
    return Path(os.environ.get("RAPT_HOME", "var")).expanduser().absolute()


class Settings(BaseSettings):
    """Effective settings of this process."""

    model_config = SettingsConfigDict(env_prefix="RAPT_", extra="forbid")

    home: Path = Field(default_factory=_home)
    """everything RAPT keeps lies below: database, encrypted files, jobs, results"""
    models_dir: Path | None = None
    """pinned model files; default: ``<home>/models``"""
    database_url: str = ""
    """SQLAlchemy URL; default: SQLite below home. PostgreSQL by URL (extra ``postgres``)"""
    jobs_url: str = ""
    """DBOS system database; default: SQLite below home"""
    key_file: Path | None = None
    """file with the base64 key that encrypts files; default: ``<home>/keys/files.key``"""
    key: SecretStr | None = None
    """the key itself, in place of the file"""
    anchor_dir: Path | None = None
    """second place that keeps the head of the audit chain; put it on another disk"""
    profile: Path | None = None
    """council profile (YAML); default: the fictional sample council"""
    speech_engine: str = "faster-whisper"
    speech_model: str = ""
    """path or official hub id of another Whisper model, in place of the pinned one"""
    speech_threads: int = Field(default=2, ge=1, le=64)
    writer: Literal["extractive", "chat"] = "extractive"
    chat_url: str = ""
    """OpenAI-compatible endpoint of a chat model, e.g. http://127.0.0.1:8080/v1"""
    chat_model: str = ""
    chat_key: SecretStr | None = None
    chat_zone: Literal["machine", "council", "outside"] = "machine"
    """trust zone of the endpoint; text is pseudonymised before it goes to any but ``machine``"""
    chat_timeout_s: float = Field(default=60.0, gt=0)
    allowed_zones: tuple[str, ...] = ("machine",)
    """zones the council allows a text to go to; the door refuses the others"""
    recognisers_off: tuple[str, ...] = ()
    """recognisers of personal data that the council switched off; ``rapt doctor`` lists them"""
    recognisers_on: tuple[str, ...] = ()
    """further recognisers to run beside the others (``spacy_names``, ``rampart``): slower, and seldom better"""
    max_upload_mb: int = Field(default=2048, ge=1)
    max_audio_hours: float = Field(default=6.0, gt=0)
    min_free_mb: int = Field(default=500, ge=1)
    """work is refused before the disk is fuller than this"""
    sign_in: Literal["local", "oidc"] = "local"
    """``local`` asks no password and is for one person at this machine; ``oidc``: see docs/sign-in.md"""
    app_port: int = Field(default=8501, ge=1, le=65535)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put ``rapt.toml`` of the home folder below the environment."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=_home() / "rapt.toml")
        return init_settings, env_settings, toml

    @property
    def models_path(self) -> Path:
        """Folder of the pinned model files."""
        return self.models_dir or self.home / "models"

    @property
    def database(self) -> str:
        """SQLAlchemy URL in use."""
        return self.database_url or f"sqlite:///{self.home / 'rapt.sqlite'}"

    @property
    def jobs_database(self) -> str:
        """DBOS system database URL in use."""
        return self.jobs_url or f"sqlite:///{self.home / 'jobs.sqlite'}"

    def shown(self) -> dict[str, Any]:
        """Return the effective values with secrets hidden."""
        return {name: str(value) for name, value in self.model_dump().items()}


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process; ``get_settings.cache_clear()`` re-reads them."""
    return Settings()
