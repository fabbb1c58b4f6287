"""What the network reads on the paper: a drawing, or a test digit."""

from typing import NamedTuple

import numpy as np

from datasets.digits import Digits, Kind, as_numbers
from figures.words import a_digit
from nn_core import Sequential, SoftmaxCrossEntropy
from runs.recording import recorded_digits
from runs.run import Run
from runs.shelf import bundled

UNSURE = 0.6  # an answer less likely than that is no answer
SECOND_THOUGHT = 0.15  # a second digit at least so likely is worth naming
TRIED_ON = 500  # test digits, to see what matters and to read one from


class Reading(NamedTuple):
    """What is on the paper, and what the network says to it."""

    image: np.ndarray | None  # (side²,) as the network sees it; None if there is nothing
    probabilities: np.ndarray  # (10,) of the digits, NaN if there is nothing
    words: str


def reading(net: Sequential, image: np.ndarray | None, label: int | None = None) -> Reading:
    """What the network says to an image (side²,), or to an empty paper.

    `label` is which digit it is, if that is known.
    """
    if image is None:
        return Reading(None, np.full(10, np.nan), answer(None))
    with np.errstate(all="ignore"):
        probabilities = SoftmaxCrossEntropy().output(net.predict(image[np.newaxis]))[0]
    return Reading(image, probabilities, answer(probabilities, label))


def answer(probabilities: np.ndarray | None, label: int | None = None) -> str:
    """What the network says to the digit on the paper, in words; `label` is what it is, if known.

    `probabilities` is (10,), or None if there is nothing on the paper.
    """
    if probabilities is None:
        return "Draw a digit: the network says what it reads."
    if not np.isfinite(probabilities).all():
        return "This network's numbers are no longer finite: it cannot say anything."
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    best, other = (f"{a_digit(d)} ({probabilities[d]:.0%})" for d in (first, second))
    if probabilities[first] < UNSURE:
        said = f"Not sure: {best} or {other}."
    elif probabilities[second] >= SECOND_THOUGHT:
        said = f"{best.capitalize()}, perhaps {other}."
    else:
        said = f"It reads {best}."
    if label is None:
        return said
    return f"{said} Right." if label == first else f"{said} It is {a_digit(label)}."


def tried_on(run: Run, digits: Digits) -> tuple[np.ndarray, np.ndarray]:
    """Some test digits that the run can read, (n, pixels) and (n,): of those that are here, if it
    reads images of their size."""
    if run.digits.side == digits.kind.side:
        return as_numbers(digits.x_test[:TRIED_ON]), digits.t_test[:TRIED_ON]
    if run.digits is Kind.BUNDLED:
        return bundled().x_test[:TRIED_ON], bundled().t_test[:TRIED_ON]
    return recorded_digits()
