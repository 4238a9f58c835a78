"""Addresses of what goes out to Excel and comes back."""

from __future__ import annotations

from django.urls import path

from liantu.workbench.views import exchange, row_changes

urlpatterns = [
    path("", exchange.exchange, name="exchange"),
    path("upload", exchange.upload, name="exchange-upload"),
    path("<str:kind>.<str:form>", exchange.export, name="exchange-export"),
    path("<int:pk>", exchange.preview, name="exchange-preview"),
    path("<int:pk>/state", exchange.state, name="exchange-state"),
    path("<int:pk>/headers", exchange.headers, name="exchange-headers"),
    path("<int:pk>/side", exchange.side, name="exchange-side"),
    path("<int:pk>/again", exchange.again, name="exchange-again"),
    path("<int:pk>/write", exchange.write, name="exchange-write"),
    path("<int:pk>/stop", exchange.stop, name="exchange-stop"),
    path("<int:pk>/returned.xlsx", exchange.returned, name="exchange-returned"),
    path("changes/<int:pk>", row_changes.changes, name="row-changes"),
    path("changes/<int:pk>/undo", row_changes.undo, name="row-changes-undo"),
]
