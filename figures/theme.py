"""Every colour and the common look of all figures.

Colours written as var(--st-…) are the reader's own theme, light or dark: the browser fills them in
when it draws, so one figure serves both.

Pandas is imported before the first figure: a thread that trains may need it later, and a figure
made elsewhere at that moment would find a module without its names.
"""

import pandas  # noqa: F401
import plotly.graph_objects as go

from figures.labels import spread_labels

NEGATIVE = "#E69F00"  # Okabe–Ito orange: class 0, and everything below zero
POSITIVE = "#0072B2"  # Okabe–Ito blue: class 1, and everything above zero
CLASS_COLOURS = {  # of the points of up to ten classes, by name; each has a shape of its own, too
    "orange": NEGATIVE,
    "blue": POSITIVE,
    "green": "#009E73",
    "pink": "#CC79A7",
    "violet": "#5B2A9D",
    "red": "#E0402F",
    "light blue": "#56B4E9",
    "brown": "#7B4B2A",
    "yellow": "#D8D020",
    "grey": "#9AA3A3",
}
FIRST = "#009E73"  # Okabe–Ito green and purple: two curves that stand for names, not signs
SECOND = "#CC79A7"
TEXT = "var(--st-text-color)"
BACKGROUND = "var(--st-background-color)"
GREY = "#8A9494"  # a third curve, too: the palette's other hues mean signs here
GRID = "var(--st-border-color)"

THREE = (FIRST, SECOND, GREY)  # up to three curves that stand for names

# Curves that stand for names, in order: with two already so many, each is labelled at its end.
CATEGORICAL = (FIRST, SECOND, "#9A8F1E", "#8E6FD1", GREY)

# From nothing to much, for what has no sign: nothing fades into the page.
ACCENT = "var(--st-primary-color)"
SEQUENTIAL = [[0, BACKGROUND], [0.6, ACCENT], [1, TEXT]]
VALLEYS = [[0, ACCENT], [1, BACKGROUND]]  # the deeper, the darker
HILLS = [[0, ACCENT], [1, GRID]]  # the same on a surface, whose edge is the page's ground
DIVERGING = [[0, NEGATIVE], [0.5, BACKGROUND], [1, POSITIVE]]

SPARE = 36  # pixels that a projector's title leaves of the larger margin above
TITLE = 50  # pixels that it needs

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "Source Sans, sans-serif", "color": TEXT, "size": 14},
        "title": {"font": {"size": 16}, "x": 0.01, "y": 0.985, "yanchor": "top"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 60, "r": 16, "t": 56, "b": 52},
        "showlegend": False,
        "hoverlabel": {"font": {"size": 14}},
        "xaxis": {"gridcolor": GRID, "zerolinecolor": GRID, "linecolor": GRID},
        "yaxis": {"gridcolor": GRID, "zerolinecolor": GRID, "linecolor": GRID},
    }
)


def colours_of(classes: int) -> list[str]:
    """The colours of more than two classes; [] of fewer: then two stand for the ends of a scale."""
    return list(CLASS_COLOURS.values())[:classes] if classes > 2 else []


def for_presenter(figure: go.Figure) -> go.Figure:
    """The same figure for the back row: type of at least 24 px, lines and marks 1.5 times."""
    big = go.Figure(figure)
    big.update_layout(font_size=25, title_font_size=27, hoverlabel_font_size=24)
    usual = TEMPLATE.layout.margin.to_plotly_json() | figure.layout.margin.to_plotly_json()
    margin = {side: 1.5 * width for side, width in usual.items()}
    if figure.layout.title.text:
        margin["t"] = max(margin["t"] - SPARE, TITLE)
    big.update_layout(margin=margin)
    for note in big.layout.annotations:
        note.update(font_size=25, xshift=1.5 * (note.xshift or 0), yshift=1.5 * (note.yshift or 0))
    spread_labels(big, 2.2)
    for scene in big.select_scenes():
        for note in scene.annotations:
            note.update(font_size=24, ay=1.5 * (note.ay or 0))
    for trace in big.data:
        for part in (trace, getattr(trace, "marker", None)):
            if part is not None and "line" in part and part.line.width:
                part.line.width *= 1.5
        if "marker" in trace and isinstance(getattr(trace.marker, "size", None), (int, float)):
            trace.marker.size *= 1.5
    return big
