"""The gradient of a batch beside the gradient of all the data: how far off, how much longer."""

import functools
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.narrow import narrow
from figures.theme import BACKGROUND, FIRST, GREY, TEMPLATE, TEXT
from figures.unchecked import figure_of
from figures.words import number
from kernels import knows, train
from nn_core import SGD, Sequential, Trainer, angle_between, mlp, sample_gradients
from recipes.clouds import LOSS, cloud_points
from recipes.settings import ROW, Settings as AnySettings, activation_setting, choices, seed_setting
from views.view import THIS_RUNS, TWIN, Piece, TryThis, View

SIZES = (1, 2, 5, 10, 20, 50, 100, 200)
DRAWS = 60  # batches of each size
ROUNDING = 1e12  # so many times longer than all points' gradient: that one is rounding's
STROKE = 1.06  # how far a stroke that stands for one of them reaches, as a factor


@dataclass(frozen=True)
class Settings(AnySettings):
    """One moment of a training, and what batches of different sizes would say there."""

    page = "gradients"
    batch: int = choices(
        50, SIZES, "Batch size", "Points behind each of the thin arrows.", stands=ROW
    )
    trained: int = choices(
        100,
        (0, 10, 30, 100, 300, 1000),
        "Steps before",
        "How far training has come by then.",
        stands=ROW,
    )
    activation: str = activation_setting("sigmoid", stands=ROW)
    seed: int = seed_setting("Another seed draws other starting weights.")


class Noise(NamedTuple):
    """Batches of every size against all the data. Rows are sizes, columns draws."""

    sizes: np.ndarray  # (sizes,)
    angle: np.ndarray  # (sizes, draws) degrees from the gradient of all points
    length: np.ndarray  # (sizes, draws) in lengths of that gradient
    side: np.ndarray  # (sizes, draws) +1 or −1: on which side of it an arrow is drawn
    full: float  # the length of the gradient of all points
    points: int


class Numbers(NamedTuple):
    """The noise of batches, and the size that stands out."""

    batch: int
    noise: Noise
    compiled: bool = True  # whether the loop took the steps before, or nn_core

    @property
    def at(self) -> int:
        """The row of that size."""
        return SIZES.index(self.batch)


def numbers(settings: Settings) -> Numbers:
    """Batches of every size at the settings' moment of training."""
    noise = _noise(settings.activation, settings.trained, settings.seed)
    return Numbers(settings.batch, noise, settings.trained > 0 and knows(settings.activation))


@functools.lru_cache(maxsize=64)
def _noise(activation: str, trained: int, seed: int) -> Noise:
    return batch_noise(*one_moment(activation, trained, seed), seed)


def one_moment(
    activation: str, trained: int, seed: int
) -> tuple[Sequential, np.ndarray, np.ndarray]:
    """A 2-8-1 network so many full-batch steps into its training, and its points."""
    x, t = cloud_points()
    net = mlp([2, 8, 1], activation, "glorot_uniform", seed)
    train(Trainer(net, LOSS, SGD(1.0), x, t, len(x), record_at=()), trained)
    return net, x, t


def batch_noise(net: Sequential, x: np.ndarray, t: np.ndarray, seed: int) -> Noise:
    """So many draws of each size, without replacement; each begins with the smaller ones."""
    rng = np.random.default_rng(seed)
    rows = sample_gradients(net, LOSS, x, t)
    full = rows.mean(axis=0)
    order = np.argsort(rng.random((DRAWS, len(x))), axis=1)
    batches = np.stack([_means(rows, order[:, :size]) for size in SIZES])
    length = np.linalg.norm(full)
    across = rng.standard_normal(len(full))
    side = np.where((batches - full) @ across < 0, -1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        lengths = np.linalg.norm(batches, axis=-1) / length
    angles = angle_between(batches, full)
    return Noise(np.array(SIZES), angles, lengths, side, float(length), len(x))


def _means(rows: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The gradient of each batch: the mean of its samples' gradients, (draws, parameters)."""
    if chosen.shape[1] == len(rows):  # all points, in any order, and to the last bit
        return np.tile(rows.mean(axis=0), (len(chosen), 1))
    return np.stack([rows[one].mean(axis=0) for one in chosen])


def medians_of(values: np.ndarray) -> np.ndarray:
    """The median of each row, (sizes,), of what is known in it; NaN where nothing is."""
    known = [row[np.isfinite(row)] for row in values]
    return np.array([np.median(row) if row.size else np.nan for row in known])


# Below each other, on a phone.
NARROW = narrow({
    "xaxis": {"domain": [0, 1]}, "yaxis": {"domain": [0.58, 1]},
    "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0, 0.42]},
    "meta": {"least": 300, "lowest": 560},
})  # fmt: skip


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share."""
    panels = make_subplots(cols=2, column_widths=[0.52, 0.48], horizontal_spacing=0.12)
    bare = {"showgrid": False, "zeroline": False, "showticklabels": False, "constrain": "domain"}
    panels.update_xaxes(title="the way of all points →", range=[-1.1, 2.1], **bare, col=1)
    panels.update_yaxes(range=[-1.06, 1.06], **bare, scaleanchor="x", col=1)
    sizes = {"type": "log", "tickvals": SIZES, "ticktext": [str(size) for size in SIZES]}
    panels.update_xaxes(title="points in the batch (log scale)", **sizes, col=2)
    panels.update_yaxes(title="how far off, °", tickvals=[0, 30, 60, 90, 120, 150, 180], col=2)
    panels.update_layout(template=TEMPLATE, uirevision="batches")
    return panels.layout.to_plotly_json()


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """A fan of arrows, one a batch of this size, all equally long; beside it all sizes' angles."""
    noise, at = numbers.noise, numbers.at
    turn = np.radians(noise.angle[at]) * noise.side[at]
    along, across = np.cos(turn), np.sin(turn)
    gap = np.full(len(turn), np.nan)
    fan = dict(
        type="scatter", x=np.column_stack([np.zeros(len(turn)), along, gap]).ravel(),
        y=np.column_stack([np.zeros(len(turn)), across, gap]).ravel(),
        name="batches", mode="lines", line={"color": FIRST, "width": 1.5}, opacity=0.6,
        hoverinfo="skip",
    )  # fmt: skip
    heading = (90 - np.degrees(turn) + 180) % 360 - 180  # within half a turn, as Plotly has angles
    tips = dict(
        type="scatter", x=along, y=across, name="tips", mode="markers",
        marker={"color": FIRST, "size": 11, "symbol": "arrow", "angle": heading},
        customdata=np.column_stack([noise.angle[at], noise.length[at]]),
        hovertemplate="%{customdata[0]:.4f}° off<br>%{customdata[1]:.4f} times as long"
        "<extra></extra>",
    )  # fmt: skip
    whole = dict(
        type="scatter", x=[0, 1.12], y=[0, 0], name="all points", mode="lines+markers",
        line={"color": TEXT, "width": 6},
        marker={"size": [0, 24], "symbol": "arrow", "angleref": "previous", "color": TEXT},
        hovertemplate=f"the gradient of all {noise.points} points<br>length {noise.full:.8g}"
        "<extra></extra>",
    )  # fmt: skip
    middle = medians_of(noise.angle)
    traces = [fan, tips, whole, *_by_size(noise, middle, at)]
    least = 1100 if brief else 680  # pixels across in which its ticks stand apart
    panels = _panels()
    sizes = {"title": {"text": "points in the batch"}} if brief else {}
    highest = max(95.0, float(np.nanmax([90.0, *noise.angle.ravel()])) + 5)
    arrows = "1 point" if numbers.batch == 1 else f"{numbers.batch} points"
    title = f"Which way a step goes: {len(turn)} batches of {arrows} (thin), and all points (thick)"
    return figure_of(traces, panels | {
        "title": {"text": title},
        "xaxis2": panels["xaxis2"] | sizes,
        "yaxis2": panels["yaxis2"] | {"range": [0, highest]},
        "shapes": [
            {
                "x0": -1.1, "x1": 0, "y0": -1.06, "y1": 1.06, "xref": "x", "yref": "y",
                "fillcolor": GREY, "opacity": 0.18, "line": {"width": 0}, "layer": "below",
            },
            {
                "x0": 0, "x1": 1, "xref": "x2 domain", "y0": 90, "y1": 90, "yref": "y2",
                "line": {"color": GREY, "dash": "dot"},
            },
        ],
        "annotations": _words(numbers, middle[at]),
        "meta": {"least": least} | NARROW,
    })  # fmt: skip


def _words(numbers: Numbers, middle: float) -> list[dict[str, Any]]:
    """What stands in the picture: which half is uphill, whose the thick arrow is, the median."""
    said = {"showarrow": False, "xref": "x", "yref": "y"}
    uphill = {"text": "uphill", "x": -0.55, "y": 1, "yanchor": "top"}
    name = f"<b>all {numbers.noise.points} points</b>"
    words = [said | uphill, said | {"text": name, "x": 1.18, "y": 0, "xanchor": "left"}]
    if np.isfinite(middle):
        words.append({
            "text": f"<b>{numbers.batch}: {number(middle)}°</b>", "xref": "x2", "yref": "y2",
            "x": np.log10(numbers.batch), "y": middle, "yshift": 18, "xshift": 8,
            "xanchor": "left", "showarrow": False, "bgcolor": BACKGROUND, "opacity": 0.85,
        })  # fmt: skip
    return words


def _by_size(noise: Noise, middle: np.ndarray, at: int) -> list[dict[str, Any]]:
    """All angles as dots, the medians as a line, the chosen size stronger."""
    axes = {"xaxis": "x2", "yaxis": "y2"}
    hover = "%{x} points<br>%{y:.4f}°<extra></extra>"
    # A short stroke each, all in one line with gaps: the browser draws that at once, and would
    # handle hundreds of dots one by one.
    size = np.repeat(noise.sizes, noise.angle.shape[1])
    dots = dict(
        type="scatter",
        x=np.column_stack([size / STROKE, size * STROKE, np.full(size.size, np.nan)]).ravel(),
        y=np.repeat(noise.angle.ravel(), 3), name="every angle", mode="lines",
        customdata=np.repeat(size, 3), line={"color": GREY, "width": 3}, opacity=0.5,
        hovertemplate=hover.replace("%{x}", "%{customdata}"), **axes,
    )  # fmt: skip
    medians = dict(
        type="scatter", x=noise.sizes, y=middle, name="median angle", mode="lines+markers",
        line={"color": FIRST, "width": 3},
        marker={"size": [16 if i == at else 7 for i in range(len(noise.sizes))]},
        hovertemplate=f"median of {noise.angle.shape[1]}<br>{hover}", **axes,
    )  # fmt: skip
    return [dots, medians]


def caption(numbers: Numbers, brief: bool = False) -> str:
    """What a batch of the chosen size says, beside one of a single point and all of them."""
    noise, at = numbers.noise, numbers.at
    if noise.full == 0:
        return (
            "The gradient of all points is exactly 0 here, so no direction is right and no batch "
            "can be compared with it."
        )
    angles, lengths = medians_of(noise.angle), medians_of(noise.length)
    if _is_roundings(noise):
        return (
            "The gradient of all points is 0 here but for rounding, that of a single point is not: "
            "all points together pull nowhere any more. The thick arrow is rounding's way, so the "
            "angles say nothing."
        )
    silent = int((noise.length[at] == 0).sum())
    if np.isnan(angles[at]):
        return f"Every batch of {numbers.batch} has a gradient of exactly 0 here, and so no angle."
    single = f"A single point's is {_off(angles[0])} (median){_uphill(noise.angle[0], 'points')}"
    if numbers.batch == noise.points:
        return (
            f"A batch of **all {noise.points}** points is no draw but everything there is: its "
            f"gradient is the gradient, exactly. {single}."
        )
    of_this = "points" if numbers.batch == 1 else "of these batches"
    if brief:
        off = f"A batch of **{numbers.batch}** is **{number(angles[at])}°** off (median)"
        return f"{_arrows(numbers)} {off}{_uphill(noise.angle[at], of_this)}."
    return (
        f"{_arrows(numbers)} The step of a batch of **{numbers.batch}** is "
        f"**{number(angles[at])}°** off that of all {noise.points} points and "
        f"**{number(lengths[at])}** times as long "
        f"(medians){_uphill(noise.angle[at], of_this)}.{_silent(silent)}"
        f"{'' if numbers.batch == 1 else f' {single}.'}"
    )


def _is_roundings(noise: Noise) -> bool:
    """Whether the gradient of all points is 0 but for rounding, that of a single point not."""
    return bool(medians_of(noise.length)[0] > ROUNDING)


def _arrows(numbers: Numbers) -> str:
    """What the arrows are, and the grey ground."""
    points = numbers.noise.points
    batch = (
        f"one of the {points} points"
        if numbers.batch == 1
        else (f"{numbers.batch} of the {points} points")
    )
    return (
        f"Each thin arrow is the way one *batch*, {batch}, would send the network, the thick one "
        "the way of all of them; grey is uphill, more than 90° off."
    )


def _uphill(angles: np.ndarray, what: str) -> str:
    """How many of them would send the network the wrong way, more than 90° off."""
    wrong = int((angles > 90).sum())
    return f"; {wrong} of {angles.size} {what} would step uphill" if wrong else ""


def _off(angle: float) -> str:
    return "exactly 0" if np.isnan(angle) else f"{number(angle)}° off"


def _silent(batches: int) -> str:
    return f" {batches} have a gradient of exactly 0, and so no angle." if batches else ""


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """One point, the noisiest batch; from there, a larger one."""
    angles = medians_of(numbers.noise.angle)
    batch = SIZES[0] if settings.batch > SIZES[0] else 100
    angle = angles[SIZES.index(batch)]
    if np.isnan(angle) or _is_roundings(numbers.noise):
        why = "the same network, steps earlier or later."
        trained = 30 if settings.trained != 30 else 0
        return TryThis(
            f"*steps before* {trained}", why, replace(settings, trained=trained), "batch noise"
        )
    who = "single points" if batch == 1 else f"batches of {batch}"
    why = f"{who} are {number(angle)}° off (median)."
    return TryThis(f"*batch size* {batch}", why, replace(settings, batch=batch), "batch noise")


MATHS = [
    "The gradient of a batch is the mean of its points' gradients, that of all the data the mean "
    "of all:",
    r"$$g_B = \frac1{|B|} \sum_{k \in B} \nabla L_k, \qquad g = \frac1n \sum_k \nabla L_k$$",
    r"$$\text{angle} = \arccos \frac{g_B \cdot g}{\lVert g_B \rVert \lVert g \rVert}, \qquad "
    r"\text{length} = \frac{\lVert g_B \rVert}{\lVert g \rVert}$$",
    "Every arrow is drawn at its true angle, but on one of two sides: a picture has no more.",
    "On average over all batches $g_B$ is exactly $g$; its scatter falls as "
    r"$1 / \sqrt{|B|}$ while batches are small beside all the data, and is 0 for all of it.",
]

CODE: list[Piece] = [batch_noise, sample_gradients]


def code_note(numbers: Numbers) -> str:
    """Who took the steps before."""
    return f"{THIS_RUNS} {TWIN}" if numbers.compiled else THIS_RUNS


VIEW = View(
    name="batch noise",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    stepped="batch",
    code_note=code_note,
)
