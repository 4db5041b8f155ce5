"""Django's settings, every value from the environment (see environment.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext

from heard import environment
from heard.environment import flag, listed, number, read
from heard.ground import home, postgres

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).parent
HOME = environment.home()
SECRET_KEY = read("HEARD_SECRET_KEY") or home.secret_key(HOME)
DEBUG = flag("HEARD_DEBUG")

SITE_URL = read("HEARD_URL").rstrip("/") or f"http://localhost:{read('HEARD_PORT')}"
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", _site.hostname or "", *listed("HEARD_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = _site.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "ninja",
    "heard.ui",
    "heard.events",
    "heard.accounts",
    "heard.contacts",
    "heard.inbox",
    "heard.gateway",
    "heard.readings",
    "heard.notifications",
    "heard.levels",
    "heard.automation",
    "heard.coaching",
    "heard.api",
    "heard.demo",
]

MIDDLEWARE = [
    "heard.ui.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "heard.accounts.middleware.first_admin",
    "heard.accounts.middleware.time_zone",
]

ROOT_URLCONF = "heard.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            ROOT / room / "templates"
            for room in (
                "ui",
                "accounts",
                "inbox",
                "gateway",
                "levels",
                "notifications",
                "automation",
                "coaching",
                "api",
            )
        ],
        "OPTIONS": {
            "environment": "heard.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "heard.ui.context.shell",
            ],
        },
    },
    {
        # allauth's own pages are written in Django's language.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "ui" / "templates_dtl"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """Django's words for a postgresql:// URL, a socket directory as ?host= included."""
    parts = postgres.parse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "heard"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": number("HEARD_WEB_THREADS") + 4, "timeout": 10},
            **parts,
        },
    }


DATABASE_URL = read("DATABASE_URL") or postgres.dsn(HOME)
DATABASES = {"default": database(DATABASE_URL)}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "heard.accounts.adapter.Adapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = [
    *(["totp", "recovery_codes"] if flag("HEARD_TOTP") else []),
    *(["webauthn"] if flag("HEARD_PASSKEYS") else []),
]
MFA_PASSKEY_LOGIN_ENABLED = flag("HEARD_PASSKEYS")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Heard"

ENCODER = flag("HEARD_ENCODER")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = number("HEARD_SIZE_LIMIT")

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = read("HEARD_TIME_ZONE")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Served from the package itself: no copying step, and no file from outside it.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILES = read("HEARD_FILES")
MEDIA_ROOT = HOME / "files"
STORAGES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": FILES.removeprefix("s3://")},
        }
        if FILES.startswith("s3://")
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_words"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "filters": {"no_words": {"()": "heard.ground.logs.NoWords"}},
    "loggers": {
        "heard": {"level": "INFO"},
        # What a stranger asks for in vain is no news, and the pool's complaints repeat ours.
        "django.request": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},
    },
}
