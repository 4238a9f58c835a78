"""Batches of text to columns of values: codes checked, capital and dates understood, places found; what is wrong is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from liantu.resolution.uscc import ALPHABET
from liantu.vocabulary import regions

from ..capital import parse_capital
from ..places import locate
from ..zoning import town_of, zones_of
from .batches import Batch, Note
from .dates import parse_date

_NOTHING = frozenset({"-", "--", "—", "/", "无", "暂无", "null", "NULL", "None", "none", "N/A", "\\N"})
_SPACE = re.compile(r"\s+")
_FIRST_DAY = date(1970, 1, 1).toordinal()
_NO_DAY = np.iinfo(np.int64).min
"""Of NumPy's days: the first, and that which is none."""
_BAD_NAME = re.compile(r"[\d\W_]*")
_STREET = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:街道|镇|乡|大街|大道|路|街|巷|村)")
_ABOVE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,3}市)?(?:[\u4e00-\u9fff]{1,3}[市区县])?"
)


@dataclass(slots=True)
class Cleaned:
    """Columns of equal length, by name of the column of `store.FIRMS`, and what was wrong."""

    columns: dict[str, NDArray[np.generic]]
    notes: list[Note]

    def __len__(self) -> int:
        return len(self.columns["row"])

    def texts(self, column: str) -> list[str]:
        found: list[str] = self.columns[column].tolist()
        return found


class Cleaner:
    """Cleans the batches of one list."""

    def __init__(self, today: date) -> None:
        """`today`: a date of registration after it is told."""
        self._today = today

    def clean(self, batch: Batch) -> Cleaned:
        """The firms of `batch`; rows without a name are left out and told."""
        notes = list(batch.notes)
        batch = _named(batch, notes)
        size = len(batch.rows)

        def text(field: str) -> list[str]:
            column = batch.columns.get(field)
            if column is None:
                return [""] * size
            return ["" if cell in _NOTHING else cell for cell in column]

        rows, names, scopes, addresses = batch.rows, text("name"), text("scope"), text("address")
        codes = ["".join(code.split()).upper() for code in text("uscc")]
        valid = check_codes(codes)
        notes += [(rows[i], "bad_uscc", codes[i], 0) for i in np.flatnonzero(~valid) if codes[i]]
        notes += [(row, "no_scope", name, 0) for row, name, scope in zip(rows, names, scopes, strict=True) if not scope]
        capital = self._capital(rows, text("capital"), batch.unit, notes)
        established = self._dates(rows, text("established"), notes)
        place = _places(
            rows, names, addresses, valid, [text(f) for f in ("province", "city", "county", "place")], notes
        )
        columns: dict[str, NDArray[np.generic]] = {
            "row": np.array(rows, np.int32),
            "name": _objects(names),
            "uscc": _objects(codes),
            "uscc_valid": valid,
            "scope": _objects(scopes),
            "products": _objects(text("products")),
            "address": _objects(addresses),
            **capital,
            "established": established,
            **place,
        }
        return Cleaned(columns, notes)

    def _capital(
        self, rows: list[int], texts: list[str], unit: str, notes: list[Note]
    ) -> dict[str, NDArray[np.generic]]:
        found = [parse_capital(text, unit) if text else None for text in texts]
        notes += [
            (row, "bad_capital", text, 0)
            for row, text, capital in zip(rows, texts, found, strict=True)
            if text and capital is None
        ]
        return {
            "capital_written": _objects(texts),
            "capital": np.array([np.nan if c is None else c.amount for c in found], np.float64),
            "currency": _objects(["" if c is None else c.currency for c in found]),
            "capital_yuan": np.array([np.nan if c is None or c.yuan is None else c.yuan for c in found], np.float64),
        }

    def _dates(self, rows: list[int], texts: list[str], notes: list[Note]) -> NDArray[np.generic]:
        found: list[int] = []
        for row, text in zip(rows, texts, strict=True):
            day, problem = parse_date(text) if text else (None, "")
            if day is not None and day > self._today:
                day, problem = None, "future_date"
            if problem:
                notes.append((row, problem, text, 0))
            found.append(_NO_DAY if day is None else day.toordinal() - _FIRST_DAY)
        return np.array(found, np.int64).view("datetime64[D]").astype("datetime64[s]")


def _objects(values: list[str]) -> NDArray[np.generic]:
    array = np.empty(len(values), object)
    array[:] = values
    return array


def _named(batch: Batch, notes: list[Note]) -> Batch:
    """The batch without the rows that name no firm."""
    names = batch.columns["name"]
    kept = [i for i, name in enumerate(names) if name and name not in _NOTHING and not _BAD_NAME.fullmatch(name)]
    if len(kept) == len(names):
        names[:] = [_SPACE.sub("", name) if " " in name and not name.isascii() else name for name in names]
        return batch
    wanted = set(kept)
    for i, row in enumerate(batch.rows):
        if i not in wanted and any(column[i] for column in batch.columns.values()):
            notes.append((row, "no_name", names[i], 0))
    columns = {field: [column[i] for i in kept] for field, column in batch.columns.items()}
    return Batch([batch.rows[i] for i in kept], columns, batch.unit, batch.notes, batch.done)


_VALUE = np.full(65_536, -1, np.int64)
_VALUE[[ord(char) for char in ALPHABET]] = np.arange(len(ALPHABET))
_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)], np.int64)


def check_codes(codes: list[str]) -> NDArray[np.bool_]:
    """For each text whether it is a unified social credit code with the right check character (GB 32100), all at once."""
    valid = np.zeros(len(codes), np.bool_)
    long = [i for i, code in enumerate(codes) if len(code) == 18]
    if not long:
        return valid
    wide = np.frombuffer("".join(codes[i] for i in long).encode("utf-32-le"), np.uint32).reshape(-1, 18)
    values = _VALUE[np.minimum(wide, 65_535)]
    check = (31 - (values[:, :17] @ _WEIGHTS) % 31) % 31
    valid[long] = (values >= 0).all(axis=1) & (check == values[:, 17])
    return valid


def _places(
    rows: list[int], names: list[str], addresses: list[str], valid: NDArray[np.bool_], columns: list[list[str]], notes: list[Note],
) -> dict[str, NDArray[np.generic]]:  # fmt: skip
    above = regions()
    found, told, streets, towns = [], [], [], []
    levels: dict[str, tuple[str, str, bool]] = {"": ("", "", False)}
    said = zip(rows, addresses, names, valid.tolist(), zip(*columns, strict=True), strict=True)
    for row, address, name, good, told_by in said:
        # The registrar's digits come last, after the streets that other firms name: see `loading`.
        region, how = locate(address, told_by, "", name)
        if region not in levels:
            city, province = above.city_of(region), above.province_of(region)
            levels[region] = (
                city.code if city else "",
                province.code if province else "",
                above.by_code(region).level == "county",
            )
        found.append(region)
        told.append(how)
        street = _STREET.search(_ABOVE.sub("", address, count=1)) if address else None
        streets.append(street.group() if street else "")
        towns.append(town_of(address) if address else "")
        if not region and not good:
            notes.append((row, "no_region", address or "".join(told_by), 0))
    cities = [levels[r][0] for r in found]
    zone, zone_from = zones_of(
        addresses, [county or place for county, place in zip(*columns[2:], strict=True)], names, cities
    )
    return {
        "town": _objects(towns),
        "zone": zone,
        "zone_from": zone_from,
        "region_code": _objects(found),
        "city_code": _objects(cities),
        "province_code": _objects([levels[r][1] for r in found]),
        "region_from": _objects([str(h) for h in told]),
        "street": _objects(streets),
    }
