"""Unified social credit codes (统一社会信用代码), GB 32100-2015."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100: no I, O, S, V, Z."""

_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_WEIGHTS = [pow(3, i, 31) for i in range(17)]


def check_character(body: str) -> str:
    """The eighteenth character for the first 17: (31 − Σ 3^i·c_i mod 31) mod 31. Raises ValueError for a body of another shape."""
    if len(body) != 17 or any(char not in _VALUE for char in body):
        raise ValueError(f"统一社会信用代码前17位不合规：{body} / not the first 17 characters of a credit code: {body}")
    total = sum(weight * _VALUE[char] for weight, char in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def clean_uscc(code: str) -> str:
    """`code` in upper case without spaces."""
    return "".join(code.split()).upper()


def is_uscc(code: str) -> bool:
    """Whether `code` is a credit code whose check character is right (letter case and spaces forgiven)."""
    code = clean_uscc(code)
    return len(code) == 18 and all(char in _VALUE for char in code) and code[17] == check_character(code[:17])


def registrar_region(code: str) -> str:
    """The region code (6 digits, GB/T 2260) of the registration authority inside a valid credit code, `""` for another."""
    code = clean_uscc(code)
    return code[2:8] if is_uscc(code) and code[2:8].isdigit() else ""
