"""The sets of images that this visit kept: nothing of them goes unsaid."""

from collections.abc import Collection
from typing import NamedTuple

import streamlit as st

from datasets.digits import Digits
from figures.words import as_written
from runs.subjects import LONGEST_TITLE
from ui.runs import registry

KEPT = "mnist_kept"
BROUGHT = " that a reader brought"  # ends the title of what nobody gave a name


class Kept(NamedTuple):
    """A set, as a sentence speaks of it."""

    title: str
    images: int  # to train on and to test, together

    def __str__(self) -> str:
        title = as_written(self.title, LONGEST_TITLE)
        named = title if self.title.endswith(BROUGHT) else f"**{title}**"
        return f"{named} ({self.images:,} images)"


def kept() -> dict[str, Kept]:
    """What this visit kept and still has, by its names on the server, the oldest first."""
    sets: dict[str, Kept] = st.session_state.setdefault(KEPT, {})
    return sets


def remember(digits: Digits) -> None:
    """These were kept by this visit."""
    kept()[digits.name] = Kept(digits.title, len(digits.x_train) + len(digits.x_test))


def all_said(names: Collection[str]) -> str:
    """These of the visit's own sets, one after the other, as a sentence has them."""
    return " and ".join(str(kept()[name]) for name in names if name in kept())


def forget_gone() -> str:
    """Forget what is not on the server any more; its names, as a sentence has them."""
    gone = [name for name in kept() if not registry().brought.has(name)]
    said = all_said(gone)
    for name in gone:
        del kept()[name]
    return said
