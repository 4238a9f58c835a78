"""What people say of copies: that a document speaks for itself; and taking that back."""

from __future__ import annotations

from django.utils import timezone

from liantu.ledger.models import CopyWord, Source
from liantu.ledger.refresh import Changes
from liantu.ledger.writing import writing


def say_own(source_id: int, by: str, reason: str = "") -> CopyWord:
    """Say that a document is no copy: its words are its own voice. Holds for every further reading.

    Raises Source.DoesNotExist.
    """
    with writing():
        source = Source.objects.get(pk=source_id)
        word = CopyWord.objects.filter(source=source, undone_at=None).first()
        if word is None:
            word = CopyWord.objects.create(source=source, by=by, reason=reason, at=timezone.now())
            _apply(source)
        return word


def undo_own(word_id: int, by: str) -> CopyWord:
    """Take that word back: what the texts say holds again. Raises CopyWord.DoesNotExist."""
    with writing():
        word = CopyWord.objects.select_related("source").get(pk=word_id)
        if word.undone_at is None:
            word.undone_at, word.undone_by = timezone.now(), by
            word.save(update_fields=["undone_at", "undone_by"])
            _apply(word.source)
        return word


def _apply(source: Source) -> None:
    changes = Changes()
    changes.sources([source])
    changes.apply()
