"""Two recipes for a deep network, side by side: in which layers does the gradient vanish?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.heard import heard
from figures.words import STARTING_WEIGHTS, Said, number
from nn_core import ACTIVATIONS, INITIALIZERS
from recipes.judgement import silenced
from recipes.meanings import in_plain_words
from recipes.settings import (
    ROW,
    Settings as AnySettings,
    activation_setting,
    between,
    choices,
    learning_rate_setting,
    seed_setting,
)
from runs.work import HowFar, Tell
from views.activations import curve
from views.gradients.vanishing.norms import (
    DEEPEST,
    Recipe,
    Side,
    all_depths,
    at_start,
    film_steps,
    first_steps,
    one_depth,
    start_norms,
)
from views.gradients.vanishing.picture import depth_figure
from views.view import HELD, THIS_RUNS, TryThis, View

FEW = 3  # layers to try where there are many


@dataclass(frozen=True)
class Settings(AnySettings):
    """Two recipes for a deep network, side by side."""

    page = "gradients"
    depth: int = between(
        20, 1, DEEPEST, 1, "Hidden layers", "How deep both networks are.", stands=ROW
    )
    activation: str = activation_setting("sigmoid", stands=ROW)
    beside: str = choices(
        "relu",
        tuple(ACTIVATIONS),
        "Beside it",
        "The activation of the second network.",
        stands=ROW,
    )
    seed: int = seed_setting("Another seed draws other starting weights.")
    init: str = choices(
        "glorot_uniform",
        tuple(INITIALIZERS),
        "Starting weights",
        "How the weights are drawn before the first step.",
    )
    beside_init: str = choices(
        "he_normal",
        tuple(INITIALIZERS),
        "Its starting weights",
        "How the second network's weights are drawn.",
    )
    film: str = choices(
        "one depth",
        ("one depth", "all depths"),
        "Film of",
        "All depths: thirty networks a side are trained first, which takes some seconds.",
    )
    width: int = between(16, 1, 32, 1, "Units in each layer", "How wide both networks are.")
    deep_lr: float = learning_rate_setting(0.1, "Of the training that the film shows.")

    def recipes(self) -> tuple[Recipe, Recipe]:
        """What the two sides are made of."""
        return Recipe(self.activation, self.init), Recipe(self.beside, self.beside_init)


class Numbers(NamedTuple):
    """Two recipes, and the depth that is shown through time."""

    depth: int
    sides: tuple[Side, Side]


def numbers(settings: Settings) -> Numbers:
    """Both sides, with the film of all depths if that is what is shown."""
    one, other = settings.recipes()
    return Numbers(settings.depth, (_side(settings, one), _side(settings, other)))


def _side(settings: Settings, recipe: Recipe) -> Side:
    size = settings.width, settings.seed
    one = one_depth(recipe, settings.depth, *size, settings.deep_lr)
    filmed = settings.film == "all depths"
    every = all_depths(recipe, *size, settings.deep_lr) if filmed else None
    return Side(recipe, at_start(recipe, *size), one, every)


def growing(settings: Settings, tell: Tell) -> Iterator[Numbers]:
    """The numbers without the film of all depths while its networks are trained, then with it."""
    if settings.film == "all depths":
        networks = [(r, d) for r in settings.recipes() for d in range(1, DEEPEST + 1)]
        layers, total = 0, sum(depth for _, depth in networks)
        doing = f"Training {len(networks)} networks"
        tell(HowFar(0.0, doing, f"0 of {len(networks)} networks"))
        without = numbers(replace(settings, film="one depth"))
        yield without
        for trained, (recipe, depth) in enumerate(networks, 1):
            first_steps(recipe, depth, settings.width, settings.seed, settings.deep_lr)
            layers += depth
            tell(HowFar(layers / total, doing, f"{trained} of {len(networks)} networks"))
            yield without
    else:
        tell(HowFar(1.0))
    yield numbers(settings)


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """Two maps, all depths before the first step; beside them one depth, played through time."""
    return depth_figure(numbers.sides, numbers.depth)


def caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """What the first layer hears of the error in both networks, at every step of the film."""
    depth, sides = numbers
    return [Said(step, _at(step, depth, sides, brief)) for step in film_steps(sides)]


def _at(step: int, depth: int, sides: tuple[Side, Side], brief: bool) -> str:
    """What is said at one step: before the first one also why, after it what came of the losses."""
    one, other = sides
    layers = "1 hidden layer" if depth == 1 else f"{depth} hidden layers"
    when = f"After {step:,} steps" if step > 1 else "After 1 step" if step else "Before training"
    hears = f"{when}, with {layers} of {_named(one.recipe, brief)}, {_hears(one, step)}"
    beside = f"ith {_named(other.recipe, brief)} {_hears(other, step)}"
    if brief:
        return f"{hears}{'' if step else f': {_each(one, depth)}'}; w{beside}."
    if step == 0:
        return (
            f"{hears}: {_each(one, depth)}. W{beside}"
            f"{_factor(other.one.norms[0], depth, ' (on average times ', ')')}."
            f"{''.join(map(_nothing, sides))}"
        )
    return f"{hears}, {_trained(one, step)}. W{beside}, {_trained(other, step)}."


def _hears(side: Side, step: int) -> str:
    """What the first layer hears of the last one's gradient, or that there is none to hear."""
    one = side.one
    norms = one.at(step)
    if silenced(one.norms[0], norms, one.loss_at(step)):
        longest = number(float(norms.max()), 2)
        return f"every layer is **silent** (gradients up to {longest}; each answer is ½)"
    return f"the first layer hears {heard(norms[0], norms[-1])} the last one hears"


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """Why sigmoids do it: their slope; else few layers, or many, and what is left at the first."""
    if settings.activation == "sigmoid" and settings.depth > 2 * FEW:
        why = (
            f"nowhere above 0.25, and {settings.depth} such slopes leave at most "
            f"{number(0.25**settings.depth)}."
        )
        return TryThis("*the slope of sigmoid*", why, curve.Settings(x=0.0), curve.VIEW.name)
    depth = FEW if settings.depth > 2 * FEW else DEEPEST
    start = numbers.sides[0].start[depth - 1]
    first, last = start[0], start[depth]
    other = replace(settings, depth=depth)
    name = settings.activation.replace("_", " ")
    why = f"with {name} no gradient at all reaches the first layer before the first step."
    if first and last:
        ratio = number(first / last)
        why = (
            f"with {name} the first layer's gradient is {ratio} times the last one's at the start."
        )
    return TryThis(f"*hidden layers* {depth}", why, other, "vanishing")


def _named(recipe: Recipe, brief: bool) -> str:
    """A recipe in words: sigmoid (weights sized for tanh, even: glorot_uniform)."""
    name, start = recipe.activation.replace("_", " "), in_plain_words(recipe.init)
    return f"*{name}* ({start})" if brief else f"*{name}* (weights {start}: {recipe.init})"


def _each(side: Side, depth: int) -> str:
    """What one layer makes of the gradient on its way back."""
    steepest = " (at most ¼)" if side.recipe.activation == "sigmoid" else ""
    return (
        f"each layer multiplies it by its slope{steepest} and weights"
        f"{_factor(side.one.norms[0], depth, ', on average by ')}"
    )


def _factor(norms: np.ndarray, depth: int, words: str, end: str = "") -> str:
    """The geometric mean of what all layers multiply by, if there is one."""
    first, last = norms[0], norms[-1]
    if first == 0 or last == 0:
        return ""
    return f"{words}{number((first / last) ** (1 / depth))}{end}"


def _trained(side: Side, end: int) -> str:
    """What came of a training by a step: of one that diverged the last gradients are shown."""
    one = side.one
    if one.diverged_at is not None and one.diverged_at <= end:
        return f"and *diverged* at step {one.diverged_at:,} (its last gradients are shown)"
    return f"loss {number(one.loss[0])} → {number(one.loss_at(end))}"


def _nothing(side: Side) -> str:
    zeros = int((side.one.norms[0] == 0).sum())
    if not zeros:
        return ""
    why = (
        "all its weights are 0, and 0 times anything is 0"
        if side.recipe.init == "zeros"
        else "somewhere on the way they are multiplied by 0"
    )
    return (
        f" At the start {zeros} of the {side.one.norms.shape[1]} layers of "
        f"{_named(side.recipe, True)} hear "
        f"exactly nothing ({why}), so nothing is drawn there."
    )


MATHS = [
    "The gradient of layer $l$, by the chain rule through all layers after it (● elementwise):",
    r"$$\frac{\partial L}{\partial z_l} = \left(\frac{\partial L}{\partial z_{l+1}}\, "
    r"W_{l+1}^\top\right) \odot f'(z_l), \qquad \frac{\partial L}{\partial W_l} = a_{l-1}^\top "
    r"\frac{\partial L}{\partial z_l}$$",
    "So every layer on the way back multiplies by its weights and by $f'$. For the sigmoid "
    r"$f' \le \tfrac14$: the slopes alone leave at most $0.25^n$ after $n$ layers; the weights "
    "multiply in, too, and can make up for it or not.",
    "What is drawn is the length of a layer's gradient, weights and biases together,",
    r"$$g_l = \sqrt{\textstyle\sum (\partial L / \partial W_l)^2 + \sum (\partial L / \partial "
    r"b_l)^2}$$",
    "for cross-entropy on 64 points of four clouds, from a real backward pass of each network. "
    "The film is full-batch gradient descent.",
    STARTING_WEIGHTS,
]

CODE = [start_norms]
CODE_NOTE = (
    f"{THIS_RUNS} The steps of training were taken by nn_core or, where that is faster, by a "
    f"compiled twin, {HELD}"
)

VIEW = View(
    name="vanishing",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    code_note=CODE_NOTE,
    growing=growing,
)
