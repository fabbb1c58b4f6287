"""A fair race of two films, as its view makes it: `python -m benchmarks.race`.

Seconds by the clock until both films are whole, their message for the browser included, each turn
with a seed of its own. On a machine that does nothing else; the median beside its bar.
"""

import json
import statistics
import time
from dataclasses import replace

from kernels.compiled import take_steps
from recipes.race import RaceSettings as Settings
from recipes.threads import one_blas_thread
from views.boundaries.race import growing, picture

REPEATS = 9
BAR = 0.5  # seconds


def seconds(seed: int) -> float:
    """Until both films of the page's default setting are whole."""
    began = time.perf_counter()
    for numbers in growing(replace(Settings(), seed=seed)):
        json.dumps(picture(numbers).message)
    return time.perf_counter() - began


def main() -> None:
    """Print one row."""
    one_blas_thread()
    take_steps()
    seconds(0)  # imports and caches, which a running server has behind it
    took = statistics.median(seconds(seed) for seed in range(1, REPEATS + 1))
    print(f"two films of the page's default: {took:.2f} s (bar {BAR:g}): "
          f"{'met' if took <= BAR else 'NOT MET'}")  # fmt: skip


if __name__ == "__main__":
    main()
