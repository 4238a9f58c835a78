"""Addresses of accounts, rights and the audit log."""

from __future__ import annotations

from django.urls import path

from liantu.workbench.views import account_pages, audit, own_account

urlpatterns = [
    path("accounts", account_pages.accounts_page, name="accounts"),
    path("accounts/add", account_pages.add, name="account-add"),
    path("accounts/roles", account_pages.role, name="role"),
    path("accounts/grants", account_pages.grant, name="grant"),
    path("accounts/grants/<int:pk>/end", account_pages.end, name="grant-end"),
    path("accounts/offices", account_pages.office, name="office-add"),
    path("accounts/offices/<int:pk>", account_pages.office, name="office"),
    path("accounts/<int:pk>", account_pages.account_page, name="account"),
    path("accounts/<int:pk>/active", account_pages.active, name="account-active"),
    path("accounts/<int:pk>/invite", account_pages.invite, name="account-invite"),
    path("audit", audit.audit, name="audit"),
    path("audit.<str:form>", audit.export, name="audit-export"),
    path("rights", own_account.rights, name="rights"),
    path("password", own_account.password, name="password"),
    path("invitation/<str:token>", own_account.invitation, name="invitation"),
]
