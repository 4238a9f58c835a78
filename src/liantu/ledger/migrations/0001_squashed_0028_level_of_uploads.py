"""All tables as migrations 0001 to 0028 leave them, for a ledger that has none yet; one that has some takes the rest of those."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import liantu.ledger.models.records
from liantu.ledger.search.index import create, drop


class Migration(migrations.Migration):
    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        """Make the tables out of the one last state: a state for every table would build all models anew each time."""
        before = project_state.clone()
        vars(project_state).pop("apps", None)  # built again below, once, when the first table asks for its model
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state

    replaces = [
        ("ledger", "0001_initial"),
        ("ledger", "0002_corrections_and_attention"),
        ("ledger", "0003_proposals_and_moved_words"),
        ("ledger", "0004_copies_checks_and_phrases"),
        ("ledger", "0005_own_words"),
        ("ledger", "0006_documents_in_archives"),
        ("ledger", "0007_tables_from_excel_and_history"),
        ("ledger", "0008_project_work_and_campaigns"),
        ("ledger", "0009_chain_outlines"),
        ("ledger", "0010_people_and_rights"),
        ("ledger", "0011_duties_and_rhythm"),
        ("ledger", "0012_search"),
        ("ledger", "0013_alerts"),
        ("ledger", "0014_targets"),
        ("ledger", "0015_bulletins"),
        ("ledger", "0016_counted_figures"),
        ("ledger", "0017_alert_marks"),
        ("ledger", "0018_criteria_and_scores"),
        ("ledger", "0019_edges_of_outlines"),
        ("ledger", "0020_lists_and_kits"),
        ("ledger", "0021_sheets_of_imports"),
        ("ledger", "0022_who_is_who_in_the_registry"),
        ("ledger", "0023_counts_along_indexes"),
        ("ledger", "0024_books_of_lists"),
        ("ledger", "0025_duties_of_kits"),
        ("ledger", "0026_addressees_of_escalations"),
        ("ledger", "0027_certificates_and_windows"),
        ("ledger", "0028_level_of_uploads"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=255, verbose_name="名称")),
                ("folded", models.CharField(max_length=255)),
                ("scope", models.CharField(blank=True, max_length=32)),
                ("region_code", models.CharField(blank=True, max_length=40)),
                ("context", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "canonical",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="ledger.entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "实体",
                "indexes": [models.Index(fields=["canonical", "id"], name="entity_canonical")],
                "constraints": [models.UniqueConstraint(fields=("kind", "folded", "scope"), name="entity_identity")],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=128, unique=True, verbose_name="单位名称")),
                ("short", models.CharField(blank=True, max_length=32, verbose_name="简称")),
                ("region_code", models.CharField(blank=True, max_length=40, verbose_name="所在地区")),
                ("contact", models.CharField(blank=True, max_length=128, verbose_name="联系人和电话")),
                ("closed_at", models.DateTimeField(null=True)),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="上传文件的密级")),
            ],
            options={
                "verbose_name": "单位",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("media", models.CharField(max_length=16, verbose_name="格式")),
                ("size", models.BigIntegerField(default=0, verbose_name="字节数")),
                ("title", models.TextField(blank=True, verbose_name="标题")),
                ("publisher", models.CharField(blank=True, max_length=255, verbose_name="原发布者")),
                ("host", models.CharField(blank=True, max_length=255, verbose_name="转载于")),
                ("published", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                ("published_by", models.CharField(blank=True, max_length=150, verbose_name="日期由谁给出")),
                ("published_start", models.IntegerField(blank=True, null=True)),
                ("published_end", models.IntegerField(blank=True, null=True)),
                ("grade", models.CharField(blank=True, max_length=1, verbose_name="来源等级")),
                ("language", models.CharField(default="zh", max_length=8)),
                ("region_code", models.CharField(blank=True, max_length=6, verbose_name="文件所属地区")),
                ("problems", models.JSONField(blank=True, default=list, verbose_name="问题")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "已入库"),
                            ("failed", "未能读取"),
                            ("removed", "已移除"),
                            ("superseded", "已被新版本取代"),
                            ("unpacked", "已拆开逐份入库"),
                        ],
                        default="ready",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("reader_version", models.CharField(blank=True, max_length=32)),
                ("added_by", models.CharField(blank=True, max_length=150, verbose_name="录入者")),
                ("read_at", models.DateTimeField(verbose_name="读取时间")),
                ("n_figures", models.IntegerField(default=0, verbose_name="数字")),
                ("n_projects", models.IntegerField(default=0, verbose_name="项目")),
                ("n_enterprises", models.IntegerField(default=0, verbose_name="企业")),
                ("n_chains", models.IntegerField(default=0, verbose_name="产业链")),
                ("n_relations", models.IntegerField(default=0, verbose_name="关系")),
                ("n_events", models.IntegerField(default=0, verbose_name="事件")),
                ("n_cells", models.IntegerField(default=0, verbose_name="单元格")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces",
                        to="ledger.source",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="密级")),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sources",
                        to="ledger.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "来源",
                "indexes": [
                    models.Index(fields=["state", "-published", "id"], name="source_state_published"),
                    models.Index(fields=["-read_at", "id"], name="source_read_at"),
                    models.Index(fields=["publisher"], name="source_publisher"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("figure", "数字"),
                            ("project", "项目"),
                            ("enterprise", "企业"),
                            ("chain", "产业链"),
                            ("relation", "关系"),
                            ("event", "事件"),
                            ("phrase", "数字提法"),
                            ("cell", "单元格"),
                            ("manual", "手工录入"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject_name", models.CharField(max_length=255)),
                ("property", models.CharField(max_length=255)),
                ("object_name", models.CharField(blank=True, max_length=255)),
                ("value", models.FloatField(null=True)),
                ("unit", models.CharField(blank=True, max_length=32)),
                ("bound", models.CharField(blank=True, max_length=2)),
                ("figure_kind", models.CharField(blank=True, max_length=8)),
                ("status", models.CharField(blank=True, max_length=8)),
                ("modality", models.CharField(blank=True, max_length=16)),
                ("period", models.CharField(blank=True, max_length=32)),
                ("period_start", models.DateField(null=True)),
                ("period_end", models.DateField(null=True)),
                ("text_value", models.TextField(blank=True)),
                ("payload", models.JSONField(default=dict)),
                ("number_start", models.IntegerField(null=True)),
                ("number_end", models.IntegerField(null=True)),
                ("evidence_start", models.IntegerField(null=True)),
                ("evidence_end", models.IntegerField(null=True)),
                ("sentence", models.TextField(blank=True)),
                ("locator", models.CharField(blank=True, max_length=255)),
                ("confidence", models.FloatField(default=1.0)),
                ("reader_version", models.CharField(blank=True, max_length=32)),
                ("retired", models.BooleanField(default=False)),
                ("by", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "object",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="object_statements",
                        to="ledger.entity",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="ledger.entity",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="ledger.source",
                    ),
                ),
                ("clean_at", models.IntegerField(null=True)),
                ("clean_sentence", models.TextField(blank=True)),
                ("kept", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "陈述",
                "indexes": [
                    models.Index(fields=["subject", "kind"], name="statement_subject"),
                    models.Index(fields=["object", "property"], name="statement_object"),
                    models.Index(fields=["source", "kind", "number_start"], name="statement_source"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("subject_name", models.CharField(max_length=255, verbose_name="主体")),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("indicator", models.CharField(max_length=255, verbose_name="指标")),
                ("figure_kind", models.CharField(max_length=8)),
                ("status", models.CharField(max_length=8)),
                ("period", models.CharField(blank=True, max_length=32, verbose_name="时期")),
                ("value", models.FloatField(verbose_name="数值")),
                ("value_low", models.FloatField()),
                ("value_high", models.FloatField()),
                ("unit", models.CharField(blank=True, max_length=32)),
                ("bound", models.CharField(max_length=2)),
                ("n_statements", models.IntegerField()),
                ("n_documents", models.IntegerField(verbose_name="文件")),
                ("n_sources", models.IntegerField(verbose_name="独立来源")),
                (
                    "state",
                    models.CharField(
                        choices=[("single", "一个来源"), ("agreed", "多源一致"), ("conflict", "说法不一")], max_length=8
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=24)),
                ("recency", models.IntegerField(default=0)),
                (
                    "subject",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="ledger.entity"
                    ),
                ),
                ("n_reprints", models.IntegerField(default=0, verbose_name="转载")),
                ("chain_name", models.CharField(blank=True, max_length=64)),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "事实",
                "indexes": [
                    models.Index(fields=["state", "-recency", "id"], name="fact_state"),
                    models.Index(fields=["city_code", "state", "region_code", "chain_name", "level"], name="fact_city"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureView",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="figure_view",
                        serialize=False,
                        to="ledger.statement",
                    ),
                ),
                ("subject_name", models.CharField(max_length=255, verbose_name="主体")),
                ("subject_kind", models.CharField(blank=True, max_length=16)),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("region_assumed", models.BooleanField(default=False)),
                ("chain_name", models.CharField(blank=True, max_length=64, verbose_name="产业链")),
                ("indicator", models.CharField(max_length=255, verbose_name="指标")),
                ("number", models.CharField(blank=True, max_length=64, verbose_name="原文数字")),
                ("value", models.FloatField(verbose_name="数值")),
                ("unit", models.CharField(blank=True, max_length=32, verbose_name="单位")),
                ("bound", models.CharField(max_length=2)),
                ("figure_kind", models.CharField(max_length=8)),
                ("status", models.CharField(max_length=8)),
                ("period", models.CharField(blank=True, max_length=32, verbose_name="时期")),
                ("period_start", models.DateField(null=True)),
                ("period_end", models.DateField(null=True)),
                ("published", models.DateField(null=True, verbose_name="发布日期")),
                ("recency", models.IntegerField(default=0)),
                ("confidence", models.FloatField()),
                ("review", models.CharField(blank=True, max_length=10)),
                ("key", models.CharField(max_length=32)),
                ("value_key", models.CharField(blank=True, max_length=32)),
                ("pair_key", models.CharField(blank=True, max_length=32)),
                (
                    "fact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="figures",
                        to="ledger.fact",
                    ),
                ),
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
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ledger.entity",
                    ),
                ),
                ("attention", models.IntegerField(default=0)),
                (
                    "origin",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ledger.source",
                    ),
                ),
                ("repeats", models.BooleanField(default=False)),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "数字",
                "ordering": ["-recency", "statement"],
                "indexes": [
                    models.Index(fields=["-recency", "statement"], name="figure_recency"),
                    models.Index(fields=["city_code", "-recency", "statement"], name="figure_city"),
                    models.Index(fields=["region_code", "-recency", "statement"], name="figure_region"),
                    models.Index(fields=["chain_name", "-recency", "statement"], name="figure_chain"),
                    models.Index(fields=["indicator", "-recency", "statement"], name="figure_indicator"),
                    models.Index(fields=["status", "-recency", "statement"], name="figure_status"),
                    models.Index(fields=["period_end", "period_start", "-recency", "statement"], name="figure_period"),
                    models.Index(fields=["source", "-recency", "statement"], name="figure_source"),
                    models.Index(fields=["subject", "-recency", "statement"], name="figure_subject"),
                    models.Index(fields=["confidence", "statement"], name="figure_confidence"),
                    models.Index(fields=["key"], name="figure_key"),
                    models.Index(fields=["value_key"], name="figure_value_key"),
                    models.Index(fields=["pair_key"], name="figure_pair_key"),
                    models.Index(fields=["-attention", "statement"], name="figure_attention"),
                    models.Index(fields=["-value", "statement"], name="figure_value"),
                    models.Index(
                        fields=["repeats", "city_code", "status", "chain_name", "region_code", "level"],
                        name="figure_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("likeness", models.FloatField()),
                ("pair_key", models.CharField(db_index=True, max_length=32)),
                (
                    "left",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="pairs_left",
                        to="ledger.figureview",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="pairs_right",
                        to="ledger.figureview",
                    ),
                ),
            ],
            options={
                "verbose_name": "疑似同一事实",
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="ChainView",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=64, verbose_name="产业链")),
                ("holder_name", models.CharField(max_length=255, verbose_name="所在")),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("role", models.CharField(blank=True, max_length=8, verbose_name="地位")),
                ("n_statements", models.IntegerField()),
                ("n_sources", models.IntegerField()),
                ("n_enterprises", models.IntegerField(default=0)),
                ("n_projects", models.IntegerField(default=0)),
                ("recency", models.IntegerField(default=0)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chain_views", to="ledger.entity"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_chains",
                        to="ledger.entity",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "产业链",
                "ordering": ["name", "id"],
                "indexes": [
                    models.Index(fields=["name", "id"], name="chain_name"),
                    models.Index(fields=["city_code", "name"], name="chain_city"),
                    models.Index(fields=["region_code", "name"], name="chain_region"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("folder", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待"),
                            ("running", "进行中"),
                            ("done", "完成"),
                            ("failed", "失败"),
                            ("stopped", "已停止"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("failed", models.IntegerField(default=0)),
                ("message", models.TextField(blank=True)),
                ("by", models.CharField(blank=True, max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "任务",
                "indexes": [models.Index(fields=["state", "-created_at"], name="job_state")],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "同一"), ("different", "不同"), ("unsure", "待定")], max_length=10
                    ),
                ),
                ("origin", models.CharField(max_length=4)),
                ("score", models.FloatField(default=1.0)),
                ("reason", models.TextField(blank=True)),
                ("by", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                (
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judged_left", to="ledger.entity"
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judged_right", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "判定",
                "indexes": [models.Index(fields=["verdict", "undone_at", "-score", "id"], name="judgement_queue")],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("chain_name", models.CharField(max_length=64, verbose_name="产业链")),
                ("kind", models.CharField(max_length=16)),
                ("role", models.CharField(blank=True, max_length=16, verbose_name="角色")),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="ledger.entity"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "链上成员",
                "indexes": [models.Index(fields=["chain_name", "kind", "city_code"], name="membership_chain")],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "同一"), ("different", "不同"), ("unsure", "待定")], max_length=10
                    ),
                ),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                (
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paired_left", to="ledger.statement"
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paired_right", to="ledger.statement"
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_by", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "数字并读",
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("accepted", "采信"),
                            ("corrected", "更正"),
                            ("rejected", "不采信"),
                            ("added", "补录"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                (
                    "replacement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces",
                        to="ledger.statement",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="ledger.statement"
                    ),
                ),
                ("agrees", models.BooleanField(default=False)),
                (
                    "carried_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carried",
                        to="ledger.review",
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_by", models.CharField(blank=True, max_length=150)),
                (
                    "moved_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="moved",
                        to="ledger.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "审核",
            },
        ),
        migrations.CreateModel(
            name="SourceText",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="ledger.source",
                    ),
                ),
                ("raw", models.TextField()),
                ("cleaned", models.TextField()),
                ("offsets", models.BinaryField()),
                ("blocks", models.JSONField(default=list)),
                ("sentences", models.JSONField(default=list)),
                ("tables", models.JSONField(default=list)),
                ("places", models.BinaryField(default=bytes)),
            ],
        ),
        migrations.CreateModel(
            name="IngestItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.TextField()),
                ("size", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待"),
                            ("reading", "读取中"),
                            ("added", "已入库"),
                            ("changed", "已更新"),
                            ("unchanged", "未变"),
                            ("duplicate", "与已有文件相同"),
                            ("failed", "未能读取"),
                            ("missing", "文件已不在原处"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("problems", models.JSONField(default=list)),
                ("seconds", models.FloatField(default=0.0)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="ledger.job"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ledger.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "文件",
                "indexes": [models.Index(fields=["job", "state", "id"], name="ingestitem_job")],
            },
        ),
        migrations.CreateModel(
            name="EntityName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("folded", models.CharField(max_length=255)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="ledger.entity"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ledger.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "名称",
                "indexes": [models.Index(fields=["folded", "entity"], name="entityname_folded")],
                "constraints": [models.UniqueConstraint(fields=("entity", "name", "source"), name="entityname_once")],
            },
        ),
        migrations.CreateModel(
            name="SourcePath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.TextField(unique=True)),
                ("size", models.BigIntegerField(default=0)),
                ("mtime_ns", models.BigIntegerField(default=0)),
                ("missing", models.BooleanField(default=False, verbose_name="文件已不在原处")),
                ("seen_at", models.DateTimeField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paths", to="ledger.source"
                    ),
                ),
                ("container", models.TextField(blank=True, db_index=True, default="")),
            ],
            options={
                "verbose_name": "路径",
            },
        ),
        migrations.CreateModel(
            name="EnterpriseView",
            fields=[
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="enterprise_view",
                        serialize=False,
                        to="ledger.entity",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="企业")),
                ("role", models.CharField(blank=True, max_length=16, verbose_name="角色")),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("region_assumed", models.BooleanField(default=False)),
                ("chains", models.TextField(blank=True, verbose_name="产业链")),
                ("n_statements", models.IntegerField()),
                ("n_sources", models.IntegerField()),
                ("recency", models.IntegerField(default=0)),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "企业",
                "ordering": ["-recency", "entity"],
                "indexes": [
                    models.Index(fields=["-recency", "entity"], name="enterprise_recency"),
                    models.Index(fields=["city_code", "-recency", "entity"], name="enterprise_city"),
                    models.Index(fields=["region_code", "-recency", "entity"], name="enterprise_region"),
                    models.Index(fields=["role", "-recency", "entity"], name="enterprise_role"),
                    models.Index(fields=["name"], name="enterprise_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="profile",
                        serialize=False,
                        to="ledger.entity",
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=255, verbose_name="名称")),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("region_assumed", models.BooleanField(default=False)),
                ("chain_name", models.CharField(blank=True, max_length=64, verbose_name="产业链")),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "名录",
                "indexes": [models.Index(fields=["kind", "name"], name="profile_name")],
            },
        ),
        migrations.CreateModel(
            name="ProjectView",
            fields=[
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="project_view",
                        serialize=False,
                        to="ledger.entity",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="项目")),
                ("stage", models.CharField(blank=True, max_length=16, verbose_name="阶段")),
                ("stage_order", models.SmallIntegerField(default=0)),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("region_assumed", models.BooleanField(default=False)),
                ("place", models.CharField(blank=True, max_length=255, verbose_name="地点")),
                ("owner", models.CharField(blank=True, max_length=255, verbose_name="建设单位")),
                ("chain_name", models.CharField(blank=True, max_length=64, verbose_name="产业链")),
                ("investment", models.FloatField(null=True, verbose_name="总投资（元）")),
                ("n_statements", models.IntegerField()),
                ("n_sources", models.IntegerField()),
                ("conflict", models.CharField(blank=True, max_length=64)),
                ("recency", models.IntegerField(default=0)),
                (
                    "owner_entity",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ledger.entity"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "项目",
                "ordering": ["-recency", "entity"],
                "indexes": [
                    models.Index(fields=["-recency", "entity"], name="project_recency"),
                    models.Index(fields=["city_code", "-recency", "entity"], name="project_city"),
                    models.Index(fields=["region_code", "-recency", "entity"], name="project_region"),
                    models.Index(fields=["chain_name", "-recency", "entity"], name="project_chain"),
                    models.Index(fields=["stage_order", "-recency", "entity"], name="project_stage"),
                    models.Index(fields=["-investment", "entity"], name="project_investment"),
                    models.Index(fields=["name"], name="project_name"),
                    models.Index(
                        fields=["city_code", "stage", "region_code", "chain_name", "level", "investment"],
                        name="project_counts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("origin", models.CharField(max_length=150, verbose_name="提议者")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("figure", "数字"),
                            ("project", "项目"),
                            ("enterprise", "企业"),
                            ("chain", "产业链"),
                            ("relation", "关系"),
                            ("event", "事件"),
                            ("phrase", "数字提法"),
                            ("cell", "单元格"),
                            ("manual", "手工录入"),
                        ],
                        max_length=12,
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("evidence_start", models.IntegerField()),
                ("evidence_end", models.IntegerField()),
                ("sentence", models.TextField()),
                ("at", models.DateTimeField()),
                ("refused_at", models.DateTimeField(null=True)),
                ("refused_by", models.CharField(blank=True, max_length=150)),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="ledger.review",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="ledger.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "模型提议",
                "indexes": [models.Index(fields=["source", "start", "id"], name="proposal_source")],
            },
        ),
        migrations.CreateModel(
            name="TextKey",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text_key",
                        serialize=False,
                        to="ledger.source",
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=32)),
                ("length", models.IntegerField()),
                ("n_shingles", models.IntegerField()),
                ("n_numbers", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CopyWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copy_words", to="ledger.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "转载判定",
            },
        ),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "value", "source_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("value", models.BigIntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ledger.source"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PhraseView",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=255, verbose_name="提法")),
                ("label", models.CharField(max_length=255)),
                ("kind", models.CharField(max_length=16)),
                ("number", models.CharField(blank=True, max_length=64, verbose_name="名中数字")),
                ("counted", models.CharField(blank=True, max_length=64, verbose_name="所指")),
                ("expected", models.IntegerField(null=True, verbose_name="应有")),
                ("members", models.JSONField(default=list)),
                ("others", models.JSONField(default=list)),
                ("missing", models.JSONField(default=list)),
                ("n_members", models.IntegerField(default=0, verbose_name="已见")),
                ("n_missing", models.IntegerField(null=True, verbose_name="缺")),
                ("n_documents", models.IntegerField(default=0, verbose_name="文件")),
                ("n_sources", models.IntegerField(default=0, verbose_name="独立来源")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("complete", "成员齐全"),
                            ("open", "成员不全"),
                            ("not_published", "成员未见"),
                            ("differs", "与名称不符"),
                        ],
                        max_length=16,
                    ),
                ),
                ("register", models.CharField(blank=True, max_length=255)),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("recency", models.IntegerField(default=0)),
                ("level", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "数字提法",
                "indexes": [
                    models.Index(fields=["-recency", "id"], name="phrase_recency"),
                    models.Index(fields=["city_code", "-recency", "id"], name="phrase_city"),
                    models.Index(fields=["region_code", "-recency", "id"], name="phrase_region"),
                    models.Index(fields=["name", "id"], name="phrase_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("rule", models.CharField(max_length=24)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("ok", "相符"), ("differs", "对不上"), ("suspicious", "请留意")], max_length=10
                    ),
                ),
                ("place", models.CharField(max_length=32)),
                ("spans", models.JSONField(default=list)),
                ("computed", models.FloatField(null=True)),
                ("stated", models.FloatField(null=True)),
                ("unit", models.CharField(blank=True, max_length=32)),
                ("tolerance", models.FloatField(default=0.0)),
                ("message_zh", models.TextField()),
                ("message_en", models.TextField()),
                ("sentence", models.TextField(blank=True)),
                ("evidence_start", models.IntegerField(null=True)),
                ("evidence_end", models.IntegerField(null=True)),
                ("locator", models.CharField(blank=True, max_length=255)),
                ("weight", models.IntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="ledger.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "算术核对",
                "indexes": [
                    models.Index(fields=["-weight", "id"], name="check_weight"),
                    models.Index(fields=["source", "place"], name="check_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=32)),
                ("message_zh", models.TextField()),
                ("message_en", models.TextField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="check_words", to="ledger.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "核对判定",
                "indexes": [models.Index(fields=["source", "place"], name="checkword_place")],
            },
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identical", "全文相同"),
                            ("repost", "转载"),
                            ("excerpt", "节选或合编"),
                            ("spun", "改写"),
                        ],
                        max_length=10,
                    ),
                ),
                ("share", models.FloatField()),
                ("original_share", models.FloatField()),
                ("passages", models.JSONField(default=list)),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="ledger.source"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copied_from", to="ledger.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "转载关系",
                "constraints": [models.UniqueConstraint(fields=("source", "original"), name="copy_once")],
            },
        ),
        migrations.CreateModel(
            name="ChangeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                ("kind", models.CharField(max_length=32)),
                ("why", models.TextField(verbose_name="缘由")),
                ("by", models.CharField(max_length=150, verbose_name="谁")),
                ("at", models.DateTimeField(verbose_name="何时")),
                ("n_added", models.IntegerField(default=0)),
                ("n_changed", models.IntegerField(default=0)),
                ("n_removed", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "一批改动",
            },
        ),
        migrations.CreateModel(
            name="HeaderMeaning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("header", models.CharField(max_length=255)),
                ("column", models.CharField(blank=True, max_length=32)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "表头含义",
                "constraints": [models.UniqueConstraint(fields=("kind", "header"), name="headermeaning_once")],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=255, verbose_name="文件")),
                ("path", models.TextField()),
                ("by", models.CharField(max_length=150, verbose_name="谁")),
                ("at", models.DateTimeField(verbose_name="何时")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "核对中"),
                            ("checked", "待确认"),
                            ("writing", "写入中"),
                            ("done", "已写入"),
                            ("refused", "未能读取"),
                            ("cancelled", "已取消"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("problems", models.JSONField(default=list)),
                ("headers", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("n_rows", models.IntegerField(default=0)),
                ("n_unchanged", models.IntegerField(default=0)),
                ("remove", models.BooleanField(default=False)),
                ("good_only", models.BooleanField(default=False)),
                (
                    "changes",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ledger.changeset"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ledger.job"
                    ),
                ),
                ("sheet", models.CharField(blank=True, max_length=255, verbose_name="工作表")),
                (
                    "book",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="ledger.import",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入",
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("sheet", models.CharField(blank=True, max_length=255)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("error", "有错"),
                            ("clash", "别人也改了"),
                            ("changed", "修改"),
                            ("added", "新增"),
                            ("removed", "表里已删"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("told", models.JSONField(default=dict)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("clashes", models.JSONField(default=list)),
                ("seen", models.CharField(blank=True, max_length=400)),
                ("mine", models.BooleanField(default=False)),
                ("problems", models.JSONField(default=list)),
                ("cells", models.JSONField(default=list)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="ledger.import"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ledger.entity"
                    ),
                ),
                ("record", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "导入的一行",
                "indexes": [models.Index(fields=["batch", "action", "id"], name="importrow_batch")],
            },
        ),
        migrations.CreateModel(
            name="WorkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                ("kind", models.CharField(max_length=16)),
                ("row", models.BigIntegerField()),
                ("campaign", models.BigIntegerField(null=True)),
                ("version", models.PositiveIntegerField()),
                (
                    "action",
                    models.CharField(
                        choices=[("added", "新增"), ("changed", "修改"), ("removed", "删除"), ("restored", "恢复")],
                        max_length=8,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                (
                    "project",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="undone_through",
                        to="ledger.workchange",
                    ),
                ),
                ("root_id", models.BigIntegerField(null=True)),
                ("root_kind", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "verbose_name": "改动",
                "indexes": [
                    models.Index(fields=["project", "-id"], name="workchange_project"),
                    models.Index(fields=["campaign", "-id"], name="workchange_campaign"),
                    models.Index(fields=["kind", "row", "-id"], name="workchange_row"),
                    models.Index(fields=["root_kind", "root_id", "-id"], name="workchange_root"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RowChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                (
                    "action",
                    models.CharField(
                        choices=[("added", "新增"), ("changed", "修改"), ("removed", "移出")], max_length=8
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("statement", models.CharField(blank=True, max_length=32)),
                (
                    "changes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="ledger.changeset"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="row_changes",
                        to="ledger.entity",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ledger.workchange"
                    ),
                ),
            ],
            options={
                "verbose_name": "一行改动",
                "indexes": [models.Index(fields=["changes", "action", "id"], name="rowchange_set")],
            },
        ),
        migrations.CreateModel(
            name="BatchEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="第几次")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("venue", models.CharField(blank=True, max_length=128, verbose_name="会场")),
                ("region_code", models.CharField(blank=True, max_length=6, verbose_name="地区")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "verbose_name": "三个一批活动",
                "indexes": [models.Index(fields=["-year", "-number", "id"], name="batchevent_year")],
            },
        ),
        migrations.CreateModel(
            name="ProjectStanding",
            fields=[
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ledger.entity",
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=16)),
                ("stage_order", models.SmallIntegerField(default=0)),
                ("reached", models.CharField(blank=True, max_length=255)),
                ("side", models.CharField(blank=True, max_length=16)),
                ("open_problems", models.IntegerField(default=0)),
                ("next_due", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "办理情况",
                "indexes": [
                    models.Index(fields=["next_due"], name="standing_due"),
                    models.Index(fields=["open_problems"], name="standing_problems"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageBucket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("scheme", models.CharField(max_length=64, verbose_name="方案代号")),
                ("title", models.CharField(max_length=128, verbose_name="方案名称")),
                ("order", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("bucket", models.CharField(max_length=64, verbose_name="本地叫法")),
                ("stage", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="对应阶段")),
                ("source", models.CharField(max_length=255, verbose_name="依据")),
            ],
            options={
                "verbose_name": "阶段叫法",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("scheme", "bucket"), name="stagebucket_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("batch_kind", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="批次")),
                ("projects", models.PositiveIntegerField(blank=True, null=True, verbose_name="项目数")),
                (
                    "investment",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="总投资"
                    ),
                ),
                (
                    "output",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="计划年产值"
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="totals", to="ledger.batchevent"
                    ),
                ),
            ],
            options={
                "verbose_name": "公布数",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("event", "batch_kind"), name="batchtotal_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactorNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("factor", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="要素")),
                (
                    "needed",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="需要"),
                ),
                (
                    "met",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name="已保障"),
                ),
                ("unit", models.CharField(blank=True, max_length=16, verbose_name="单位")),
                ("owner", models.CharField(blank=True, max_length=128, verbose_name="责任单位")),
                ("due", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="保障到位日期")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "要素",
                "indexes": [models.Index(fields=["project", "factor"], name="factor_project")],
            },
        ),
        migrations.CreateModel(
            name="MonthlyReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("month", models.PositiveSmallIntegerField(verbose_name="月份")),
                (
                    "completed",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="本月完成投资"
                    ),
                ),
                (
                    "civil",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="其中土建"
                    ),
                ),
                (
                    "equipment",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="其中设备"
                    ),
                ),
                (
                    "other",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="其中其他"
                    ),
                ),
                (
                    "received",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="本月到位资金"
                    ),
                ),
                (
                    "paid",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="本月支付资金"
                    ),
                ),
                (
                    "allocated",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="本月下达投资"
                    ),
                ),
                ("progress", models.CharField(blank=True, max_length=255, verbose_name="形象进度")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "月报",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("project", "year", "month"),
                        name="monthlyreport_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficialAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("role", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="身份")),
                ("name", models.CharField(max_length=64, verbose_name="姓名")),
                ("unit", models.CharField(blank=True, max_length=128, verbose_name="单位")),
                ("post", models.CharField(blank=True, max_length=128, verbose_name="职务")),
                ("telephone", models.CharField(blank=True, max_length=32, verbose_name="电话")),
                ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "包联人员",
                "indexes": [models.Index(fields=["project", "role"], name="official_project")],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("item", models.CharField(max_length=128, verbose_name="手续")),
                ("group", models.CharField(blank=True, max_length=32, verbose_name="并联组")),
                ("owner", models.CharField(blank=True, max_length=128, verbose_name="责任人或单位")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="受理日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办结期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "手续",
                "indexes": [models.Index(fields=["project", "group"], name="permit_project")],
            },
        ),
        migrations.CreateModel(
            name="ProjectBatchItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("batch_kind", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="批次")),
                ("name", models.CharField(max_length=255, verbose_name="项目名称")),
                ("phase", models.CharField(blank=True, max_length=32, verbose_name="期次")),
                (
                    "investment",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="总投资"
                    ),
                ),
                (
                    "output",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="计划年产值"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="ledger.batchevent"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次项目",
                "indexes": [
                    models.Index(fields=["event", "batch_kind"], name="batchitem_event"),
                    models.Index(fields=["project"], name="batchitem_project"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectDetail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("project_code", models.CharField(blank=True, max_length=32, verbose_name="项目代码")),
                (
                    "project_type",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="项目类型"),
                ),
                (
                    "build_nature",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="建设性质"),
                ),
                ("level", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="级别")),
                ("owner_unit", models.CharField(blank=True, max_length=128, verbose_name="责任单位")),
                ("zone", models.CharField(blank=True, max_length=128, verbose_name="开发区")),
                (
                    "total_investment",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="总投资"
                    ),
                ),
                (
                    "contract_investment",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="合同投资"
                    ),
                ),
                ("funding_source", models.CharField(blank=True, max_length=128, verbose_name="资金来源")),
                (
                    "expected_output",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="计划年产值"
                    ),
                ),
                (
                    "actual_output",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="实际年产值"
                    ),
                ),
                ("newly_attracted", models.BooleanField(default=False, verbose_name="新引进项目")),
                (
                    "approval_mode",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="审批方式"),
                ),
                (
                    "dispatch_status",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="调度状态"),
                ),
                ("blocker", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="堵点")),
                ("physical_progress", models.CharField(blank=True, max_length=255, verbose_name="形象进度")),
                ("next_step", models.TextField(blank=True, verbose_name="下一步")),
                ("next_step_due", models.DateField(blank=True, null=True, verbose_name="下一步期限")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "台账信息",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("project",), name="projectdetail_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectPhase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("name", models.CharField(max_length=32, verbose_name="期次")),
                ("content", models.TextField(blank=True, verbose_name="建设内容")),
                (
                    "investment",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="投资"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "分期",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("project", "name"), name="projectphase_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("text", models.TextField(verbose_name="问题")),
                ("blocker", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="堵点")),
                ("level", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="协调层级")),
                ("owner", models.CharField(max_length=128, verbose_name="责任人或单位")),
                ("raised_on", models.DateField(blank=True, null=True, verbose_name="提出日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="解决期限")),
                ("solved_on", models.DateField(blank=True, null=True, verbose_name="报告解决日期")),
                ("solution", models.TextField(blank=True, verbose_name="怎样解决")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="核验销号日期")),
                ("verified_by", models.CharField(blank=True, max_length=64, verbose_name="核验人")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "问题",
                "indexes": [models.Index(fields=["project", "verified_on"], name="problem_project")],
            },
        ),
        migrations.CreateModel(
            name="StageEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("stage", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="阶段")),
                ("on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("planned", models.BooleanField(default=False, verbose_name="是计划")),
                ("phase", models.CharField(blank=True, max_length=32, verbose_name="期次")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "阶段",
                "indexes": [models.Index(fields=["project", "on"], name="stageentry_project")],
            },
        ),
        migrations.CreateModel(
            name="YearPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("bucket", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="计划分类")),
                (
                    "invest",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="年度计划投资"
                    ),
                ),
                (
                    "carried_completed",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="截至上年底累计完成投资"
                    ),
                ),
                (
                    "carried_received",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="截至上年底累计到位资金"
                    ),
                ),
                (
                    "carried_paid",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="截至上年底累计支付资金"
                    ),
                ),
                (
                    "carried_allocated",
                    liantu.ledger.models.records.MoneyField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="截至上年底累计下达投资"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度计划",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("project", "year"), name="yearplan_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChainOutline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("chain", models.CharField(max_length=255, unique=True)),
                ("nodes", models.JSONField(default=dict)),
                ("basis", models.CharField(max_length=16)),
                ("edges", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "链谱大纲",
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=32, unique=True)),
                ("name_zh", models.CharField(max_length=64, verbose_name="角色")),
                ("name_en", models.CharField(blank=True, max_length=64)),
                ("actions", models.CharField(max_length=64, verbose_name="权限")),
                ("meaning_zh", models.CharField(blank=True, max_length=255, verbose_name="说明")),
                ("meaning_en", models.CharField(blank=True, max_length=255)),
                ("order", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "verbose_name": "角色",
                "ordering": ["order", "value"],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("login", "登录"),
                            ("logout", "退出"),
                            ("failed", "登录失败"),
                            ("refused", "越权被拒"),
                            ("view", "查看敏感内容"),
                            ("export", "导出"),
                            ("write", "写入"),
                            ("account", "账号和授权"),
                            ("pruned", "清理日志"),
                        ],
                        max_length=8,
                        verbose_name="事项",
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=150, verbose_name="账号")),
                ("address", models.CharField(blank=True, max_length=64, verbose_name="来自")),
                ("what", models.CharField(max_length=255, verbose_name="做了什么")),
                ("path", models.CharField(blank=True, max_length=512, verbose_name="页面")),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "审计日志",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="auditentry_at"),
                    models.Index(fields=["who", "-at"], name="auditentry_who"),
                    models.Index(fields=["kind", "-at"], name="auditentry_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "邀请",
            },
        ),
        migrations.CreateModel(
            name="LoginFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=150)),
                ("address", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "登录失败",
                "indexes": [
                    models.Index(fields=["account", "at"], name="loginfailure_account"),
                    models.Index(fields=["address", "at"], name="loginfailure_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="account",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("full_name", models.CharField(blank=True, max_length=64, verbose_name="姓名")),
                ("post", models.CharField(blank=True, max_length=64, verbose_name="职务")),
                ("must_change", models.BooleanField(default=False, verbose_name="下次登录须改密码")),
                ("password_at", models.DateTimeField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="ledger.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号",
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region_code", models.CharField(blank=True, max_length=40, verbose_name="地区")),
                ("chains", models.JSONField(blank=True, default=list, verbose_name="产业链")),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="最高密级")),
                ("until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("by", models.CharField(max_length=150, verbose_name="谁授予")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="何时")),
                ("reason", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=150)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="ledger.office",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="ledger.role"
                    ),
                ),
            ],
            options={
                "verbose_name": "授权",
                "indexes": [
                    models.Index(fields=["user", "ended_at"], name="grant_user"),
                    models.Index(fields=["office", "ended_at"], name="grant_office"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("office__isnull", False), ("user", None)),
                            models.Q(("office", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="grant_to_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChainProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("kit", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="配套制式")),
                ("aim", models.TextField(blank=True, verbose_name="目标与任务")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "verbose_name": "链长工作",
                "indexes": [models.Index(fields=["region_code", "chain", "id"], name="programme_place")],
            },
        ),
        migrations.CreateModel(
            name="DayOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("first", models.DateField(verbose_name="首日")),
                ("last", models.DateField(verbose_name="末日")),
                ("kind", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="放假或上班")),
                ("title", models.CharField(max_length=64, verbose_name="名称")),
                ("basis", models.CharField(max_length=255, verbose_name="依据")),
            ],
            options={
                "verbose_name": "放假与调休",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("name", models.CharField(max_length=64, verbose_name="姓名")),
                ("unit", models.CharField(blank=True, max_length=128, verbose_name="单位")),
                ("post", models.CharField(blank=True, max_length=128, verbose_name="职务")),
                ("telephone", models.CharField(blank=True, max_length=32, verbose_name="电话")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
            ],
            options={
                "verbose_name": "人员",
                "indexes": [models.Index(fields=["unit", "name", "id"], name="person_unit")],
            },
        ),
        migrations.CreateModel(
            name="InstalledKit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("kit_id", models.CharField(max_length=48, verbose_name="模板")),
                ("title", models.CharField(max_length=128, verbose_name="名称")),
                ("region_code", models.CharField(blank=True, max_length=6, verbose_name="地区")),
                ("chain", models.CharField(blank=True, max_length=64, verbose_name="产业链")),
                ("content", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "模板安装",
            },
        ),
        migrations.CreateModel(
            name="ChainList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("title", models.CharField(max_length=128, verbose_name="清单名称")),
                ("list_kind", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="清单种类")),
                ("region_code", models.CharField(blank=True, max_length=6, verbose_name="地区")),
                ("chain", models.CharField(blank=True, max_length=64, verbose_name="产业链")),
                ("owner_unit", models.CharField(blank=True, max_length=128, verbose_name="责任单位")),
                ("owner_person", models.CharField(blank=True, max_length=64, verbose_name="责任人")),
                ("rhythm", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="更新周期")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="最近确认")),
                (
                    "fill_role",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="只收的企业角色"),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("shown", models.JSONField(default=list)),
                (
                    "kit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="lists",
                        to="ledger.installedkit",
                    ),
                ),
            ],
            options={
                "verbose_name": "清单",
                "indexes": [
                    models.Index(fields=["list_kind", "region_code", "chain"], name="chainlist_kind"),
                    models.Index(fields=["chain", "region_code"], name="chainlist_chain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("title", models.CharField(max_length=255, verbose_name="职责")),
                ("cadence", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="周期")),
                (
                    "rule",
                    liantu.ledger.models.records.CodeField(
                        default="last_working_day", max_length=24, verbose_name="期限规则"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="第几天")),
                (
                    "shift",
                    liantu.ledger.models.records.CodeField(default="before", max_length=24, verbose_name="遇休息日"),
                ),
                ("owner_unit", models.CharField(max_length=128, verbose_name="责任单位")),
                ("to_whom", models.CharField(blank=True, max_length=128, verbose_name="报给谁")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="ledger.chainprogramme",
                        verbose_name="链长工作",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="ledger.person",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "kit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="duties",
                        to="ledger.installedkit",
                    ),
                ),
                (
                    "of_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="ledger.chainlist",
                        verbose_name="更新的清单",
                    ),
                ),
            ],
            options={
                "verbose_name": "周期职责",
                "indexes": [models.Index(fields=["owner", "cadence"], name="duty_owner")],
            },
        ),
        migrations.CreateModel(
            name="DutyDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("period", models.CharField(max_length=12, verbose_name="周期")),
                ("on", models.DateField(blank=True, null=True, verbose_name="报送日期")),
                ("excused", models.BooleanField(default=False, verbose_name="这一期免报")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="ledger.duty",
                        verbose_name="周期职责",
                    ),
                ),
            ],
            options={
                "verbose_name": "报送",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("duty", "period"), name="delivery_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("kind", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="会议种类")),
                ("title", models.CharField(max_length=255, verbose_name="会议名称")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("venue", models.CharField(blank=True, max_length=128, verbose_name="地点")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("minutes", models.TextField(blank=True, verbose_name="会议内容")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="ledger.chainprogramme",
                        verbose_name="链长工作",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.person",
                        verbose_name="主持人",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议",
                "indexes": [models.Index(fields=["-held_on", "-id"], name="meeting_day")],
            },
        ),
        migrations.CreateModel(
            name="MeetingDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("order", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("text", models.TextField(verbose_name="议定事项")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="ledger.meeting",
                        verbose_name="会议",
                    ),
                ),
            ],
            options={
                "verbose_name": "议定事项",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("meeting", "order"),
                        name="meetingdecision_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("title", models.CharField(max_length=255, verbose_name="事项")),
                ("aim", models.TextField(blank=True, verbose_name="要求")),
                ("level", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="协调层级")),
                ("owner_unit", models.CharField(blank=True, max_length=128, verbose_name="责任单位")),
                ("support_units", models.CharField(blank=True, max_length=255, verbose_name="配合单位")),
                ("due", models.DateField(blank=True, null=True, verbose_name="期限")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("basis", models.TextField(blank=True, verbose_name="依据")),
                (
                    "evidence",
                    liantu.ledger.models.records.EvidenceField(blank=True, max_length=96, verbose_name="出处"),
                ),
                ("state", liantu.ledger.models.records.CodeField(default="open", max_length=24, verbose_name="状态")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="ledger.meetingdecision",
                        verbose_name="议定事项",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="ledger.person",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="ledger.projectproblem",
                        verbose_name="问题",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="ledger.chainprogramme",
                        verbose_name="链长工作",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entity",
                        verbose_name="台账项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务",
                "indexes": [
                    models.Index(fields=["state", "due", "id"], name="task_state"),
                    models.Index(fields=["owner", "due"], name="task_owner"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupervisionOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("number", models.CharField(blank=True, max_length=64, verbose_name="编号")),
                ("title", models.CharField(max_length=255, verbose_name="督办事项")),
                ("requirement", models.TextField(blank=True, verbose_name="督办要求")),
                (
                    "rank",
                    liantu.ledger.models.records.CodeField(default="ordinary", max_length=24, verbose_name="督办级别"),
                ),
                ("origin", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="来源种类")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="下达日期")),
                ("issuer_unit", models.CharField(blank=True, max_length=128, verbose_name="下达单位")),
                ("owner_unit", models.CharField(max_length=128, verbose_name="承办单位")),
                ("due", models.DateField(verbose_name="答复期限")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("basis", models.TextField(blank=True, verbose_name="依据")),
                (
                    "evidence",
                    liantu.ledger.models.records.EvidenceField(blank=True, max_length=96, verbose_name="出处"),
                ),
                ("state", liantu.ledger.models.records.CodeField(default="issued", max_length=24, verbose_name="状态")),
                (
                    "issuer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.person",
                        verbose_name="签发人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="ledger.person",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="ledger.projectproblem",
                        verbose_name="问题",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="ledger.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办",
                "indexes": [
                    models.Index(fields=["state", "due", "id"], name="order_state"),
                    models.Index(fields=["owner", "due"], name="order_owner"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("subject", models.CharField(max_length=8, verbose_name="什么逾期")),
                ("row", models.BigIntegerField()),
                ("period", models.CharField(blank=True, max_length=12, verbose_name="周期")),
                ("rung", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="催办层级")),
                ("due", models.DateField(verbose_name="原期限")),
                ("since", models.DateField(verbose_name="应催办日期")),
                ("on", models.DateField(verbose_name="催办日期")),
                ("overdue", models.PositiveIntegerField(verbose_name="逾期天数")),
                ("told", models.CharField(blank=True, max_length=128, verbose_name="告知")),
                ("title", models.CharField(max_length=255, verbose_name="事项")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.supervisionorder",
                        verbose_name="督办",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.person",
                        verbose_name="告知谁",
                    ),
                ),
                ("role", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="身份")),
                ("text", models.TextField(blank=True, verbose_name="催办内容")),
            ],
            options={
                "verbose_name": "催办记录",
                "indexes": [models.Index(fields=["-on", "-id"], name="escalation_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("subject", "row", "period", "due", "rung"),
                        name="escalation_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderRung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("subject", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="什么逾期")),
                ("rung", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="催办层级")),
                ("days", models.PositiveSmallIntegerField(verbose_name="逾期几天")),
                ("count", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="怎样数天")),
                ("told", models.CharField(blank=True, max_length=128, verbose_name="告知")),
                ("basis", models.CharField(max_length=255, verbose_name="依据")),
                (
                    "else_to",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="没有时告知"),
                ),
                ("kind", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="只对哪一种")),
                ("to", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="先告知")),
            ],
            options={
                "verbose_name": "催办层级",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("subject", "kind", "rung"),
                        name="ladderrung_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingAttendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(blank=True, max_length=128, verbose_name="单位")),
                (
                    "presence",
                    liantu.ledger.models.records.CodeField(default="present", max_length=24, verbose_name="到会"),
                ),
                ("note", models.CharField(blank=True, max_length=255, verbose_name="说明")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="ledger.meeting",
                        verbose_name="会议",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "参会",
            },
        ),
        migrations.CreateModel(
            name="OrderReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("on", models.DateField(verbose_name="日期")),
                ("unit", models.CharField(blank=True, max_length=128, verbose_name="答复单位")),
                ("text", models.TextField(verbose_name="答复内容")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="ledger.supervisionorder",
                        verbose_name="督办",
                    ),
                ),
            ],
            options={
                "verbose_name": "答复",
            },
        ),
        migrations.CreateModel(
            name="PersonAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("account", models.CharField(max_length=150, verbose_name="账号")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="ledger.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "登录账号",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("account",), name="personaccount_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence", models.CharField(max_length=96)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refusals", to="ledger.chainprogramme"
                    ),
                ),
            ],
            options={
                "verbose_name": "不采用的任职线索",
                "constraints": [models.UniqueConstraint(fields=("programme", "evidence"), name="postrefusal_once")],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("role", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="身份")),
                ("unit", models.CharField(blank=True, max_length=128, verbose_name="单位")),
                ("post", models.CharField(blank=True, max_length=128, verbose_name="职务")),
                ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("basis", models.TextField(blank=True, verbose_name="依据")),
                (
                    "evidence",
                    liantu.ledger.models.records.EvidenceField(blank=True, max_length=96, verbose_name="出处"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="ledger.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="ledger.chainprogramme",
                        verbose_name="链长工作",
                    ),
                ),
            ],
            options={
                "verbose_name": "成员与单位",
                "indexes": [
                    models.Index(fields=["programme", "role"], name="programmemember_role"),
                    models.Index(fields=["person", "role"], name="programmemember_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("part", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="哪一项")),
                ("title", models.CharField(max_length=255, verbose_name="名称")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("place", models.CharField(blank=True, max_length=255, verbose_name="在哪里")),
                ("basis", models.TextField(blank=True, verbose_name="依据")),
                (
                    "evidence",
                    liantu.ledger.models.records.EvidenceField(blank=True, max_length=96, verbose_name="出处"),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="ledger.chainprogramme",
                        verbose_name="链长工作",
                    ),
                ),
            ],
            options={
                "verbose_name": "配套内容",
                "indexes": [models.Index(fields=["programme", "part"], name="programmepart_part")],
            },
        ),
        migrations.CreateModel(
            name="TaskNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("on", models.DateField(verbose_name="日期")),
                ("text", models.TextField(verbose_name="进展")),
                ("percent", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="完成百分比")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="ledger.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "进展",
                "indexes": [models.Index(fields=["task", "-on"], name="tasknote_task")],
            },
        ),
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
        migrations.CreateModel(
            name="AlertRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("revision", models.BigIntegerField()),
                ("rules", models.CharField(max_length=32)),
                ("rows", models.IntegerField()),
                ("found", models.IntegerField()),
                ("changed", models.IntegerField()),
                ("seconds", models.FloatField()),
            ],
            options={
                "verbose_name": "预警运行",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("rule", models.CharField(max_length=48, verbose_name="规则")),
                ("watch", models.CharField(max_length=16)),
                ("row_key", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=255, verbose_name="对象")),
                ("level", models.CharField(max_length=8, verbose_name="级别")),
                ("gravity", models.SmallIntegerField(default=0)),
                ("measure", models.FloatField()),
                ("threshold", models.FloatField()),
                ("numbers", models.JSONField(default=dict)),
                ("evidence", models.JSONField(default=list)),
                ("text", models.TextField()),
                ("text_en", models.TextField(blank=True)),
                ("fix", models.TextField(blank=True, verbose_name="建议措施")),
                ("fix_en", models.TextField(blank=True)),
                ("stage", models.CharField(blank=True, max_length=16)),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("chain", models.CharField(blank=True, max_length=64, verbose_name="产业链")),
                ("owner", models.CharField(blank=True, max_length=128, verbose_name="责任人或单位")),
                ("due", models.DateField(null=True, verbose_name="期限")),
                ("since", models.DateField(verbose_name="起始")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("snoozed", "缓办"),
                            ("closed", "已关闭"),
                            ("resolved", "已自行解除"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("until", models.DateField(null=True, verbose_name="缓办到")),
                ("answered", models.CharField(blank=True, max_length=8)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("secrecy", models.PositiveSmallIntegerField(default=0)),
                (
                    "project",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ledger.entity"
                    ),
                ),
                ("mark", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "verbose_name": "预警",
                "indexes": [
                    models.Index(fields=["state", "-gravity", "since", "id"], name="alert_state"),
                    models.Index(fields=["rule", "state"], name="alert_rule"),
                    models.Index(fields=["city_code", "state"], name="alert_city"),
                    models.Index(fields=["chain", "state"], name="alert_chain"),
                    models.Index(fields=["owner", "state"], name="alert_owner"),
                    models.Index(fields=["project", "state"], name="alert_project"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("raised", "新出现"),
                            ("worsened", "加重"),
                            ("eased", "减轻"),
                            ("resolved", "自行解除"),
                            ("returned", "再次出现"),
                            ("woke", "重新提醒"),
                            ("snoozed", "缓办"),
                            ("closed", "关闭"),
                            ("reopened", "重新打开"),
                            ("noted", "备注"),
                        ],
                        max_length=8,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=8)),
                ("after", models.CharField(blank=True, max_length=8)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(blank=True, max_length=150)),
                ("note", models.TextField(blank=True)),
                ("until", models.DateField(null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="ledger.alert"
                    ),
                ),
            ],
            options={
                "verbose_name": "预警经过",
                "indexes": [
                    models.Index(fields=["on", "action"], name="alertevent_on"),
                    models.Index(fields=["alert", "-id"], name="alertevent_alert"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnAlertRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("rule", models.CharField(max_length=48, verbose_name="代号")),
                ("watch", models.CharField(max_length=16, verbose_name="看什么")),
                ("when", models.CharField(blank=True, max_length=400, verbose_name="条件")),
                ("measure", models.CharField(max_length=400, verbose_name="量什么")),
                ("compare", models.CharField(default=">=", max_length=2, verbose_name="比较")),
                ("blue", models.CharField(blank=True, max_length=16, verbose_name="蓝")),
                ("yellow", models.CharField(blank=True, max_length=16, verbose_name="黄")),
                ("red", models.CharField(blank=True, max_length=16, verbose_name="红")),
                ("unit", models.CharField(max_length=16, verbose_name="单位")),
                ("since", models.CharField(blank=True, max_length=32, verbose_name="起始日期列")),
                ("title_zh", models.CharField(max_length=64, verbose_name="名称")),
                ("title_en", models.CharField(blank=True, max_length=96, verbose_name="英文名称")),
                ("text_zh", models.TextField(verbose_name="预警文字")),
                ("text_en", models.TextField(blank=True, verbose_name="英文预警文字")),
                ("fix_zh", models.TextField(blank=True, verbose_name="建议措施")),
                ("fix_en", models.TextField(blank=True, verbose_name="英文建议措施")),
                ("source", models.CharField(max_length=255, verbose_name="依据")),
                ("off", models.BooleanField(default=False, verbose_name="停用")),
            ],
            options={
                "verbose_name": "预警规则",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("rule",), name="ownalertrule_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("indicator", models.CharField(max_length=255, verbose_name="指标")),
                ("subject_name", models.CharField(max_length=255, verbose_name="主体")),
                (
                    "value",
                    liantu.ledger.models.records.MeasureField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="目标值"
                    ),
                ),
                (
                    "upper",
                    liantu.ledger.models.records.MeasureField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="上限（区间时）"
                    ),
                ),
                ("bound", liantu.ledger.models.records.CodeField(default=">=", max_length=24, verbose_name="界限")),
                ("unit", models.CharField(blank=True, max_length=32, verbose_name="单位")),
                (
                    "figure_kind",
                    liantu.ledger.models.records.CodeField(default="level", max_length=24, verbose_name="性质"),
                ),
                ("start", models.DateField(blank=True, null=True, verbose_name="起算日")),
                ("due", models.DateField(blank=True, null=True, verbose_name="期限")),
                ("profile", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="进度算法")),
                (
                    "base",
                    liantu.ledger.models.records.MeasureField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="期初值"
                    ),
                ),
                ("base_note", models.CharField(blank=True, max_length=255, verbose_name="期初值依据")),
                ("definition", models.CharField(blank=True, max_length=255, verbose_name="口径")),
                (
                    "target_kind",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="约束力"),
                ),
                ("issuer", models.CharField(blank=True, max_length=128, verbose_name="提出者")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="提出日期")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区代码"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("level", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="定性目标的进展"),
                ),
                ("state_note", models.TextField(blank=True, verbose_name="进展说明")),
                ("state_basis", models.CharField(blank=True, max_length=255, verbose_name="进展依据")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("statement", models.CharField(blank=True, max_length=64, verbose_name="原句")),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entity",
                        verbose_name="主体",
                    ),
                ),
            ],
            options={
                "verbose_name": "目标",
                "indexes": [
                    models.Index(fields=["region_code", "due"], name="target_region"),
                    models.Index(fields=["chain", "due"], name="target_chain"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None), models.Q(("statement", ""), _negated=True)),
                        fields=("statement",),
                        name="target_statement_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("unit_name", models.CharField(max_length=128, verbose_name="承担单位")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区代码"),
                ),
                ("period", models.CharField(blank=True, max_length=32, verbose_name="时期")),
                (
                    "value",
                    liantu.ledger.models.records.MeasureField(decimal_places=6, max_digits=24, verbose_name="分解值"),
                ),
                ("unit", models.CharField(blank=True, max_length=32, verbose_name="单位")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="ledger.targetrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "目标分解",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("target", "unit_name", "period"),
                        name="targetpart_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetActual",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("statement", models.CharField(blank=True, max_length=64, verbose_name="原句")),
                (
                    "value",
                    liantu.ledger.models.records.MeasureField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="完成值"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=32, verbose_name="单位")),
                ("on", models.DateField(blank=True, null=True, verbose_name="截至")),
                (
                    "verdict",
                    liantu.ledger.models.records.CodeField(default="counts", max_length=24, verbose_name="是否计入"),
                ),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actuals", to="ledger.targetrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "完成情况",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None), models.Q(("statement", ""), _negated=True)),
                        fields=("target", "statement"),
                        name="targetactual_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("kind", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="调整了什么")),
                ("note", models.TextField(blank=True, verbose_name="理由")),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revised_by",
                        to="ledger.targetrecord",
                        verbose_name="原目标",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="ledger.targetrecord"
                    ),
                ),
            ],
            options={
                "verbose_name": "目标调整",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("target", "earlier"),
                        name="targetrevision_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("definition", models.CharField(max_length=48)),
                ("title", models.CharField(max_length=128, verbose_name="标题")),
                ("issuer", models.CharField(blank=True, max_length=128, verbose_name="发文单位")),
                ("period", models.CharField(max_length=8, verbose_name="期别")),
                ("period_end", models.DateField()),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("chain", models.CharField(blank=True, max_length=64, verbose_name="产业链")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("published", "已发布"), ("dropped", "已作废")],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField(null=True, verbose_name="第几期")),
                ("body", models.JSONField(default=dict)),
                ("prose", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("revision", models.BigIntegerField(default=0)),
                ("computed_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
                ("published_by", models.CharField(blank=True, max_length=150)),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "通报",
                "indexes": [models.Index(fields=["-period_end", "-id"], name="bulletin_period")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number__isnull", False)),
                        fields=("definition", "region_code", "chain", "year", "number"),
                        name="bulletin_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("made", "起草"),
                            ("computed", "重算"),
                            ("edited", "改文字"),
                            ("published", "发布"),
                            ("dropped", "作废"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("detail", models.JSONField(default=dict)),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="ledger.bulletin"
                    ),
                ),
            ],
            options={
                "verbose_name": "通报经过",
                "indexes": [models.Index(fields=["bulletin", "-id"], name="bulletinevent_bulletin")],
            },
        ),
        migrations.CreateModel(
            name="BulletinFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("indicator", models.CharField(max_length=48)),
                ("shown", models.CharField(max_length=48)),
                ("value", models.FloatField(null=True)),
                ("top", models.FloatField(null=True)),
                ("bottom", models.FloatField(null=True)),
                ("left_out", models.IntegerField(default=0)),
                ("rows", models.JSONField(default=list)),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="ledger.bulletin"
                    ),
                ),
            ],
            options={
                "verbose_name": "通报中的数",
                "constraints": [models.UniqueConstraint(fields=("bulletin", "name"), name="bulletinfigure_once")],
            },
        ),
        migrations.CreateModel(
            name="OfficeRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("rule_kind", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="种类")),
                ("key", models.CharField(max_length=64, verbose_name="代号")),
                ("text", models.TextField(verbose_name="YAML")),
            ],
            options={
                "verbose_name": "自定规则",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("rule_kind", "key"), name="officerules_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedScores",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("card", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=255)),
                ("period", models.CharField(max_length=32)),
                ("region_code", liantu.ledger.models.records.RegionField(blank=True, max_length=6)),
                ("text", models.TextField()),
                ("rows", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("note", models.TextField(blank=True)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "已发布的考核结果",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["card", "-id"], name="publishedscores_card")],
            },
        ),
        migrations.CreateModel(
            name="ScoreEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("card", models.CharField(max_length=64, verbose_name="考核表")),
                ("item", models.CharField(max_length=64, verbose_name="考核项")),
                ("unit_key", models.CharField(max_length=80, verbose_name="被考核单位")),
                ("period", models.CharField(max_length=32, verbose_name="时期")),
                (
                    "value",
                    liantu.ledger.models.records.MeasureField(decimal_places=6, max_digits=24, verbose_name="数值"),
                ),
                ("basis", models.CharField(max_length=255, verbose_name="依据")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区代码"),
                ),
            ],
            options={
                "verbose_name": "考核数据",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("card", "item", "unit_key", "period"),
                        name="scoreentry_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("field", models.CharField(max_length=64, verbose_name="字段")),
                (
                    "value",
                    liantu.ledger.models.records.MeasureField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="数值"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=32, verbose_name="单位")),
                ("word", models.CharField(blank=True, max_length=64, verbose_name="文字")),
                ("yes", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="是否")),
                ("on", models.DateField(blank=True, null=True, verbose_name="截至")),
                ("basis", models.CharField(max_length=255, verbose_name="依据")),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "已知情况",
                "indexes": [models.Index(fields=["entity", "field"], name="knownvalue_entity")],
            },
        ),
        migrations.CreateModel(
            name="OwnKit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("kit_id", models.CharField(max_length=48, verbose_name="代号")),
                ("text", models.TextField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "自有模板",
            },
        ),
        migrations.CreateModel(
            name="ListRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("cells", models.JSONField(default=dict)),
                ("key", models.CharField(max_length=255)),
                ("name", models.CharField(max_length=255)),
                ("has_owner", models.BooleanField(default=False)),
                ("statement", models.CharField(blank=True, max_length=32)),
                ("position", models.PositiveIntegerField(default=0)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "entity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="list_rows",
                        to="ledger.entity",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="ledger.chainlist"
                    ),
                ),
            ],
            options={
                "verbose_name": "清单行",
                "indexes": [
                    models.Index(fields=["list", "removed_at", "position", "id"], name="listrow_order"),
                    models.Index(fields=["list", "key"], name="listrow_key"),
                    models.Index(fields=["list", "removed_at", "has_owner"], name="listrow_owner"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="版本")),
                ("title", models.CharField(max_length=128)),
                ("list_kind", liantu.ledger.models.records.CodeField(max_length=24)),
                ("region_code", models.CharField(blank=True, max_length=6)),
                ("chain", models.CharField(blank=True, max_length=64)),
                ("owner_unit", models.CharField(blank=True, max_length=128)),
                ("owner_person", models.CharField(blank=True, max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("published_on", models.DateField(verbose_name="发布日期")),
                ("by", models.CharField(max_length=150, verbose_name="谁")),
                ("at", models.DateTimeField(verbose_name="何时")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("n_rows", models.PositiveIntegerField()),
                ("n_added", models.PositiveIntegerField(default=0)),
                ("n_removed", models.PositiveIntegerField(default=0)),
                ("n_changed", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="ledger.chainlist"
                    ),
                ),
            ],
            options={
                "verbose_name": "清单版本",
                "constraints": [models.UniqueConstraint(fields=("list", "number"), name="listversion_once")],
            },
        ),
        migrations.CreateModel(
            name="ListVersionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("row", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("name", models.CharField(max_length=255)),
                ("entity", models.BigIntegerField(null=True)),
                ("statement", models.CharField(blank=True, max_length=32)),
                ("cells", models.JSONField(default=dict)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="ledger.listversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "版本中的一行",
                "constraints": [
                    models.UniqueConstraint(fields=("version", "position"), name="listversionrow_position")
                ],
            },
        ),
        migrations.CreateModel(
            name="FillWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                ("digest", models.CharField(max_length=32)),
                ("said", models.TextField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fill_words", to="ledger.chainlist"
                    ),
                ),
            ],
            options={
                "verbose_name": "不采纳的建议",
                "indexes": [models.Index(fields=["list", "digest"], name="fillword_list")],
            },
        ),
        migrations.CreateModel(
            name="RegistryMatch",
            fields=[
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="registry_match",
                        serialize=False,
                        to="ledger.entity",
                    ),
                ),
                (
                    "band",
                    models.CharField(
                        choices=[("linked", "已对应"), ("review", "待认定"), ("new", "登记库里没有")], max_length=8
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=32)),
                ("registry", models.CharField(blank=True, max_length=48)),
                ("score", models.FloatField(default=0.0)),
                ("weight", models.FloatField(default=0.0)),
                ("candidates", models.JSONField(default=list)),
                ("reason_zh", models.TextField(blank=True)),
                ("reason_en", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "登记库比对",
                "indexes": [models.Index(fields=["band", "-weight", "entity"], name="registrymatch_queue")],
            },
        ),
        migrations.CreateModel(
            name="RegistryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("how", liantu.ledger.models.records.CodeField(max_length=24, verbose_name="认定方式")),
                ("firm", models.CharField(blank=True, max_length=255, verbose_name="登记库中的企业")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")),
                ("firm_name", models.CharField(blank=True, max_length=255, verbose_name="当时的登记名称")),
                (
                    "score",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="把握"),
                ),
                ("reason_zh", models.TextField(blank=True, verbose_name="依据")),
                ("reason_en", models.TextField(blank=True, verbose_name="依据（英文）")),
                ("registry", models.CharField(blank=True, max_length=48, verbose_name="登记库版本")),
                ("flag", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="须再看")),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="registry_links", to="ledger.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "登记企业",
                "indexes": [models.Index(fields=["firm", "how"], name="registrylink_firm")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("entity", "firm"), name="registrylink_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("title", models.CharField(max_length=128, verbose_name="称号或证书")),
                ("holder", models.CharField(max_length=128, verbose_name="持有者")),
                ("level", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="级别")),
                ("number", models.CharField(blank=True, max_length=64, verbose_name="证书编号")),
                ("issuer", models.CharField(blank=True, max_length=128, verbose_name="认定部门")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="认定日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("renewal", liantu.ledger.models.records.CodeField(blank=True, max_length=24, verbose_name="复核进展")),
                ("owner_unit", models.CharField(blank=True, max_length=128, verbose_name="责任单位")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                (
                    "evidence",
                    liantu.ledger.models.records.EvidenceField(blank=True, max_length=96, verbose_name="出处"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.person",
                        verbose_name="责任人",
                    ),
                ),
            ],
            options={
                "verbose_name": "称号与证书",
                "indexes": [
                    models.Index(fields=["valid_until", "id"], name="certificate_until"),
                    models.Index(fields=["holder", "id"], name="certificate_holder"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyWindow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                ("title", models.CharField(max_length=255, verbose_name="政策或申报事项")),
                ("document_number", models.CharField(blank=True, max_length=64, verbose_name="文号")),
                ("department", models.CharField(blank=True, max_length=128, verbose_name="受理部门")),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="申报开始")),
                ("closes_on", models.DateField(verbose_name="申报截止")),
                ("who", models.CharField(blank=True, max_length=255, verbose_name="适用对象")),
                ("amount", models.CharField(blank=True, max_length=128, verbose_name="支持标准")),
                ("applied_on", models.DateField(blank=True, null=True, verbose_name="组织申报日期")),
                ("waived", models.BooleanField(default=False, verbose_name="本地不申报")),
                ("owner_unit", models.CharField(blank=True, max_length=128, verbose_name="责任单位")),
                (
                    "region_code",
                    liantu.ledger.models.records.RegionField(blank=True, max_length=6, verbose_name="地区"),
                ),
                ("chain", liantu.ledger.models.records.ChainField(blank=True, max_length=128, verbose_name="产业链")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="依据")),
                (
                    "evidence",
                    liantu.ledger.models.records.EvidenceField(blank=True, max_length=96, verbose_name="出处"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.person",
                        verbose_name="责任人",
                    ),
                ),
            ],
            options={
                "verbose_name": "政策申报窗口",
                "indexes": [models.Index(fields=["closes_on", "id"], name="policywindow_closes")],
            },
        ),
        migrations.RunPython(
            lambda apps, editor: create(editor.connection),
            lambda apps, editor: drop(editor.connection),
        ),
    ]
