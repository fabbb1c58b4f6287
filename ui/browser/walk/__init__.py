"""The walk: a small drawn network whose arithmetic the reader takes one step at a time.

    show_walk(Walk(nodes, links, samples, tables), key="gradients_walk")

`figures/walk.py` says what a `Walk` is made of and how to describe any network. Python computes
every number; the JavaScript here draws them, and steps by button, by dot and by arrow key without
asking Python. Tests read it in the browser: `[data-testid=walk]` carries `data-step` (from 0),
`data-steps` and `data-sample`; each node and link is `[data-id=…]` with `data-value` and
`data-gradient` once they are known, and `.gw-lit` while the step speaks of it.
"""

from pathlib import Path
from typing import Any

from figures.glossary import as_links
from figures.walk import Walk
from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

_walk = part(Path(__file__).parent)


def walk_data(
    walk: Walk, key: str, step: int, height: str, big: bool, parameter: str = "", sample: int = 0
) -> dict[str, Any]:
    """What the browser gets of a walk, as `show_walk` says; `big` for a projector."""
    return {
        "key": key,
        "walk": walk.message(),
        "start": step,
        "sample": sample,
        "parameter": parameter,
        "height": height,
        "size": TYPE if big else "0.92rem",
        "big": big,
    }


def show_walk(
    walk: Walk,
    key: str,
    step: int = 0,
    height: str = "65vh",
    presenter_height: str = "73vh",
    parameter: str = "",
    sample: int = 0,
) -> None:
    """Put a walk where `key` names it for good. It opens at `step` with `sample`, the last one if
    there are not so many, and goes there if either changes.

    A walk that changes otherwise (other weights, another sample) stays at the reader's step, and so
    does one that was away while another view or page was shown. If a
    page's links have a `parameter` for the step, "step 3 of 11" is a link that opens right there.
    """
    place = height_of(height, presenter_height)
    data = walk_data(walk, key, step, place, presenting(), parameter, sample)
    data["walk"] = with_terms(data["walk"])
    with place_for(key):
        _walk(key=key, data=data)


def with_terms(walk: dict[str, Any]) -> dict[str, Any]:
    """A walk's message in whose sentences the first use of each term leads to what it means."""
    samples = [
        [step | {"sentence": as_links(step["sentence"], "[{words}|#{mark}]")} for step in steps]
        for steps in walk["samples"]
    ]
    return walk | {"samples": samples}
