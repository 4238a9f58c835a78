"""Addresses of what goes out to Excel and comes back."""

from __future__ import annotations

from django.urls import path

from liantu.workbench.views import exchange, list_books, row_changes

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
    path("book/<int:pk>", list_books.book, name="list-book"),
    path("book/<int:pk>/take-in", list_books.take_in, name="list-book-take-in"),
    path("book/<int:pk>/write", list_books.write, name="list-book-write"),
    path("book/of/<int:pk>", list_books.of_document, name="list-book-of"),
    path("changes/<int:pk>", row_changes.changes, name="row-changes"),
    path("changes/<int:pk>/undo", row_changes.undo, name="row-changes-undo"),
]
