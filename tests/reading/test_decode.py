"""Encodings that Chinese files come in."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.reading import read_document
from liantu.reading.decode import DecodeError, decode

NEWS = "晋中市推广甲醇汽车5623辆，建成甲醇加注站58座。\n“车、醇、运、站、捕”生态基本构建，产值增长8.5%。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_same_news_in_every_encoding(encoding: str) -> None:
    assert decode(NEWS.encode(encoding))[0] == NEWS


def test_utf16_big_endian_with_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be")) == (NEWS, "utf-16")


def test_big5_is_found_by_its_label_or_by_guessing() -> None:
    text = "太原寶藏地推動新質生產力加快發展，開發區煥新。" * 20
    assert decode(text.encode("big5"), "big5")[0] == text
    assert decode(text.encode("big5"))[0] == text


def test_a_short_list_of_names_in_gbk_needs_no_common_words() -> None:
    text = "忻州,定襄\n繁峙,偏关\n"
    assert decode(text.encode("gbk")) == (text, "gb18030")


def test_traditional_characters_in_gbk() -> None:
    text = "太原寶藏地推動新質生產力加快發展，開發區煥新，構建產業鏈體系。" * 3
    assert decode(text.encode("gbk")) == (text, "gb18030")


def test_a_label_of_gb2312_covers_characters_of_gbk() -> None:
    text = "碳化硅衬底、玥珩村，朱镕基，㙍" + NEWS
    assert decode(text.encode("gb18030"), "gb2312")[0] == text


def test_a_wrong_label_does_not_beat_valid_utf8() -> None:
    assert decode(NEWS.encode(), "gb2312") == (NEWS, "utf-8")


def test_a_file_cut_inside_its_last_character_keeps_the_rest() -> None:
    assert decode(NEWS.encode() + "产".encode()[:2])[0] == NEWS


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_a_few_damaged_bytes_do_not_lose_the_rest(encoding: str, ending: str) -> None:
    """Bytes are damaged by transfer and by systems that cut texts at a fixed length."""
    body = f"<p>{NEWS * 4}</p>" if ending == "html" else NEWS * 4
    data = bytearray(body.encode(encoding))
    at = data.rindex("产值".encode(encoding))
    data[at : at + 1] = b"\xff"
    document = read_document(bytes(data), f"a.{ending}")
    assert document.text.clean.count("5623辆") == 4 and "8.5%" in document.text.clean
    assert "damaged_characters" in [p.code for p in document.problems]


def test_noise_has_no_encoding() -> None:
    with pytest.raises(DecodeError):
        decode(bytes(range(128, 256)) * 3 + b"\xff\xff\x80\x00\xff")


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_marked_encodings_round_trip(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_raw_text_is_the_decoded_file_without_its_mark() -> None:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        assert read_document(NEWS.encode(encoding), "a.txt").text.raw == NEWS
