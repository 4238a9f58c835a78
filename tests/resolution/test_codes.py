"""Credit codes by GB 32100 and project codes by their shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.resolution import is_uscc, parse_project_code
from liantu.resolution.uscc import ALPHABET, check_character, registrar_region

BODIES = st.text(alphabet=ALPHABET, min_size=17, max_size=17)


@given(BODIES)
def test_a_body_with_its_check_character_is_a_code(body: str) -> None:
    assert is_uscc(body + check_character(body))


@given(BODIES, st.sampled_from(ALPHABET))
def test_any_other_check_character_is_refused(body: str, last: str) -> None:
    assert is_uscc(body + last) == (last == check_character(body))


@given(BODIES, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(body: str, at: int, char: str) -> None:
    changed = body[:at] + char + body[at + 1 :]
    assert is_uscc(changed + check_character(body)) == (char == body[at])


def test_real_codes_and_near_misses() -> None:
    for printed in ("91110000802100433B", "914403001922038216", "91330100799655058B"):  # public on the firms' own pages
        assert is_uscc(printed)
    assert is_uscc(" 91110000802100433b ")
    assert not is_uscc("91110000802100433C")
    assert not is_uscc("91110000802100433")
    assert not is_uscc("91110000I02100433B")


def test_the_registrar_stands_in_the_code() -> None:
    assert registrar_region("91110000802100433B") == "110000"
    assert registrar_region("91110000802100433C") == ""


def test_a_body_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="前17位不合规"):
        check_character("123")


def test_a_project_code_falls_into_its_groups() -> None:
    code = parse_project_code("2401-140181-89-01-123456")
    assert code is not None
    assert (code.time, code.region, code.warning_zh) == ("2401", "140181", "")
    lower = parse_project_code(" 2401-140181-89-01-12a45x ")
    assert lower is not None and lower.code == "2401-140181-89-01-12A45X"


def test_a_code_that_begins_with_a_year_is_taken_with_a_warning() -> None:
    old = parse_project_code("2017-140181-89-01-123456")
    assert old is not None and "旧式" in old.warning_zh


@pytest.mark.parametrize("text", ["", "2401-140181-89-01-12345", "2499-140181-89-01-123456", "2401140181890112345"])
def test_another_shape_is_no_project_code(text: str) -> None:
    assert parse_project_code(text) is None
