"""Records of work get a level of confidentiality of their own: open, except where they name something that is not."""

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.models import F, QuerySet

from liantu.ledger.models.records import SecrecyField

KINDS = (
    "batchevent", "certificate", "chainlist", "chainprogramme", "duty", "escalation", "meeting", "policywindow",
    "supervisionorder", "task",
)  # fmt: skip
OF_PROJECT = "canonical__profile__level"
LINKS = (
    ("Meeting", "programme__secrecy"),
    ("Task", "programme__secrecy"),
    ("Task", "decision__meeting__secrecy"),
    ("Duty", "programme__secrecy"),
    ("Task", f"project__{OF_PROJECT}"),
    ("Task", f"problem__project__{OF_PROJECT}"),
    ("SupervisionOrder", f"problem__project__{OF_PROJECT}"),
    ("SupervisionOrder", "task__secrecy"),
    ("TargetRecord", f"subject__{OF_PROJECT}"),
    ("Escalation", "order__secrecy"),
)
"""What can be above the open level when the columns are new: tasks and orders about confidential projects, and what follows them."""
LATE = (("task", "Task", "secrecy"), ("order", "SupervisionOrder", "secrecy"), ("problem", "ProjectProblem", f"project__{OF_PROJECT}"))  # fmt: skip


def follow_what_they_name(apps: Any, schema_editor: Any) -> None:
    """Raise what names a confidential project, or rests on a confidential document, to its level."""

    def rows_of(name: str) -> QuerySet[Any]:
        rows: QuerySet[Any] = apps.get_model("ledger", name)._base_manager.using(schema_editor.connection.alias).all()
        return rows

    _follow_documents(rows_of)
    for name, path in LINKS:
        for pk, level in rows_of(name).filter(**{f"{path}__gt": F("secrecy")}).values_list("pk", path):
            rows_of(name).filter(pk=pk, secrecy__lt=level).update(secrecy=level)
    for subject, name, path in LATE:
        for pk, level in rows_of(name).filter(**{f"{path}__gt": 0}).values_list("pk", path):
            rows_of("Escalation").filter(subject=subject, row=pk, secrecy__lt=level).update(secrecy=level)


def _follow_documents(rows_of: Callable[[str], QuerySet[Any]]) -> None:
    levels = dict(rows_of("Source").filter(level__gt=0).values_list("pk", "level"))
    if not levels:
        return
    for name in ("Task", "SupervisionOrder", "Certificate", "PolicyWindow"):
        for pk, evidence in rows_of(name).exclude(evidence="").values_list("pk", "evidence"):
            level = levels.get(_source_of(rows_of, evidence), 0)
            rows_of(name).filter(pk=pk, secrecy__lt=level).update(secrecy=level)
    for name in ("ProgrammeMember", "ProgrammePart"):
        for pk, evidence in rows_of(name).exclude(evidence="").values_list("programme", "evidence"):
            level = levels.get(_source_of(rows_of, evidence), 0)
            rows_of("ChainProgramme").filter(pk=pk, secrecy__lt=level).update(secrecy=level)


def _source_of(rows_of: Callable[[str], QuerySet[Any]], evidence: str) -> int | None:
    """The document that evidence is from: `statement:ID`, `source:ID:…`."""
    kind, _, where = evidence.partition(":")
    if kind == "statement":
        found: int | None = rows_of("Statement").filter(pk=where).values_list("source", flat=True).first()
        return found
    return int(where.partition(":")[0])


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0030_grams_by_group"),
    ]

    operations = [
        migrations.RenameField("targetrecord", "level", "secrecy"),
        migrations.AlterField("targetrecord", "secrecy", SecrecyField(default=0, verbose_name="密级")),
        *(migrations.AddField(kind, "secrecy", SecrecyField(default=0, verbose_name="密级")) for kind in KINDS),
        migrations.RunPython(follow_what_they_name, migrations.RunPython.noop, elidable=True),
    ]
