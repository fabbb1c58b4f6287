"""A map of 8 × 8 cells × 100 starts on the four points, as its view makes it:
`python -m benchmarks.map`.

Seconds by the clock, so on a machine that does nothing else: until every cell has a first start,
and until all are trained, pictures of the numbers included. Medians of several runs. The bar is for
2,000 steps; the page has 1,000 and 3,000, so it is measured with more. The processor's own seconds,
of all cores together, say what it would be on a machine with others on it.
"""

import json
import platform
import statistics
import time

from kernels.compiled import take_steps
from recipes.threads import one_blas_thread
from views.boundaries.map import PRESETS, caption, growing, picture

REPEATS = 3
BAR = 15.0  # seconds


def seconds() -> tuple[float, float, float]:
    """Until every cell has a start, and until all are trained; and the processor's."""
    began, first, busy = time.perf_counter(), 0.0, time.process_time()
    for numbers in growing(PRESETS["Do more units help?"].settings):
        json.dumps(picture(numbers).message)
        caption(numbers)
        if picture(numbers).least and not first:
            first = time.perf_counter() - began
    return first, time.perf_counter() - began, time.process_time() - busy


def main() -> None:
    """Print one row."""
    one_blas_thread()
    take_steps()
    settings = PRESETS["Do more units help?"].settings
    cells = f"{settings.side} × {settings.side} × {settings.each} starts"
    first, whole, busy = map(
        statistics.median, zip(*(seconds() for _ in range(REPEATS)), strict=True)
    )
    print(f"Python {platform.python_version()}, {platform.machine()}, medians of {REPEATS}")
    print(
        f"map of {cells} × {settings.epochs:,} steps: a start in every cell {first:.2f} s, "
        f"all {whole:.2f} s (bar {BAR:g}, for 2,000 steps), {busy:.2f} s of the processor: "
        f"{'met' if whole <= BAR else 'NOT MET'}"
    )


if __name__ == "__main__":
    main()
