"""What a goal can ask of what a view shows, and whether it is reached."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from figures.words import listed, number
from recipes.settings import plain

LOSS, RIGHT, UNITS = "loss", "right", "units"
TERM = re.compile(r"(loss|right|units)(\d{1,4}(?:\.\d{1,6})?)")
BETWEEN = "-"
MOST_UNITS = 9999
EXPECTED = "expected loss, right and units with a number each, as in right100-units3"


class Measured(NamedTuple):
    """What a view has of what a goal can ask for; None where there is no such thing."""

    loss: float | None = None  # in training
    share: float | None = None  # of right answers
    of: int = 0  # so many answers; 0 where that is not known
    units: int | None = None  # hidden ones, in all layers together
    diverged: bool = False  # then nothing else is known


class Goal(NamedTuple):
    """What has to hold at once; None is not asked for."""

    loss: float | None = None  # that it has to be under
    right: float | None = None  # the least percentage of right answers
    units: int | None = None  # the most hidden units


def read_goal(text: str) -> Goal:
    """What a link asks for. ValueError, with what was expected, if it cannot be read."""
    asked: dict[str, float] = {}
    for term in text.split(BETWEEN):
        found = TERM.fullmatch(term)
        if found is None or found[1] in asked:
            raise ValueError(EXPECTED)
        asked[found[1]] = float(found[2])
    goal = Goal(asked.get(LOSS), asked.get(RIGHT))
    if UNITS in asked:
        goal = goal._replace(units=int(asked[UNITS]))
    whole = goal.units is None or goal.units == asked[UNITS]
    if not whole or (goal.right or 0) > 100 or goal.loss == 0:
        raise ValueError(EXPECTED)
    return goal


def goal_text(goal: Goal) -> str:
    """How a link asks for it."""
    asked = zip((LOSS, RIGHT, UNITS), goal, strict=True)
    terms = sorted(f"{name}{plain(value)}" for name, value in asked if value is not None)
    return BETWEEN.join(terms)


def in_words(goal: Goal, things: str = "points") -> str:
    """What is asked for, as a phrase: “all points right, with at most 3 hidden units”."""
    first = []
    if goal.right is not None:
        share = "all" if goal.right == 100 else f"at least {plain(goal.right)}% of the"
        first.append(f"{share} {things} right")
    if goal.loss is not None:
        first.append(f"a loss under {plain(goal.loss)}")
    units = "" if goal.units is None else f"at most {_units(goal.units)}"
    if units and first:
        return f"{listed(first)}, with {units}"
    return listed(first) if first else units


def is_reached(goal: Goal, found: Measured) -> bool:
    """Whether all that is asked for holds."""
    return not found.diverged and not _wanting(goal, found, "")


def judged(goal: Goal, found: Measured, things: str = "points") -> str:
    """What was found of what is asked for, as a sentence; of what is not reached only that."""
    if found.diverged:
        return "Training *diverged*: its numbers left what a computer can hold."
    if wanting := _wanting(goal, found, things):
        return f"{_capital(listed(wanting))}."
    facts = []
    if goal.right is not None:
        facts.append(_right(found, goal.right, things))
    if goal.loss is not None and found.loss is not None:
        facts.append(f"the loss is {_apart(found.loss, goal.loss)}")
    if goal.units is not None and found.units is not None:
        facts.append(_has(found.units))
    return f"{_capital(listed(facts))}."


def _wanting(goal: Goal, found: Measured, things: str) -> Sequence[str]:
    """What is not reached, each as a statement; "" for what is."""
    loss, share, units = found.loss, found.share, found.units
    missing = "cannot be told here"
    wanting = []
    if goal.right is not None and (share is None or round(100 * share, 9) < goal.right):
        wrong = f"what is right {missing}" if share is None else ""
        wanting.append(wrong or _wrong(found, goal.right, things))
    if goal.loss is not None and (loss is None or not loss < goal.loss):
        told = missing if loss is None else f"is {_apart(loss, goal.loss)}"
        wanting.append(f"the loss {told}")
    if goal.units is not None and (units is None or units > goal.units):
        wanting.append(f"the number of units {missing}" if units is None else _has(units))
    return wanting


def _right(found: Measured, asked: float, things: str) -> str:
    assert found.share is not None
    if not found.of:
        return f"{_apart(100 * found.share, asked)}% of the {things} are right"
    right = round(found.share * found.of)
    count = f"all {right:,}" if right == found.of else f"{right:,} of {found.of:,}"
    return f"{count} {things} are right"


def _wrong(found: Measured, asked: float, things: str) -> str:
    assert found.share is not None
    if not found.of:
        return _right(found, asked, things)
    wrong = found.of - round(found.share * found.of)
    return f"{wrong:,} of {found.of:,} {things} {'is' if wrong == 1 else 'are'} wrong"


def _apart(value: float, other: float) -> str:
    """A number with as many digits as it takes to tell it from another one."""
    same = value == other
    digits = (d for d in range(3, 17) if same or number(value, d) != number(other, d))
    return number(value, next(digits, 17))


def _has(units: int) -> str:
    return f"it has {_units(units)}"


def _units(units: int) -> str:
    return "1 hidden unit" if units == 1 else f"{units:,} hidden units in all"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
