"""What people say of copies: that a document speaks for itself; and taking that back."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from liantu.ledger.copies.bodies import Shelf, takes_part
from liantu.ledger.copies.finding import repeats
from liantu.ledger.models import CopyWord, Source, SourceText
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
            _end(word, by)
            _apply(word.source)
        return word


def follow(source: Source, earlier: Iterable[Source], changes: Changes) -> bool:
    """Let the word on an earlier version of a file hold for this one, if it still has passages of that version.

    `earlier` are the versions before, nearest first: the nearest of which anything was said decides, so that a word that was
    taken back does not return. Gives whether a word went over.
    """
    if not takes_part(source) or source.copy_words.filter(undone_at=None).exists():
        return False
    for old in earlier:
        last = CopyWord.objects.filter(source=old).order_by("-at", "-pk").first()
        if last is None:
            continue
        if last.undone_at is not None or not _still_it(source, old):
            return False
        CopyWord.objects.create(source=source, by=last.by, reason=last.reason, at=last.at)
        _end(last, source.reader_version)
        changes.sources([source])
        return True
    return False


def _still_it(source: Source, old: Source) -> bool:
    """Whether two versions are one document, changed: another may have been saved under its name."""
    return SourceText.objects.filter(pk=old.pk).exists() and repeats(source.pk, old.pk, Shelf())


def _end(word: CopyWord, by: str) -> None:
    word.undone_at, word.undone_by = timezone.now(), by
    word.save(update_fields=["undone_at", "undone_by"])


def _apply(source: Source) -> None:
    changes = Changes()
    changes.sources([source])
    changes.apply()
