"""Braking those who guess passwords: by account and by address, counted in the database."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from liantu.ledger.models import LoginFailure


def is_locked(account: str, address: str) -> bool:
    """Whether an account, or an address, has failed too often within the last minutes.

    An address may fail more often than an account: a whole office stands behind one.
    """
    since = timezone.now() - timedelta(seconds=settings.LOGIN_LOCKED_SECONDS)
    failures = LoginFailure.objects.filter(at__gte=since)
    return (
        failures.filter(account=_folded(account)).count() >= settings.LOGIN_FAILURES_OF_ACCOUNT
        or failures.filter(address=address[:64]).count() >= settings.LOGIN_FAILURES_OF_ADDRESS
    )


def note_failure(account: str, address: str) -> None:
    """Count a login that failed; those that no longer count go."""
    now = timezone.now()
    LoginFailure.objects.filter(at__lt=now - timedelta(seconds=settings.LOGIN_LOCKED_SECONDS)).delete()
    LoginFailure.objects.create(account=_folded(account), address=address[:64], at=now)


def forget_failures(account: str) -> None:
    """Clear an account's count after a good login. The address's stays: one good password does not excuse guessing others."""
    LoginFailure.objects.filter(account=_folded(account)).delete()


def _folded(account: str) -> str:
    return account.strip().casefold()[:150]
