"""What users install with the product may be used and passed on freely."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|ZPL|Unlicense|0BSD|HPND|MPL|Mozilla|CNRI|CC0|BlueOak)",
    re.I,
)
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.I)
# Weak copyleft, used unchanged as separate libraries (docs/decisions/licences.md).
WEAK_COPYLEFT_ACCEPTED = {"psycopg", "psycopg-binary"}


def runtime_distributions() -> dict[str, Distribution]:
    """Everything that `pip install liantu` brings with it here, by canonical name."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement("liantu")]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        try:
            found[name] = distribution(requirement.name)
        except PackageNotFoundError:  # for another platform
            continue
        for text in found[name].requires or []:
            wanted = Requirement(text)
            extras = requirement.extras or {""}
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(wanted)
    return found


def licence(dist: Distribution) -> str:
    """Everything the distribution's metadata says of its licence, in one line."""
    meta = dist.metadata
    classifiers = [text for text in meta.get_all("Classifier") or [] if text.startswith("License ::")]
    stated = (meta.get("License-Expression") or "", (meta.get("License") or "").splitlines()[:1], classifiers)
    return f"{stated[0]} {' '.join(stated[1])} {' '.join(classifiers)}".strip()


def test_every_runtime_dependency_is_permissive() -> None:
    distributions = runtime_distributions()
    assert {"django", "rjieba", "waitress", "lxml"} <= set(distributions)
    unfit = {
        name: licence(dist) or "nothing stated"
        for name, dist in distributions.items()
        if name not in WEAK_COPYLEFT_ACCEPTED
        and (COPYLEFT.search(licence(dist)) or not PERMISSIVE.search(licence(dist)))
    }
    assert not unfit, f"not permissive, or not stated: {unfit}"


def test_the_accepted_exceptions_are_lesser_and_still_in_use() -> None:
    distributions = runtime_distributions()
    for name in WEAK_COPYLEFT_ACCEPTED:
        assert "LGPL" in licence(distributions[name]) or "Lesser" in licence(distributions[name])
