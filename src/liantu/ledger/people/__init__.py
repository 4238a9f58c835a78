"""Accounts, offices, grants, invitations, logins, and the audit log."""
