"""Tables as ARFF, Weka's and OpenML's: a line for each column's name, then rows as in a CSV."""

import io
import re

from datasets.found import A_NAME, NotData
from datasets.idx import DataError

COLUMN = re.compile(rb"""@attribute\s+('[^']*'|"[^"]*"|[^\s'"]+)\s""", re.IGNORECASE)
LONGEST = 1 << 18  # bytes of a line
MOST_LINES = 10_000  # before the rows: 64×64 pixels take 4,097


def is_arff(text: bytes) -> bool:
    """Whether a text begins so, in small letters."""
    return b"@relation" in text and text[:1] in (b"%", b"@")


def arff_head(name: str, stream: io.BufferedIOBase) -> tuple[bytes, int]:
    """The names of the columns as a CSV's first line, and how many lines come before the rows.

    NotData if it has none.
    """
    columns = list[bytes]()
    for k in range(MOST_LINES):
        line = stream.readline(LONGEST).strip()
        if line[:5].lower() == b"@data" and columns:
            return b",".join(columns) + b"\n", k + 1
        if column := COLUMN.match(line + b" "):
            named = re.sub(rb"""[,'"]""", b"", column[1])[:A_NAME]
            columns.append(named.decode("utf-8", "ignore").encode())
    raise NotData(
        f"{name}: is ARFF whose columns are not named: expected a line @attribute for each column, "
        "and @data before the rows, so download it again."
    )


def check_whole_rows(name: str, rows: bytes) -> None:
    """DataError if rows have the places of their numbers, {3 0.5, 7 1}."""
    if rows.lstrip().startswith(b"{"):
        raise DataError(
            f"{name}: is ARFF that has the place of each number before it, as in {{3 0.5}}: "
            "expected rows with all their numbers, so save it as CSV."
        )
