"""How long a reader's own table takes to become points: `python -m benchmarks.points`."""

import tempfile
import time
from pathlib import Path

import numpy as np

from datasets.own_points import MOST, own_data, own_points
from datasets.points_chosen import chosen, points_of
from datasets.points_table import read_table
from runs.points import in_words

TIMES, BAR = 9, 1.0  # runs; seconds
WRITTEN = {"commas": (",", False), "semicolons and decimal commas": (";", True)}


def table(separator: str, comma: bool) -> bytes:
    """A table of as many rows as there can be."""
    rng = np.random.default_rng(0)
    rows = [separator.join(["name", "height", "weight", "kind"])]
    for k, (a, b) in enumerate(rng.normal(size=(MOST, 2))):
        cells = [f"no {k}", f"{a:.6f}", f"{b:.6f}", ("cat", "dog")[int(a + b > 0)]]
        rows.append(separator.join(cells).replace(".", "," if comma else "."))
    return "\n".join(rows).encode()


def opened(content: bytes, folder: Path) -> float:
    """Seconds from the file's bytes to points that are kept, found again and split."""
    began = time.perf_counter()
    lines = read_table("points.csv", content)
    text = in_words(points_of(lines, chosen(lines)).points, "mark", folder)
    seconds = time.perf_counter() - began
    assert text.startswith("~")
    return seconds


def split() -> float:
    """Seconds until kept points are split for training and testing."""
    points = own_points("")
    many = points._replace(
        x=np.random.default_rng(0).uniform(-5, 5, (MOST, 2)).astype(np.float32),
        label=(np.arange(MOST) % 2).astype(np.uint8),
    )
    began = time.perf_counter()
    own_data(many, 0.8, 0)
    return time.perf_counter() - began


def main() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        for what, (separator, comma) in WRITTEN.items():
            content = table(separator, comma)
            median = float(np.median([opened(content, Path(folder)) for _ in range(TIMES)]))
            print(f"{MOST:,} rows with {what}: {1000 * median:.0f} ms, bar {1000 * BAR:.0f} ms")
    print(f"and split: {1000 * float(np.median([split() for _ in range(TIMES)])):.1f} ms")


if __name__ == "__main__":
    main()
