"""What a visitor brings: shown before it is kept, named, turned and inverted if it must be."""

import functools
from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.digits import Digits, Images, Kind, Subject
from datasets.looks import Turn, as_it_should_be
from datasets.together import Missing, Offer
from datasets.told import how_they_look, names_of, told
from datasets.upload import read_upload
from figures.words import as_written
from runs.brought import SHARE
from runs.files import NoRoom
from runs.offers import Offers, Waiting
from runs.subjects import LONGEST_CLASS, LONGEST_TITLE, are_classes, as_classes, is_name
from ui.mnist.ten import show_images, ten_of
from ui.own_images import all_said, kept, remember
from ui.runs import registry, say_deleted
from ui.uploads import bring
from ui.visit import mark

TOKEN = "mnist_offer"
MUST_GO = "mnist_must_go"  # what has to go for an offer, once that is known to the byte
LABEL = (
    "Bring images: IDX files, an .npz, a CSV table, a .zip or .tar of these, or of folders of "
    "pictures, one a class; all at once or one after the other"
)
IF_LARGER = (
    "so pack it as .zip or .gz, which makes tables and IDX files much smaller, or, if it is packed "
    "already, unpack it and bring only the files that you need"
)
NOTE = 400  # letters of a sentence on what was brought


@functools.cache
def _offers() -> Offers:
    """What waits on this server, of all visitors."""
    return Offers()


def bring_images(use: Callable[[Digits], None]) -> None:
    """A box for files, and what came of them; `use` gets what the visitor keeps."""
    token = st.session_state.get(TOKEN, "")

    def read(files: Sequence[UploadedFile]) -> Waiting:
        return _offers().add(read_upload((file.name, file) for file in files), token)

    bring(LABEL, "mnist_bring", read, _remember, several=True, if_larger=IF_LARGER)
    waiting = _offers().find(token)
    refused = bool(st.session_state.get("mnist_bring_wrong"))
    if refused and (before := _before(waiting)):
        st.markdown(before)
    if waiting is None:
        if token:
            del st.session_state[TOKEN]
            if not refused:
                st.info(
                    "What you brought waited for too long, or its room was needed, and is "
                    "forgotten: bring it again."
                )
        return
    with st.container(border=True, key="mnist_offer_panel"):
        if isinstance(waiting.makes, Missing):
            st.markdown(as_written(waiting.makes.sentence, NOTE))
            st.button("Forget it", key="mnist_forget", on_click=_forget, args=[token])
        else:
            _panel(waiting.makes, waiting, use)


def _before(waiting: Waiting | None) -> str:
    """What is still here, though what came just now was refused; "" if nothing is."""
    said = []
    if waiting is not None:
        names = ", ".join(list(dict.fromkeys(one.name for one in waiting.found))[:3])
        said.append(f"What you brought before still waits: {as_written(names, NOTE)}.")
    if kept():
        said.append(f"What you kept before is still here: {all_said(kept())}.")
    return " ".join(said)


def _remember(waiting: Waiting) -> None:
    st.session_state[TOKEN] = waiting.token
    st.session_state.pop(MUST_GO, None)


def _forget(token: str) -> None:
    _offers().forget(token)
    for name in (TOKEN, MUST_GO):
        st.session_state.pop(name, None)


@st.fragment
def _panel(offer: Offer, waiting: Waiting, use: Callable[[Digits], None]) -> None:
    """Ten images, counts, a name, the classes, and the two buttons."""
    subject, key = offer.subject, f"mnist_offer_{waiting.key}"
    on_side, dark, look = how_they_look(offer)
    about = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        turn = _turn(on_side, key)
        invert = st.toggle("Invert", dark, key=f"{key}_invert", help=INVERT)
        digits = bool(subject.title)
        if subject.digits and not subject.title:
            digits = st.toggle("They are digits", offer.named, key=f"{key}_digits", help=DIGITS)
    as_they_came = (turn is not Turn.NOT, invert) == (on_side, dark)
    said = offer if as_they_came else offer._replace(subject=subject._replace(title=""))
    about.markdown(" ".join(as_written(sentence, NOTE) for sentence in told(said)))
    if look:
        st.caption(as_written(" ".join([*look, DECIDE]), NOTE))
    subject = subject._replace(classes=as_classes(names_of(subject, digits)))
    title = st.text_input(
        "Name", subject.title, LONGEST_TITLE, key=f"{key}_name", placeholder=_usual(subject)
    ).strip()
    written = st.text_area(
        "Classes, one a line, in the order of their labels",
        "\n".join(subject.classes),
        key=f"{key}_{hash(subject.classes)}_classes",
    )
    classes = tuple(name.strip() for name in written.splitlines() if name.strip())
    wrong = _wrong(title, classes, len(subject.classes))
    if wrong:
        st.error(wrong)
    _pictures(offer.images, subject.classes if wrong else classes, turn, invert)
    must_go = _must_go(offer.images)
    with st.container(horizontal=True):
        if st.button("Keep and show", key=f"{key}_keep", type="primary", disabled=bool(wrong)):
            subject = subject._replace(classes=classes, title=title or _usual(subject))
            images = as_it_should_be(offer.images, turn, invert)
            _keep(images, subject, must_go, waiting.token, use)
        if st.button("Forget it", key=f"{key}_forget"):
            _forget(waiting.token)
            st.rerun()


def _turn(on_side: bool, key: str) -> Turn:
    ways = list(Turn)
    usual = ways.index(Turn.DIAGONAL if on_side else Turn.NOT)
    return st.selectbox(
        "Turn", ways, usual, format_func=lambda way: way.value, key=f"{key}_turn", help=TURN
    )


def _must_go(images: Images) -> list[str]:
    """What of this visitor's has to go for these to be kept, and the sentence that says so."""
    if not kept():
        return []
    names = st.session_state.get(MUST_GO) or registry().brought.would_go(images, mark())
    own = [name for name in names if name in kept()]
    if own:
        st.warning(
            f"There is room for {SHARE / 1e6:.0f} MB of one visitor's images here. If you keep "
            f"these, this goes: {all_said(own)}."
        )
    return own


def _keep(
    images: Images,
    subject: Subject,
    may_go: Sequence[str],
    token: str,
    use: Callable[[Digits], None],
) -> None:
    """Keep them, if nothing goes for it but what the visitor has been told of."""
    try:
        digits = registry().brought.keep(images, mark(), subject, may_go)
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        st.error(f"What you brought could not be kept here: {why}.")
        return
    except NoRoom as more:
        st.session_state[MUST_GO] = more.names
        st.rerun()
    _forget(token)
    remember(digits)
    gone = [name for name in may_go if not registry().brought.has(name)]
    made_room = all_said(gone)
    for name in gone:
        del kept()[name]
    use(digits)
    if made_room:
        say_deleted(f"Deleted, for its room was needed: {made_room}.")
    st.rerun()


def _usual(subject: Subject) -> str:
    """What images are called that nobody gave a name."""
    return Kind.BROUGHT.title if subject.digits else "images that a reader brought"


def _wrong(title: str, classes: tuple[str, ...], expected: int) -> str:
    """What is wrong with the names that a visitor gave; "" if nothing is."""
    if title and not is_name(title, LONGEST_TITLE):
        return "The name has letters in it that cannot be shown: expected letters that can."
    if len(classes) != expected:
        names = "1 name of a class" if len(classes) == 1 else f"{len(classes)} names of classes"
        return f"There are {names}: expected {expected}, one a line."
    if not are_classes(classes):
        return (
            "The names of the classes must differ from each other, none longer than "
            f"{LONGEST_CLASS} letters."
        )
    return ""


def _pictures(images: Images, classes: Sequence[str], turn: Turn, invert: bool) -> None:
    chosen = ten_of(images.y_train)
    x, labels = images.x_train[chosen], images.y_train[chosen]
    shown = as_it_should_be(Images(x, labels, x[:0], labels[:0]), turn, invert).x_train
    show_images(shown, [classes[label] for label in labels])


DECIDE = "Look at the ten and decide."
DIGITS = "Then the page calls class 3 a 3, and the paper asks for a digit."
TURN = "EMNIST's lie on their side: mirrored along the diagonal they stand upright."
INVERT = "Make dark ink bright and bright paper dark: a network expects 0 where there is no ink."
