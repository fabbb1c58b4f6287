"""Log axes whose ticks are written out, and names at the ends of curves."""

from typing import Any

import numpy as np

APART = 0.09  # between two names, as a share of the axis


def log_axis(values: np.ndarray, title: str) -> dict[str, Any]:
    """Layout of a log axis over these values; ticks at 1, 2, 5 or, over many decades, at tens."""
    values = np.asarray(values, float)
    known = np.log10(values[np.isfinite(values) & (values > 0)])
    low, high = (float(known.min()), float(known.max())) if known.size else (-1.0, 0.0)
    margin = 0.06 * max(high - low, 0.2)
    low, high = low - margin, high + margin
    decades = np.arange(np.floor(low), np.ceil(high) + 1)
    if high - low > 12:
        decades = decades[:: int(np.ceil((high - low) / 8))]
    leading = (1, 2, 5) if high - low < 2.5 else (1,)
    ticks = [lead * 10.0**decade for decade in decades for lead in leading]
    return {
        "title": title,
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
    return f"{'' if lead == '1' else lead + '·'}10<sup>{int(power)}</sup>".replace("-", "−")


def end_labels(
    ends: list[tuple[str, float, float]], colours: list[str], axis: str
) -> list[dict[str, Any]]:
    """Annotations for a log axis: each name at its curve's end (x, y), moved up if in the way."""
    named = zip(ends, colours, strict=False)
    known = sorted((np.log10(y), name, x, colour) for (name, x, y), colour in named if y > 0)
    apart = APART * max(known[-1][0] - known[0][0], 1.0) if known else 0.0
    labels, floor = [], -np.inf
    for y, name, x, colour in known:
        at = max(y, floor)
        floor = at + apart
        labels.append(
            {
                "text": name, "x": x, "y": at, "xref": axis, "yref": axis.replace("x", "y"),
                "xanchor": "left", "xshift": 4, "showarrow": False, "font": {"color": colour},
            }
        )  # fmt: skip
    return labels
