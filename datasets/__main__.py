"""What the page would say of files: `python -m datasets FILE…`."""

import sys
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from datasets.idx import DataError
from datasets.looks import inverted, lies
from datasets.together import Missing, Offer, together
from datasets.upload import read_upload


def describe(offer: Offer) -> str:
    """What there is to say of images that can be kept, a sentence after the other."""
    images, subject = offer.images, offer.subject
    counts = np.bincount(images.y_train, minlength=len(subject.classes))
    fewest, most = int(counts.min()), int(counts.max())
    title = f"This is {subject.title}: " if subject.title else ""
    sentences = [
        f"{title}{len(images.x_train):,} images of {subject.side}×{subject.side} pixels to train "
        f"on, {len(images.x_test):,} to test.",
        f"{len(subject.classes)} classes, {fewest:,} to {most:,} images of each to train on.",
        *offer.notes,
    ]
    if inverted(images.x_train):
        sentences.append("Their paper looks bright and their ink dark: invert them.")
    if not subject.title and lies(images.x_train):
        sentences.append("They look as if they lay on their side: turn them.")
    return " ".join(sentences)


def main() -> int:
    """Say it; 1 if they cannot be used."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    try:
        with ExitStack() as opened:
            files = [(Path(p).name, opened.enter_context(open(p, "rb"))) for p in sys.argv[1:]]
            upload = read_upload(files)
            result = together(upload.found, upload.left_out)
    except OSError as error:
        print(f"{error.filename}: could not be read ({error.strerror}).")
        return 1
    except DataError as error:
        print("\n\n".join(filter(None, (str(error), error.code))))
        return 1
    if isinstance(result, Missing):
        print(result.sentence)
        return 0
    print(describe(result))
    print("Its classes: " + ", ".join(result.subject.classes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
