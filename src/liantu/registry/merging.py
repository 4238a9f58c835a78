"""What a load changes, worked out in SQL over staging tables on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from .shelf import FIRST_IN_2, TABLES, select_table, write_table

if TYPE_CHECKING:
    from .loading import Loaded

FIRMS = {
    "firm": "VARCHAR", "name": "VARCHAR", "uscc": "VARCHAR", "uscc_valid": "BOOLEAN", "scope": "VARCHAR",
    "products": "VARCHAR", "address": "VARCHAR", "capital_written": "VARCHAR", "capital": "DOUBLE", "currency": "VARCHAR",
    "capital_yuan": "DOUBLE", "established": "DATE", "region_code": "VARCHAR", "city_code": "VARCHAR",
    "province_code": "VARCHAR", "region_from": "VARCHAR", "street": "VARCHAR", "activity": "VARCHAR", "source": "VARCHAR",
    "row": "INTEGER", "as_of": "DATE", "name_key": "VARCHAR", "content": "UBIGINT", **FIRST_IN_2,
}  # fmt: skip
"""`firms`: `firm` is the key, the credit code where it is valid; `activity` what the firm does first of all; `gb_…` its class of
GB/T 4754-2017 and what told it."""
_PLACEMENTS = {
    "chain": "VARCHAR", "segment": "VARCHAR", "stream": "VARCHAR", "score": "FLOAT", "state": "VARCHAR",
    "activity": "VARCHAR", "word": "VARCHAR", "found_in": "VARCHAR", "start": "INTEGER",
}  # fmt: skip
PLACEMENTS = {"firm": "VARCHAR", **_PLACEMENTS}
FORMER_NAMES = {"firm": "VARCHAR", "name": "VARCHAR", "until": "DATE", "source": "VARCHAR"}
PROBLEMS = {"source": "VARCHAR", "row": "INTEGER", "code": "VARCHAR", "value": "VARCHAR", "other": "INTEGER"}
LOADS = {
    "source": "VARCHAR", "digest": "VARCHAR", "as_of": "DATE", "loaded_at": "TIMESTAMP", "rows": "INTEGER",
    "added": "INTEGER", "changed": "INTEGER", "unchanged": "INTEGER", "older": "INTEGER", "repeated": "INTEGER",
    "refused": "INTEGER", "problems": "INTEGER",
}  # fmt: skip
_SCHEMAS = dict(zip(TABLES, (FIRMS, PLACEMENTS, FORMER_NAMES, PROBLEMS, LOADS), strict=True))
_CONTENT = "name, uscc, scope, products, address, capital_written, CAST(established AS VARCHAR)"
STREET_FIRMS = 3
"""A street or township tells the county once so many firms of the list name it with its county …"""
STREET_SHARE = 0.7
"""… and so large a share of them the same one."""


def _declared(columns: dict[str, str]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())


def begin(connection: duckdb.DuckDBPyConnection, version: Path | None) -> None:
    """Staging tables, and the present version as `old_…`."""
    for table, columns in _SCHEMAS.items():
        if version is None:
            connection.execute(f"CREATE TABLE old_{table} ({_declared(columns)})")
        else:
            connection.execute(f"CREATE VIEW old_{table} AS {select_table(connection, version, table)}")
    staged = {"seq": "BIGINT", "list": "INTEGER", **FIRMS, "issued": "VARCHAR"}
    connection.execute(f"CREATE TABLE staged ({_declared(staged)})")
    connection.execute(f"CREATE TABLE staged_placements (seq BIGINT, {_declared(_PLACEMENTS)})")
    connection.execute(f"CREATE TABLE staged_problems ({_declared(PROBLEMS)})")


@contextmanager
def staging(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything staged inside counts at its end, and lies on disk as it is.

    What is read once and thrown away is not worth packing, nor writing to a journal first and to its table then: that cost as
    much as reading the lists.
    """
    connection.execute("SET force_compression = 'uncompressed'")
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


def stage_firms(table: str, source: str) -> str:
    """SQL that takes the columns of one batch into `staged`; parameters: the source and the list's date.

    Names count as one whatever their brackets and blanks.
    """
    name_key = "translate(name, '〔【（〕】）　 ', '((()))') || '@' || region_code"
    return f"""
        INSERT INTO staged
        SELECT seq, list, CASE WHEN uscc_valid THEN uscc ELSE {name_key} END, name, uscc, uscc_valid, scope, products, address,
            capital_written, CASE WHEN isnan(capital) THEN NULL ELSE capital END, currency,
            CASE WHEN isnan(capital_yuan) THEN NULL ELSE capital_yuan END, CAST(established AS DATE), region_code, city_code,
            province_code, region_from, street, activity, ?, row, ?, {name_key},
            md5_number_lower(concat_ws('|', {_CONTENT})), {", ".join(FIRST_IN_2)}, CASE WHEN uscc_valid THEN substr(uscc, 3, 6) ELSE '' END
        FROM {table}
    """


def merge(connection: duckdb.DuckDBPyConnection, as_of: date) -> dict[int, dict[str, int]]:
    """Decides for every staged row what it is; the counts by the number of its list.

    Leaves tables `winners` (seq, firm, state: added, changed, unchanged, older) and `gone` (firms of the present version that a
    staged row replaces).
    """
    _streets(connection)
    run = connection.execute
    run("""
        CREATE TABLE narrow AS
        SELECT seq, list, firm, uscc_valid, name_key, content, source, "row", hash(name) AS named FROM staged
    """)
    # Without a code of its own a firm of the same name and place that has one is the same firm.
    run("""
        CREATE TABLE coded AS
        SELECT name_key, min(firm) AS firm FROM (
            SELECT name_key, firm FROM narrow WHERE uscc_valid
            UNION ALL SELECT name_key, firm FROM old_firms WHERE uscc_valid
        ) WHERE name_key IN (SELECT name_key FROM narrow WHERE NOT uscc_valid) GROUP BY name_key HAVING count(DISTINCT firm) = 1
    """)
    run("""
        INSERT INTO staged_problems
        SELECT s.source, s.row, 'known_by_name', s.name, 0 FROM staged s JOIN coded c USING (name_key) WHERE NOT s.uscc_valid
    """)
    run("""
        CREATE TABLE counted AS
        SELECT * FROM narrow WHERE uscc_valid OR name_key NOT IN (SELECT name_key FROM coded)
    """)
    run("CREATE TABLE last AS SELECT firm, max(seq) AS seq, count(*) AS n FROM counted GROUP BY firm")
    _repeats(connection)
    run(
        """
        CREATE TABLE winners AS
        WITH o AS (SELECT firm, content, as_of FROM old_firms)
        SELECT c.seq, c.list, c.firm, c.name_key, c.uscc_valid,
            CASE WHEN o.firm IS NULL THEN 'added' WHEN o.content = c.content THEN 'unchanged'
                WHEN o.as_of > ? THEN 'older' ELSE 'changed' END AS state
        FROM last l JOIN counted c USING (seq) LEFT JOIN o ON o.firm = c.firm
        """,
        [as_of],
    )
    # A firm known by name alone that comes with its code now is the same firm.
    run("""
        CREATE TABLE gained AS
        SELECT w.seq, o.firm AS former FROM winners w JOIN old_firms o ON o.firm = w.name_key
        WHERE w.uscc_valid AND w.state = 'added'
    """)
    run("UPDATE winners SET state = 'changed' WHERE seq IN (SELECT seq FROM gained)")
    run("""
        CREATE TABLE gone AS
        SELECT firm FROM winners WHERE state = 'changed' UNION SELECT former FROM gained
    """)
    _former_names(connection, as_of)
    return _counts(connection)


def _streets(connection: duckdb.DuckDBPyConnection) -> None:
    """Counties for addresses that name only a street or township: as the other firms of the city name it with its county.

    What is still open then, the registrar's digits in the credit code tell.
    """
    from .places import former_codes

    run = connection.execute
    run(
        """
        CREATE TABLE streets AS
        WITH said AS (
            SELECT city_code, street, region_code FROM staged
            WHERE street <> '' AND region_from = 'address' AND region_code NOT LIKE '%00'
            UNION ALL
            SELECT city_code, street, region_code FROM old_firms
            WHERE street <> '' AND region_from = 'address' AND region_code NOT LIKE '%00'
        ), counted AS (SELECT city_code, street, region_code, count(*) AS n FROM said GROUP BY ALL)
        SELECT city_code, street, arg_max(region_code, n) AS region_code FROM counted
        GROUP BY city_code, street HAVING max(n) >= ? AND max(n) >= ? * sum(n)
        """,
        [STREET_FIRMS, STREET_SHARE],
    )
    run("""
        UPDATE staged SET region_code = s.region_code, region_from = 'streets' FROM streets s
        WHERE staged.region_code LIKE '%00' AND staged.region_code NOT LIKE '%0000' AND staged.city_code = s.city_code
            AND staged.street = s.street
    """)
    issued = [
        row[0]
        for row in run(
            "SELECT DISTINCT issued FROM staged WHERE issued <> '' AND (region_code = '' OR region_code LIKE '%00')"
        ).fetchall()
    ]
    if not issued:
        return
    run("CREATE TABLE registrars (issued VARCHAR, code VARCHAR, city VARCHAR, province VARCHAR)")
    run("INSERT INTO registrars SELECT unnest(?), unnest(?), unnest(?), unnest(?)", _registrars(issued, former_codes()))
    run("""
        UPDATE staged SET region_code = r.code, city_code = r.city, province_code = r.province, region_from = 'code'
        FROM registrars r WHERE staged.issued = r.issued AND r.code <> staged.region_code
            AND (staged.region_code = '' OR (staged.region_code LIKE '%0000' AND r.province = staged.region_code)
                OR (staged.region_code LIKE '%00' AND r.city = staged.region_code))
    """)
    run("""
        UPDATE staged SET name_key = regexp_replace(name_key, '@[0-9]*$', '@' || region_code),
            firm = CASE WHEN uscc_valid THEN firm ELSE regexp_replace(firm, '@[0-9]*$', '@' || region_code) END
        WHERE region_from IN ('streets', 'code')
    """)


def _registrars(issued: Sequence[str], now: dict[str, str]) -> list[list[str]]:
    from liantu.vocabulary import regions

    above = regions()
    rows = []
    for digits in issued:
        code = now.get(digits, digits)
        code = next((c for c in (code, code[:4] + "00", code[:2] + "0000") if c in above), "")
        city, province = (above.city_of(code), above.province_of(code)) if code else (None, None)
        rows.append((digits, code, city.code if city else "", province.code if province else ""))
    return [list(column) for column in zip(*[row for row in rows if row[1]], strict=True)] or [[], [], [], []]


def _repeats(connection: duckdb.DuckDBPyConnection) -> None:
    """Rows of one list for one firm: told, with both rows; another name under one credit code is told as such."""
    connection.execute("""
        INSERT INTO staged_problems
        SELECT c.source, c.row,
            CASE WHEN NOT c.uscc_valid THEN 'repeated_row' WHEN c.named = k.named THEN 'repeated_uscc' ELSE 'two_names' END,
            c.firm, k.row
        FROM last l JOIN counted k USING (seq) JOIN counted c ON c.firm = l.firm AND c.seq <> l.seq AND c.list = k.list
        WHERE l.n > 1
    """)


def _former_names(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    connection.execute(
        """
        CREATE TABLE new_former AS
        SELECT w.firm, o.name, CAST(? AS DATE) AS until, o.source
        FROM winners w LEFT JOIN gained g USING (seq) JOIN old_firms o ON o.firm = coalesce(g.former, w.firm)
            JOIN staged s USING (seq)
        WHERE w.state = 'changed' AND split_part(o.name_key, '@', 1) <> split_part(s.name_key, '@', 1)
        UNION
        SELECT c.firm, s.name, CAST(? AS DATE), s.source
        FROM last l JOIN counted k USING (seq) JOIN counted c ON c.firm = l.firm AND c.seq <> l.seq AND c.named <> k.named
            JOIN staged s ON s.seq = c.seq
        WHERE l.n > 1
        """,
        [as_of, as_of],
    )


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for number, state, n in connection.execute("SELECT list, state, count(*) FROM winners GROUP BY ALL").fetchall():
        counts.setdefault(number, {})[state] = n
    for number, n in connection.execute(
        "SELECT list, count(*) FROM narrow WHERE seq NOT IN (SELECT seq FROM winners) GROUP BY list"
    ).fetchall():
        counts.setdefault(number, {})["repeated"] = n
    return counts


def note_loads(
    connection: duckdb.DuckDBPyConnection, lists: Sequence[Loaded], digests: Sequence[str], as_of: date
) -> None:
    """The lists of this load for `loads`; their rows in `problems` replace those of an earlier load of the same list."""
    problems = dict(connection.execute("SELECT source, count(*) FROM staged_problems GROUP BY source").fetchall())
    connection.execute(f"CREATE TABLE new_loads ({_declared(LOADS)})")
    for one, digest in zip(lists, digests, strict=True):
        if one.known_file:
            continue
        values: list[Any] = [
            one.source, digest, as_of, one.rows, one.added, one.changed, one.unchanged, one.older, one.repeated, one.refused,
            problems.get(one.source, 0),
        ]  # fmt: skip
        connection.execute("INSERT INTO new_loads VALUES (?, ?, ?, localtimestamp, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def write(connection: duckdb.DuckDBPyConnection, fresh: Path) -> int:
    """Writes the new version into `fresh`; how many firms it holds."""
    columns = ", ".join(f'"{name}"' for name in FIRMS)
    kept = "WHERE firm NOT IN (SELECT firm FROM gone)"
    taken = "SELECT seq FROM winners WHERE state IN ('added', 'changed')"
    placed = ", ".join(f'p."{name}"' for name in _PLACEMENTS)
    queries = {
        "firms": f"""
            SELECT {columns} FROM old_firms {kept}
            UNION ALL SELECT {columns} FROM staged WHERE seq IN ({taken})""",
        "placements": f"""
            SELECT * FROM old_placements {kept}
            UNION ALL SELECT w.firm, {placed} FROM staged_placements p JOIN winners w USING (seq)
            WHERE w.state IN ('added', 'changed')""",
        "former_names": """
            SELECT n.firm, n.name, min(n.until) AS until, min(n.source) AS source FROM (
                SELECT coalesce(w.firm, f.firm) AS firm, f.name, f.until, f.source FROM old_former_names f
                LEFT JOIN gained g ON g.former = f.firm LEFT JOIN winners w USING (seq)
                UNION ALL SELECT * FROM new_former) n
            GROUP BY n.firm, n.name""",
        "problems": """
            SELECT * FROM old_problems WHERE source NOT IN (SELECT source FROM new_loads)
            UNION ALL SELECT * FROM staged_problems ORDER BY source, row""",
        "loads": "SELECT * FROM old_loads UNION ALL SELECT * FROM new_loads",
    }
    for table, query in queries.items():
        write_table(connection, query, fresh / f"{table}.parquet")
    file = str(fresh / "firms.parquet")
    found = connection.execute("SELECT count(*) FROM read_parquet(?)", [file]).fetchone()
    return int(found[0]) if found else 0
