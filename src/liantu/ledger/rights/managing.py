"""The manager of every model whose rows not everybody may see."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import QuerySet

from liantu.ledger.rights.ambient import current_scope

M = TypeVar("M", bound=models.Model)


class Guarded(models.Manager[M]):
    """Gives only what the reader being answered may see; all when nobody is (`rights.ambient`)."""

    def get_queryset(self) -> QuerySet[M]:
        """The rows, narrowed."""
        rows = super().get_queryset()
        scope = current_scope()
        if scope is None or scope.everything:
            return rows
        from liantu.ledger.rights.filters import narrowed

        return narrowed(rows, scope)
