"""A walk through the arithmetic of a small network: what is drawn, and what each step reveals.

Pure data, made by Python and drawn by `ui.browser.walk.show_walk`. To walk through any network:

    Walk(
        nodes=[Node("x1", "x₁", 0, -0.5), Node("x2", "x₂", 0, 0.5), Node("y", "y", 1, 0)],
        links=[Link("w1", "x1", "y", "w₁"), Link("w2", "x2", "y", "w₂")],
        samples=[[
            Step("The inputs", "", "Two numbers come in.", lit=("x1", "x2"),
                 values={"x1": 1.0, "x2": 2.0, "w1": 0.5, "w2": -1.0}),
            Step("The weighted sum", "y = [1|x1] · [0.5|w1] + [2|x2] · [−1|w2] = {−1.5}", "…",
                 lit=("w1", "w2", "y"), values={"y": -1.5}, notes={"y": "y = x₁w₁ + x₂w₂ = −1.5"}),
            Step("Back", "…", "…", lit=("w1",), back=True, gradients={"w1": 1.0}),
        ]],
    )

What a step reveals (values, gradients, notes, locks) stays until a later step says otherwise, so
the picture at a step is the sum of all steps up to it. In formulas, sentences and notes
`[0.5|w1]` is a factor that leads to the node or link it comes from, and `{−1.5}` a result, which
is hidden while the reader works it out by hand. A new line in a formula is a new line.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from figures.theme import NEGATIVE, POSITIVE


class Node(NamedTuple):
    """A circle (or a box), in the column counted from the left, `row` 0 being half way up.

    `slope` is what its gradient is: of what, in what.
    """

    id: str
    label: str
    column: float
    row: float
    box: bool = False
    slope: str = "∂"


class Link(NamedTuple):
    """A line from node `source` to node `target`; a weight if it ever gets a value."""

    id: str
    source: str
    target: str
    label: str = ""
    slope: str = "∂"


class Question(NamedTuple):
    """A number that the reader may work out by hand, and where to look if it went wrong."""

    ask: str
    answer: float
    look_again: str


class Step(NamedTuple):
    """One formula with its numbers, one plain sentence, and what they light up.

    `lit` names nodes, links and table columns. A step `back` lights its links towards the left.
    `name` is what a table's column calls the step by which it is known. With a step `anew` all
    gradients, notes and locks of before go, for they were of other values.
    """

    title: str
    formula: str
    sentence: str
    lit: Sequence[str] = ()
    back: bool = False
    values: Mapping[str, float] = {}
    gradients: Mapping[str, float] = {}
    notes: Mapping[str, str] = {}
    locks: Sequence[str] = ()
    question: Question | None = None
    name: str = ""
    anew: bool = False


class Column(NamedTuple):
    """One column of a table, empty before the step named `since`, which may be one step a cell.

    There from the start if none is named. `digits` so many after the point, or few.
    """

    id: str
    title: str
    cells: Sequence[float | str]
    since: str | Sequence[str] = ""
    digits: int | None = None


class Table(NamedTuple):
    """A table beside the drawing. If it `picks`, its rows are the samples, to be chosen by touch.

    `rows` names the node or link that each row stands for, if it does.
    """

    columns: Sequence[Column]
    rows: Sequence[str] = ()
    picks: bool = False


class Walk(NamedTuple):
    """A drawn network and the steps through it, a list of the same length for each sample."""

    nodes: Sequence[Node]
    links: Sequence[Link]
    samples: Sequence[Sequence[Step]]
    tables: Sequence[Table] = ()

    def message(self) -> dict[str, Any]:
        """All of it as the browser takes it; numbers beyond a computer's reach become words.

        ValueError if a table's column waits for a step that there is not.
        """
        numbers = self._step_numbers()
        message = {
            "nodes": [node._asdict() for node in self.nodes],
            "links": [link._asdict() for link in self.links],
            "samples": [[_step_message(step) for step in steps] for steps in self.samples],
            "tables": [_table_message(table, numbers) for table in self.tables],
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
        }
        digest = hashlib.sha256(json.dumps(message).encode()).hexdigest()[:16]
        return {"digest": digest, **message}

    def _step_numbers(self) -> dict[str, int]:
        """The number of each named step, from 0; they are the same for every sample."""
        return {step.name: k for k, step in enumerate(self.samples[0])} | {"": 0}


def _step_message(step: Step) -> dict[str, Any]:
    question = step.question and step.question._asdict()
    if question:
        question["answer"] = _sendable(question["answer"])
    message = step._asdict() | {
        "values": {name: _sendable(value) for name, value in step.values.items()},
        "gradients": {name: _sendable(value) for name, value in step.gradients.items()},
        "question": question,
    }
    del message["name"]  # the browser counts steps
    return message


def _table_message(table: Table, numbers: Mapping[str, int]) -> dict[str, Any]:
    columns = [
        column._asdict()
        | {
            "cells": [_sendable(cell) for cell in column.cells],
            "since": _since(column, numbers),
        }
        for column in table.columns
    ]
    return table._asdict() | {"columns": columns}


def _since(column: Column, numbers: Mapping[str, int]) -> int | list[int]:
    """The number of the step that a column waits for, or one a cell."""
    names = [column.since] if isinstance(column.since, str) else list(column.since)
    missing = [name for name in names if name not in numbers]
    if missing:
        raise ValueError(f"column {column.id}: expected the name of a step, got {missing[0]!r}")
    found = [numbers[name] for name in names]
    return found[0] if isinstance(column.since, str) else found


def _sendable(value: float | str) -> float | str:
    """JSON has no NaN and no infinity."""
    if isinstance(value, str) or math.isfinite(value):
        return value if isinstance(value, str) else float(value)
    return "not a number" if math.isnan(value) else "∞" if value > 0 else "−∞"
