"""Records of work get a level of confidentiality of their own: open, except where they name something that is not."""

from typing import Any

from django.db import migrations
from django.db.models import F

from liantu.ledger.models.records import SecrecyField

KINDS = (
    "batchevent", "certificate", "chainlist", "chainprogramme", "duty", "escalation", "meeting", "policywindow",
    "supervisionorder", "task",
)  # fmt: skip
OF_PROJECT = "canonical__profile__level"
LINKS = (
    ("Task", f"project__{OF_PROJECT}"),
    ("Task", f"problem__project__{OF_PROJECT}"),
    ("SupervisionOrder", f"problem__project__{OF_PROJECT}"),
    ("SupervisionOrder", "task__secrecy"),
    ("TargetRecord", f"subject__{OF_PROJECT}"),
    ("Escalation", "order__secrecy"),
)
"""What can be above the open level when the columns are new: tasks and orders about confidential projects, and what follows them."""
LATE = (("task", "Task", "secrecy"), ("order", "SupervisionOrder", "secrecy"), ("problem", "ProjectProblem", f"project__{OF_PROJECT}"))  # fmt: skip


def follow_projects(apps: Any, _schema: Any) -> None:
    """Raise what names a confidential project, or rests on a confidential document, to its level."""
    _follow_documents(apps)
    for name, path in LINKS:
        rows = apps.get_model("ledger", name)._base_manager
        for pk, level in rows.filter(**{f"{path}__gt": F("secrecy")}).values_list("pk", path):
            rows.filter(pk=pk, secrecy__lt=level).update(secrecy=level)
    chased = apps.get_model("ledger", "Escalation")._base_manager
    for subject, name, path in LATE:
        late = apps.get_model("ledger", name)._base_manager.filter(**{f"{path}__gt": 0})
        for pk, level in late.values_list("pk", path):
            chased.filter(subject=subject, row=pk, secrecy__lt=level).update(secrecy=level)


def _follow_documents(apps: Any) -> None:
    sources = dict(apps.get_model("ledger", "Source")._base_manager.filter(level__gt=0).values_list("pk", "level"))
    if not sources:
        return
    statements = apps.get_model("ledger", "Statement")._base_manager
    for name in ("Task", "SupervisionOrder", "Certificate", "PolicyWindow"):
        rows = apps.get_model("ledger", name)._base_manager
        for pk, evidence in rows.exclude(evidence="").values_list("pk", "evidence"):
            kind, _, where = evidence.partition(":")
            number = where.partition(":")[0]
            source = (
                statements.filter(pk=where).values_list("source", flat=True).first()
                if kind == "statement"
                else int(number)
            )
            rows.filter(pk=pk, secrecy__lt=sources.get(source, 0)).update(secrecy=sources.get(source, 0))


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0028_level_of_uploads"),
    ]

    operations = [
        migrations.RenameField("targetrecord", "level", "secrecy"),
        migrations.AlterField("targetrecord", "secrecy", SecrecyField(default=0, verbose_name="密级")),
        *(migrations.AddField(kind, "secrecy", SecrecyField(default=0, verbose_name="密级")) for kind in KINDS),
        migrations.RunPython(follow_projects, migrations.RunPython.noop, elidable=True),
    ]
