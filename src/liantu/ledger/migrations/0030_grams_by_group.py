"""An index of grams for each group of what is searched, in place of one for all; on SQLite there is nothing to do."""

from django.db import migrations

from liantu.ledger.search.index import create


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0029_changes_by_table"),
    ]

    operations = [
        migrations.RunPython(lambda apps, editor: create(editor.connection), migrations.RunPython.noop),
    ]
