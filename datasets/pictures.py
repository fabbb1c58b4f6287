"""Pictures, a file each, in folders named after their classes: PNG, JPEG, GIF and BMP."""

import io
import re
import struct
import zlib
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

from datasets.found import MOST_CLASSES, SIDES, Found, NotData, part_of, said
from datasets.idx import DataError

FORMATS = ("PNG", "JPEG", "GIF", "BMP")
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
USUAL = 28  # pixels a side, unless the first picture is a small square of another size
A_HUE = 12  # by which red, green and blue of a grey picture may differ
LARGEST_FILE = 50_000_000  # bytes of one
LARGEST_PICTURE = 50_000_000  # pixels of one; a phone's have 12 to 50 million
MOST_LOOKED_AT = 5_000_000_000  # pixels of all together: two minutes, at worst
LONGEST = 100  # letters of a folder's name
Image.MAX_IMAGE_PIXELS = (
    None  # what Pillow warns of is beyond LARGEST_PICTURE, which has a sentence
)
EXPECTED = "a folder for each class, named after it, and all these folders packed as one .zip"
# What Pillow raises for a picture that is none, or not whole.
DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)


class _Part(NamedTuple):
    images: list[np.ndarray]
    classes: list[str]


class Pictures:
    """Pictures that came together, made grey squares of one size."""

    def __init__(self, most: int) -> None:
        """`most` is how many pixels there is room for."""
        self._most = most
        self._parts: dict[str, _Part] = {}
        self._side = self._seen = self._looked_at = 0
        self._resized = self._coloured = False
        self._damaged: DataError | None = None

    def __len__(self) -> int:
        return self._seen

    def _look(self, pixels: int) -> None:
        """So many more pixels are looked at. DataError if nobody can wait for that."""
        self._looked_at += pixels
        if self._looked_at > MOST_LOOKED_AT:
            raise DataError(
                f"The pictures have more than {MOST_LOOKED_AT / 1e6:,.0f} million pixels together: "
                "make them smaller, or bring fewer."
            )

    def add(self, path: str, content: bytes) -> None:
        """One more, whose path in the archive says its class. NotData if it says none."""
        *above, label, _ = ["", "", *re.split(r"[/\\]", path)]
        if not label:
            raise in_no_folder(said(path))
        if len(label) > LONGEST:
            raise DataError(
                f"{said(label)}: is a folder whose name has more than {LONGEST} letters: expected "
                "the name of a class, so shorten it."
            )
        self._seen += 1
        try:
            picture, coloured = _opened(said(path), content, self._look)
        except DataError as error:  # which matters if it is one of the images, and not beside them
            if self._looked_at > MOST_LOOKED_AT:
                raise
            self._damaged = self._damaged or error
            return
        if not self._side:
            small = picture.width == picture.height in SIDES
            self._side = picture.width if small else USUAL
        if self._seen * self._side**2 > self._most:
            raise DataError(
                f"There are more than {self._seen - 1:,} pictures, which is more than there is "
                "room for, so bring fewer."
            )
        size = (self._side, self._side)
        if picture.size != size:
            self._resized = True
            picture = ImageOps.pad(picture, size, color=_paper(picture))
        self._coloured |= coloured
        part = self._parts.setdefault(part_of(*above[::-1]), _Part([], []))
        part.images.append(np.asarray(picture))
        part.classes.append(label)

    def found(self) -> list[Found]:
        """Of each part its images, and the labels that their folders give.

        DataError if a picture is damaged, or the folders are of no classes.
        """
        if self._damaged:
            raise self._damaged
        classes = {label for part in self._parts.values() for label in part.classes}
        if len(classes) == 1 or all(map(part_of, classes)):
            folders = " and ".join(said(name) for name in sorted(classes)[:3])
            raise DataError(
                f"The {len(self):,} pictures all lie in {folders}: expected {EXPECTED}."
            )
        notes = ["Each folder of pictures is a class, and its name the name of the class."]
        if self._coloured:
            notes.append("Pictures in colour were made grey.")
        if self._resized:
            size = f"{self._side}×{self._side}"
            notes.append(f"Pictures of another size were brought to {size} pixels, and none cut.")
        numbers = all(name.isdecimal() and int(name) < MOST_CLASSES for name in classes)
        made = list[Found]()
        for part, (images, names) in self._parts.items():
            called = f"the pictures of {part}" if part else "the pictures"
            labels = np.array([int(name) for name in names] if numbers else names)
            made += [
                Found(called, part, np.stack(images), notes=tuple(notes)),
                Found(f"the folders of {called}", part, labels),
            ]
        return made


def is_picture(name: str) -> bool:
    """Whether a file is one, by its name."""
    return name.lower().endswith(ENDINGS)


def in_no_folder(name: str, what: str = "is a picture") -> NotData:
    """The sentence on pictures of which nobody knows what they show."""
    return NotData(f"{name}: {what} in no folder that would name a class: expected {EXPECTED}.")


def _opened(name: str, content: bytes, look: Callable[[int], None]) -> tuple[Image.Image, bool]:
    """A picture, grey and upright, and whether it was in colour."""
    if len(content) > LARGEST_FILE:
        raise DataError(
            f"{name}: is a picture of more than {LARGEST_FILE / 1e6:.0f} MB, so make it smaller."
        )
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise DataError(
                    f"{name}: is a picture of {picture.width:,}×{picture.height:,} pixels: "
                    f"expected at most {LARGEST_PICTURE / 1e6:.0f} million, so make it smaller."
                )
            look(picture.width * picture.height)
            picture.draft(None, (2 * SIDES.stop, 2 * SIDES.stop))  # a JPEG comes smaller
            ImageOps.exif_transpose(picture, in_place=True)
            return _grey(picture), _coloured(picture)
    except DataError:
        raise
    except DAMAGE:
        raise DataError(
            f"{name}: is a picture that is cut short or damaged, so leave it out."
        ) from None


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits, of which Pillow would cut what is above 255
        return Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    if not picture.has_transparency_data:
        return picture.convert("L")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("L")


def _coloured(picture: Image.Image) -> bool:
    if picture.mode not in ("RGB", "RGBA", "CMYK", "YCbCr", "P"):
        return False
    few = np.asarray(picture.convert("RGB").resize((SIDES.start, SIDES.start))).astype(int)
    return bool(np.ptp(few, axis=2).max() > A_HUE)


def _paper(picture: Image.Image) -> int:
    """How bright its edge is, which goes on where it is made a square."""
    x = np.asarray(picture)
    return int(np.median(np.concatenate([x[0], x[-1], x[:, 0], x[:, -1]])))
