"""One training as a path over the loss: does it crawl, glide, bounce or fly out?"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.judgement import ON_A_LANDSCAPE, PLATEAU
from figures.landscape import found_less, landscape_figure, off_picture
from figures.words import number
from nn_core import Plane, loss_on_plane, plane_through
from recipes.ground import (
    Ground,
    Landscape,
    Path,
    descent,
    hidden_setting,
    path_on,
    plane_setting,
    steps_setting,
    surroundings,
)
from recipes.judgement import Went, along_a_path, rises
from recipes.settings import (
    ROW,
    Settings as AnySettings,
    activation_setting,
    choices,
    learning_rate_setting,
    seed_setting,
)
from views.view import THIS_RUNS, TWIN, Piece, TryThis, View, in_one_piece


@dataclass(frozen=True)
class Settings(AnySettings):
    """One training of a small network on XOR's four points, and the plane it is seen on."""

    page = "gradients"
    lr: float = learning_rate_setting(1.0, "How far each step goes.", stands=ROW)
    plane: str = plane_setting(stands=ROW)
    shown: str = choices(
        "contours",
        ("contours", "surface"),
        "Drawn as",
        "Seen from above, or as hills and valleys.",
        stands=ROW,
    )
    activation: str = activation_setting("sigmoid", stands=ROW)
    seed: int = seed_setting("Another seed draws other starting weights.")
    hidden: int = hidden_setting()
    steps: int = steps_setting()


class Verdict(NamedTuple):
    """How a training went over the landscape."""

    went: Went
    first: float  # the loss before the first step
    last: float
    rises: int  # steps after which the loss was higher than before
    steps: int
    left_at: int | None  # the first step at which it was outside the picture
    off_plane: float  # how far it got from the plane
    width: float  # of the picture


class Numbers(NamedTuple):
    """A training and the landscape under it."""

    lr: float
    shown: str  # as "contours" or as a "surface"
    ground: Ground
    land: Landscape
    path: Path
    how: Verdict


def numbers(settings: Settings) -> Numbers:
    """The one training that the landscape shows, and how it went."""
    around = settings.activation, settings.hidden, settings.plane, settings.seed
    ground, land = surroundings(*around)
    path = path_on(ground, descent(ground, "sgd", settings.lr, settings.steps), "the path")
    return Numbers(settings.lr, settings.shown, ground, land, path, verdict(path, land))


def verdict(path: Path, land: Landscape) -> Verdict:
    """How this training went, as seen on this landscape."""
    outside = (
        (path.at[:, 0] < land.a[0])
        | (path.at[:, 0] > land.a[-1])
        | (path.at[:, 1] < land.b[0])
        | (path.at[:, 1] > land.b[-1])
    )
    left_at = int(np.argmax(outside)) if outside.any() else path.diverged_at
    return Verdict(
        along_a_path(path.loss, path.diverged_at is not None, left_at is not None),
        float(path.loss[0]),
        float(path.loss[-1]),
        rises(path.loss),
        len(path.loss) - 1,
        left_at,
        float(path.distance.max()),
        land.width,
    )


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """The landscape from above or as a surface, with the path; beside it its losses."""
    surface = numbers.shown == "surface"
    return landscape_figure(numbers.land, [numbers.path], numbers.shown, surface)


def caption(numbers: Numbers, brief: bool = False) -> str:
    """Crawl, glide, bounce or fly out, in numbers; and how far the picture is from the truth."""
    ground, how = numbers.ground, numbers.how
    rate = f"With learning rate **{number(numbers.lr, 4)}** it *{ON_A_LANDSCAPE[how.went]}*"
    if numbers.path.diverged_at is not None:
        rate += f" and *diverges* at step {numbers.path.diverged_at:,}"
    elif how.left_at is not None:
        rate += f", out of the picture from step {how.left_at:,}"
    elif how.went is Went.STUCK:
        rate += PLATEAU
    up = f", up instead of down in {how.rises:,} of them" if how.rises else ""
    return (
        f"{rate}: loss (how wrong it is) from {number(how.first)} to **{number(how.last)}** in "
        f"{how.steps:,} steps{up}. "
        f"{off_picture(len(ground.start), how.off_plane, how.width, 'the path is')}"
        f"{found_less(ground)}"
    )


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """Shorter steps where these are too long, else longer ones; or another start."""
    went, rates = numbers.how.went, Settings.values_of("lr")
    at, too_long = rates.index(settings.lr), (Went.FLEW_OUT, Went.ROSE, Went.BOUNCED)
    other = at - 1 if went in too_long else at + 1
    if went is Went.STUCK or not 0 <= other < len(rates):
        seed = settings.seed + 1
        return TryThis(
            f"*seed* {seed}", "the same training from another start.",
            replace(settings, seed=seed), "landscape",
        )  # fmt: skip
    why = f"{'longer' if other > at else 'shorter'} steps, from the same start."
    changed = replace(settings, lr=rates[other])
    return TryThis(f"*learning rate* {number(rates[other])}", why, changed, "landscape")


MATHS = [
    "A network's parameters are one long vector θ. A picture has two directions $u$, $v$:",
    r"$$\theta(a, b) = \theta_0 + a\,u + b\,v, \qquad \text{height } L(\theta(a, b))$$",
    "*Three points*: $\\theta_0$ is the start, $u$ points to the solution, $v$ is what is left of "
    "the way to the stuck run once its part along $u$ is taken off (Gram–Schmidt). Both have "
    "length 1, so distances on the plane are true.",
    "*Random directions* (Li 2018): $\\theta_0$ is the solution; each unit's incoming weights get "
    "a random direction as long as these weights are, biases none.",
    "A training need not stay on the plane. It is drawn at the nearest point, and",
    r"$$\text{distance}(\theta) = \min_{a, b} \lVert \theta - \theta(a, b) \rVert$$",
    "is what the caption prints. The curve beside it shows the true loss, not the plane's.",
    "Solution and stuck run are ends of training (learning rate 1, 3,000 steps) from the start "
    "itself or from starts near it.",
]

CODE: list[Piece] = [loss_on_plane, plane_through, Plane]

VIEW = View(
    name="landscape",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    code_note=f"{THIS_RUNS} {TWIN}",
    growing=in_one_piece(numbers),
)
