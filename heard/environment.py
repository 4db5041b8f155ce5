"""Every setting of Heard, each from one environment variable.

The table below is the whole list: `settings.py` and the ground read it, and a test holds
`docs/settings.md` against it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, what it is without one, and what it does."""

    name: str
    default: str
    says: str


SETTINGS = (
    Setting("HEARD_HOME", "var", "Folder for everything kept: database, files, secrets, outbox."),
    Setting("HEARD_BIND", "127.0.0.1", "Address the web and SMTP doors listen on."),
    Setting("HEARD_PORT", "8000", "Port of the web pages, the API and the live streams."),
    Setting("HEARD_SMTP_PORT", "2525", "Port of the SMTP door, where letters come in."),
    Setting("HEARD_DEMO_POST_PORT", "2526", "Port of the demo's post office, where answers go."),
    Setting("HEARD_URL", "", "Public address, such as https://desk.example.org. Empty: local."),
    Setting("HEARD_HOSTS", "", "Further host names the pages answer to, split by commas."),
    Setting("HEARD_TRUSTED_PROXIES", "", "Addresses of proxies whose forwarded headers count."),
    Setting("HEARD_SECRET_KEY", "", "Key that signs sessions and seals secrets. Empty: kept file."),
    Setting("HEARD_DEBUG", "0", "1 shows error details in pages. Never on a public address."),
    Setting("HEARD_SIZE_LIMIT", "26214400", "Largest letter or upload taken, in bytes."),
    Setting("HEARD_SMTP_CERT", "", "Certificate file (PEM) of the SMTP door; turns STARTTLS on."),
    Setting("HEARD_SMTP_KEY", "", "Key file (PEM) that belongs to HEARD_SMTP_CERT."),
    Setting("HEARD_SMTP_CONNECTIONS", "100", "Connections the SMTP door holds at once."),
    Setting("HEARD_SMTP_RATE", "600", "Letters a minute taken from one address. 0: no limit."),
    Setting("HEARD_RELAY", "", "SMTP relay of inboxes without their own: smtp://user:pw@host:25."),
    Setting(
        "HEARD_FILES", "", "Where attachments lie: empty for HEARD_HOME/files, or s3://bucket."
    ),
    Setting("HEARD_WEB_PROCESSES", "1", "Web processes that share the port."),
    Setting("HEARD_WEB_THREADS", "8", "Threads for pages in each web process."),
    Setting(
        "HEARD_WORKERS",
        "1",
        "Worker processes: they open, send and fetch letters, and do what else is to do.",
    ),
    Setting("HEARD_LISTENERS", "1", "Processes that read what was said."),
    Setting("HEARD_ENCODER", "1", "0 listens by rules alone: faster, and deafer."),
    Setting("HEARD_POLL_SECONDS", "30", "Seconds between two looks into an IMAP mailbox."),
    Setting("HEARD_TOTP", "1", "0 hides one-time codes as a second step of signing in."),
    Setting("HEARD_PASSKEYS", "0", "1 offers passkeys. Browsers ask for https or localhost."),
    Setting("HEARD_TIME_ZONE", "Europe/London", "Office time zone, until a person sets another."),
    Setting("DATABASE_URL", "", "Another PostgreSQL 15 or later. Empty: the embedded one."),
)
DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def read(name: str) -> str:
    """The value of a setting named in SETTINGS; KeyError for any other name."""
    return os.environ.get(name, "") or DEFAULTS[name]


def number(name: str) -> int:
    """The same as a whole number; a sentence that names the setting when it is none."""
    try:
        return int(read(name))
    except ValueError:
        raise SystemExit(f"{name} must be a whole number, not «{read(name)}».") from None


def flag(name: str) -> bool:
    """True for 1, true, yes or on."""
    return read(name).lower() in {"1", "true", "yes", "on"}


def listed(name: str) -> list[str]:
    """The values between commas, without blanks."""
    return [part.strip() for part in read(name).split(",") if part.strip()]


def home() -> Path:
    """The folder of HEARD_HOME, absolute."""
    return Path(read("HEARD_HOME")).expanduser().absolute()
