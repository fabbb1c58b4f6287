"""A reader's own points on the plane: placed by hand, or from a table; and how a link writes them.

Few points stand in the link themselves. More lie in a file on this server, under a name that nobody
can guess (`runs/points.py` keeps them), and the link has the name.
"""

import base64
import functools
import json
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets.environment import glassbox_home
from datasets.idx import DataError
from datasets.npz import read_npz
from datasets.plane import EDGE, PlaneData, Unit

OWN = "your own"  # what the data menu calls them
MOST = 10_000  # points
CLASSES = 10  # that points can have at most; they have at least two
DRAWN = 5.0  # a table's lowest and highest number are drawn at −5 and 5, as other points lie
LONGEST = 40  # letters of a column's or a class's name
NAME = "~"  # what begins a name in a link; no points begin with it
A_NAME = re.compile(r"[A-Za-z0-9_-]{8,40}")
LARGEST = 200_000  # bytes that a file of them unpacks to; 10,000 points take 120,000 at most


class Axis(NamedTuple):
    """A column of the reader's table: its name, its lowest and its highest number.

    They are drawn at −5 and 5; of numbers that are learned they are −1 and 1.
    """

    name: str
    low: float
    high: float


class OwnPoints(NamedTuple):
    """A reader's own points, where they lie on the plane, and what they are called."""

    x: np.ndarray  # (n, 2) float32, from −EDGE to EDGE
    label: np.ndarray  # (n,) uint8: which class, none without a point; or float32: −1 to 1
    classes: tuple[str, ...] = ()  # their names; none where they were placed by hand
    axes: tuple[Axis, ...] = ()  # x₁'s and x₂'s; none where they were placed by hand
    number: Axis | None = None  # the label's, where that is a number


# Until a reader has brought any: a class around the other, so that no straight line is enough.
EXAMPLE = OwnPoints(
    np.array(
        [
            *[[0, 0], [1, 1], [-1, 1], [-1, -1], [1, -1], [0, 2]],
            *[[4, 0], [3, 3], [0, 4], [-3, 3], [-4, 0], [-3, -3], [0, -4], [3, -3]],
        ],
        np.float32,
    ),
    np.array([1] * 6 + [0] * 8, np.uint8),
)


def scaled(
    columns: np.ndarray, names: tuple[str, ...], end: float = DRAWN
) -> tuple[np.ndarray, tuple[Axis, ...]]:
    """A table's columns (n, columns) as they are drawn, each by itself, and how they came there.

    The lowest number of a column lies at −`end`, the highest at `end`, the others between them in
    proportion. A column with one number only lies at 0.
    """
    low, high = columns.min(axis=0), columns.max(axis=0)
    middle, half = low / 2 + high / 2, high / 2 - low / 2
    x = end * ((columns - middle) / np.where(half > 0, half, 1))
    axes = [Axis(n, float(a), float(b)) for n, a, b in zip(names, low, high, strict=True)]
    return np.clip(x, -end, end).astype(np.float32), tuple(axes)


def packed(points: OwnPoints) -> bytes:
    """Points as bytes: a line of JSON with their names, then x as float32, then the labels."""
    about = {"classes": points.classes, "axes": points.axes, "number": points.number}
    head = json.dumps({k: v for k, v in about.items() if v}, ensure_ascii=False)
    x, label = points.x.astype("<f4"), points.label.astype(_type_of(points.number))
    return head.encode() + b"\n" + x.tobytes() + label.tobytes()


def unpacked(content: bytes) -> OwnPoints:
    """What `packed` packed, which anybody may have written. ValueError if it is anything else."""
    head, _, rest = content.partition(b"\n")
    if not rest:
        raise ValueError("expected a line of names, then points")
    names = _names(head)
    kind = _type_of(names.number)
    count, odd = divmod(len(rest), 8 + kind.itemsize)
    if odd:
        raise ValueError("expected a line of names, then points")
    x = np.frombuffer(rest[: 8 * count], "<f4").reshape(count, 2).astype(np.float32)
    label = np.frombuffer(rest[8 * count :], kind).astype(kind.newbyteorder("="))
    return checked(OwnPoints(x, label, *names))


def _type_of(number: Axis | None) -> np.dtype:
    """What labels are packed as: classes, or numbers."""
    return np.dtype("<f4" if number else np.uint8)


def how_many(points: OwnPoints) -> int:
    """Of how many classes they are; 0 if each has a number."""
    return 0 if points.number else int(points.label.max()) + 1


def checked(points: OwnPoints) -> OwnPoints:
    """The same, if they are points that a network can learn from. ValueError, a phrase, if not."""
    if len(points.x) > MOST:
        raise ValueError(f"{len(points.x):,} points are too many: expected at most {MOST:,}")
    if not (np.abs(points.x) <= EDGE).all():  # nor NaN
        raise ValueError(f"a point lies outside of the plane: expected ±{EDGE:g} at most")
    if points.number:
        _check_numbers(points)
    else:
        _check_classes(points)
    return points


def _check_numbers(points: OwnPoints) -> None:
    if points.classes:
        raise ValueError("expected names of classes or a column of numbers, not both")
    if not (np.abs(points.label) <= 1).all():  # nor NaN
        raise ValueError("a point's number is beyond its scale: expected −1 to 1")
    if not np.ptp(points.label):
        raise ValueError("all points have the same number: expected different ones")


def _check_classes(points: OwnPoints) -> None:
    used = np.unique(points.label)
    if len(used) == 1:
        raise ValueError("all points are of one class: expected some of each")
    if used.max(initial=0) >= CLASSES:
        raise ValueError(f"expected points of two to {CLASSES} classes")
    if len(used) <= used.max(initial=0):
        raise ValueError("a class has no points: expected some of each")
    if len(points.classes) not in (0, len(used)):
        raise ValueError(f"expected names of all {len(used)} classes, or none")


class _Names(NamedTuple):
    """What the first line says: the last fields of `OwnPoints`."""

    classes: tuple[str, ...]
    axes: tuple[Axis, ...]
    number: Axis | None


def _names(head: bytes) -> _Names:
    try:
        about = json.loads(head)
        classes = tuple(about.get("classes", ()))
        axes = tuple(Axis(*axis) for axis in about.get("axes", ()))
        number = Axis(*about["number"]) if "number" in about else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise ValueError("expected a line of names first") from None
    columns = [*axes, number] if number else axes
    names = [*classes, *(column.name for column in columns)]
    ends = [end for column in columns for end in (column.low, column.high)]
    sound = (
        len(classes) <= CLASSES
        and len(axes) in (0, 2)
        and all(isinstance(n, str) and n.isprintable() and len(n) <= LONGEST for n in names)
        and all(type(end) is float and np.isfinite(end) for end in ends)
        and (number is None or number.low < number.high)
    )
    if not sound:
        raise ValueError("expected names of the classes and of the columns, or none")
    return _Names(classes, axes, number)


def written(points: OwnPoints) -> str:
    """Points as a link has them, if they are few."""
    return base64.urlsafe_b64encode(packed(points)).decode().rstrip("=")


def check_written(text: str) -> None:
    """ValueError, a phrase, if a link's text is neither points nor a name of some."""
    if not isinstance(text, str):
        raise ValueError(f"expected a text, got {text!r}")
    if text.startswith(NAME):
        if not A_NAME.fullmatch(text.removeprefix(NAME)):
            raise ValueError("what the link brings is no name of points")
    elif text:
        own_points(text)


def own_points(text: str) -> OwnPoints:
    """The points of a link's text; the example for an empty one.

    ValueError, a phrase, if that is no text of points, LookupError if they are not here any more:
    another process may have taken them away.
    """
    name = text.removeprefix(NAME)
    if name != text and not (A_NAME.fullmatch(name) and _file(name).exists()):
        raise LookupError(name)
    return _read(text)


@functools.lru_cache(64)
def _read(text: str) -> OwnPoints:
    if not text:
        return EXAMPLE
    if text.startswith(NAME):
        return _find(text.removeprefix(NAME))
    padded = text + "=" * (-len(text) % 4)
    try:
        content = base64.b64decode(padded, b"-_", validate=True)
    except ValueError:
        raise ValueError("what the link brings is cut off, or no points") from None
    return unpacked(content)


def folder() -> Path:
    """Where those lie that are too many for a link."""
    return glassbox_home() / "points"


def _file(name: str) -> Path:
    return folder() / f"{name}.npz"


def _find(name: str) -> OwnPoints:
    """The points of that name. LookupError if they are not here, or are damaged."""
    try:
        with _file(name).open("rb") as stream:
            return unpacked(bytes(read_npz(stream, ("points",), LARGEST, "points")["points"]))
    except (DataError, OSError, KeyError, ValueError):
        raise LookupError(name) from None


def own_data(points: OwnPoints, train_share: float, seed: int) -> PlaneData:
    """Points as a network learns from them: that share, at random, the others are for testing.

    Of each class it is that share, and at least one. Numbers that are learned from are never all
    the same: the lowest and the highest are among them.
    """
    rng, n = np.random.default_rng(seed), len(points.x)
    train = np.zeros(n, bool)
    if points.number:
        train[rng.permutation(n)[: round(train_share * n)]] = True
        train[[points.label.argmin(), points.label.argmax()]] = True
    else:
        for of in np.unique(points.label):
            members = rng.permutation(np.flatnonzero(points.label == of))
            train[members[: max(1, round(train_share * len(members)))]] = True
    order = rng.permutation(n)
    x, t = points.x.astype(float)[order], points.label.astype(float)[order, np.newaxis]
    train, classes, number = train[order], how_many(points), points.number
    return PlaneData(
        OWN,
        *(x[train], t[train], x[~train], t[~train], -EDGE, EDGE),
        low=-1.0 if number else 0.0,
        high=1.0 if number else classes - 1.0,
        classes=classes,
        names=points.classes,
        unit=Unit(number.name, number.high / 2 - number.low / 2) if number else None,
    )
