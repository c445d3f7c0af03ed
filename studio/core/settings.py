"""Every setting of the house, typed, from the environment (INKREEL_...) with defaults for the embedded studio."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from studio.core.errors import Unavailable

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the source tree: alembic.ini, assets."""

_LOOPBACK = ("localhost", "127.0.0.1")
_SOCKET_PATH_LIMIT = 100  # bytes; the kernel takes 107


class Settings(BaseSettings):
    """Embedded by default: SQLite, Redis on a unix socket, a local folder. Team mode is the same code with three URLs."""

    model_config = SettingsConfigDict(env_prefix="INKREEL_", extra="ignore")

    home: Path = Path(".inkreel")
    database_url: str = ""
    redis_url: str = ""
    storage: Literal["local", "s3"] = "local"
    s3_bucket: str = "inkreel"
    s3_endpoint_url: str | None = None
    s3_region: str = "us-east-1"
    secret_key: SecretStr | None = None
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256)
    ffmpeg: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    disk_reserve_mb: int = Field(default=512, ge=0)
    cache_gb: int = Field(default=20, ge=1)
    upload_gb: int = Field(default=20, ge=1)
    host: str = "127.0.0.1"
    port: int = Field(default=3200, ge=1, le=65535)
    public_url: str = ""
    sign_up: Literal["open", "closed"] = "open"
    sandbox_allow: Literal["isolated", "landlock", "limits"] = "isolated"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        if not self.database_url:
            return f"sqlite:///{self.home_folder / 'inkreel.db'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def home_folder(self) -> Path:
        """The data folder, absolute."""
        return self.home.expanduser().absolute()

    @property
    def redis_folder(self) -> Path:
        return self.home_folder / "redis"

    @property
    def redis_socket(self) -> Path:
        """Where our own Redis listens; a short private folder when the data folder's path is too long for a socket."""
        inside = self.redis_folder / "redis.sock"
        if len(os.fsencode(inside)) <= _SOCKET_PATH_LIMIT:
            return inside
        name = hashlib.sha256(os.fsencode(self.home_folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"inkreel-{os.getuid()}-{name}" / "redis.sock"

    @property
    def fonts(self) -> Path:
        return ROOT / "assets" / "fonts"

    @property
    def origin(self) -> str:
        """Where browsers find the studio: scheme, host and port, without a slash at the end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "localhost" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def secure_cookies(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def needs_setup_code(self) -> bool:
        """Whether others than this machine can reach the studio, so that whoever signs up first must prove to own it."""
        return not (_is_loopback(self.host) and _is_loopback(urlsplit(self.origin).hostname or ""))

    def setup_code(self) -> str:
        """What the first person types to prove that they started the studio: 16 URL-safe characters."""
        mac = hmac.new(self.signing_key(), b"inkreel setup code", hashlib.sha256).digest()
        return base64.urlsafe_b64encode(mac).decode()[:16]

    @property
    def origins(self) -> tuple[str, ...]:
        """Every spelling of our own address a browser may send as its origin: a loopback studio has two names."""
        url = urlsplit(self.origin)
        if url.hostname not in _LOOPBACK:
            return (self.origin,)
        port = f":{url.port}" if url.port else ""
        return (self.origin, *(f"{url.scheme}://{name}{port}" for name in _LOOPBACK if name != url.hostname))

    @property
    def session_cookie(self) -> str:
        """The name of the session cookie; over https browsers hold it to this host alone."""
        return "__Host-inkreel" if self.secure_cookies else "inkreel"

    def signing_key(self) -> bytes:
        """The key of signed links: the setting, else one made once and kept in the data folder (mode 0600)."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        path = prepared_home(self) / "secret"
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as f:
                f.write(secrets.token_bytes(32))
        except FileExistsError:
            pass
        return path.read_bytes()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def prepared_home(s: Settings) -> Path:
    """The data folder, made if missing and proved writable.

    Raises:
        Unavailable: with the sentence and the fix, when it cannot be made or written.
    """
    home = s.home_folder
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as e:
        raise Unavailable(
            f"The data folder {home} cannot be written ({e.strerror or e}). "
            "Choose another with INKREEL_HOME, or mend its permissions.",
            service="home",
            retryable=False,
        ) from e
    return home
