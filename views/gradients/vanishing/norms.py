"""How long the gradient of each layer is, in networks of every depth, before and while they learn.

Whatever a recipe makes is kept for everyone who asks for the same.
"""

import functools
import time
from typing import NamedTuple

import numpy as np

from kernels import train
from nn_core import SGD, Sequential, Trainer, layer_norms, log_spaced, mlp
from recipes.clouds import LOSS, cloud_points
from recipes.meanings import briefly

DEEPEST = 30
POINTS = 64
STEPS, FRAMES = 200, 30  # of the training of one network
FRAMES_AT = log_spaced(STEPS, FRAMES)
MAP_STEPS = 100  # of the film of all depths: thirty trainings a side take their time
MAP_FRAMES_AT = [step for step in FRAMES_AT if step <= MAP_STEPS]
REST = 0.01  # seconds between two networks of that film, in which the server answers its readers


class Recipe(NamedTuple):
    """What the networks of one side have in common, whatever their depth."""

    activation: str
    init: str

    @property
    def name(self) -> str:
        """As traces are named."""
        return f"{self.activation}, {briefly(self.init)}"


class OneDepth(NamedTuple):
    """Gradient norms by layer of one network, while it learns."""

    steps: np.ndarray  # (frames,)
    norms: np.ndarray  # (frames, layers), layer 1 hears the input
    loss: np.ndarray  # (frames,)
    diverged_at: int | None

    def at(self, step: int) -> np.ndarray:
        """The norms at this step, or the last recorded ones if training had diverged by then."""
        return self.norms[self._frame(step)]

    def loss_at(self, step: int) -> float:
        """The loss then."""
        return float(self.loss[self._frame(step)])

    def _frame(self, step: int) -> int:
        return int(np.searchsorted(self.steps, step, side="right")) - 1


class AllDepths(NamedTuple):
    """Networks of every depth while they learn; one that diverged keeps its last gradients."""

    steps: np.ndarray  # (frames,)
    norms: np.ndarray  # (frames, depths, layers); NaN where a network has no such layer


class Side(NamedTuple):
    """One of two recipes: all depths at the start, one depth through time, or all of them."""

    recipe: Recipe
    start: np.ndarray  # (depths, layers) norms; NaN where a network has no such layer
    one: OneDepth
    all: AllDepths | None = None


def filmed(sides: tuple[Side, Side]) -> bool:
    """Whether there is a film of all depths."""
    return all(side.all is not None for side in sides)


def film_steps(sides: tuple[Side, Side]) -> list[int]:
    """The steps of the film: those of all depths if there is one, else those of the one depth."""
    every = sides[0].all
    if every is not None and filmed(sides):
        return [int(step) for step in every.steps]
    return sorted({int(step) for side in sides for step in side.one.steps})


def deep_network(recipe: Recipe, depth: int, width: int, seed: int) -> Sequential:
    """2 inputs, `depth` hidden layers of `width` units, 1 output."""
    return mlp([2, *[width] * depth, 1], recipe.activation, recipe.init, seed)


def deep_trainer(net: Sequential, lr: float) -> Trainer:
    """Full-batch gradient descent on the clouds, recorded at log-spaced steps."""
    x, t = cloud_points(POINTS)
    return Trainer(net, LOSS, SGD(lr), x, t, len(x), record_at=frozenset(FRAMES_AT))


def start_norms(recipe: Recipe, depth: int, width: int, seed: int) -> list[float]:
    """The length of each layer's gradient before the first step, from a real backward pass."""
    net = deep_network(recipe, depth, width, seed)
    x, t = cloud_points(POINTS)
    trace = net.forward(x)
    net.backward(trace, LOSS.grad(trace[-1], t), input_gradient=False)
    return layer_norms(net)


@functools.lru_cache(maxsize=64)
def at_start(recipe: Recipe, width: int, seed: int) -> np.ndarray:
    """The norms of every layer (columns) of a network of every depth (rows), 1 to 30."""
    norms = np.full((DEEPEST, DEEPEST + 1), np.nan)
    for depth in range(1, DEEPEST + 1):
        norms[depth - 1, : depth + 1] = start_norms(recipe, depth, width, seed)
    return norms


@functools.lru_cache(maxsize=64)
def one_depth(recipe: Recipe, depth: int, width: int, seed: int, lr: float) -> OneDepth:
    """Norms by layer while a network of this depth learns; its first frame is the start."""
    return _learning(recipe, depth, width, seed, lr, STEPS)


def _learning(recipe: Recipe, depth: int, width: int, seed: int, lr: float, steps: int) -> OneDepth:
    start = start_norms(recipe, depth, width, seed)
    trainer = deep_trainer(deep_network(recipe, depth, width, seed), lr)
    train(trainer, steps)
    history = trainer.history
    norms = np.array([start, *history["grad_norm"][1:]])
    seen, losses = np.array(history["step"]), np.array(history["loss"])
    return OneDepth(seen, norms, losses, trainer.diverged_at)


@functools.lru_cache(maxsize=16 * DEEPEST)
def first_steps(recipe: Recipe, depth: int, width: int, seed: int, lr: float) -> np.ndarray:
    """The norms of one network in the film of all depths, (frames, layers); then a rest."""
    one = _learning(recipe, depth, width, seed, lr, MAP_STEPS)
    time.sleep(REST)
    return np.array([one.at(step) for step in MAP_FRAMES_AT])


def all_depths(recipe: Recipe, width: int, seed: int, lr: float) -> AllDepths:
    """The first 100 steps of networks of every depth, 1 to 30."""
    norms = np.full((len(MAP_FRAMES_AT), DEEPEST, DEEPEST + 1), np.nan)
    for depth in range(1, DEEPEST + 1):
        norms[:, depth - 1, : depth + 1] = first_steps(recipe, depth, width, seed, lr)
    return AllDepths(np.array(MAP_FRAMES_AT), norms)
