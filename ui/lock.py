"""What a link locks: `lock=all-but-hidden-lr`. A control that is locked is not on the page.

The names are those of the settings' fields, as links have them behind the page's name, and of what
else can be done on a page (`GESTURES`). Either those that may move follow `all-but-`, or those that
may not stand alone; `all` is everything.
"""

import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st

from figures.words import as_written, listed
from recipes.settings import APART, Settings
from views.view import View

LOCK = "lock"  # a parameter of the page's link
ALL, ALL_BUT, BETWEEN = "all", "all-but-", "-"  # no field's name has a -
FEW = 4  # controls, two beside each other on a phone

# What can be done on a page besides moving a control, and which view has it.
VIEWS, PREDICT, KEEP, BUILD, PLACE, CHANGE, OPEN, OWN = GESTURES = (
    *("view", "predict", "keep", "build"),
    *("place", "change", "open", "own"),
)


class Lock(NamedTuple):
    """Which names are locked: these, or all but these."""

    names: frozenset[str] = frozenset()
    all_but: bool = False

    def holds(self, name: str) -> bool:
        """Whether what has this name is locked."""
        return (name in self.names) != self.all_but


@cache
def lock_of(text: str) -> Lock:
    """What a link says."""
    if text == ALL:
        return Lock(all_but=True)
    names = frozenset(filter(None, text.removeprefix(ALL_BUT).split(BETWEEN)))
    return Lock(names, text.startswith(ALL_BUT))


def lock_text(may_move: Sequence[str]) -> str:
    """How a link says that nothing but these may move."""
    return ALL_BUT + BETWEEN.join(may_move) if may_move else ALL


def free(name: str) -> bool:
    """Whether what has this name may move on the page that is shown."""
    return not lock_of(st.query_params.get(LOCK, "")).holds(name)


def locked() -> bool:
    """Whether the page's link locks anything."""
    return bool(st.query_params.get(LOCK))


def gestures_of(view: View, views: Sequence[View]) -> dict[str, str]:
    """What can be done on a view besides moving a control: names, and labels for whoever ticks."""
    has = {
        VIEWS: ("Other views", len(views) > 1),
        PREDICT: ("Predict first", view.predict is not None),
        KEEP: ("Keep training", view.starts_over is not None),
        BUILD: ("Build the network on its drawing", view.building is not None),
        PLACE: ("Place or bring own points", view.placing),
        CHANGE: ("Change weights, and train on", view.changeable),
        OPEN: ("Open one of many as its film", view.opens is not None),
        OWN: (view.written.label if view.written else "", view.written is not None),
    }
    return {name: label for name, (label, there) in has.items() if there}


def controls_of(settings: type[Settings]) -> dict[str, list[str]]:
    """The fields that have a control, by where it stands."""
    return {place: names for place, names in settings.standing().items() if place != APART}


def fields_with_controls(settings: type[Settings]) -> list[str]:
    """The names of those fields."""
    return [name for names in controls_of(settings).values() for name in names]


def anything_moves(views: Sequence[View], others: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Whether any control of a page may move; `others` is what can be done on it besides."""
    return not locked() or any(map(free, _names(views, others) - {VIEWS, BUILD, CHANGE, OPEN}))


def few_move(views: Sequence[View]) -> bool:
    """Whether the page's link leaves so few controls that they have room above a picture."""
    if not locked():
        return False
    names = {name for view in views for name in fields_with_controls(view.settings)}
    return sum(map(free, names)) <= FEW


def misread_lock(
    views: Sequence[View], others: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """A sentence if the link locks what nothing on the page is called."""
    text = st.query_params.get(LOCK, "")
    if not text:
        return []
    known = _names(views, others)
    alien = sorted(lock_of(text).names - known - set(GESTURES))
    if not alien:
        return []
    names = listed([f"“{as_written(name)}”" for name in alien[:3]])
    likely = [near for name in alien[:3] for near in difflib.get_close_matches(name, known, 1)]
    such = listed(likely or sorted(known)[:3])
    return [
        f"The link locks by {names}, which nothing on this page is called: expected names as in "
        f"its links, such as {as_written(such)}."
    ]


def _names(views: Sequence[View], others: Mapping[str, str]) -> set[str]:
    return {
        name
        for view in views
        for name in (*fields_with_controls(view.settings), *gestures_of(view, views), *others)
    }
