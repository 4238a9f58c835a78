"""The table of what can be searched, and beside it the table of grams in the form of the engine."""

import django.db.models.deletion
from django.db import migrations, models

from liantu.ledger.search.index import create, drop


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0011_duties_and_rhythm"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("about", models.CharField(max_length=80)),
                ("ref", models.CharField(max_length=255)),
                ("folded", models.TextField()),
                ("shown", models.JSONField(default=list)),
                ("statements", models.TextField(blank=True)),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("chain_name", models.CharField(blank=True, max_length=64)),
                ("level", models.SmallIntegerField(default=0)),
                ("office", models.BigIntegerField(null=True)),
                ("place", models.IntegerField(null=True)),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ledger.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "检索条目",
                "indexes": [models.Index(fields=["about"], name="search_about")],
            },
        ),
        migrations.RunPython(
            lambda apps, editor: create(editor.connection),
            lambda apps, editor: drop(editor.connection),
        ),
    ]
