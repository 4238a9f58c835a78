"""Addresses of the lists that an office keeps, their versions, and kits."""

from __future__ import annotations

from django.urls import path

from liantu.workbench.views import kits, list_fill, list_versions, lists

urlpatterns = [
    path("", lists.lists, name="lists"),
    path("all.<str:form>", lists.export, name="lists-export"),
    path("new", lists.new, name="list-new"),
    path("<int:pk>", lists.chain_list, name="list"),
    path("<int:pk>/rows.<str:form>", lists.export_rows, name="list-export"),
    path("<int:pk>/edit", lists.edit, name="list-edit"),
    path("<int:pk>/confirm", lists.confirm, name="list-confirm"),
    path("<int:pk>/rows/add", lists.add_row, name="list-row-add"),
    path("<int:pk>/changes", lists.list_changes, name="list-changes"),
    path("rows/<int:pk>", lists.row, name="list-row"),
    path("<int:pk>/publish", list_versions.publish, name="list-publish"),
    path("<int:pk>/draft", list_versions.draft, name="list-draft"),
    path("<int:pk>/fill", list_fill.fill, name="list-fill"),
    path("<int:pk>/fill/decide", list_fill.decide, name="list-fill-decide"),
    path("fill/<int:pk>/again", list_fill.again, name="list-fill-again"),
    path("kits", kits.kits, name="kits"),
    path("kits/keep", kits.keep, name="kit-keep"),
    path("kits/<str:kit_id>", kits.kit, name="kit"),
    path("kits/<str:kit_id>/install", kits.install, name="kit-install"),
    path("kits/installed/<int:pk>/duties", kits.duties, name="kit-duties"),
    path("kits/installed/<int:pk>/duties/back", kits.take_back, name="kit-duties-back"),
    path("versions/<int:pk>", list_versions.version, name="list-version"),
    path("versions/<int:pk>.<str:form>", list_versions.export, name="list-version-export"),
]
