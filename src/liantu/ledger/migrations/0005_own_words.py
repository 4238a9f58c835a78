from typing import Any

from django.db import migrations, models


def own_words(apps: Any, schema_editor: Any) -> None:
    """Figures that were in the ledger before are their documents' own until the documents are read again."""
    figures = apps.get_model("ledger", "FigureView").objects.using(schema_editor.connection.alias)
    figures.update(origin=models.F("source"))


class Migration(migrations.Migration):
    """Apart from the one that adds the column: PostgreSQL fills and alters a table in two transactions."""

    dependencies = [
        ("ledger", "0004_copies_checks_and_phrases"),
    ]

    operations = [
        migrations.RunPython(own_words, migrations.RunPython.noop),
    ]
