"""Near-duplicates: precision and recall on copies made here, by sort of disturbance, and documents a second.

    python benchmarks/duplicates.py [FOLDER] [--held-out] [--documents N] [--seed N] [--json]

FOLDER holds plain-text documents (default tests/gold/develop, with --held-out tests/gold/judge). Each is copied with every
disturbance, read as a file would be, and put among texts that are no copies although they look like one: the same template
with other figures, another article that quotes a paragraph. The disturbances of --held-out are others than those the
thresholds were set by. A found pair is right when one of the two was made from the other; two copies of one document are
not judged. --documents adds a run over N made-up documents of about 1,500 characters for speed and memory.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from opencc_pyo3 import OpenCC

from liantu.reading import read_document
from liantu.resolution.duplicates import DuplicateIndex, body_text

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
ROUNDS = 3  # copies of each document by each disturbance

Disturbance = Callable[[str, random.Random], str]

NAVIGATION = [
    "首页 | 新闻 | 财经 | 产业 | 招商 | 视频 | 登录",
    "当前位置：首页 > 要闻 > 正文",
    "分享到：微信 微博 QQ空间",
]
TAIL = ["上一篇：全市春耕备耕有序推进", "下一篇：省运会筹备进入冲刺阶段", "关于我们 | 版权声明 | 联系方式 | 网站地图"]
OTHER_HEAD = [
    "产经观察号 2025-06-01 20:15 发表于北京",
    "关注我们，每天了解一个产业",
    "导读：本文转自网络，编辑略有删节，观点与本号无关。",
]
OTHER_TAIL = [
    "你对此怎么看？欢迎在评论区留言。",
    "往期回顾",
    "深度｜新材料企业为何扎堆内陆城市",
    "一图读懂省级开发区考核办法",
    "网友“行者”：家乡越来越好了！",
    "阅读 3.2万　赞 411",
]
SYNONYMS = {
    "推动": "促进", "加快": "加速", "同比增长": "较上年同期增长", "达到": "达", "目前": "现阶段", "建设": "打造", "超过": "突破",
    "今年": "本年", "企业": "公司", "增加": "提升", "产业": "行业", "项目": "工程", "重点": "关键", "全市": "全域", "完成": "实现",
}  # fmt: skip
OTHER_SYNONYMS = {
    "发展": "推进", "主要": "核心", "其中": "这里面", "以上": "之上", "左右": "上下", "提高": "抬升", "下降": "回落", "投产": "投入生产",
    "总投资": "投资总额", "预计": "有望", "累计": "总计", "比上年": "较去年", "支持": "扶持", "表示": "说", "由": "从", "占": "占到",
    "，": "、",
}  # fmt: skip
SIGNS = "#^*$@_¤§◆■▲★●※"
STRANGE = "のえカシ한국어مцж龘靐齉爩麤"


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[。！？；\n])", text) if s.strip()]


def strewn(text: str, rng: random.Random, signs: str, share: float, doubled: float) -> str:
    out = []
    for char in text:
        out.append(char)
        if char in "，。；、" and rng.random() < doubled:
            out.append(rng.choice("，、。"))
        elif "一" <= char <= "鿿" and rng.random() < share:
            out.append(rng.choice(signs))
    return "".join(out)


def dressed(text: str, head: list[str], tail: list[str]) -> str:
    return "\n\n".join([*head, text, *tail])


def traditional(text: str, rng: random.Random) -> str:
    return str(OpenCC("s2t").convert(text))


def garbled(text: str, rng: random.Random) -> str:
    return strewn(text, rng, SIGNS, 0.03, 0.4)


def furniture(text: str, rng: random.Random) -> str:
    return dressed(text, NAVIGATION, TAIL)


def excerpt(text: str, rng: random.Random) -> str:
    """A third to two thirds of the article in one piece."""
    parts = sentences(text)
    length = max(4, int(len(parts) * rng.uniform(0.33, 0.67)))
    first = rng.randrange(max(1, len(parts) - length))
    return "".join(parts[first : first + length])


def replaced(text: str, words: dict[str, str], share: float, rng: random.Random) -> str:
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return pattern.sub(lambda m: words[m[0]] if rng.random() < share else m[0], text)


def spun(text: str, rng: random.Random) -> str:
    """Sentences in another order and every second listed word replaced."""
    parts = [s.strip() for s in sentences(text)]
    rng.shuffle(parts)
    return replaced("\n".join(parts), SYNONYMS, 0.5, rng)


def glossed(text: str, rng: random.Random) -> str:
    """Traditional, glossed and with doubled marks, as some hosts print it."""
    glosses = ["(chǎn)", "(jīng)", "(zhǎn)", "(xiàng)", "(diǎn)", "(fā)", "(guī)"]
    out = []
    for char in str(OpenCC("s2hk").convert(text)):
        out.append(char)
        if char in "產經展項點發規業區" and rng.random() < 0.6:
            out.append(rng.choice(glosses))
        elif char in "，、。":
            out.append(rng.choice(["", "，", ""]))
    return "".join(out)


def strange(text: str, rng: random.Random) -> str:
    """Rare characters of several scripts strewn in, some characters masked, digits wide."""
    out = strewn(text, rng, STRANGE, 0.04, 0.2).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    return "".join("□" if "一" <= c <= "鿿" and rng.random() < 0.01 else c for c in out)


def republished(text: str, rng: random.Random) -> str:
    """Another channel's dress, its title changed and the lines broken anew."""
    lines = [line for line in text.split("\n") if line.strip()]
    lines[0] = "重磅！" + lines[0][: max(6, len(lines[0]) // 2)] + "……"
    joined = "\n".join(lines[:1] + ["".join(lines[i : i + 2]) for i in range(1, len(lines), 2)])
    return dressed(joined, OTHER_HEAD, OTHER_TAIL)


def digest(text: str, rng: random.Random) -> str:
    """About half of the paragraphs, under an introduction of the editor's own."""
    lines = [line for line in text.split("\n") if len(line) > 20]
    kept = [line for line in lines if rng.random() < 0.5] or lines[:2]
    lead = "编者按：近期各地纷纷公布产业发展情况，本刊摘编部分内容供参考。"
    return "\n".join([lead, *kept])


def respun(text: str, rng: random.Random) -> str:
    """Paragraphs shuffled, one clause in twelve dropped, words replaced from another list."""
    paragraphs = [p for p in text.split("\n") if p.strip()]
    rng.shuffle(paragraphs)
    out = []
    for paragraph in paragraphs:
        clauses = re.split(r"(?<=[，。；])", paragraph)
        out.append("".join(c for c in clauses if rng.random() > 1 / 12))
    return replaced("\n".join(out), OTHER_SYNONYMS, 0.6, rng)


def mirrored(text: str, rng: random.Random) -> str:
    """Traditional, garbled and in another channel's dress at once."""
    return garbled(traditional(republished(text, rng), rng), rng)


DEVELOPED: dict[str, Disturbance] = {
    "repost": furniture,
    "excerpt": excerpt,
    "traditional": traditional,
    "garbled": garbled,
    "spun": spun,
}
HELD_OUT: dict[str, Disturbance] = {
    "repost": republished,
    "excerpt": digest,
    "traditional": glossed,
    "garbled": strange,
    "spun": respun,
    "several at once": mirrored,
}


def _numerous(text: str) -> bool:
    """Whether a text is so full of figures that with others it is another text."""
    return len(re.findall(r"\d+", text)) * 40 > len(text)


def other_figures(text: str, rng: random.Random) -> str:
    """The same template for another month: every figure changed. No copy."""
    return re.sub(r"\d+(?:\.\d+)?", lambda m: _other(m[0], rng), text)


def _other(number: str, rng: random.Random) -> str:
    changed = number
    while changed == number:
        changed = "".join(str(rng.randint(1, 9)) if c.isdigit() else c for c in number)
    return changed


def quoting(text: str, other: str, rng: random.Random) -> str:
    """Another article with one longish paragraph of this one in it. No copy."""
    lines = [line for line in text.split("\n") if 60 < len(line) < 160] or [text[:120]]
    theirs = other.split("\n")
    return "\n".join([*theirs, "相关背景：" + rng.choice(lines)])


def clean(text: str) -> str:
    return body_text(read_document(text.encode(), "copy.txt"))


def collection(
    folder: Path, disturbances: dict[str, Disturbance], rng: random.Random
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Texts by id, and for each text the document it is about and the disturbance (`original`, or `no copy: …`)."""
    raw = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    names = list(raw)
    texts: dict[str, str] = {}
    origin: dict[str, tuple[str, str]] = {}

    def put(id: str, text: str, document: str, sort: str) -> None:
        texts[id], origin[id] = clean(text), (document, sort)

    for at, name in enumerate(names):
        put(name, raw[name], name, "original")
        for sort, disturb in disturbances.items():
            for round_ in range(ROUNDS):
                put(f"{name} {sort} {round_}", disturb(raw[name], rng), name, sort)
        if _numerous(raw[name]):
            put(f"{name} other figures", other_figures(raw[name], rng), name, "no copy: template")
        # The quoting article is made of a text that is nowhere else in the collection.
        own = other_figures(replaced(raw[names[at - 1]], OTHER_SYNONYMS | SYNONYMS, 1, rng), rng)
        if _numerous(raw[names[at - 1]]):
            put(f"{name} quoting", quoting(raw[name], own, rng), name, "no copy: quoting")
    order = list(texts)
    rng.shuffle(order)
    return {id: texts[id] for id in order}, origin


def judge(texts: dict[str, str], origin: dict[str, tuple[str, str]]) -> dict[str, Any]:
    index = DuplicateIndex()
    found: dict[frozenset[str], str] = {}
    started = time.process_time()
    for id, text in texts.items():
        for match in index.add(id, text):
            found[frozenset((id, match.id))] = match.overlap.kind
    seconds = time.process_time() - started
    kinds: dict[str, Counter[str]] = {}
    recalled: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    missed: list[str] = []
    for id, (document, sort) in origin.items():
        if sort == "original" or sort.startswith("no copy"):
            continue
        wanted[sort] += 1
        kind = found.get(frozenset((id, document)))
        recalled[sort] += kind is not None
        kinds.setdefault(sort, Counter())[kind or "missed"] += 1
        if kind is None:
            missed.append(id)
    right = sum(recalled.values())
    wrong = [pair for pair in found if _wrong(pair, texts, origin)]
    return {
        "texts": len(texts),
        "pairs_wanted": sum(wanted.values()),
        "precision": right / (right + len(wrong)),
        "recall": right / sum(wanted.values()),
        "recall_by_disturbance": {sort: recalled[sort] / wanted[sort] for sort in wanted},
        "named_as": {sort: dict(counter) for sort, counter in kinds.items()},
        "wrong": sorted(" ~ ".join(sorted(pair)) for pair in wrong),
        "missed": sorted(missed),
        "documents_per_second": len(texts) / seconds,
    }


def _wrong(pair: frozenset[str], texts: dict[str, str], origin: dict[str, tuple[str, str]]) -> bool:
    (a, a_sort), (b, b_sort) = (origin[id] for id in pair)
    no_copy = a_sort.startswith("no copy") or b_sort.startswith("no copy")
    if no_copy and not all(_numerous(texts[id]) for id in pair):
        return False  # an excerpt almost without figures is a copy of what has its sentences, whatever the figures elsewhere
    return no_copy or a != b


def made_up(folder: Path, count: int, rng: random.Random) -> Iterator[tuple[str, str, str | None]]:
    """(id, text, id of its original): one in ten is a garbled copy, the others sentences of many texts with other figures."""
    pool = [s for path in sorted(folder.glob("*.txt")) for s in sentences(path.read_text(encoding="utf-8"))]
    words = sorted({w for s in pool for w in re.findall("[一-鿿]{2}", s)})
    recent: list[tuple[str, str]] = []
    for number in range(count):
        id = str(number)
        if recent and number % 10 == 9:
            original, text = rng.choice(recent)
            yield id, strewn(text, rng, SIGNS, 0.02, 0.2), original
            continue
        parts = []
        length = 0
        while length < 1500:
            sentence = other_figures(rng.choice(pool), rng)
            # A few words changed a sentence, so that the made-up texts are not made of forty sentences only.
            for _ in range(max(1, len(sentence) // 8)):
                at = rng.randrange(max(1, len(sentence) - 1))
                sentence = sentence[:at] + rng.choice(words) + sentence[at + 2 :]
            parts.append(sentence)
            length += len(sentence)
        text = "".join(parts)
        recent.append((id, text))
        del recent[:-500]
        yield id, text, None


def at_scale(folder: Path, count: int, rng: random.Random) -> dict[str, Any]:
    index = DuplicateIndex()
    before = _resident()
    spent = 0.0
    characters = copies = right = wrong = 0
    for id, text, original in made_up(folder, count, rng):
        started = time.process_time()
        matches = index.add(id, text)
        spent += time.process_time() - started
        characters += len(text)
        copies += original is not None
        right += any(m.id == original for m in matches)
        wrong += sum(original is None for _ in matches)
    return {
        "documents": count,
        "characters": characters,
        "documents_per_second": count / spent,
        "microseconds_per_character": spent / characters * 1e6,
        "megabytes": (_resident() - before) / 1e6,
        "recall": right / max(1, copies),
        "wrong": wrong,
    }


def _resident() -> int:
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--held-out", action="store_true", help="the disturbances that no threshold was set by")
    parser.add_argument("--documents", type=int, default=0, help="also time this many made-up documents")
    parser.add_argument("--seed", type=int, default=20251023)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    folder = args.folder or GOLD / ("judge" if args.held_out else "develop")
    rng = random.Random(args.seed)
    texts, origin = collection(folder, HELD_OUT if args.held_out else DEVELOPED, rng)
    result = judge(texts, origin)
    if args.documents:
        result["scale"] = at_scale(folder, args.documents, rng)
    if args.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return 0
    print(f"{result['texts']} texts, {result['pairs_wanted']} pairs wanted")
    print(f"precision {result['precision']:.4f}   recall {result['recall']:.4f}")
    for sort, share in result["recall_by_disturbance"].items():
        named = ", ".join(f"{kind} {n}" for kind, n in sorted(result["named_as"][sort].items()))
        print(f"  {sort:16} {share:.4f}   named {named}")
    for line in [*(f"wrong: {w}" for w in result["wrong"][:20]), *(f"missed: {m}" for m in result["missed"][:20])]:
        print(line)
    print(f"{result['documents_per_second']:.0f} documents/s in this collection, where every text has many copies")
    if scale := result.get("scale"):
        print(
            f"{scale['documents']} made-up documents: {scale['documents_per_second']:.0f} a second, "
            f"{scale['microseconds_per_character']:.2f} µs a character, {scale['megabytes']:.0f} MB, "
            f"recall {scale['recall']:.4f}, wrong {scale['wrong']}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
