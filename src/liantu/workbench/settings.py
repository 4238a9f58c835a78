"""Django settings of the workbench. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from liantu.ledger.home import secret_key, space

PACKAGE = Path(__file__).resolve().parent
SPACE = space()
UPLOADS = SPACE / "uploads"
FOLDER_LEVEL = int(os.environ.get("LIANTU_FOLDER_LEVEL", "0"))  # of confidentiality, of all files in the folder served
PAGE_IMAGES = SPACE / "pages"  # drawn anew when they are gone

SECRET_KEY = os.environ.get("LIANTU_SECRET_KEY") or secret_key(SPACE)
DEBUG = os.environ.get("LIANTU_DEBUG", "") == "1"
ALLOWED_HOSTS = os.environ.get("LIANTU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("LIANTU_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "liantu.ledger",
    "liantu.workbench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "liantu.workbench.security.WithoutNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "liantu.workbench.sessions.Expiry",
    "liantu.workbench.security.LoginForHtmx",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "liantu.workbench.rights.Rights",
    "liantu.workbench.audit_trail.Trail",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liantu.workbench.security.ContentSecurityPolicy",
]

ROOT_URLCONF = "liantu.workbench.urls"
WSGI_APPLICATION = "liantu.workbench.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liantu.workbench.context.navigation",
            ],
        },
    }
]


def sqlite(path: Path) -> dict[str, Any]:
    """A SQLite file that several processes may write: WAL, and writers queue instead of failing half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A deferred transaction that turns into a writer cannot wait for its turn; an immediate one can.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; "
            "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """`postgres://user:password@host:port/name` as Django wants it."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError(
            "DATABASE_URL 应写作 postgres://用户:密码@主机:端口/库名 / "
            "DATABASE_URL must read postgres://user:password@host:port/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(SPACE / "liantu.sqlite3")}
# What was counted for a state of the ledger is remembered in the process; the three hundred entries of the default would push out
# what the next page asks for.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 4000}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "liantu_language"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
# Files are served straight from the packages: a fresh clone needs no collecting step.
WHITENOISE_USE_FINDERS = True

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": int(os.environ.get("LIANTU_PASSWORD_LENGTH", "10"))},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "liantu.ledger.people.passwords.NotTheName"},
    {"NAME": "liantu.ledger.people.passwords.NotASequence"},
]
# So many failed logins of one account, or from one address, within so many seconds shut the door for as long.
LOGIN_FAILURES_OF_ACCOUNT = int(os.environ.get("LIANTU_LOGIN_FAILURES", "8"))
LOGIN_FAILURES_OF_ADDRESS = int(os.environ.get("LIANTU_LOGIN_FAILURES_ADDRESS", "40"))
LOGIN_LOCKED_SECONDS = int(os.environ.get("LIANTU_LOGIN_LOCKED_SECONDS", "300"))
INVITATION_HOURS = int(os.environ.get("LIANTU_INVITATION_HOURS", "72"))
# A session ends after so long without a request, and after so long in any case.
SESSION_IDLE_SECONDS = int(os.environ.get("LIANTU_SESSION_IDLE_MINUTES", "120")) * 60
SESSION_COOKIE_AGE = int(os.environ.get("LIANTU_SESSION_HOURS", "12")) * 3600

SESSION_COOKIE_NAME = "liantu_session"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "liantu_csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Set LIANTU_HTTPS=1 behind a proxy that speaks https and sets X-Forwarded-Proto.
HTTPS = os.environ.get("LIANTU_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The largest upload accepted; larger files go into the served folder instead.
UPLOAD_LIMIT_BYTES = int(os.environ.get("LIANTU_UPLOAD_LIMIT_MB", "60")) * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# A GeoJSON file with reviewed boundaries; without it maps are drawn from trial boundaries and say so.
LIANTU_BOUNDARIES = os.environ.get("LIANTU_BOUNDARIES", "")
