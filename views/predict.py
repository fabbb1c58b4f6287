"""Predict first: what a view asks before it shows a result, and how a guess is judged by it.

A guess is a text, as the page's address has it: it is read, said and judged by the way it was
taken in, of which a view offers one or several.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

import numpy as np

from recipes.curve_sketch import ALONG, NEARBY, drawn_curve, share_near
from recipes.settings import Settings
from recipes.sketch import Plane, completed, drawn, share_right

S = TypeVar("S", bound=Settings, contravariant=True)
N = TypeVar("N", contravariant=True)

CLOSE = 0.05  # of the most that could be: a number that is no further off is near
NEAR = {
    0.95: "Very near: ",
    0.85: "Near: ",
    0.0: "",
}  # shares of the plane, or of the way, that a drawing has right


class Way(Protocol[N]):
    """One way to guess."""

    def fits(self, guess: str) -> bool:
        """Whether this text is a guess of this kind."""
        ...

    def said(self, guess: str) -> str:
        """The guess in words, as it stands beside the result."""
        ...

    def judged(self, guess: str, numbers: N) -> str:
        """The guess beside what the whole numbers show, in a sentence or two."""
        ...


class Answer(NamedTuple):
    """One answer to choose."""

    says: str  # "It gets stuck"
    means: str = ""  # when it counts as right: "its loss levels off before that"


class Came(NamedTuple):
    """What the numbers show: which answer is right, and what to say to those who gave another."""

    answer: str
    words: str  # "it learned all four"


@dataclass(frozen=True)
class Choice(Generic[N]):
    """A guess that is one of a few answers, each by the word that an address has for it."""

    answers: Mapping[str, Answer]
    came: Callable[[N], Came]

    def fits(self, guess: str) -> bool:
        """Whether it is one of the answers."""
        return guess in self.answers

    def said(self, guess: str) -> str:
        """The answer, as its button has it."""
        return self.answers[guess].says

    def judged(self, guess: str, numbers: N) -> str:
        """Whether it was that, and what came."""
        came = self.came(numbers)
        if came.answer == guess:
            return f"Your guess, *{self.said(guess)}*, was right."
        return f"Your guess was *{self.said(guess)}*. This time {came.words}."


@dataclass(frozen=True)
class Amount(Generic[N]):
    """A guess that is a whole number from 0 to `most`."""

    most: int
    of: str  # "of 400 starts"
    came: Callable[[N], int]

    def fits(self, guess: str) -> bool:
        """Whether it is such a number."""
        return re.fullmatch("[0-9]{1,9}", guess) is not None and int(guess) <= self.most

    def said(self, guess: str) -> str:
        """The number, and what it is of."""
        return f"{int(guess):,} {self.of}"

    def judged(self, guess: str, numbers: N) -> str:
        """The number that came, and how far from it the guess is."""
        came = self.came(numbers)
        off = came - int(guess)
        if not off:
            return f"Your guess, *{self.said(guess)}*, was right."
        near = "near: " if abs(off) <= CLOSE * self.most else ""
        return (
            f"Your guess was *{self.said(guess)}*, {near}it is **{came:,}**, {abs(off):,} "
            f"{'more' if off > 0 else 'fewer'}."
        )


@dataclass(frozen=True)
class Sketch(Generic[N]):
    """A guess that is a boundary, drawn on the plane of a film.

    `came` says which side of the boundary is where, None if there is none.
    """

    of: ClassVar = "boundary"  # as a talk's file has it
    came: Callable[[N], Plane | None]

    def fits(self, guess: str) -> bool:
        """Whether it is a drawing."""
        return _can(drawn, guess)

    def said(self, guess: str) -> str:
        """How it stands on the plane."""
        return "The dashed line" if len(drawn(guess)) == 1 else "The dashed lines"

    def lines(self, guess: str) -> list[np.ndarray]:
        """As they are drawn and counted, (corners, 2) each, from 0 to 1 across and up."""
        return [completed(line) for line in drawn(guess)]

    def judged(self, guess: str, numbers: N) -> str:
        """How much of the plane it has right, and how that is counted."""
        plane = self.came(numbers)
        if plane is None:
            return "There is no boundary to lay yours beside."
        share = share_right(self.lines(guess), plane)
        return (
            f"{_near(share)}**{int(100 * share)}%** of the plane has the colour that your drawing "
            "gives it (each part that it cuts off counts as the colour of most points in it or, "
            "where these do not tell, of most of it)."
        )


@dataclass(frozen=True)
class CurveSketch(Generic[N]):
    """A guess that is a loss curve, drawn on the plot of a film.

    `came` gives the loss at each of `ALONG`, None if there is none up to the end.
    """

    of: ClassVar = "loss"  # as a talk's file has it
    came: Callable[[N], np.ndarray | None]

    def fits(self, guess: str) -> bool:
        """Whether it is such a drawing."""
        return _can(drawn_curve, guess)

    def said(self, guess: str) -> str:
        """How it stands on the plot."""
        return "The dashed curve"

    def lines(self, guess: str) -> list[np.ndarray]:
        """As it is drawn and counted, one line of (places, 2), from 0 to 1 across and up."""
        return [np.column_stack([ALONG, drawn_curve(guess)])]

    def judged(self, guess: str, numbers: N) -> str:
        """For how much of its way it is near the loss, and what that means."""
        loss = self.came(numbers)
        if loss is None:
            return "The loss left what a computer can hold: there is no end to lay yours beside."
        share = share_near(drawn_curve(guess), loss)
        return (
            f"{_near(share)}**{int(100 * share)}%** of the way your curve is no further from the "
            f"loss than {NEARBY:.0%} of the height that there was to draw in."
        )


def _can(read: Callable[[str], Any], guess: str) -> bool:
    try:
        read(guess)
    except ValueError:
        return False
    return True


def _near(share: float) -> str:
    return next(words for least, words in NEAR.items() if share >= least)


class Question(NamedTuple):
    """What is asked, and in which ways it can be answered."""

    asks: str  # "What will become of this network?"
    ways: Sequence[Way[Any]]
    why: str = ""  # why it is asked in these ways only

    def way_of(self, guess: str) -> Way[Any] | None:
        """The way in which this was guessed; None if it is no guess of any."""
        return next((way for way in self.ways if way.fits(guess)), None)


class Predict(NamedTuple, Generic[S]):
    """What a view asks of its settings, and its numbers as they are before there is any result.

    `before` is given what the view's `numbers` are given.
    """

    question: Callable[[S], Question]
    before: Callable[..., Any]
