"""What an activation does to learning: the product of slopes along a chain of neurons."""

import functools
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.heard import part
from figures.imagined import imagined
from figures.labels import label_ends
from figures.narrow import narrow
from figures.theme import GREY, TEMPLATE, TEXT, THREE
from figures.unchecked import figure_of
from figures.words import RAISED, listed, number, sentences
from nn_core import Activation, ReLU
from recipes.activations import FunctionsSettings, x_setting
from recipes.settings import MORE, ROW, Preset, between
from views.gradients import vanishing
from views.gradients.vanishing.norms import start_norms
from views.view import Piece, TryThis, View

SIGMOIDS_STEEPEST = 0.25  # σ′ is largest at 0, and 1/4 there
MOST_TICKS = 12
SHALLOW, DEEP = 5, 50  # layers to try
MOST_POWERS = 6
MILLIMETRE = {  # what a power of ten is, as a millimetre of something
    -3: "a metre", -6: "a km", -9: "1,000 km", -12: "a million km", -15: "a billion km",
    -18: "a trillion km", -21: "106 light-years", -24: "106,000 light-years",
    -27: "106 million light-years",
}  # fmt: skip
SHORTER = {": ": ":<br>", "with ": "", "sigmoid's ": ""}  # names, on a phone
GAP = 0.055  # between two names, as a share of the picture's height


@dataclass(frozen=True)
class Settings(FunctionsSettings):
    """Which functions, and the row of neurons they stand in."""

    x: float = x_setting(stands=MORE)
    depth: int = between(10, 1, 50, 1, "Layers", "How many neurons stand in a row.", stands=ROW)
    weight: float = between(
        3.0, 0.1, 8.0, 0.1, "Weight", "What each neuron multiplies its input by.", stands=ROW
    )


PRESETS = {"Vanishing": Preset(Settings(second="tanh", third="relu", depth=20))}


class Chain(NamedTuple):
    """A row of neurons, each hearing the one before: a ← f(w · a). One number a neuron."""

    name: str
    slopes: np.ndarray  # (depth,): f′ of the first 1, 2, … neurons multiplied
    weighted: np.ndarray  # (depth,): the same with each neuron's weight multiplied in


class Numbers(NamedTuple):
    """A chain for each function."""

    chains: list[Chain]
    weight: float
    x: float  # what the first neuron hears


def numbers(settings: Settings) -> Numbers:
    """The chains of all functions, the first first."""
    depth, weight = settings.depth, settings.weight
    chains = [chain(f, settings.x, weight, depth) for f in settings.functions()]
    return Numbers(chains, weight, settings.x)


def chain(function: Activation, x: float, weight: float, depth: int) -> Chain:
    """Send x through so many neurons of one weight, and multiply the slopes met on the way."""
    a, slopes = np.array([x]), []
    for _ in range(depth):
        z = weight * a
        a = function.forward(z)
        slopes.append(function.derivative(z, a).item())
    return Chain(function.name, np.cumprod(slopes), np.cumprod(weight * np.array(slopes)))


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """Products over depth on a log axis: slopes alone dashed, with weights solid, 0.25ⁿ dotted."""
    chains = numbers.chains
    depth = np.arange(1, len(chains[0].slopes) + 1)
    ceiling = SIGMOIDS_STEEPEST**depth
    lines: list[tuple[str, str, float, str, np.ndarray]] = [
        (TEXT, "dot", 2, "0.25ⁿ: sigmoid's ceiling", ceiling)
    ]
    for one, colour in zip(chains, THREE, strict=False):
        lines.append((colour, "dash", 2.5, f"{one.name}: slopes", one.slopes))
        lines.append((colour, "solid", 3.5, f"{one.name}: with weights", one.weighted))
    traces: list[dict[str, Any]] = []
    ends = []
    for colour, dash, width, name, values in lines:
        seen = np.where(np.abs(values) > 0, np.abs(values), np.nan)  # a log axis has no 0
        trace: dict[str, Any] = dict(
            type="scatter",
            x=depth,
            y=seen,
            name=name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": width},
            marker={"size": 5, "color": colour},
            hovertemplate=f"{name}<br>after %{{x}} layers: %{{y:.6g}}<extra></extra>",
        )
        traces.append(trace)
        known = seen[np.isfinite(seen)]
        ends.append(np.log10(known[-1]) if known.size else 0.0)
    low, high = _decades([trace["y"] for trace in traces])
    whole = {"dtick": 1} if len(depth) <= MOST_TICKS else {}  # a layer is never a fraction
    across = {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": 1, "y1": 1}
    layout = {
        "template": TEMPLATE,
        "uirevision": "chain",
        "title": {
            "text": "How much of an error of 1 arrives n layers down (dashed: by the slopes alone)"
        },
        "margin": {"r": 190, "l": 170},
        "xaxis": {"title": {"text": "layers n"}, "range": [0.5, len(depth) + 0.5], **whole},
        "yaxis": {
            "title": {"text": "share that arrives"},
            "type": "log",
            "range": [low, high],
            "automargin": True,
            **_ticks(low, high),
        },
        "shapes": [across | {"line": {"color": GREY, "width": 1}}],
        "meta": {"least": 1000} if brief else {},
    }
    named, colours = [line[3] for line in lines], [line[0] for line in lines]
    label_ends(layout, 1, named, ends, (low, high), GAP, colours)
    layout["meta"] |= _narrow(named, ends, (low, high), colours)
    return figure_of(traces, layout)


def _narrow(
    names: list[str], ends: list[float], bounds: tuple[float, float], colours: list[str]
) -> dict[str, Any]:
    """On a phone the names take two lines, and the ticks are powers alone."""
    short = names
    for words, fewer in SHORTER.items():
        short = [name.replace(words, fewer) for name in short]
    layout: dict[str, Any] = {
        "margin": {"l": 60, "r": 92},
        "yaxis": _ticks(*bounds, pictured=False),
    }
    label_ends(layout, 1, short, ends, bounds, 2 * GAP, colours)
    return narrow(layout)


def _ticks(low: float, high: float, pictured: bool = True) -> dict[str, list]:
    """A few powers of ten, every third or fewer, each with what it is a millimetre of."""
    step = 3 * max(1, int(np.ceil((high - low) / 3 / MOST_POWERS)))
    powers = [power for power in range(int(np.ceil(low)), int(high) + 1) if power % step == 0]
    texts = [_tick(power, pictured) for power in powers]
    return {"tickvals": [10.0**power for power in powers], "ticktext": texts}


def _tick(power: int, pictured: bool) -> str:
    if power == 0:
        return "all: 1"
    text = f"10{str(power).translate(RAISED)}"
    if not pictured or power not in MILLIMETRE:
        return text
    return f"1 mm of {MILLIMETRE[power]}, {text}"


def _decades(curves: list[np.ndarray]) -> tuple[float, float]:
    """The powers of ten between which all curves lie, with some air."""
    every = np.concatenate(curves)
    powers = np.log10(every[np.isfinite(every)])
    return min(powers.min(), -1) - 0.5, max(powers.max(), 0) + 0.5


def caption(numbers: Numbers, brief: bool = False) -> str:
    """How much of an error arrives at the chain's far end, against sigmoid's ceiling."""
    chains, weight, x = numbers
    depth = len(chains[0].slopes)
    parts = []
    for one in chains:
        slopes, weighted = one.slopes[-1], one.weighted[-1]
        if slopes == 0:
            parts.append(f"{one.name} **nothing** (a slope on the way is exactly 0)")
        else:
            parts.append(f"{one.name} **{number(weighted)}** ({number(slopes)})")
    layers = "1 layer" if depth == 1 else f"{depth} layers"
    said = (
        f"Of an error of 1, this much arrives {layers} down with weights of "
        f"{number(weight)} and an input of {number(x)} (in brackets: the slopes alone, without the "
        f"weights): {listed(parts)}."
    )
    least = min(chains, key=lambda one: abs(one.weighted[-1]) or np.inf)
    pictured = imagined(abs(float(least.weighted[-1])))
    if pictured and len(chains) > 1:
        pictured = f"With {least.name}: {pictured[0].lower()}{pictured[1:]}"
    if brief:
        return sentences(said, pictured)
    ceiling = (
        f"Sigmoid's slopes let through at most 0.25ⁿ = {number(SIGMOIDS_STEEPEST**depth)}; "
        "weights can lift it."
    )
    return sentences(said, pictured, ceiling)


@functools.cache
def in_a_deep_network() -> TryThis:
    """What a slope of at most ¼ comes to in a network of many sigmoid layers."""
    deep = vanishing.Settings()
    first, last = start_norms(deep.recipes()[0], deep.depth, deep.width, deep.seed)[:: deep.depth]
    why = (
        f"in a real network of {deep.depth} sigmoid layers the first one hears "
        f"{part(first / last)} of what the last one hears."
    )
    return TryThis("*vanishing*", why, deep, vanishing.VIEW.name)


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """ReLU beside the others; where it is, what sigmoids do in a real network, or another depth."""
    functions, relu = settings.functions(), ReLU()
    if relu.name not in (one.name for one in numbers.chains):
        why = f"of an error of 1, {_arrives(relu, settings)} arrives by its slopes alone."
        beside = "beside it" if len(functions) == 1 else "beside them"
        if settings.second == "none":
            changed = replace(settings, second=relu.name)
        else:
            changed = replace(settings, third=relu.name)
        return TryThis(f"*{relu.name}* {beside}", why, changed, "learning")
    if functions[0].name == "sigmoid":
        return in_a_deep_network()
    other_depth = replace(settings, depth=DEEP if settings.depth < DEEP else SHALLOW)
    arrives = _arrives(functions[0], other_depth)
    why = f"of an error of 1, {arrives} arrives by the slopes of {functions[0].name} alone."
    return TryThis(f"*layers* {other_depth.depth}", why, other_depth, "learning")


def _arrives(function: Activation, settings: Settings) -> str:
    share = chain(function, settings.x, settings.weight, settings.depth).slopes[-1]
    return number(share) if share else "nothing"


MATHS = [
    "A row of neurons, each hearing the one before:",
    r"$$z_k = w\,a_{k-1}, \qquad a_k = f(z_k)$$",
    "What arrives n layers further down, of an error at the end (the chain rule):",
    r"$$\frac{\partial a_n}{\partial a_0} = \prod_{k=1}^{n} w\,f'(z_k) = "
    r"w^n \prod_{k=1}^{n} f'(z_k)$$",
    r"σ′ is never above ¼, so the slopes of n sigmoids multiply to at most $0.25^n$. That is a "
    r"ceiling for the slopes; the weights multiply in too.",
]

CODE: list[Piece] = [chain]

VIEW = View(
    name="learning",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    presets=PRESETS,
    stepped="depth",
    heights=("56vh", "60vh"),
)
