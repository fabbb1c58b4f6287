"""Digits as a reader brings them: IDX files of MNIST's names, gzipped or not, or Keras' .npz.

What they promise is checked before anything is unpacked, and then one file after the other is.
"""

from collections.abc import Callable, Mapping
from typing import IO

import numpy as np

from datasets.digits import Images
from datasets.idx import DataError, IdxFile
from datasets.mnist import check_labels, check_shapes
from datasets.npz import open_npz

LARGEST = 80_000_000  # bytes; MNIST takes 55 million
KERAS = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}


def read_upload(files: Mapping[str, IO[bytes]]) -> Images:
    """The digits in the files that a reader brought, by the files' names.

    DataError, one sentence, if they are not whole and right.
    """
    if len(files) == 1 and next(iter(files)).endswith(".npz"):
        return read_keras(next(iter(files.values())))
    return _from_idx(files)


def read_keras(file: IO[bytes]) -> Images:
    """The digits in an .npz like Keras' mnist.npz; what we keep is one, too."""
    with open_npz(file, KERAS, LARGEST, "Keras' mnist.npz") as npz:
        if npz.heads.keys() != KERAS.keys():
            missing = ", ".join(sorted(KERAS.keys() - npz.heads.keys()))
            raise DataError(f"mnist.npz lacks {missing}.")
        for name, head in npz.heads.items():
            if head.dtype != np.uint8 or len(head.shape) != (3 if name.startswith("x") else 1):
                raise DataError(f"mnist.npz: {name} is {head.dtype} {head.shape}: expected bytes.")
            if 0 in head.shape:
                raise DataError(f"mnist.npz: {name} is {head.shape}, which is no usable size.")
        shapes = {name: head.shape for name, head in npz.heads.items()}
        return _checked(shapes, {name: name for name in KERAS}, npz.read)


def _from_idx(files: Mapping[str, IO[bytes]]) -> Images:
    names = {file.removesuffix(".gz"): file for file in files}
    for name, file in names.items():
        if name not in KERAS.values():
            raise DataError(
                f"{file} is none of MNIST's files: expected mnist.npz, or the four that are called "
                f"{', '.join(KERAS.values())} (.gz or not)."
            )
    opened = {}
    for name, proper in KERAS.items():
        if proper not in names:
            raise DataError(f"{proper}.gz is not in what you brought.")
        file = names[proper]
        opened[name] = IdxFile(file, files[file], 3 if name.startswith("x") else 1)
    size = sum(file.size for file in opened.values())
    if size > LARGEST:
        raise DataError(
            f"The files would unpack to {size / 1e6:,.0f} MB: expected at most "
            f"{LARGEST / 1e6:,.0f} MB."
        )
    shapes = {name: file.shape for name, file in opened.items()}
    called = {name: file.name for name, file in opened.items()}
    return _checked(shapes, called, lambda name: opened[name].read())


def _checked(
    shapes: Mapping[str, tuple[int, ...]],
    called: Mapping[str, str],
    read: Callable[[str], np.ndarray],
) -> Images:
    """The images and labels, read if their shapes fit; `called` is what a reader calls each."""
    for x, y in (("x_train", "y_train"), ("x_test", "y_test")):
        check_shapes(called[x], shapes[x], called[y], shapes[y])
    labels = {name: read(name) for name in ("y_train", "y_test")}
    for name, array in labels.items():
        check_labels(called[name], array)
    return Images(read("x_train"), labels["y_train"], read("x_test"), labels["y_test"])
