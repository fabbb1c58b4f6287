"""Two networks beside each other: which images only one reads right, what they differ in."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from datasets.digits import Subject
from recipes.meanings import with_its_name
from recipes.mnist import MnistSettings
from recipes.settings import plain, spoken

LEARNED_FROM = "images"
SWITCHED = {True: "on", False: "off"}


class Changed(NamedTuple):
    """The images that only one of two networks reads right, those it was surest of first."""

    gained: np.ndarray  # (n,) places of those that only the second does
    lost: np.ndarray  # (n,) and of those that only the first does


def changed(
    t: np.ndarray, said: Sequence[np.ndarray], sure: Sequence[np.ndarray], truth: int = -1
) -> Changed:
    """Which images of classes t (n,) are read right by one of two networks alone.

    `said` is what both say (n,), `sure` with what probability. `truth` is the only class that is
    looked at, −1 any.
    """
    looked_at = (t == truth) | (truth < 0)
    before, after = (one == t for one in said)
    gained = np.flatnonzero(looked_at & ~before & after)
    lost = np.flatnonzero(looked_at & before & ~after)
    return Changed(
        gained[np.argsort(-sure[1][gained], kind="stable")],
        lost[np.argsort(-sure[0][lost], kind="stable")],
    )


def in_words(settings: MnistSettings, subject: Subject) -> dict[str, str]:
    """What a network learned from, and every setting of its training, as a page writes them."""
    written, units = {LEARNED_FROM: subject.title}, settings.units()
    alike = len(set(units)) == 1
    network = {
        "hidden": plain(units[0]) if alike else ", ".join(map(str, units)),
        "layers": len(units),
    }
    for name, setting in MnistSettings.allowed().items():
        if name == "widths":
            continue
        value = network.get(name, getattr(settings, name))
        written[spoken(setting.label)] = (
            SWITCHED[value] if isinstance(value, bool) else with_its_name(plain(value))
        )
    return written


def differing(one: dict[str, str], other: dict[str, str]) -> list[tuple[str, str, str]]:
    """What two networks differ in, of what `in_words` says: its name, and what each has."""
    return [(name, one[name], other[name]) for name in one if one[name] != other[name]]
