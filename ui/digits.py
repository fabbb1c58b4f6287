"""The digits that a page trains on: the server's, or those that its link names."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits, Kind, Subject
from figures.words import as_written, sentences
from runs.run import Run
from runs.shelf import shelf
from runs.subjects import LONGEST_TITLE
from runs.work import PATIENCE
from ui.own_images import BROUGHT, Kept, forget_gone, kept
from ui.runs import DELETED, leave_run, registry, say_deleted

PARAMETER = "data"
BETWEEN_LOOKS = 0.5  # seconds between two looks at how far the search is


def servers_digits(place: DeltaGenerator) -> Digits:
    """The digits that everybody on this server has by now.

    While MNIST is being looked for, `place` says how far that is, and then the page runs again.
    """
    here = shelf().digits(0 if shelf().looking_again else PATIENCE)
    if not shelf().looking:
        return shelf().digits()
    with place.container(key="looking_for_mnist"):
        _how_far()
    return here


@st.fragment(run_every=BETWEEN_LOOKS)
def _how_far() -> None:
    if not shelf().looking:
        st.rerun()
    share, doing, done, _ = shelf().how_far
    st.progress(share, f"{doing}: {done}" if done else doing)


def own_digits(run: Run | None) -> Digits | None:
    """Digits that a reader brought, if the link names some, or this visit was looking at some.

    Else those that this run learned from, if they were brought. A link whose digits are gone gets
    a sentence.
    """
    named = st.query_params.get(PARAMETER) or st.session_state.get(PARAMETER)
    name = named or (run.data if run else "")
    own = registry().brought.find(name) if name else None
    gone = forget_gone()
    lost = f"Not on this server any more: {gone}. {WHY_GONE}" if gone else ""
    if own is not None:
        show_own(own)
    elif named:
        _leave_own()
        title = shelf().digits().kind.title
        lost = sentences(
            lost,
            f"The images that this link names are not on this server any more: here is {title}.",
        )
    if lost:
        say_deleted(lost)
    return own


def whole(digits: Digits) -> Digits | None:
    """All of the digits of which a page holds few; None if they were deleted meanwhile."""
    return registry().brought.find(digits.name) if digits.name else digits


def show_own(digits: Digits) -> None:
    """Put these digits into the link and keep them for this visit."""
    if st.session_state.get(PARAMETER) != digits.name:
        st.session_state.pop(DELETED, None)
    st.session_state[PARAMETER] = digits.name
    if st.query_params.get(PARAMETER) != digits.name:
        st.query_params[PARAMETER] = digits.name


def _leave_own() -> None:
    st.session_state.pop(PARAMETER, None)
    st.query_params.pop(PARAMETER, None)


def _back(name: str, run: Run | None) -> None:
    """Back to what everybody has; a run that learned from these digits would bring them again."""
    _leave_own()
    if run is not None and run.data == name:
        leave_run()


def _delete(name: str, what: str) -> None:
    """Take a set off this server, for good, and say so."""
    try:
        registry().brought.delete(name)
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        st.toast(f"What you brought could not be deleted: {why}.")
        return
    registry().let_go_of(name)
    kept().pop(name, None)
    if st.session_state.get(PARAMETER) == name:
        _leave_own()
    say_deleted(
        f"Deleted: {what}. Runs that learned from it can still be looked at, and no longer go on."
    )


def where_they_are_from(digits: Digits, run: Run | None, others: bool = True) -> None:
    """A line on the digits that are here, if there is something to say, and what can be done if
    there can be `others`."""
    if digits.name:
        train, test = len(digits.x_train), len(digits.x_test)
        with st.container(horizontal=True, vertical_alignment="center", key="own_digits"):
            st.markdown(
                f"{_what(digits.subject)}: {train:,} to train on, {test:,} to test. "
                "Only who has this page's link sees them.",
                width="content",
            )
            if not others:
                return
            st.button("Back to MNIST", key="mnist_back", on_click=_back, args=[digits.name, run])
            own = digits.name in kept()
            with st.popover("Delete what I brought" if own else "Delete these images"):
                _delete_buttons(digits)
    elif shelf().looking:
        st.markdown(f"MNIST is being looked for.{UNTIL if digits.kind is Kind.BUNDLED else ''}")
    elif digits.note:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(digits.note)
            st.button("Look for MNIST again", key="mnist_look_again", on_click=shelf().look_again)


def _delete_buttons(here: Digits) -> None:
    """One for each set that this visit kept; else one for what is here, which is another's."""
    sets = {name: str(one) for name, one in kept().items()}
    if here.name in sets:
        st.markdown("Deleting is for good, and for everybody who has the link.")
    else:  # a class that has the link must not do it by chance
        st.markdown(
            "Whoever gave you this link brought them. Deleting is for good, and for everybody who "
            "has the link."
        )
        images = len(here.x_train) + len(here.x_test)
        sets = {here.name: str(Kept(here.title, images))}
    for name, what in sets.items():
        st.button(f"Delete {what}", key=f"mnist_delete_{name}", on_click=_delete, args=[name, what])


def _what(subject: Subject) -> str:
    """What these are, as the beginning of a sentence."""
    if subject.title.endswith(BROUGHT):
        return f"These are {as_written(subject.title, LONGEST_TITLE)}"
    title = as_written(subject.title, LONGEST_TITLE)
    return f"This is **{title}**, {subject.things}{BROUGHT}"


WHY_GONE = "Newer images took the room, or somebody with the link deleted them."
UNTIL = " Until it is here you see the 1,797 smaller digits that scikit-learn ships instead."
