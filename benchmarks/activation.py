"""Which segment next: the back-test on the employment panel at every origin, beside the naive bars.

    python benchmarks/activation.py [--data FOLDER] [--years H] [--json]

Needs `panels/province_industry_employment.csv` (31 provinces, 38 industries, 2005–2016) in the folder of optional real data (setting
LIANTU_DATA, default `../shared/data` beside the checkout) and ends with a reason where it is absent. Asked at each origin: which
industries in which a province is not specialised (RCA < 1) will it be specialised in H years later. Empty cells are unknown and
are not asked about. The model learns from years that had passed at the origin. The first line of each origin is the model, the
others are the naive bars; `noise` is the standard error of the model's AUC.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from liantu.diagnosis.activation import back_test, read_series

DEFAULT_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LIANTU_DATA", DEFAULT_DATA)))
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    path = options.data / "panels" / "province_industry_employment.csv"
    if not path.exists():
        sys.exit(f"not measured: {path} is not there; set LIANTU_DATA")
    origins = back_test(read_series(path), options.years)
    if options.json:
        print(json.dumps([asdict(o) for o in origins], indent=1))
        return
    print(f"{'origin':12} {'scorer':20} {'AUC':>6} {'AP':>6} {'P@5':>6}")
    for o in origins:
        for score in (o.model, *o.naive):
            print(
                f"{o.year}→{o.year + o.horizon:<7} {score.name:20} {score.auc:6.3f} {score.average_precision:6.3f} {score.p_at_5:6.3f}"
            )
        print(
            f"{'':12} gain over rca {o.gain:+.3f}, noise {o.noise:.3f}, calibration slope {o.slope:.2f}; "
            f"{o.happened} of {o.rows} happened; learned from {', '.join(map(str, o.trained_on))}"
        )


if __name__ == "__main__":
    main()
