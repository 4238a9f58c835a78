"""`liantu registry learn-classes` and `classify`: classes of any scheme, learned from the office's own labelled firms."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liantu.cli.messages import note, stop

if TYPE_CHECKING:
    from liantu.registry.learning import Classifier, Senses, Trial

CLASSIFIER_FOLDER = "classifiers"
"""Learned classifiers are kept in this folder of the registry, one file a scheme."""
_BATCH = 20_000
_WEAKEST = 8


@click.command("learn-classes")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--label", required=True, help="类别所在的列 / the column that holds the class")
@click.option("--name", default="", help="企业名称所在的列，默认按常用表头认 / the column of the name")
@click.option("--scope", default="", help="经营范围所在的列，默认按常用表头认 / the column of the business scope")
@click.option("--scheme", default="", help="这套分类的名字，默认同类别列名 / what to call the scheme")
@click.option(
    "--registry",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="登记库所在的文件夹，默认在 LIANTU_HOME 里 / folder of the registry, in LIANTU_HOME by default",
)
def learn_classes(file: Path, label: str, name: str, scope: str, scheme: str, folder: Path | None) -> None:
    """用已分类的企业学一套分类，先试准确率再保存 / learn a scheme from labelled firms, trying it first."""
    from liantu.reading import UnreadableError
    from liantu.registry.learning import LabelledError, learn, read_labelled

    scheme = scheme or label
    try:
        target = _file(folder, scheme)
        labelled = read_labelled(file, label, name=name, scope=scope)
        trial, classifier = learn(labelled, scheme, senses=_senses(_folder(folder)))
    except (LabelledError, UnreadableError) as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english)
    target.parent.mkdir(parents=True, exist_ok=True)
    classifier.save(target)
    _show(trial)
    note(
        f"已学会“{scheme}”；运行 liantu registry classify {scheme} --out 结果.csv 给全库分类",
        f"learned {scheme}; liantu registry classify {scheme} --out FILE.csv classes the whole registry",
    )


def _senses(folder: Path) -> Senses | None:
    """What the loaded registry shows of words; None without one, or where it is too small to show anything."""
    from liantu.registry import open_atlas
    from liantu.registry.learning import senses_of
    from liantu.registry.shelf import Shelf

    if Shelf(folder).version is None:
        return None
    with open_atlas(folder) as atlas:
        found = senses_of(atlas)
    if found is not None:
        note(
            f"登记库里哪些词常在一起也用上了（{len(found.words):,} 个词）",
            f"which words keep company in the registry is used as well ({len(found.words):,} words)",
        )
    return found


def _show(trial: Trial) -> None:
    click.echo(
        f"{trial.firms:,} 家，每五分之一由其余四份判：准确率 {trial.accuracy:.3f}，宏平均 F1 {trial.macro_f1:.3f}"
    )
    for share, right in trial.at_coverage.items():
        if share < 1:
            click.echo(f"  只答最有把握的 {share:.0%}：准确率 {right:.3f}")
    weakest = sorted(trial.of_class.items(), key=lambda item: (item[1][1], item[0]))[:_WEAKEST]
    said = "、".join(f"{label} {found:.0%}（{firms} 家）" for label, (firms, found, _right) in weakest)
    click.echo(f"  最难认出的类别：{said}")
    if trial.left_out:
        small = "、".join(f"{label} {n}" for label, n in sorted(trial.left_out.items()))
        note(f"样本太少、没有学的类别：{small}", f"classes with too few firms to learn: {small}")


@click.command("classify")
@click.argument("scheme")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="结果写到这个 csv / write here"
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="得分低于此数的不归类 / leave firms with a lower score without a class",
)
@click.option(
    "--registry",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="登记库所在的文件夹，默认在 LIANTU_HOME 里 / folder of the registry, in LIANTU_HOME by default",
)
def classify(scheme: str, out: Path, least: float, folder: Path | None) -> None:
    """用学好的分类给登记库里的每家企业归类 / class every firm of the registry by a learned scheme."""
    from liantu.cli.registry import opened

    classifier = _load(folder, scheme)
    told = total = 0
    with opened(_folder(folder)) as atlas, out.open("w", newline="", encoding="utf-8-sig") as target:
        writer = csv.writer(target)
        writer.writerow(["企业名称", "统一社会信用代码", scheme, "得分", "依据"])
        cursor = atlas.connection.cursor().execute("SELECT name, uscc, scope FROM firms ORDER BY name, firm")
        while rows := cursor.fetchmany(_BATCH):
            names, codes, scopes = (list(column) for column in zip(*rows, strict=True))
            for name, code, found in zip(names, codes, classifier.classify(names, scopes), strict=True):
                total += 1
                if found.score >= least:
                    told += 1
                    writer.writerow([name, code, found.label, found.score, "、".join(found.words)])
                else:
                    writer.writerow([name, code, "", found.score, ""])
    note(f"{total:,} 家企业中 {told:,} 家归了类，写到 {out}", f"{told:,} of {total:,} firms classed, written to {out}")


def _load(folder: Path | None, scheme: str) -> Classifier:
    from liantu.registry.learning import Classifier, LabelledError

    try:
        file = _file(folder, scheme)
        if file.is_file():
            return Classifier.load(file)
    except LabelledError as error:
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english)
    known = "、".join(sorted(path.stem for path in file.parent.glob("*.npz"))) or "—"
    stop(
        f"没有学过“{scheme}”（学过的有：{known}）；请先运行 liantu registry learn-classes",
        f"no scheme {scheme} was learned (there are: {known}); run liantu registry learn-classes first",
    )


def _file(folder: Path | None, scheme: str) -> Path:
    from liantu.registry.learning import LabelledError

    if not scheme.strip() or scheme != Path(scheme).name or scheme.startswith("."):
        raise LabelledError(f"“{scheme}”不能作分类的名字，请换一个 / {scheme!r} cannot name a scheme")
    return _folder(folder) / CLASSIFIER_FOLDER / f"{scheme}.npz"


def _folder(folder: Path | None) -> Path:
    from liantu.ledger.home import registry_folder

    return folder or registry_folder()
