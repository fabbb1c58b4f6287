"""A boundary as somebody draws it before it is there, and how much of the plane it has right.

The plane is the unit square here. A drawing is a text, as a link has it: lines joined by ~, each
the places of its corners across and up in thousandths, joined by dots: 0.500.1000.500 is level.
"""

import re
from itertools import pairwise
from typing import NamedTuple

import numpy as np

ALONG = 1000  # a corner is two whole numbers from 0 to that
SIDE = 100  # cells along the plane's edge, by which its area is counted
MOST = 600  # numbers of a drawing; `stage/sketching.js` has as many
CLOSED = 0.1  # of the edge: a line whose ends are so near to each other goes around something
BACK = 0.05  # of the edge: so far back a line is looked at for the way in which it ends
LINES = re.compile(r"\d{1,4}(\.\d{1,4}){3,}(~\d{1,4}(\.\d{1,4}){3,})*", re.ASCII)


class Plane(NamedTuple):
    """A plane of two colours, and the points that somebody sees who guesses where they meet."""

    blue: np.ndarray  # (SIDE, SIDE) bool, the top row first
    points: np.ndarray  # (n, 2) from 0 to 1, across and up
    blue_points: np.ndarray  # (n,) bool


def drawn(text: str) -> list[np.ndarray]:
    """The lines of a drawing, (corners, 2) each. ValueError if it is none."""
    if not LINES.fullmatch(text):
        raise ValueError("expected lines, such as 0.500.1000.500")
    lines = [[int(number) for number in line.split(".")] for line in text.split("~")]
    numbers = [number for line in lines for number in line]
    if len(numbers) > MOST or max(numbers) > ALONG or any(len(line) % 2 for line in lines):
        raise ValueError(f"expected at most {MOST} numbers from 0 to {ALONG}, two a corner")
    return [np.array(line).reshape(-1, 2) / ALONG for line in lines]


def completed(line: np.ndarray) -> np.ndarray:
    """The line as it is counted: closed if its ends nearly meet, else straight on to the edges."""
    length = np.linalg.norm(np.diff(line, axis=0), axis=1).sum()
    if length > 3 * CLOSED and np.linalg.norm(line[0] - line[-1]) < CLOSED:
        return np.vstack([line, line[:1]])
    return np.vstack([_to_the_edge(line[::-1]), line, _to_the_edge(line)])


def _to_the_edge(line: np.ndarray) -> np.ndarray:
    """Where the line meets the edge of the plane if it goes straight on from its last corner."""
    end = line[-1]
    far = line[np.linalg.norm(line - end, axis=1) >= BACK]
    way = end - (far[-1] if len(far) else line[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where(way > 0, (1 - end) / way, np.where(way < 0, -end / way, np.inf))
    return end + steps.min() * way if np.isfinite(steps).any() else end


def share_right(lines: list[np.ndarray], plane: Plane) -> float:
    """How much of the plane, from 0 to 1, has the colour that the drawing gives it.

    The lines, which are `completed`, cut it into parts. Each counts as the colour of most points
    in it, or, if there are none, or as many of both, as the one that fills most of it.
    """
    part = parts(lines)
    column, row = (np.clip(plane.points.T * SIDE, 0, SIDE - 1)).astype(int)
    of_point = part[SIDE - 1 - row, column]
    right = 0
    for number in range(1, part.max() + 1):
        blue, points = plane.blue[part == number], plane.blue_points[of_point == number]
        votes = 2 * points.sum() - len(points) or 2 * blue.sum() - len(blue)
        right += (blue == (votes > 0)).sum()
    return float(right / max(1, (part > 0).sum()))


def parts(lines: list[np.ndarray]) -> np.ndarray:
    """The parts into which lines cut the plane, (SIDE, SIDE): 1, 2, … and 0 under a line."""
    part = np.full((SIDE, SIDE), -1)
    for line in lines:
        for a, b in pairwise(line):
            steps = 2 + int(3 * SIDE * np.abs(b - a).max())
            across, up = (a + np.linspace(0, 1, steps)[:, np.newaxis] * (b - a)).T
            cells = np.clip([(1 - up) * SIDE, across * SIDE], 0, SIDE - 1).astype(int)
            part[cells[0], cells[1]] = 0
    number = 0
    for start in np.argwhere(part < 0):
        if part[tuple(start)] < 0:
            number += 1
            _fill(part, tuple(start), number)
    return part


def _fill(part: np.ndarray, start: tuple[int, ...], number: int) -> None:
    """Give a cell, and all that hang together with it side by side, this number."""
    part[start] = number
    reached = [start]
    while reached:
        row, column = reached.pop()
        for cell in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if min(cell) >= 0 and max(cell) < SIDE and part[cell] < 0:
                part[cell] = number
                reached.append(cell)
