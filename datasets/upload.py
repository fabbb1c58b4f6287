"""MNIST as a reader brings it: the four IDX files, gzipped or not, or Keras' mnist.npz."""

import os
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import numpy as np

from datasets.idx import DataError
from datasets.mnist import read_mnist
from datasets.npz import read_npz

LARGEST = 80_000_000  # bytes; MNIST takes 55 million
KERAS = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}
NAMES = [name + ending for name in KERAS.values() for ending in ("", ".gz")]


def keep_mnist(files: Mapping[str, bytes], folder: Path) -> None:
    """Put uploaded files into `folder`, if together they are a whole MNIST.

    DataError, one sentence, if they are not; then nothing is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as half_way:
        for name, content in _as_idx(files).items():
            (Path(half_way) / name).write_bytes(content)
        try:
            read_mnist(Path(half_way))
        except DataError as error:
            raise DataError(str(error).replace(half_way, "what you brought")) from None
        for name in NAMES:
            (folder / name).unlink(missing_ok=True)
        for file in Path(half_way).iterdir():
            os.replace(file, folder / file.name)


def _as_idx(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The four files by their proper names."""
    if len(files) == 1 and next(iter(files)).endswith(".npz"):
        return _from_keras(next(iter(files.values())))
    for name in files:
        if name not in NAMES:
            raise DataError(
                f"{name} is none of MNIST's files: expected mnist.npz, or the four that are called "
                f"{', '.join(KERAS.values())} (.gz or not)."
            )
    return files


def _from_keras(content: bytes) -> dict[str, bytes]:
    arrays = read_npz(BytesIO(content), KERAS, LARGEST, "Keras' mnist.npz")
    if arrays.keys() != KERAS.keys():
        missing = ", ".join(sorted(KERAS.keys() - arrays.keys()))
        raise DataError(f"mnist.npz lacks {missing}.")
    return {KERAS[name]: _idx(name, array) for name, array in arrays.items()}


def _idx(name: str, array: np.ndarray) -> bytes:
    """An array of bytes as an IDX file has it: a magic number, the shape, the bytes."""
    if array.dtype != np.uint8 or array.ndim != (3 if name.startswith("x") else 1):
        raise DataError(f"mnist.npz: {name} is {array.dtype} {array.shape}: expected bytes.")
    head = [8 * 256 + array.ndim, *array.shape]
    return np.array(head, ">i4").tobytes() + np.ascontiguousarray(array).tobytes()
