"""Outlines of chains that somebody edited by hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.records import WorkRecord


class ChainOutline(WorkRecord):
    """One row a chain whose outline was edited: from then on it stands in place of what workbooks say.

    `nodes` is the tree as `outlines.tree.to_json` writes it, `edges` what joins its segments (`outlines.edges`). Changes are `WorkChange` rows of the kind `outline`.
    """

    chain = models.CharField(max_length=255, unique=True)  # its label
    nodes = models.JSONField(default=dict)
    edges = models.JSONField(default=dict)
    basis = models.CharField(max_length=16)  # digest of the imported outline that was last begun from or taken over
    PARENT = ""

    class Meta:
        verbose_name = _("链谱大纲")

    def __str__(self) -> str:
        return self.chain
