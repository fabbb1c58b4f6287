"""Whether a training can go on with other settings from where it stands, and with what."""

import base64
from typing import NamedTuple

import numpy as np

from recipes.boundaries import BoundariesSettings, boundaries_net
from recipes.settings import Settings

MOST_STEPS = 10**9  # that a network can have taken before


class Start(NamedTuple):
    """A network's parameters, to train on from, and how many steps it has taken."""

    theta: np.ndarray  # float64
    step: int


def sent_at(step: int, theta: str) -> str:
    """A start as it is sent: the step, if there is one, a point, and parameters as base64."""
    return f"{step}.{theta}" if step else theta


def start_of(sent: str) -> Start:
    """A start from how it is sent. ValueError if it is none."""
    step, _, theta = sent.rpartition(".")
    if step and not (step.isascii() and step.isdigit() and int(step) <= MOST_STEPS):
        raise ValueError(f"expected a step, got {step[:20]!r}")
    return Start(np.frombuffer(base64.b64decode(theta, validate=True), np.float64), int(step or 0))


def went_on(settings: Settings, step: int) -> str:
    """What is said of a training with these settings that went on from a network at this step."""
    words = f"Training went on from the network as it stood at step **{step:,}**."
    optimizer = getattr(settings, "optimizer", "sgd")
    if optimizer == "sgd":
        return words
    return f"{words} What {optimizer} remembers of earlier steps began anew."


def starts_over(before: BoundariesSettings, after: BoundariesSettings) -> str:
    """Why a training that was `before` cannot go on as `after`, in a sentence; "" if it can."""
    was, is_now = ((one.inputs, boundaries_net(one).sizes) for one in (before, after))
    if was != is_now:
        return "The network has another shape now, so training starts over."
    if (before.seed, before.init) != (after.seed, after.init):
        return "Other starting weights were asked for, so training starts over."
    return ""
