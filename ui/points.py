"""A reader's own points on the plane: kept for the visit, named in the link, brought as a table."""

import base64
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.idx import DataError
from datasets.own_points import (
    CLASSES,
    EXAMPLE,
    LONGEST,
    NAME,
    OWN,
    OwnPoints,
    checked,
    how_many,
    own_points,
)
from datasets.plane import EDGE
from datasets.points_chosen import Chosen, Read, chosen, points_of, readings
from datasets.points_table import LARGEST, Table, read_table
from datasets.written_numbers import as_read
from figures.judgement import COLOURS
from figures.own_points import NAMED, clash, colours, learned, scales, what_they_are
from figures.words import as_written, listed, number, sentences
from recipes.boundaries import BoundariesSettings, boundaries_data
from recipes.settings import Settings
from runs.points import delete, in_words, still_used
from ui.controls import MOVED
from ui.folded import put_folded
from ui.presenter import fold_controls
from ui.uploads import bring, forget_refusal, refused
from ui.visit import mark
from views.view import View

FIELD, DATA = "own_points", "dataset"  # the settings that say which points
KEPT, OPEN, TABLE = "points_kept", "points_open", "points_table"
KNOWN = "points_known"  # what the address has had; the browser writes it there when it comes to it
FILE = "points_file"
PASTED, UNKEPT, UNDELETED = "points_pasted", "points_unkept", "points_undeleted"
SHOWN = 6  # rows of a preview
TOLD = 100  # rows that cannot be used, each with its line
COLUMNS = ("x₁, to the right", "x₂, upwards", "The colour")
FAILED = {
    UNKEPT: "Your points could not be kept on the server, and are too many for a link: try fewer.",
    UNDELETED: "Your points could not be deleted from the server.",
}
HELP = (
    "Two columns of numbers, and one of labels, two to ten different ones, or of numbers to learn; "
    "up to 10,000 rows, saved as text: CSV, with commas, semicolons or tabs."
)


def own_points_of(settings: type[Settings]) -> list[str]:
    """Have the settings say the visit's own points where these are asked for.

    A link's points become the visit's. Call it after the controls, before they are read. What could
    not be kept is said.
    """
    if FIELD not in settings.allowed():
        return []
    field, state = settings.key(FIELD), st.session_state
    said, known = st.query_params.get(field, ""), state.setdefault(KNOWN, set())
    if said and said not in known:  # else they are from here, and may be others by now
        state[field] = said
    if state.get(field):
        state[KEPT] = state[field]
    kept = state.get(KEPT, "") if state.get(settings.key(DATA)) == OWN else ""
    state[field] = kept
    known |= {said, kept}
    if kept:
        still_used(kept)
    return [words for flag, words in FAILED.items() if state.pop(flag, False)]


def points_in_address(settings: type[Settings]) -> dict[str, str]:
    """What the page's address has of the visit's own points; "" where they are not asked for."""
    if FIELD not in settings.allowed():
        return {}
    return {settings.key(FIELD): st.session_state.get(settings.key(FIELD), "")}


def about_them(settings: Settings, brief: bool) -> str:
    """What a picture of the reader's own points has to be read by, if there are any in it.

    If `brief`, for a projector, what the picture itself has no room for: the names of many classes.
    """
    if not (isinstance(settings, BoundariesSettings) and settings.dataset == OWN):
        return ""
    points = own_points(settings.own_points)
    if brief:
        return colours(points) if how_many(points) > NAMED else ""
    return what_they_are(points)


def table_button(settings: type[Settings], place: DeltaGenerator) -> None:
    """Where a table can be brought, as long as the reader's own points are asked for."""
    if FIELD not in settings.allowed() or st.session_state.get(settings.key(DATA)) != OWN:
        _close()
        return
    place.button("Bring a table", key="points_bring", icon=":material/table:", on_click=_open)
    if st.session_state.get(OPEN):
        _dialog(settings)


def _open() -> None:
    fold_controls()
    st.session_state[OPEN] = True


def _close() -> None:
    st.session_state[OPEN] = False
    forget_refusal(FILE)
    st.session_state.pop(TABLE, None)


@st.dialog("Your own points", width="medium", on_dismiss=_close)
def _dialog(settings: type[Settings]) -> None:
    if not st.session_state.get(OPEN):  # a button has closed it, and only it has run again
        st.rerun()
    most = LARGEST // 10**6
    bring(HELP, FILE, _read_file, _remember, megabytes=most, if_larger="so leave some rows out")
    st.text_area("or paste it here", key=PASTED, height=110, on_change=_pasted)
    kept = st.session_state.get(KEPT, "")
    if kept.startswith(NAME) and kept.endswith(mark()):
        st.button("Delete the points I brought", on_click=_delete, args=[settings, kept])
    named: tuple[str, bytes | str] | None = st.session_state.get(TABLE)
    if named is None or refused(FILE):
        return
    try:
        _preview(settings, *named)
    except DataError as error:
        st.error(as_written(str(error), 500))


def _read_file(files: Sequence[UploadedFile]) -> tuple[str, bytes]:
    """A file's name and bytes. DataError if it is no table: nobody is asked about its columns."""
    (file,) = files
    content = file.read(LARGEST + 1)
    read_table(file.name, content)
    return file.name, content


def _remember(named: tuple[str, bytes]) -> None:
    st.session_state[TABLE] = named
    st.session_state.pop(PASTED, None)


def _pasted() -> None:
    forget_refusal(FILE)
    text = st.session_state[PASTED]
    st.session_state[TABLE] = ("The text", text) if text.strip() else None


def _delete(settings: type[Settings], kept: str) -> None:
    """Take this visit's points away from the server, and from the page."""
    try:
        delete(kept)
    except OSError:
        st.session_state[UNDELETED] = True
    else:
        st.session_state[KEPT] = st.session_state[settings.key(FIELD)] = ""
    _close()


def _preview(settings: type[Settings], name: str, content: bytes | str) -> None:
    """A table's columns to choose, its first rows, what they make, and what is left out."""
    table = read_table(name, content)
    key = f"points_{len(content)}_{hash(content)}"
    headed = st.toggle("Its first line has the names of the columns", table.headed, key=key)
    if headed != table.headed:
        table = read_table(name, content, headed)
    columns = _columns(table, f"{key}_{headed}")
    reading = _reading(table, columns.label, f"{key}_{headed}_{columns.label}")
    made = st.container()
    first = [row for row in table.rows if not row.wrong][:SHOWN]
    st.dataframe(
        pd.DataFrame(
            [row.cells for row in first],
            index=pd.Index([row.line for row in first], name="line"),
            columns=table.names,
        )
    )
    with made:
        read = points_of(table, columns, reading)
        numbers = 3 if read.points.number else 2
        st.markdown(sentences(_made(table, read), _as_read(table, columns, numbers)))
        st.button("Use these points", type="primary", on_click=use, args=[settings, read.points])
        if read.left_out:
            more = len(read.left_out) - TOLD
            rest = [f"And {more:,} more."] if more > 0 else []
            st.code("\n".join([*read.left_out[:TOLD], *rest]), language=None, height=110)


def _columns(table: Table, key: str) -> Chosen:
    """Which columns the reader means, those at first that are likely."""
    picked = [
        place.selectbox(
            label,
            range(len(table.names)),
            likely,
            format_func=lambda k: table.names[k],
            key=f"{key}_{label}",
        )
        for place, label, likely in zip(st.columns(3), COLUMNS, chosen(table), strict=True)
    ]
    return Chosen(*picked)


def _reading(table: Table, column: int, key: str) -> str:
    """What the reader means the third column to be, where it can be both; at first the likelier."""
    can_be = readings(table, column)
    if len(can_be) == 1:
        return can_be[0]
    name = as_written(table.names[column], LONGEST)
    help = "Labels become classes, numbers are learned as numbers."
    chosen = st.segmented_control(
        f"“{name}” is", can_be, default=can_be[0], required=True, key=key, help=help
    )
    return chosen or can_be[0]


def _made(table: Table, read: Read) -> str:
    """How many rows make which points, and how they were read."""
    points, of = read.points, len(table.rows)
    colours = [
        f"**{count:,}** labelled *{as_written(name, LONGEST)}* ({colour})"
        for count, name, colour in zip(read.counts, points.classes, COLOURS, strict=False)
    ]
    some = "" if table.of == of else f"Of {table.of:,} rows {of:,} were drawn at random. "
    which = f": {listed(colours)}" if colours else ""
    rows = f"{some}**{len(points.x):,}** of {of:,} rows make a point{which}."
    return sentences(rows, learned(points), scales(points), clash(points))


def _as_read(table: Table, columns: Chosen, numbers: int) -> str:
    """How the numbers of the first so many columns were read, where they need not be so."""
    told = []
    for column in columns[:numbers]:
        cells = [row.cells[column] for row in table.rows if not row.wrong]
        read = as_read(cells, table.commas[column])
        if read is not None:
            name, cell = as_written(table.names[column], LONGEST), as_written(read.cell)
            other = "" if read.other is None else f" (it could be {number(read.other, 12)}, too)"
            told.append(f"“{cell}” in *{name}* is read as **{number(read.value, 12)}**{other}")
    units = [
        f"“{as_written(unit)}” behind the numbers of *{as_written(table.names[k], LONGEST)}*"
        for k in columns[:numbers]
        if (unit := table.units[k] if table.units else "")
    ]
    of = "is their unit" if len(units) == 1 else "are their units"
    return sentences(f"{listed(told)}." if told else "", f"{listed(units)} {of}." if units else "")


def use(settings: type[Settings], points: OwnPoints) -> None:
    """Make these the points that the page trains on. For a callback."""
    try:
        text = in_words(points, mark())
    except OSError:
        st.session_state[UNKEPT] = True
        _close()
        return
    st.session_state[settings.key(FIELD)] = text
    # With what is put anew Streamlit writes the whole address, as it was when the page last ran: a
    # control that is moved meanwhile would not be in it.
    if st.session_state.get(settings.key(DATA)) != OWN:
        put_folded(settings.key(DATA), OWN)
    st.session_state[MOVED] = True
    _close()


def places(view: View, settings: Settings) -> Callable[[str | None], None] | None:
    """What takes the points that a reader places on the stage, if the view lets them."""
    if not (view.placing and isinstance(settings, BoundariesSettings)):
        return None

    def place(sent: str | None) -> None:
        points = sent and placed(settings, sent)
        if points:
            use(type(settings), points)

    return place


def placed(settings: BoundariesSettings, sent: str) -> OwnPoints | None:
    """Points as the stage sends them, base64 of float32: x₁, x₂ and class of each; None if not.

    Places are those of the picture; classes that had names keep them, and any others are called by
    their colour.
    """
    try:
        x1, x2, label = np.frombuffer(base64.b64decode(sent, validate=True), "<f4").reshape(-1, 3).T
        data, x = boundaries_data(settings), np.column_stack([x1, x2])
        if not np.isin(label, range(CLASSES)).all():
            return None
        classes = int(label.max(initial=0)) + 1
        across = (x - (data.left + data.right) / 2) / (data.right - data.left)
        before = own_points(settings.own_points) if settings.dataset == OWN else EXAMPLE
        on_plane = np.clip(2 * EDGE * across, -EDGE, EDGE).astype(np.float32)
        names = (*before.classes, *COLOURS[len(before.classes) :])[:classes]
        axes = () if before.number else before.axes  # of numbers none was begun with
        named = names if before.classes else ()
        return checked(OwnPoints(on_plane, label.astype(np.uint8), named, axes))
    except ValueError:
        return None
