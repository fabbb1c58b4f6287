"""Images one by one in numbers that come in pieces: some of them alone, and colours made grey."""

from collections.abc import Iterable, Iterator

import numpy as np

from datasets.found import Layout

# How bright each colour looks, red, green and blue: ITU-R BT.601, as Pillow's convert("L") has it.
BRIGHTNESS = np.array([0.299, 0.587, 0.114])


def grey_rows(
    pieces: Iterable[np.ndarray], layout: Layout, chosen: np.ndarray | None
) -> Iterator[np.ndarray]:
    """The pixels of the chosen images (None for all of them), grey, from numbers in pieces."""
    done, rest = 0, None
    for piece in pieces:
        numbers = piece if rest is None or not rest.size else np.concatenate([rest, piece])
        whole = len(numbers) // layout.numbers
        rows = numbers[: whole * layout.numbers].reshape(whole, layout.numbers)
        if chosen is not None:
            here = slice(*np.searchsorted(chosen, (done, done + whole)))
            rows = rows[chosen[here] - done]
        yield (_grey(rows, layout) if layout.colours else rows).ravel()
        rest = numbers[whole * layout.numbers :]
        done += whole


def _grey(rows: np.ndarray, layout: Layout) -> np.ndarray:
    if layout.colours == "last":
        grey = rows.reshape(len(rows), -1, 3) @ BRIGHTNESS
    else:
        grey = BRIGHTNESS @ rows.reshape(len(rows), 3, -1)
    return grey if rows.dtype.kind == "f" else np.rint(grey)
