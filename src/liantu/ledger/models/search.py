"""What can be searched: one row for each thing with its names, each sentence, each document. Rebuildable, like every view.

The grams of `folded` lie in a table beside this one, `ledger_searchgrams`, in the form that the engine searches fastest
(`search.index`); Django does not know it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from liantu.ledger.models.sources import Source
from liantu.ledger.rights.managing import Guarded


class SearchEntry(models.Model):
    """One thing that a search may find. Its id says its group and its date, so that going down the ids is newest first."""

    id = models.BigIntegerField(primary_key=True)  # search.entries.entry_id
    kind = models.CharField(max_length=16)  # a kind of entity, or segment, person, sentence, document
    about = models.CharField(max_length=80)  # what it was made of: `e` entity, `s` source, `c` chain, `p` person
    ref = models.CharField(max_length=255)  # what its page is asked for
    folded = models.TextField()  # what is searched, folded, in marked parts
    shown = models.JSONField(
        default=list
    )  # [part, text]: its names as they are written; empty where the text lies elsewhere
    statements = models.TextField(blank=True)  # of a sentence: ids of what it says, separated by spaces
    region_code = models.CharField(max_length=6, blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    chain_name = models.CharField(max_length=64, blank=True)
    level = models.SmallIntegerField(default=0)  # of confidentiality
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+", db_index=False)  # the document
    office = models.BigIntegerField(null=True)  # whose document it is
    place = models.IntegerField(null=True)  # of a sentence: where its statements begin in the document
    objects = Guarded()

    class Meta:
        verbose_name = _("检索条目")
        indexes: ClassVar = [models.Index(fields=["about"], name="search_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
