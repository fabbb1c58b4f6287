"""What goes in, what comes out: a normal input on its way through ten layers."""

import functools
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.labels import label_ends, powers_of_ten
from figures.narrow import narrow
from figures.theme import FIRST, GREY, NEGATIVE, POSITIVE, TEMPLATE, TEXT
from figures.unchecked import figure_of
from figures.words import STARTING_WEIGHTS, number
from nn_core import INITIALIZERS, Activation, Dense, Sequential
from recipes.activations import alpha_setting, function_setting, shaped, slope_setting
from recipes.meanings import briefly, in_plain_words, with_its_name
from recipes.settings import ROW, Preset, Settings as AnySettings, choices
from views.view import Piece, TryThis, View

DEPTH, UNITS, INPUTS = 10, 64, 256
REACH = 3.0  # the histograms show −3 to 3; what lies beyond is counted in the last bar
BARS = 41  # an odd number: the middle one is around 0
DEAD_AT = 3.7  # above the bars stands how many units are dead
GAP = 0.1
ROOMY = 600  # pixels: in a narrower place the names are shorter, and every other layer has none
LYING = 330  # and down: on a phone held sideways it is as high as the screen
DEAD = {
    "text": "units dead", "x": 1, "xref": "x domain", "xanchor": "left", "xshift": 9,
    "y": DEAD_AT, "yref": "y", "showarrow": False,
}  # fmt: skip
# Square layers give all initialisers of a family one variance, so one name serves for all.
FAMILIES = {
    "for ReLU": ("he_normal", "he_uniform"), "1 wide": ("normal",), "all zero": ("zeros",),
    "tanh, by inputs": ("glorot_normal", "glorot_uniform", "lecun_normal"),
}  # fmt: skip
DRAWN = {  # how large starting weights are, by the first word of their name
    "glorot": "the smaller, the more inputs and outputs a layer has",
    "lecun": "the smaller, the more inputs a layer has",
    "he": "the smaller, the more inputs a layer has, but larger than those sized by inputs alone: "
    "ReLU silences half",
    "normal": "1 wide, however many inputs a layer has",
    "zeros": "all 0",
}
DYING, EXPLODING = 0.1, 10.0  # times the input's spread
STAYS = 1.3  # from the fifth layer on the largest spread is no more times the smallest
STEADY = 1.25  # times the input's spread, or a fifth less of it: about the same


@dataclass(frozen=True)
class Settings(AnySettings):
    """Which function, and how the weights are drawn."""

    page = "activations"
    function: str = function_setting()
    init: str = choices(
        "glorot_uniform",
        tuple(INITIALIZERS),
        "Starting weights",
        STARTING_WEIGHTS,
        stands=ROW,
    )
    slope: float = slope_setting()
    alpha: float = alpha_setting()


PRESETS = {"Exploding": Preset(Settings(function="relu", init="normal"))}


class Flow(NamedTuple):
    """What ten layers make of a normal input, for every initialiser."""

    name: str  # of the activation
    shares: dict[str, np.ndarray]  # initialiser → (11, bars): each layer's histogram, input first
    spread: dict[str, np.ndarray]  # initialiser → (11,): standard deviation of all outputs
    silent: dict[str, np.ndarray]  # initialiser → (11,): units that answer 0 to every input


class Numbers(NamedTuple):
    """What the layers make of the input, and the initialiser that stands out."""

    flow: Flow
    init: str


def numbers(settings: Settings) -> Numbers:
    """The function's flow."""
    return Numbers(flow(shaped(settings.function, settings.slope, settings.alpha)), settings.init)


@functools.lru_cache(maxsize=64)
def flow(function: Activation, seed: int = 0) -> Flow:
    """256 normal inputs through ten layers of 64 units, once for each initialiser."""
    x = np.random.default_rng(seed).standard_normal((INPUTS, UNITS))
    shares, spread, silent = {}, {}, {}
    for init in INITIALIZERS:
        layers = [layer for _ in range(DEPTH) for layer in (Dense(UNITS, UNITS), function)]
        answers = Sequential(*layers, init=init, seed=seed).forward(x)[::2]
        shares[init] = np.array([_shares(a) for a in answers])
        spread[init] = np.array([a.std() for a in answers])
        silent[init] = np.array([(a == 0).all(axis=0).sum() for a in answers])
    return Flow(function.name, shares, spread, silent)


def _shares(a: np.ndarray) -> np.ndarray:
    """The share of values in each bar, what lies beyond the reach in the outermost."""
    edges = np.linspace(-REACH, REACH, BARS + 1)
    return np.histogram(np.clip(a, -REACH, REACH), edges)[0] / a.size


@functools.cache
def _panels() -> dict:
    panels = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, row_heights=[0.5, 0.5])
    panels.update_yaxes(title="output", range=[-3.3, 4.3], row=1)
    panels.update_yaxes(tickvals=[-REACH, 0, REACH], ticktext=["≤ −3", "0", "≥ 3"], row=1)
    panels.update_yaxes(title="spread (log)", type="log", automargin=True, row=2)
    ticks = ["input", *map(str, range(1, DEPTH + 1))]
    panels.update_xaxes(range=[-0.15, DEPTH + 1], tickvals=np.arange(DEPTH + 1) + 0.4)
    panels.update_xaxes(title="layer", ticktext=ticks, row=2)
    panels.update_layout(template=TEMPLATE, uirevision="layers", margin_r=124, barmode="overlay")
    return panels.layout.to_plotly_json()


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """Above, a histogram for each layer; below, the spread for every initialiser."""
    seen, init = numbers
    middle = np.linspace(-REACH, REACH, BARS + 1)[:-1] + REACH / BARS
    # Colours themselves: of numbers and a scale Plotly's bars say that they are no colours.
    by_sign = [*[NEGATIVE] * (BARS // 2), GREY, *[POSITIVE] * (BARS // 2)]
    bars = [
        dict(
            type="bar",
            x=0.85 * shares / shares.max(),
            y=middle,
            base=layer,
            orientation="h",
            width=2 * REACH / BARS,
            marker={"color": by_sign, "line": {"width": 0}},
            name=f"layer {layer}",
            customdata=100 * shares,
            hovertemplate=f"layer {layer}<br>around %{{y:.2f}}: %{{customdata:.1f}}%"
            "<extra></extra>",
            xaxis="x",
            yaxis="y",
        )
        for layer, shares in enumerate(seen.shares[init])
    ]
    title = f"What ten layers of {seen.name} hand on; weights: {with_its_name(init)}"
    layout = _panels() | {
        "title": {"text": title},
        "meta": {} if brief else {"least": ROOMY, "lowest": LYING},
    }
    if seen.silent[init].any():
        layout["annotations"] = [dict(DEAD)]
    spreads = _spreads(seen, init, layout)
    return figure_of([*bars, _silent(seen.silent[init]), *spreads], layout)


def _silent(silent: np.ndarray) -> dict[str, Any]:
    """How many units of each layer are dead, as a number over its bars."""
    return dict(
        type="scatter",
        x=np.arange(len(silent)) + 0.4,
        y=np.full(len(silent), DEAD_AT),
        text=[f"{count}" if count else "" for count in silent],
        mode="text",
        name="dead",
        cliponaxis=False,
        hoverinfo="skip",
        xaxis="x",
        yaxis="y",
    )


def _spreads(seen: Flow, init: str, layout: dict[str, Any]) -> list[dict[str, Any]]:
    """The chosen initialiser's spread stands out; the others are there to compare.

    Their axis and their names are written into the layout.
    """
    layers = np.arange(DEPTH + 1) + 0.4
    names = sorted(seen.spread, key=lambda name: name == init)  # the chosen one is drawn last
    traces, ends = [], {}
    for name in names:
        spread = np.where(seen.spread[name] > 0, seen.spread[name], np.nan)  # a log axis has no 0
        trace = dict(
            type="scatter",
            x=layers,
            y=spread,
            name=f"spread, {with_its_name(name)}",
            mode="lines",
            line={"color": FIRST if name == init else GREY, "width": 4 if name == init else 1.5},
            hovertemplate=f"{with_its_name(name)}<br>spread %{{y:.4g}}<extra></extra>",
            xaxis="x2",
            yaxis="y2",
        )
        traces.append(trace)
        if spread[-1] > 0:
            ends[name] = np.log10(spread[-1])
    known = [np.log10(s[s > 0]) for s in seen.spread.values() if (s > 0).any()]
    low, high = min(a.min() for a in known) - 0.3, max(a.max() for a in known) + 0.3
    labels = _labels(ends, init)
    chosen = briefly(init)
    colours = [FIRST if name == chosen else TEXT for name in labels]
    layout["yaxis2"] = layout["yaxis2"] | {"range": [low, high], **powers_of_ten(low, high)}
    own = {chosen: labels[chosen]} if chosen in labels else {}
    layout["meta"] |= _narrow(own, (low, high), layout.get("annotations", []))
    label_ends(layout, 2, list(labels), list(labels.values()), (low, high), GAP, colours)
    return traces


def _narrow(
    own: dict[str, float], bounds: tuple[float, float], beside: list[dict[str, Any]]
) -> dict[str, Any]:
    """On a phone only the chosen curve's `own` name has room beside its end.

    Every other layer has its number.
    """
    ticks = ["in", *("" if layer % 2 else str(layer) for layer in range(1, DEPTH + 1))]
    layout: dict[str, Any] = {
        "margin": {"r": 84},
        "xaxis2": {"ticktext": ticks, "tickangle": 0},
        "annotations": beside,
        "meta": {"least": 288, "lowest": 460},
    }
    names = [name.replace(", ", ",<br>") for name in own]
    label_ends(layout, 2, names, list(own.values()), bounds, 2 * GAP, [FIRST])
    return narrow(layout)


def _labels(ends: dict[str, float], init: str) -> dict[str, float]:
    """The chosen initialiser by its own name, the others by their family's, each at its ends."""
    labels = {}
    for family, members in FAMILIES.items():
        others = [ends[name] for name in members if name in ends and name != init]
        if others:
            labels[family] = float(np.mean(others))
    return labels | ({briefly(init): ends[init]} if init in ends else {})


def caption(numbers: Numbers, brief: bool = False) -> str:
    """Whether the signal dies, explodes or stays, and how many units are dead."""
    seen, init = numbers
    spread, silent = seen.spread[init], seen.silent[init]
    ratio, later = spread[-1] / spread[0], spread[DEPTH // 2 :]
    if ratio == 0:
        fate = "Nothing of the input comes through, the signal is **dead**"
    elif not 1 / STEADY <= ratio <= STEADY and later.max() < STAYS * later.min():
        fate = (
            f"The signal **{'narrows' if ratio < 1 else 'widens'}** in the first layers, then stays"
        )
    elif ratio < DYING:
        fate = "The signal is **dying**"
    elif ratio > EXPLODING:
        fate = "The signal is **exploding**"
    elif ratio < 1 / STEADY:
        fate = "The signal is **fading**"
    elif ratio > STEADY:
        fate = "The signal is **growing**"
    else:
        fate = "The signal stays about **steady**"
    middle = f"from {number(spread[0])} at the input to **{number(spread[-1])}** after ten layers"
    dead = int(silent[-1])
    if dead:
        count = (
            f" In the last layer **{dead}** of 64 units are dead: they answer 0 to all 256 inputs."
        )
    elif ratio == 0:
        count = " All units of the last layer give one and the same answer to all 256 inputs."
    else:
        count = "" if brief else " In the last layer no unit is dead."
    return (
        f"{fate}: its spread (how far apart the outputs lie) goes {middle} of {seen.name}. Weights "
        f"*{in_plain_words(init)}* ({init}) are {DRAWN[init.split('_')[0]]}.{count}"
    )


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """The starting weights that keep the signal best; the worst ones where it is kept as it can."""
    spread = numbers.flow.spread
    off = {
        init: abs(np.log(values[-1] / values[0]))
        for init, values in spread.items()
        if values[-1] > 0
    }
    if not off:
        return None
    kept = off.get(settings.init, np.inf) <= np.log(STEADY)
    best = min(off, key=lambda name: off[name])
    init = max(off, key=lambda name: off[name]) if kept or best == settings.init else best
    if init == settings.init:
        return None
    first, last = (number(spread[init][at]) for at in (0, -1))
    why = f"with them the spread goes from {first} to {last}."
    what = f"*starting weights* {with_its_name(init)}"
    return TryThis(what, why, replace(settings, init=init), "in and out")


MATHS = [
    "A layer's sums add up many terms, so their spread grows with the number of inputs n:",
    r"$$\operatorname{Var}(z) = n \, \operatorname{Var}(W) \, \operatorname{E}[a^2]$$",
    "To keep the spread as it is, the variance of a weight is chosen to fit:",
    r"$$\text{LeCun: } \tfrac1n, \qquad \text{Glorot: } \tfrac{2}{n + m}, \qquad "
    r"\text{He: } \tfrac2n \text{ (ReLU silences half)}$$",
    STARTING_WEIGHTS,
    "A unit is dead if it answers 0 to every one of the 256 inputs: its slope is then 0 on all "
    "of them, and no error reaches its weights.",
]

CODE: list[Piece] = [flow.__wrapped__]

VIEW = View(
    name="in and out",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    presets=PRESETS,
    stepped="init",
    heights=("57vh", "66vh"),
)
