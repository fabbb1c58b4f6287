"""What people draw, and how much of it is read: `python -m benchmarks.hands`.

The folder named by GLASSBOX_HANDS holds `pen_digits.npz`: `points` (n, 2), `stroke_ends`,
`digit_ends` and `labels`, as its README says. Every digit is put on the paper in several ways, made
into an image by the rule of the pad (datasets/drawn.py), and read by each recording. The hands are
for measuring only: nothing is trained on them. MNIST's test digits stand beside them.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets.crooked import crooked
from datasets.digits import Digits, bundled_digits
from datasets.drawn import PAPER, as_digit, in_two_places, scribbled
from datasets.environment import HANDS as FOLDER, hands_folder
from datasets.mnist import find_digits
from nn_core import Sequential, SoftmaxCrossEntropy
from recipes.mnist import PRESETS, mnist_net, mnist_trainer
from recipes.threads import one_blas_thread
from runs.recording import Recording, recorded_trust, recording
from views.mnist.training.paper import certain

BARS = {
    "at 65 % of the paper": 0.935,
    "at 15 %": 0.92,
    "with a stray dot": 0.93,
    "turned by 15°": 0.91,
}

Drawing = list[np.ndarray]  # strokes, each (points, 2) in 1023rds of the paper


class Hands(NamedTuple):
    """Digits that people drew: their strokes, as the file has them, and what they are."""

    digits: list[Drawing]
    labels: np.ndarray


def read_hands(file: Path) -> Hands:
    """The digits in a file of that form."""
    with np.load(file, allow_pickle=False) as arrays:
        points, strokes = arrays["points"].astype(np.float64), arrays["stroke_ends"]
        ends, labels = arrays["digit_ends"], arrays["labels"].astype(int)
    each = [points[a:b] for a, b in itertools.pairwise(strokes)]
    return Hands([each[a:b] for a, b in itertools.pairwise(ends)], labels)


def on_paper(digit: Drawing, size: float, turn: float = 0.0, dot: bool = False) -> Drawing:
    """The digit in the middle of the paper, its longer side so much of it, in whole numbers.

    `turn` is in radians; `dot` leaves one in the corner, as a hand that comes down does.
    """
    cos, sin = np.cos(turn), np.sin(turn)
    turned = [stroke @ np.array([[cos, sin], [-sin, cos]]) for stroke in digit]
    points = np.concatenate(turned)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = size * PAPER / max((high - low).max(), 1)
    drawn = [(stroke - (low + high) / 2) * scale + PAPER / 2 for stroke in turned]
    if dot:
        drawn.append(np.array([[0.93, 0.9], [0.935, 0.905]]) * PAPER)
    return [np.rint(stroke) for stroke in drawn]


WAYS: dict[str, list[Callable[[Drawing], Drawing]]] = {
    "at 65 % of the paper": [lambda d: on_paper(d, 0.65)],
    "at 15 %": [lambda d: on_paper(d, 0.15)],
    "with a stray dot": [lambda d: on_paper(d, 0.65, dot=True)],
    "turned by 15°": [
        lambda d: on_paper(d, 0.65, np.radians(15)),
        lambda d: on_paper(d, 0.65, -np.radians(15)),
    ],
}


def images(drawings: Sequence[Drawing], side: int) -> np.ndarray:
    """What a network sees of each, (n, side²); an empty image of what is no digit."""
    seen = (as_digit(drawing, side) for drawing in drawings)
    return np.array([np.zeros(side**2, np.float32) if s is None else s for s in seen])


class Score(NamedTuple):
    """How a network does on some digits, as shares of them."""

    right: float
    sure: float  # what is said without doubt, right or wrong
    sure_and_wrong: float


def score(
    net: Sequential,
    x: np.ndarray,
    t: np.ndarray,
    sure: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> Score:
    """`sure` says of images and their probabilities whether the page would call each sure."""
    probabilities = SoftmaxCrossEntropy().output(net.predict(x))
    right, said = probabilities.argmax(axis=1) == t, sure(x, probabilities)
    return Score(right.mean(), said.mean(), (said & ~right).mean())


def net_of(which: Recording) -> Sequential:
    """The network of a recording."""
    saved = recording(which)
    net = mnist_net(saved.settings, saved.sizes[0])
    net.theta = saved.theta
    return net


def bundled_net(digits: Digits) -> Sequential:
    """A network that reads the bundled digits: ReLU and Adam, forty passes."""
    settings = replace(PRESETS["97% in a few epochs"].settings, epochs=40)
    trainer = mnist_trainer(settings, digits)
    trainer.run(epochs=settings.epochs)
    return trainer.net


def row(*cells: str) -> None:
    """One line of the table."""
    print("| " + " | ".join(cells) + " |", flush=True)


def percent(share: float) -> str:
    """A share, with one decimal."""
    return f"{share:.1%}"


def main() -> None:
    """Print the table."""
    one_blas_thread()
    folder = hands_folder()
    if folder is None:
        raise SystemExit(f"Name the folder of pen_digits.npz by {FOLDER}.")
    hands = read_hands(folder / "pen_digits.npz")
    mnist, trust = find_digits(), recorded_trust()
    mnist = mnist.numbers(len(mnist.x_train))

    def plainly(x: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
        """What the page says without a second thought; of this network it never says *sure*."""
        return certain(probabilities)

    def surely(x: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
        return trust.sure(x, probabilities)

    row("network", "what it reads", "right", "sure", "sure and wrong", "right when sure")
    row(*["---"] * 6)
    for which, sure in ((Recording.STUDY_NOTES, plainly), (Recording.CROOKED, surely)):
        net = net_of(which)
        copies = crooked(mnist.x_test, mnist.t_test, np.random.default_rng(1))
        for name, x in (("MNIST's test digits", mnist.x_test), ("crooked copies of them", copies)):
            _told(which.title, name, score(net, x, mnist.t_test, sure))
        for name, ways in WAYS.items():
            x = np.concatenate([images([way(d) for d in hands.digits], 28) for way in ways])
            said = score(net, x, np.tile(hands.labels, len(ways)), sure)
            _told(which.title, f"hands {name}", said, BARS[name] if sure is surely else None)
    digits = bundled_digits()
    net = bundled_net(digits)
    _told(
        "one of 8×8 pixels",
        "its own test digits",
        score(net, digits.x_test, digits.t_test, plainly),
    )
    x = images([on_paper(d, 0.65) for d in hands.digits], 8)
    _told("one of 8×8 pixels", "hands at 65 % of the paper", score(net, x, hands.labels, plainly))
    drawn = [on_paper(d, 0.65) for d in hands.digits]
    print(
        f"\nOf the hands {sum(map(in_two_places, drawn))} are taken for ink in two places, ", end=""
    )
    print(f"{sum(map(scribbled, drawn))} for scribbles, of {len(drawn):,}.")


def _told(network: str, what: str, said: Score, bar: float | None = None) -> None:
    right = percent(said.right)
    if bar is not None:
        right += f" (bar ≥ {percent(bar)}): {'met' if said.right >= bar else 'NOT MET'}"
    believed = 1 - said.sure_and_wrong / said.sure if said.sure else np.nan
    row(network, what, right, *map(percent, (said.sure, said.sure_and_wrong, believed)))


if __name__ == "__main__":
    main()
