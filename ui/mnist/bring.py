"""What a visitor brings: shown before it is kept, named, turned and inverted if it must be."""

import functools
from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.digits import Digits, Images, Kind, Subject
from datasets.looks import as_it_should_be, inverted, lies
from datasets.together import Missing, Offer
from datasets.upload import read_upload
from figures.words import as_written
from runs.offers import Offers, Waiting
from runs.subjects import LONGEST_CLASS, LONGEST_TITLE, are_classes, is_name
from ui.runs import registry
from ui.uploads import bring
from ui.visit import mark

TOKEN = "mnist_offer"
SHOWN, LARGE = 10, 56  # images that are shown, and how many pixels a side that takes
LABEL = (
    "Bring images: IDX files, an .npz, a CSV table, or a .zip or .tar of these; all at once or one "
    "after the other"
)


@functools.cache
def _offers() -> Offers:
    """What waits on this server, of all visitors."""
    return Offers()


def bring_images(use: Callable[[Digits], None]) -> None:
    """A box for files, and what came of them; `use` gets what the visitor keeps."""
    token = st.session_state.get(TOKEN, "")

    def read(files: Sequence[UploadedFile]) -> Waiting:
        return _offers().add(read_upload((file.name, file) for file in files), token)

    bring(LABEL, "mnist_bring", read, _remember, several=True)
    waiting = _offers().find(token)
    if waiting is None:
        if token:
            del st.session_state[TOKEN]
            if not st.session_state.get("mnist_bring_wrong"):
                st.info("What you brought waited for too long and is forgotten: bring it again.")
        return
    with st.container(border=True, key="mnist_offer_panel"):
        if isinstance(waiting.makes, Missing):
            st.markdown(as_written(waiting.makes.sentence, 300))
            st.button("Forget it", key="mnist_forget", on_click=_forget, args=[token])
        else:
            _panel(waiting.makes, token, use)


def _remember(waiting: Waiting) -> None:
    st.session_state[TOKEN] = waiting.token


def _forget(token: str) -> None:
    _offers().forget(token)
    st.session_state.pop(TOKEN, None)


@st.fragment
def _panel(offer: Offer, token: str, use: Callable[[Digits], None]) -> None:
    """Ten images, counts, a name, the classes, and the two buttons."""
    images, subject = offer.images, offer.subject
    key = f"mnist_offer_{token}"
    about = st.container()
    on_side, dark = not subject.title and lies(images.x_train), inverted(images.x_train)
    digits = bool(subject.title)
    with st.container(horizontal=True):
        turn = st.toggle("Turn", on_side, key=f"{key}_turn", help=TURN)
        invert = st.toggle("Invert", dark, key=f"{key}_invert", help=INVERT)
        if subject.digits and not subject.title:
            digits = st.toggle("They are digits", key=f"{key}_digits", help=DIGITS)
    subject = subject._replace(classes=_named(subject, digits))
    as_they_came = (turn, invert) == (on_side, dark)
    about.markdown(_counts(offer, subject.title if as_they_came else ""))
    if on_side or dark:
        st.caption(_looks(on_side, dark))
    title = st.text_input(
        "Name", subject.title, LONGEST_TITLE, key=f"{key}_name", placeholder=_usual(subject)
    ).strip()
    written = st.text_input(
        "Classes, in the order of their labels",
        ", ".join(subject.classes),
        key=f"{key}_{digits}_classes",
    )
    classes = tuple(name.strip() for name in written.split(","))
    wrong = _wrong(title, classes, len(subject.classes))
    if wrong:
        st.error(wrong)
    _pictures(images, subject.classes if wrong else classes, turn, invert)
    with st.container(horizontal=True):
        if st.button("Keep and show", key=f"{key}_keep", type="primary", disabled=bool(wrong)):
            _keep(offer, title, classes, (turn, invert), token, use)
        if st.button("Forget it", key=f"{key}_forget"):
            _forget(token)
            st.rerun()


def _keep(
    offer: Offer,
    title: str,
    classes: tuple[str, ...],
    look: tuple[bool, bool],
    token: str,
    use: Callable[[Digits], None],
) -> None:
    subject = offer.subject._replace(classes=classes)
    subject = subject._replace(title=title or _usual(subject))
    try:
        digits = registry().brought.keep(as_it_should_be(offer.images, *look), mark(), subject)
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        st.error(f"What you brought could not be kept here: {why}.")
        return
    _forget(token)
    use(digits)
    st.rerun()


def _usual(subject: Subject) -> str:
    """What images are called that nobody gave a name."""
    return Kind.BROUGHT.title if subject.digits else "images that a reader brought"


def _wrong(title: str, classes: tuple[str, ...], expected: int) -> str:
    """What is wrong with the names that a visitor gave; "" if nothing is."""
    if title and not is_name(title, LONGEST_TITLE):
        return "The name has letters in it that cannot be shown: expected letters that can."
    if len(classes) != expected:
        return f"These are {len(classes)} names of classes: expected {expected}, with commas."
    if not are_classes(classes):
        return (
            "The names of the classes must differ from each other, none empty, none longer than "
            f"{LONGEST_CLASS} letters."
        )
    return ""


def _named(subject: Subject, digits: bool) -> tuple[str, ...]:
    """The classes' names to begin with: a number alone is no digit until its reader says so."""
    if subject.title or digits or not all(name.isdecimal() for name in subject.classes):
        return subject.classes
    return tuple(f"class {name}" for name in subject.classes)


def _counts(offer: Offer, title: str) -> str:
    images, classes = offer.images, len(offer.subject.classes)
    what = f"This is **{title}**: " if title else ""
    notes = " ".join(as_written(note, 300) for note in offer.notes)
    of_each = np.bincount(images.y_train, minlength=classes)
    fewest, most = (f"{count:,}" for count in (of_each.min(), of_each.max()))
    each = most if fewest == most else f"{fewest} to {most}"
    return (
        f"{what}{len(images.x_train):,} images of {offer.subject.side}×{offer.subject.side} pixels "
        f"to train on, {each} of each of {classes} classes, {len(images.x_test):,} to test. {notes}"
    ).strip()


def _looks(on_side: bool, dark: bool) -> str:
    said = []
    if on_side:
        said.append("They look as if they lay on their side, as EMNIST's do: *Turn* is on.")
    if dark:
        said.append("Their paper is bright and their ink dark: *Invert* is on.")
    return " ".join([*said, "Look at the ten and decide."])


def _pictures(images: Images, classes: Sequence[str], turn: bool, invert: bool) -> None:
    """One image each of ten classes, or more of each where there are fewer."""
    _, first = np.unique(images.y_train, return_index=True)
    chosen = [first[k] for k in np.linspace(0, len(first) - 1, min(SHOWN, len(first))).astype(int)]
    chosen += [i for i in range(len(images.y_train[: 2 * SHOWN])) if i not in chosen]
    chosen = sorted(chosen[:SHOWN], key=lambda i: images.y_train[i])
    x, labels = images.x_train[chosen], images.y_train[chosen]
    shown = as_it_should_be(Images(x, labels, x[:0], labels[:0]), turn, invert).x_train
    dark_theme = st.context.theme.type == "dark"
    times = max(1, round(2 * LARGE / shown.shape[1]))
    st.image(
        [np.kron(x if dark_theme else 255 - x, np.ones((times, times), np.uint8)) for x in shown],
        [as_written(classes[label], LONGEST_CLASS) for label in labels],
        width=LARGE,
    )


DIGITS = "Then the page calls class 3 a 3, and the paper asks for a digit."
TURN = "Mirror each image along its diagonal: EMNIST's lie on their side and stand upright then."
INVERT = "Make dark ink bright and bright paper dark: a network expects 0 where there is no ink."
