"""Log axes whose ticks are written out in letters of full size."""

from typing import Any

import numpy as np

from figures.words import RAISED

HIGHEST = 307  # the largest power of ten that a float holds with room above it


def log_axis(values: np.ndarray, title: str) -> dict[str, Any]:
    """Layout of a log axis over these values; ticks at 1, 2, 5 or, over many decades, at tens.

    Two of them or more are within it.
    """
    values = np.asarray(values, float)
    known = np.log10(values[np.isfinite(values) & (values > 0)])
    low, high = (float(known.min()), float(known.max())) if known.size else (-1.0, 0.0)
    margin = 0.06 * max(high - low, 0.2)
    low, high = low - margin, high + margin
    decades = np.arange(np.floor(low), min(np.ceil(high), HIGHEST) + 1)
    if high - low > 12:
        decades = decades[:: int(np.ceil((high - low) / 8))]
    leading = (1, 2, 5) if high - low < 2.5 else (1,)
    ticks = [lead * 10.0**decade for decade in decades for lead in leading]
    logs = np.array([np.log10(lead) + decade for decade in decades for lead in leading])
    if ((low <= logs) & (logs <= high)).sum() < 2:  # else nobody could tell how much it is
        low = min(low, float(logs[logs <= low].max(initial=logs[0])))
        high = max(high, float(logs[logs >= high].min(initial=logs[-1])))
    return {
        "title": {"text": title},
        "type": "log",
        "range": [low, high],
        "tickvals": ticks,
        "ticktext": [tick_text(tick) for tick in ticks],
    }


def tick_text(value: float) -> str:
    """0.05, 20, or from four zeros on a power of ten."""
    if 1e-3 <= value < 1e4:
        return f"{value:g}"
    lead, power = f"{value:.0e}".split("e")
    return f"{'' if lead == '1' else lead + '·'}10{str(int(power)).translate(RAISED)}"
