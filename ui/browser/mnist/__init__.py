"""A training on images as one HTML file: its weights form, and its paper answers.

What answers are the pictures' own whole numbers: each weight is off by at most half a 127th of its
layer's largest. A network of which the wall does not have all comes without a paper.
"""

import base64
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from ui.browser.join import joined
from ui.browser.part import read
from ui.browser.saved import as_json, plain, saved_page
from views.mnist.training.paper import OR_ELSE, SECOND_THOUGHT, UNSURE

HERE = Path(__file__).parent
SCRIPT = joined(HERE / "page.js")
DIGITS = 20  # test images that travel with it


def digits_as_html(
    wall: dict[str, Any],
    activation: str,
    images: np.ndarray,
    labels: Sequence[int],
    classes: Sequence[str],
    title: str,
    caption: str,
    big: bool = False,
) -> str:
    """A wall (`WeightWall.message`) and test images, (n, side²) from 0 to 1, as one HTML file.

    `classes` are what each label stands for; `big` is for a projector. The caption may have
    Markdown's emphasis, which goes.
    """
    bytes_of = (images[:DIGITS] * 255).round().astype(np.uint8).tobytes()
    file = {
        "wall": wall | {"activation": activation, "classes": list(classes)},
        "images": base64.b64encode(bytes_of).decode(),
        "labels": [int(label) for label in labels[:DIGITS]],
        "unsure": UNSURE,
        "second": SECOND_THOUGHT,
        "orElse": OR_ELSE,
        "big": big,
    }
    parts = HERE.parent / "wall", HERE.parent / "pad"
    wall_html, pad_html = (read(part / f"{part.name}.html") for part in parts)
    return saved_page(
        title,
        f'<div class="gm-page">\n{wall_html}\n{pad_html}\n</div>\n<p>{escape(plain(caption))}</p>',
        [*(read(part / f"{part.name}.css") for part in parts), read(HERE / "page.css")],
        f"{SCRIPT}\nnew DigitsPage({as_json(file)});",
        big,
    )
