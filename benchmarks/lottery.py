"""A lottery of 400 starts, as its view makes it: `python -m benchmarks.lottery`.

Seconds by the clock, so on a machine that does nothing else: until the first counts are there, and
until all are, pictures of the numbers included. Medians of several runs, beside their bars. The
processor's own seconds, of all cores together, say what it would be on a machine with others on it.
"""

import json
import platform
import statistics
import time

from kernels.compiled import take_steps
from recipes.lottery import LotterySettings as Settings
from recipes.threads import one_blas_thread
from views.boundaries.lottery import PRESETS, growing, picture

REPEATS = 3
LOTTERIES = {  # with the bars for the first counts and for all, in seconds
    "four points, 2-2-1, 20,000 steps": (PRESETS["Was I lucky?"].settings, 1.0, 3.0),
    "the page's default, 20,000 steps": (Settings(), 1.0, 15.0),
}


def seconds(settings: Settings) -> tuple[float, float, float]:
    """Until the first counts, and until all; and the processor's."""
    began, first, busy = time.perf_counter(), 0.0, time.process_time()
    for numbers in growing(settings):
        json.dumps(picture(numbers).message)
        if numbers.lanes and not first:
            first = time.perf_counter() - began
    return first, time.perf_counter() - began, time.process_time() - busy


def main() -> None:
    """Print a row for each lottery."""
    one_blas_thread()
    take_steps()
    print(f"Python {platform.python_version()}, {platform.machine()}, medians of {REPEATS}")
    for name, (settings, first_bar, bar) in LOTTERIES.items():
        runs = zip(*(seconds(settings) for _ in range(REPEATS)), strict=True)
        first, whole, busy = map(statistics.median, runs)
        met = "met" if first <= first_bar and whole <= bar else "NOT MET"
        print(
            f"{name}: first counts {first:.2f} s (bar {first_bar:g}), "
            f"all {whole:.2f} s (bar {bar:g}), "
            f"{busy:.2f} s of the processor: {met}"
        )


if __name__ == "__main__":
    main()
