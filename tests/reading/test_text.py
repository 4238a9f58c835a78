"""The map between raw and clean text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from liantu.reading import Text, UnreadableError, read_document

PIECES = st.sampled_from(
    [
        "山",
        "西",
        "產(chǎn)",
        "業(yè)",
        "发展",
        ",,",
        ",、",
        ",。",
        ",",
        "。",
        ":",
        ";",
        "(",
        ")",
        "（",
        "）",
        "12.5",
        "1,200",
        "10:28",
        "％",
        "３",
        "Ａ",
        "GW",
        "\u200b",
        "\u3000",
        "\n",
        "\r\n",
        "\t",
        "⻓",
        "⼭",
        "ﬁ",
        "“",
        "”",
        "…",
        "!",
        "?",
        " ",
        "  ",
        "\n\n",
    ]
)
RAW = st.lists(PIECES, min_size=1, max_size=60).map("".join)

# Clean form of single characters beyond NFKC: marks widened, Traditional simplified, radicals, spaces.
EQUAL = {
    "，": ",",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "！": "!",
    "？": "?",
    "產": "产",
    "業": "业",
    "⻓": "长",
}


def fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", "".join(EQUAL.get(c, c) for c in text))
    return "".join(EQUAL.get(c, c) for c in text)


def text_of(raw: str) -> Text | None:
    try:
        return read_document(raw.encode(), "a.txt").text
    except UnreadableError:
        return None


@given(RAW)
def test_every_clean_character_stands_on_the_raw_characters_it_comes_from(raw: str) -> None:
    text = text_of(raw)
    if text is None:
        return
    assert len(text.clean) == len(text.starts) == len(text.ends)
    for char, start, end in zip(text.clean, text.starts, text.ends, strict=True):
        source = text.raw[start:end]
        if char.isspace():
            assert source.replace("\u200b", "").isspace()  # dropped characters may lie among the blanks
        elif fold(char) != fold(source):
            assert unicodedata.normalize("NFKC", source) == "fi" and char in "fi"


@given(RAW)
def test_offsets_never_decrease(raw: str) -> None:
    text = text_of(raw)
    if text is not None:
        assert list(text.starts) == sorted(text.starts)
        assert list(text.ends) == sorted(text.ends)


@given(RAW, st.data())
def test_a_clean_span_survives_the_way_to_raw_and_back(raw: str, data: st.DataObject) -> None:
    text = text_of(raw)
    if text is None:
        return
    start = data.draw(st.integers(0, len(text.clean) - 1))
    end = data.draw(st.integers(start + 1, len(text.clean)))
    first, last = text.clean_span(*text.raw_span(start, end))
    assert first <= start and end <= last
    assert text.raw_span(first, last) == text.raw_span(start, end)


def test_identity() -> None:
    text = Text.identity("产值5亿元")
    assert text.raw_span(2, 4) == (2, 4) and text.clean_span(2, 4) == (2, 4)
    assert text.raw_span(9, 9) == (5, 5)
