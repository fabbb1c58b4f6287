"""One training as a path over the loss: does it crawl, glide, bounce or fly out?"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.judgement import ON_A_LANDSCAPE, PLATEAU
from figures.landscape import (
    found_less,
    misleads,
    misled,
    off_picture,
    rolling_figure,
    what_the_star_is,
)
from figures.milestones import came_below, together
from figures.words import Said, advice, number, sentences
from kernels import knows
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
from recipes.rolling import Astray, Rolling, astray, begun_at, gradients_at, place, rolling
from recipes.settings import (
    ROW,
    Settings as AnySettings,
    activation_setting,
    choices,
    learning_rate_setting,
    seed_setting,
    text,
)
from views.view import THIS_RUNS, TWIN, Piece, TryThis, View, in_one_piece


@dataclass(frozen=True)
class Settings(AnySettings):
    """One training of a small network on XOR's four points, and the plane it is seen on."""

    page = "gradients"
    lr: float = learning_rate_setting(1.0, "How far each step goes.", stands=ROW)
    begin: str = text(
        "",
        place,
        "Start at",
        "Two numbers, across and up on the map: 5, 10. Or click the map. Empty: the seed's start.",
        stands=ROW,
        empty="the seed's start",
    )
    shown: str = choices(
        "contours",
        ("contours", "surface"),
        "Drawn as",
        "Seen from above, or as hills and valleys.",
        stands=ROW,
    )
    activation: str = activation_setting("sigmoid", stands=ROW)
    seed: int = seed_setting("Another seed draws other starting weights.")
    plane: str = plane_setting()
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
    astray: Astray | None  # where the map says another loss than is true


class Numbers(NamedTuple):
    """A training and the landscape under it."""

    lr: float
    shown: str  # as "contours" or as a "surface"
    ground: Ground
    land: Landscape
    path: Path
    beside: Rolling
    how: Verdict


def numbers(settings: Settings) -> Numbers:
    """The one training that the landscape shows, and how it went."""
    around = settings.activation, settings.hidden, settings.plane, settings.seed
    ground, land = surroundings(*around)
    ground = begun_at(ground, place(settings.begin))
    trainer = descent(ground, "sgd", settings.lr, settings.steps)
    path = path_on(ground, trainer, "the path")
    thetas = np.stack(list(trainer.snapshots.values()))[: len(path.loss)]
    beside = rolling(ground, thetas, path)
    how = verdict(path, land, astray(land, path, beside.on_map))
    land = land._replace(start=path.at[0])
    return Numbers(settings.lr, settings.shown, ground, land, path, beside, how)


def verdict(path: Path, land: Landscape, astray: Astray | None = None) -> Verdict:
    """How this training went, as seen on this landscape."""
    outside = ~land.holds(path.at)
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
        astray,
    )


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """The landscape from above or as a surface, a ball on the path; beside it its losses."""
    surface = numbers.shown == "surface"
    return rolling_figure(numbers.land, numbers.path, numbers.beside, surface)


def caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """What each step is, how far down it has come by then, and at the end how it went."""
    how, start = numbers.how, f"**{number(numbers.how.first)}**"
    arrows = "" if numbers.shown == "surface" else IN_SHORT if brief else ARROWS
    more = "" if brief else sentences(what_the_star_is(numbers.ground, numbers.land), CLICK)
    course = [
        Said(0, sentences(f"Before the first step the loss (how wrong it is) is {start}.", arrows)),
        Said(1, STEPS.format(number(numbers.lr, 4))),
    ]
    for share, at in came_below(numbers.path.loss).items():
        course.append(Said(at, f"At step **{at:,}** its loss came below {share} of {start}."))
    left = [] if how.left_at is None else [Said(how.left_at, _left(how.left_at))]
    strands = [misled(how.astray), course, left, [Said(0, more)]]
    return together(strands, Said(how.steps, at_the_end(numbers, brief)))


def _left(at: int) -> str:
    return f"It left the picture at step **{at:,}**." if at else "It begins outside the picture."


def at_the_end(numbers: Numbers, brief: bool) -> str:
    """Whether the map misleads; crawl, glide, bounce or fly out, in numbers; arrows and star."""
    ground, how = numbers.ground, numbers.how
    rate = f"With learning rate **{number(numbers.lr, 4)}** it *{ON_A_LANDSCAPE[how.went]}*"
    if numbers.path.diverged_at is not None:
        rate += f" and *diverges* at step {numbers.path.diverged_at:,}"
    elif how.left_at is not None:
        rate += f", out of the picture from step {how.left_at:,}"
    elif how.went is Went.STUCK:
        rate += PLATEAU
    up = f", up instead of down in {how.rises:,} of them" if how.rises else ""
    went = (
        f"{rate}: loss (how wrong it is) from {number(how.first)} to **{number(how.last)}** in "
        f"{how.steps:,} steps{up}."
    )
    arrows = IN_SHORT if numbers.shown == "contours" else ""
    if brief:
        if how.astray:
            return sentences(misleads(how.astray), f"{rate}.", arrows)
        return sentences(went, arrows, what_the_star_is(ground, numbers.land))
    off = off_picture(len(ground.start), how.off_plane, how.width, "the path is")
    close = "" if how.astray else off
    star = sentences(what_the_star_is(ground, numbers.land), found_less(ground).strip())
    return sentences(misleads(how.astray), went, arrows, star, CLICK, close)


STEPS = (
    "Each step is the gradient times the learning rate **{}**, the other way: the flatter the "
    "ground, the shorter the step."
)
ARROWS = (
    "The *gradient* points uphill, where the loss grows fastest, *training* steps the other way "
    "(arrows: which way, not how far)."
)
IN_SHORT = "The *gradient* points uphill, *training* goes the other way."
CLICK = advice("Click the picture to start there.", "begin")


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
    "*Three points*: $\\theta_0$ is the seed's start, $u$ points to the solution, $v$ is what is "
    "left of the way to the stuck run once its part along $u$ is taken off (Gram–Schmidt). Both "
    "have length 1, so distances on the plane are true.",
    "*Random directions* (Li 2018): $\\theta_0$ is the solution; each unit's incoming weights get "
    "a random direction as long as these weights are, biases none.",
    "A training need not stay on the plane. It is drawn at the nearest point, and",
    r"$$\text{distance}(\theta) = \min_{a, b} \lVert \theta - \theta(a, b) \rVert$$",
    "is what the caption prints. The solid curve beside it is the true loss, the dotted one what "
    "the map shows under the ball: the loss of the nearest point. Where they differ by a factor of "
    "2 or more within the picture, the caption says first that the map misleads.",
    "An arrow is the gradient's shadow on the plane, made as long as every other:",
    r"$$\nabla L \approx \alpha\,u + \beta\,v \text{ (least squares)}, \qquad \theta \leftarrow "
    r"\theta - \eta\,\nabla L$$",
    "Solution and stuck run are ends of training (learning rate 1, 3,000 steps) from the start "
    "itself or from starts near it.",
]

CODE: list[Piece] = [loss_on_plane, plane_through, Plane, gradients_at]


def code_note(numbers: Numbers) -> str:
    """Who took the steps."""
    return f"{THIS_RUNS} {TWIN}" if knows(numbers.ground.activation) else THIS_RUNS


VIEW = View(
    name="landscape",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    code_note=code_note,
    growing=in_one_piece(numbers),
    placed="begin",
    heights=("62vh", "66vh"),
)
