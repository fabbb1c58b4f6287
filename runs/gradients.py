"""The recipes behind the views of Gradients: networks, data, trainings. Nothing is drawn here."""

from typing import NamedTuple

import numpy as np

from datasets.digits import Digits
from datasets.plane import plane_data
from datasets.xor import xor_points
from nn_core import (
    OPTIMIZERS,
    SGD,
    BinaryCrossEntropy,
    Ensemble,
    Plane,
    Sequential,
    SoftmaxCrossEntropy,
    Trainer,
    filter_normalised,
    log_spaced,
    mlp,
    numerical_gradient,
    plane_through,
    walk,
)
from runs.gradients_config import (
    SAMPLES,
    BatchesConfig,
    DrawnConfig,
    GroundConfig,
    LandscapeConfig,
    RaceConfig,
    RatesConfig,
)
from runs.trainers import one_blas_thread

LOSS = BinaryCrossEntropy()
POINTS = 200
FILM_STEPS, FILM_FRAMES = 200, 30  # of the training of a deep network

NEIGHBOURS, FARTHEST = 32, 2.0  # starts around a start, and how far the last is thrown
SOLVED, STUCK = 0.1, 0.3  # losses on XOR: all four answers right; at least two still near ½
SEARCH_RATE, SEARCH_STEPS = 1.0, 3000  # of the runs that find the solution and the stuck run

DIGITS, DIGIT_BATCH, DIGIT_STEPS, DIGIT_HIDDEN = 10_000, 100, 200, 32


def cloud_points(points: int = POINTS) -> tuple[np.ndarray, np.ndarray]:
    """XOR as four clouds, x (points, 2) of a spread near 1, t (points, 1)."""
    data = plane_data("xor", points, 0.0, 1.0, 0)
    return data.x_train / 3, data.t_train


def deep_network(activation: str, init: str, depth: int, width: int, seed: int) -> Sequential:
    """2 inputs, `depth` hidden layers of `width` units, 1 output."""
    one_blas_thread()
    return mlp([2, *[width] * depth, 1], activation, init, seed)


def deep_trainer(net: Sequential, lr: float) -> Trainer:
    """Full-batch gradient descent on the clouds, recorded at log-spaced steps."""
    x, t = cloud_points(64)
    frames = frozenset(log_spaced(FILM_STEPS, FILM_FRAMES))
    return Trainer(net, LOSS, SGD(lr), x, t, len(x), record_at=frames)


class OnePass(NamedTuple):
    """One sample forward and back through a small network, and the step that follows."""

    net: Sequential  # as it was before the step
    activation: str
    numbers: dict[str, np.ndarray]  # as `nn_core.walk` names them
    slopes: list[np.ndarray]  # f′(z) of each hidden layer, (1, units)
    numerical: np.ndarray  # (parameters,) the gradient by central differences
    numerical_x: np.ndarray  # (inputs,) the same for the inputs
    target: float
    lr: float
    after: dict[str, np.ndarray]  # the numbers of the forward pass after the step
    stepped: Sequential  # the network after the step
    predicted: float  # the loss after it, if the loss were a straight line along the gradient


def one_pass(config: DrawnConfig) -> OnePass:
    """All numbers of the drawn network; `config` must be settled."""
    one_blas_thread()
    *x, target = SAMPLES[config.sample]
    x, t = np.array([x]), np.array([[target]])
    net = mlp([2, *[config.units] * config.layers, 1], config.activation, config.start, config.seed)
    numbers = walk(net, LOSS, x, t)
    gradient = net.grad.copy()
    bend = net.layers[1]
    slopes = [
        bend.derivative(numbers[f"z{i}"], numbers[f"a{i}"]) for i in range(1, config.layers + 1)
    ]
    stepped = net.copy()
    SGD(config.drawn_lr).step(stepped.theta, gradient)
    with np.errstate(all="ignore"):  # a step too far leads to numbers beyond all bounds
        after = walk(stepped, LOSS, x, t)
    predicted = float(numbers["loss"] - config.drawn_lr * gradient @ gradient)
    numerical = numerical_gradient(net, LOSS, x, t)
    return OnePass(
        net, config.activation, numbers, slopes, numerical, _numerical_x(net, x, t), target,
        config.drawn_lr, after, stepped, predicted,
    )  # fmt: skip


def _numerical_x(net: Sequential, x: np.ndarray, t: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Central differences of the loss in each input."""
    shifts = h * np.eye(x.shape[1])
    rise = [LOSS.value(net.predict(x + s), t) - LOSS.value(net.predict(x - s), t) for s in shifts]
    return np.array(rise) / (2 * h)


class Ground(NamedTuple):
    """A start, and where training from it or from near it can end: three points of a plane."""

    sizes: list[int]
    activation: str
    start: np.ndarray  # (parameters,)
    solution: np.ndarray
    stuck: np.ndarray
    solution_loss: float
    stuck_loss: float
    plane: Plane


def ground(config: GroundConfig) -> Ground:
    """The start that the seed draws, and two ends of training, from it or from its neighbours.

    32 starts, the first the start itself, the others thrown ever farther from it, are trained at
    once. The solution is the end of the first that solves XOR (else of the best one), the stuck
    run the first that ends above 0.3 (else the worst).
    """
    one_blas_thread()
    x, t = xor_points()
    sizes = [2, config.hidden, 1]
    start = mlp(sizes, config.activation, "normal", config.seed).theta
    rng = np.random.default_rng([config.seed, 1])
    thrown = rng.standard_normal((NEIGHBOURS, len(start)))
    distance = np.linspace(0, FARTHEST, NEIGHBOURS)[:, np.newaxis]
    runs = Ensemble.at(sizes, config.activation, start + distance * thrown)
    runs.train(LOSS, SGD(SEARCH_RATE), x, t, SEARCH_STEPS)
    losses = LOSS.value(runs.predict(x), t)
    best, worst = _first_or_extreme(losses)
    solution, stuck = runs.theta[best].copy(), runs.theta[worst].copy()
    if config.plane == "three points":
        plane = plane_through(start, solution, stuck)
    else:
        u, v = (filter_normalised(runs.network(best), rng) for _ in range(2))
        plane = Plane(solution, u, v)
    ends = float(losses[best]), float(losses[worst])
    return Ground(sizes, config.activation, start, solution, stuck, *ends, plane)


def _first_or_extreme(losses: np.ndarray) -> tuple[int, int]:
    """Which run is the solution and which the stuck one; never the same."""
    losses = np.where(np.isfinite(losses), losses, np.inf)
    best = int(np.argmax(losses < SOLVED)) if (losses < SOLVED).any() else int(losses.argmin())
    losses = np.where(np.isfinite(losses), losses, -np.inf)  # a diverged run is nobody's end
    losses[best] = -np.inf
    worst = int(np.argmax(losses > STUCK)) if (losses > STUCK).any() else int(losses.argmax())
    return best, worst


def descent(ground: Ground, optimizer: str, lr: float, steps: int) -> Trainer:
    """Full-batch training from the ground's start, a snapshot at every step."""
    x, t = xor_points()
    net = mlp(ground.sizes, ground.activation)
    net.theta = ground.start
    rule, every = OPTIMIZERS[optimizer](lr), range(steps + 1)
    trainer = Trainer(net, LOSS, rule, x, t, len(x), record_at=(), snapshot_at=every)
    trainer.run(steps=steps)
    return trainer


def path(config: LandscapeConfig, ground: Ground) -> Trainer:
    """The one training that the landscape shows."""
    return descent(ground, "sgd", config.lr, config.steps)


def race_rate(config: RaceConfig, optimizer: str) -> float:
    """The learning rate with which this optimizer races."""
    return config.adaptive_lr if optimizer in ("rmsprop", "adam") else config.race_lr


def race(config: RaceConfig, ground: Ground) -> dict[str, Trainer]:
    """All optimizers from the ground's start."""
    return {
        name: descent(ground, name, race_rate(config, name), config.steps) for name in OPTIMIZERS
    }


def digit_race(config: RaceConfig, digits: Digits) -> dict[str, Trainer]:
    """All optimizers on the same batches of digits, from the same start; not yet trained."""
    one_blas_thread()
    x, t = digits.x_train[:DIGITS], digits.t_train[:DIGITS]
    sizes = [x.shape[1], DIGIT_HIDDEN, 10]
    return {
        name: Trainer(
            mlp(sizes, config.activation, "glorot_uniform", config.seed, np.float32),
            SoftmaxCrossEntropy(),
            OPTIMIZERS[name](race_rate(config, name)),
            x,
            t,
            DIGIT_BATCH,
            config.seed,
            record_at=(),
            keep_batch_loss=True,
        )
        for name in OPTIMIZERS
    }


def three_rates(config: RatesConfig) -> tuple[np.ndarray, np.ndarray]:
    """The three learning rates, and the loss at every step, (steps + 1, 3); NaN once diverged.

    One network three times, 2-4-1, trained at once as one ensemble, on all points at every step.
    """
    one_blas_thread()
    x, t = cloud_points()
    rates = config.rate * np.array([1 / config.apart, 1, config.apart])
    start = mlp([2, 4, 1], config.activation, "glorot_uniform", config.seed).theta
    networks = Ensemble.at([2, 4, 1], config.activation, np.tile(start, (3, 1)))
    steps = range(config.rate_steps + 1)
    history = networks.train(LOSS, SGD(rates), x, t, config.rate_steps, steps)
    losses = np.array(history["loss"])
    return rates, np.where(np.isfinite(losses), losses, np.nan)


def one_moment(config: BatchesConfig) -> tuple[Sequential, np.ndarray, np.ndarray]:
    """A 2-8-1 network so many full-batch steps into its training, and its points."""
    one_blas_thread()
    x, t = cloud_points()
    net = mlp([2, 8, 1], config.activation, "glorot_uniform", config.seed)
    Trainer(net, LOSS, SGD(1.0), x, t, len(x), record_at=()).run(steps=config.trained)
    return net, x, t
