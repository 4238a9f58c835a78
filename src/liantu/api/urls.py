"""Addresses of the REST face, to be included under `/api/`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern

from liantu.api.routes import api

app_name = "api"
urlpatterns, _app, _namespace = api.urls

# The workbench sends whoever is not logged in to its login page; here the interface itself answers, with 401. The schema is a
# page like any other.
for _pattern in urlpatterns:
    if isinstance(_pattern, URLPattern) and _pattern.name not in {"openapi-json", "api-root"}:
        _pattern.callback = login_not_required(_pattern.callback)
