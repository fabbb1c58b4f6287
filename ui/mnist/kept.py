"""What this visit kept, below the box it came through: the set on display, and the others."""

import streamlit as st

from datasets.digits import Digits
from figures.words import advice, advised
from runs.run import Run
from ui.digits import show_own
from ui.lock import free
from ui.mnist.ten import show_images, ten_of
from ui.own_images import kept
from ui.runs import leave_run, registry
from views.mnist.training.look import TRAIN

LINK = (
    "Note this page's link: when the page is reloaded, what you kept is listed no more, and the "
    "link alone finds it."
)
NEXT = advice("**Start**, at the top of the page, trains a network on it.", TRAIN)


def show_kept(here: Digits, run: Run) -> None:
    """The visit's own sets by their names; of the one that the page has now also ten images."""
    for name, one in kept().items():
        with st.container(border=True, key=f"mnist_kept_{name}"):
            if name == here.name:
                whole = registry().brought.find(name)
                if whole is not None:
                    _on_display(whole, trained=run.data == name)
            else:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(f"You kept {one}.", width="content")
                    st.button("Show it", key=f"mnist_show_{name}", on_click=_show, args=[name])


def _show(name: str) -> None:
    digits = registry().brought.find(name)
    if digits is not None:  # else the page says that it is gone
        leave_run()
        show_own(digits)


def _on_display(whole: Digits, trained: bool) -> None:
    """`trained` is whether the page shows a run on these already."""
    subject, side = whole.subject, whole.subject.side
    said = (
        f"You kept {kept()[whole.name]}: {len(whole.x_train):,} of {side}×{side} pixels to train "
        f"on, {len(whole.x_test):,} to test, {len(subject.classes)} classes. {LINK} "
        f"{'' if trained else advised(NEXT, free)}"
    )
    st.markdown(said.strip())
    chosen = ten_of(whole.t_train)
    show_images(
        whole.x_train[chosen].reshape(-1, side, side),
        [subject.classes[label] for label in whole.t_train[chosen]],
    )
