"""The room's word lists, loaded once and checked: what closes a name, what may stand inside one, what ends one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import rjieba

from liantu.vocabulary.chains import chains
from liantu.vocabulary.regions import Region, region_traps, regions
from liantu.vocabulary.tables import Table, read_table

CLASSES = (
    "firm_tail",  # 有限公司, 集团 … closes an enterprise's name by itself
    "firm_word",  # 科技, 能源, 玻纤 … closes an enterprise's short name when a proper word stands before it
    "brand",  # names known without any tail
    "zone_tail",
    "town_tail",
    "chain_tail",
    "chain_leader_cue",
    "project_head",
    "stop_noun",  # nouns that stand before a name and are no part of it
    "deictic",
    "stand_in",  # words that stand for a firm or a work spoken of: 公司, 园区, 其
    "work_word",  # verbs that stay inside the name of a work: 改造, 扩能, 储能
    "break_word",  # words no name runs across, whatever the segmenter tags them
    "generic",  # words that say nothing of which project or chain is meant
    "loose_head",  # heads that also name standing institutions: they need a step of construction in their own clause
    "plant_head",  # heads of plants, which a bare industry may go before (光伏产业园)
    "road_head",
    "open_head",  # close the name of a work only where the clause tells a step of it
    "listed_tail",  # 领域, 板块: close a list of industries only when they are counted
    "copula",  # 是, 成为: may say that an industry is a leading one
    "class_noun",  # 企业, 巨头: what a list of firms is called
    "leading_noun",  # 链主, 龙头 right before a firm's name
    "invests",
    "firm_cue",  # 董事长, 生产车间, 落户 right behind a name show that it is a firm's
    "step_word",  # words that tell a step of investment or construction
    "organisation_tail",
    "person_title",  # what stands beside a person's name
    "generic_chain",  # classes of industry the Casebook leaves out
    "work_lead",  # words before a work's name that are no part of it
    "chain_lead",  # the same for an industry
    "chain_prefix",  # words that make an industry out of an industry: 现代, 高端
    "class_tail",  # 主导产业, 支柱产业: close a list of industries or lead one
    "part_word",  # parts of a work, whose steps are not those of the whole
    "chain_verb",  # verbs whose objects are industries
    "chain_verb_follower",  # what may stand between such a verb and its object
    "paper_word",  # 光明, 新民: stand in the names of papers and stations that are not those of the region so called
)

COLUMNS = ("word", "class", "source")


def read_filled(file: str, columns: tuple[str, ...]) -> Table:
    """A word list of this room, every cell of it filled. Raises VocabularyError."""
    table = read_table(file, columns, "liantu.extraction")
    for line, row in table.rows:
        if not all(cell.strip() for cell in row.values()):
            raise table.error(line, "有空格子，请补齐", "a cell is blank; complete the row")
    return table


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The segmenter and the classes of words."""

    jieba: Any
    words: dict[str, frozenset[str]]  # class → words
    industries: frozenset[str]
    regions: dict[str, tuple[Region, ...]]  # form that needs no suffix → regions that bear it
    guarded: dict[str, tuple[Region, ...]]  # form of a county without its suffix: counts only in its own province
    traps: frozenset[str]
    rare: dict[str, bool]  # words asked for so far
    plain: dict[str, bool]  # words met so far: whether the segmenter's cut may stand
    started_by: dict[str, tuple[str, ...]]  # words met so far → the finders that start from them
    finders: dict[str, tuple[str, ...]]  # word → the finders that start from it (see FINDERS)
    ending_finders: dict[str, tuple[str, ...]]  # the same for the last character of a word

    def is_rare(self, word: str) -> bool:
        """Whether the dictionary does not know `word`, or hardly ever meets it."""
        seen = self.rare.get(word)
        if seen is None:
            seen = self.rare[word] = not self.jieba.has_word(word) or self.jieba.suggest_freq(word) <= RARE
        return seen

    def is_a(self, word: str, kind: str) -> bool:
        return word in self.words[kind]


# Which finder starts from words of which classes; a document's words are sorted by finder once, when it is cut.
FINDERS: dict[str, tuple[str, ...]] = {
    "zone": ("zone_tail", "town_tail"),
    "organisation": ("organisation_tail",),
    "firm": ("firm_tail", "firm_word"),
    "brand": ("brand",),
    "firm_context": ("class_noun", "leading_noun", "invests", "firm_cue"),
    "work": ("project_head", "open_head"),
    "chain": ("class_tail", "chain_tail", "listed_tail", "town_tail", "chain_verb", "copula"),
    "deictic": ("deictic", "stand_in"),
}
ENDINGS: dict[str, tuple[str, ...]] = {
    "organisation": tuple("局厅委学院所港场岸"),
    "firm": tuple("业厂投"),
    "work": tuple("园线站馆厂港城谷库桥塔院场区驿厦楼地寓店池坝渠段"),
}


def _finders(
    words: dict[str, set[str]], industries: set[str], regions_by_form: dict[str, list[Region]]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    by_word: dict[str, set[str]] = {"\n": {"deictic"}, "生产": {"firm_context"}, "为": {"chain"}}
    for finder, kinds in FINDERS.items():
        for kind in kinds:
            for word in words[kind]:
                by_word.setdefault(word, set()).add(finder)
    for word in industries:
        by_word.setdefault(word, set()).add("chain")
    for word in regions_by_form:
        by_word.setdefault(word, set()).add("region")
    by_ending: dict[str, set[str]] = {}
    for finder, endings in ENDINGS.items():
        for ending in endings:
            by_ending.setdefault(ending, set()).add(finder)
    return {w: tuple(f) for w, f in by_word.items()}, {c: tuple(f) for c, f in by_ending.items()}


# A dictionary word met more often than this is an ordinary word even where it is tagged a name (城市, 甲醇).
RARE = 400

# Classes made of everyday words, which the segmenter already cuts as it should.
_PLAIN_CLASSES = frozenset(
    {
        "stand_in",
        "generic",
        "work_word",
        "break_word",
        "step_word",
        "person_title",
        "open_head",
        "loose_head",
        "plant_head",
        "road_head",
        "copula",
        "invests",
        "firm_cue",
        "work_lead",
        "part_word",
        "chain_lead",
        "chain_prefix",
        "chain_verb",
        "chain_verb_follower",
        "paper_word",
    }
)

# High enough that the segmenter never splits the word (its own commonest words stay below 10^6).
_KEEP_WHOLE = 2_000_000


@cache
def lexicon() -> Lexicon:
    """The word lists and the segmenter that knows them. Raises VocabularyError for a broken list."""
    words: dict[str, set[str]] = {kind: set() for kind in CLASSES}
    table = read_filled("name_words.csv", COLUMNS)
    table.require_known("class", CLASSES)
    for _, row in table.rows:
        words[row["class"]].add(row["word"])
    industries = {row["term"] for _, row in read_filled("industry_terms.csv", ("term", "source")).rows}
    for chain in chains():
        industries.update(form for form in chain.forms if len(form) >= 2)
    jieba = rjieba.Jieba()
    for kind, members in words.items():
        if kind in _PLAIN_CLASSES:
            continue
        for word in members:
            jieba.add_word(word, _KEEP_WHOLE, "n" if kind != "brand" else "nt")
    for kind in ("break_word", "step_word", "work_word", "chain_verb"):
        for word in words[kind]:
            if len(word) > 1 and not jieba.has_word(word):
                jieba.add_word(word, 5000, "v")
    for term in industries:
        if not jieba.has_word(term) or len(term) > 3:
            jieba.add_word(term, _KEEP_WHOLE // 10, "n")
    open_forms: dict[str, list[Region]] = {}
    guarded: dict[str, list[Region]] = {}
    for form, region, needs_suffix in regions().names():
        if needs_suffix or len(form) < 2:
            continue
        bare = region.level == "county" and form != region.name and form[-1] not in "县市区旗"
        (guarded if bare else open_forms).setdefault(form, []).append(region)
        if not bare:
            jieba.add_word(form, _KEEP_WHOLE, "ns")
        elif not jieba.has_word(form):
            jieba.add_word(form, 300, "ns")
    traps = frozenset(region_traps())
    for word in traps:
        jieba.add_word(word, _KEEP_WHOLE, "l")
    return Lexicon(
        jieba,
        {kind: frozenset(members) for kind, members in words.items()},
        frozenset(industries),
        {form: tuple(found) for form, found in open_forms.items()},
        {form: tuple(found) for form, found in guarded.items()},
        traps,
        {},
        {},
        {},
        *_finders(words, industries, {**open_forms, **guarded}),
    )
