"""Many trainings of one setting in one picture: their curves, where they pile up, what they say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np

from figures.packed import packed
from figures.theme import NEGATIVE, POSITIVE, colours_of
from figures.words import number
from recipes.boundaries import BoundariesSettings
from recipes.lottery import LEARNED, SIDE, Ending, Lane, by_ending
from recipes.settings import STUDY_NOTES

BARS = 24  # of the losses' histogram, from the lowest to the highest
ROOM = 65_534  # what a curve's place between the lowest and the highest loss is written as
NOWHERE = 65_535  # a loss of a training that had diverged
LOWEST, SPIKE = 1e-6, 30  # losses below are drawn there; those so many times the start at the top


@dataclass(frozen=True, eq=False)
class Lottery:
    """All starts that have been trained, sorted by how they ended, and how many are to come."""

    lanes: list[Lane]
    steps: Sequence[int]  # of the curves
    of: int  # starts in all
    own: BoundariesSettings  # the start that is marked
    means: str  # to have learned it

    @cached_property
    def order(self) -> list[Lane]:
        """As they stand on the wall."""
        return by_ending(self.lanes)

    @cached_property
    def scale(self) -> tuple[float, float]:
        """The lowest and the highest loss that are drawn, on a logarithmic scale."""
        firsts = np.array([lane.curve[0] for lane in self.lanes])
        ends = np.array([lane.loss for lane in self.lanes if lane.loss > 0])
        if not len(firsts):
            return 0.1, 1.0
        low = max(LOWEST, ends.min(initial=firsts.min() / 10))
        high = min(SPIKE * float(np.median(firsts)), max(firsts.max(), ends.max(initial=0)))
        return low / 1.1, max(1.1 * high, 2 * low)

    def height(self, losses: np.ndarray) -> np.ndarray:
        """Where losses lie between the lowest and the highest, from 0 to 1; NaN stays."""
        low, high = np.log(self.scale)
        with np.errstate(divide="ignore"):
            return np.clip((np.log(losses) - low) / (high - low), 0, 1)

    @cached_property
    def bars(self) -> list[int]:
        """Which bar of the histogram each start stands in, as on the wall; BARS if it diverged."""
        heights = self.height(np.array([lane.loss for lane in self.order]))
        return [BARS if np.isnan(h) else min(BARS - 1, int(h * BARS)) for h in heights]

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws: arrays as base64, all in the order of the wall."""
        order = self.order
        curves = np.array([lane.curve for lane in order]).reshape(len(order), len(self.steps))
        heights = np.nan_to_num(ROOM * self.height(curves), nan=NOWHERE).round()
        tiles = np.array([lane.tile for lane in order], np.int8)
        own = [place for place, lane in enumerate(order) if lane.start == self.own]
        low, high = self.scale
        ticks = _ticks(low, high)
        return {
            "of": self.of,
            "groups": [
                {"words": self._heading(ending), "count": len(list(lanes))}
                for ending, lanes in groupby(order, lambda lane: lane.ending)
            ],
            "to_come": "not trained yet",
            "names": [_name(lane) for lane in order],
            "said": [said(lane) for lane in order],
            "seeds": [lane.start.seed for lane in order],
            "own": own[0] if own else -1,
            "side": SIDE,
            "tiles": packed(tiles),
            "points": curves.shape[1],
            "curves": packed(heights, np.uint16),
            "across": [float(x) for x in np.log1p(self.steps) / np.log1p(self.steps[-1] or 1)],
            "bars": self.bars,
            "counts": self.counts(),
            "between": [*map(self._between, range(BARS)), "numbers that left all bounds"],
            "losses": list(ticks.values()),
            "labels": list(ticks),
            "last": int(self.steps[-1]),
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
            "kinds": colours_of(self.own.classes()),
        }

    def _between(self, bar: int) -> str:
        """The losses of a bar, in words; the outermost hold all that is beyond, too."""
        low, high = self.scale
        ends = [lane.loss for lane in self.lanes if lane.diverged_at is None]
        least, most = (number(low * (high / low) ** (k / BARS), 2) for k in (bar, bar + 1))
        if bar == 0 and min(ends, default=low) < low:
            return f"a loss below {most}"
        if bar == BARS - 1 and max(ends, default=high) > high:
            return f"a loss above {least}"
        return f"a loss of {least} to {most}"

    def _heading(self, ending: Ending) -> str:
        return f"{ending.words}: {self.means}" if ending == LEARNED else ending.words

    def counts(self) -> list[int]:
        """How many starts stand in each bar, the lowest loss first, those that diverged last."""
        counted = Counter(self.bars)
        return [counted[bar] for bar in range(BARS + 1)]


def said(lane: Lane) -> str:
    """The numbers that a start ended with."""
    if lane.diverged_at is not None:
        return f"diverged at step {lane.diverged_at:,}"
    loss = f"loss {number(lane.loss)}"
    if len(lane.answers):
        return f"{loss}, answers {' '.join(f'{answer:.2f}' for answer in lane.answers)}"
    if not lane.start.classes():
        return f"{loss}, off by about {number(lane.loss**0.5)}"
    return f"{loss}, {lane.accuracy:.1%} right"


def _name(lane: Lane) -> str:
    is_theirs = lane.start.init == STUDY_NOTES
    return "the study notes’ start" if is_theirs else f"seed {lane.start.seed}"


def _ticks(low: float, high: float) -> dict[str, float]:
    """A few round losses, each with its height on the scale from 0 to 1."""
    decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    for mantissas in ((1,), (1, 3), (1, 2, 5)):
        round_ones = [m * 10.0**decade for decade in decades for m in mantissas]
        ticks = [value for value in round_ones if low <= value <= high]
        if len(ticks) >= 3:
            break
    ticks = ticks[:: 1 + (len(ticks) - 1) // 6]
    span = np.log(high / low)
    return {number(value): float(np.log(value / low) / span) for value in ticks}
