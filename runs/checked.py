"""What the arrays of a saved run must be, as far as its settings tell: each lie is named.

Heads come first: an array of another kind or shape is refused before any of it is unpacked.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from datasets.idx import DataError
from datasets.npz import Head, Npz
from nn_core import OPTIMIZERS
from recipes.mnist import SNAPSHOTS, MnistSettings
from runs.snapshots import layer_ends

WHOLE, NUMBER = "a whole number", "a number"
LONGEST = 1_000_000  # bytes of a text
TEXTS = ("format", "config", "digits", "subject", "stopped", "digest", "data", "began")
MOST_SAMPLES = 1000
A_DIGEST = re.compile(r"([0-9a-f]{64})?")


def misfit(name: str, found: object, expected: object) -> DataError:
    """The sentence on an array, or a number in it, that cannot be."""
    return DataError(
        f"The numbers in the file do not fit together: {name} is {found}, expected {expected}."
    )


class Frame(NamedTuple):
    """What a run's settings, its digits, and how far it is say of its arrays."""

    settings: MnistSettings
    sizes: list[int]  # units a layer, inputs first
    steps_per_epoch: int
    done: int  # steps
    diverged: bool

    @property
    def parameters(self) -> int:
        """Numbers in theta."""
        return layer_ends(self.sizes)[-1][1]

    @property
    def layers(self) -> int:
        """Layers with weights."""
        return len(self.sizes) - 1


def check_texts(heads: Mapping[str, Head]) -> None:
    """DataError if a text is longer than any that we write."""
    for name in TEXTS:
        if name in heads and heads[name].bytes > LONGEST:
            raise misfit(name, f"{heads[name].bytes:,} bytes", f"at most {LONGEST:,}")


def frame_of(npz: Npz, settings: MnistSettings, sizes: list[int]) -> Frame:
    """How far the run is, if its counts can be."""
    per_epoch = _whole(npz, "steps_per_epoch")
    most = math.ceil(settings.images / min(settings.batch, settings.images))
    if not 1 <= per_epoch <= most:
        raise misfit("steps_per_epoch", f"{per_epoch:,}", f"1 to {most:,} by its settings")
    steps = settings.epochs * per_epoch
    done = _between(npz, "step_count", 0, steps)
    _between(npz, "last_step", 0, steps)
    diverged_at = _between(npz, "diverged_at", -1, done)
    if _between(npz, "optimizer_t", 0, steps) != done:
        raise misfit("optimizer_t", f"{_whole(npz, 'optimizer_t'):,}", f"step_count, {done:,}")
    _check_head(npz.heads, "epoch", NUMBER, ())
    epoch = float(npz.read("epoch"))
    if not math.isclose(epoch * per_epoch, done):
        raise misfit("epoch", f"{epoch:g}", f"{done / per_epoch:g}, as step_count says")
    return Frame(settings, sizes, per_epoch, done, diverged_at >= 0)


def _whole(npz: Npz, name: str) -> int:
    _check_head(npz.heads, name, WHOLE, ())
    return int(npz.read(name))


def _between(npz: Npz, name: str, low: int, high: int) -> int:
    value = _whole(npz, name)
    if not low <= value <= high:
        raise misfit(name, f"{value:,}", f"{low:,} to {high:,}")
    return value


def _check_head(heads: Mapping[str, Head], name: str, kind: Any, *shapes: tuple[int, ...]) -> None:
    """DataError unless the array is of that kind, and of one of these shapes."""
    if name not in heads:
        raise misfit(name, "missing", f"{_named(kind)} {shapes[0]}")
    dtype, shape, _ = heads[name]
    kinds = {WHOLE: "i", NUMBER: "if"}
    fits = dtype.kind in kinds[kind] if kind in kinds else dtype == kind
    if not fits or shape not in shapes:
        raise misfit(name, f"{dtype} {shape}", f"{_named(kind)} {shapes[0]}")


def _named(kind: Any) -> str:
    return kind if isinstance(kind, str) else str(np.dtype(kind))


def check_heads(heads: Mapping[str, Head], frame: Frame) -> None:
    """DataError unless all arrays are of the kind and shape that they must be."""
    n, layers, sizes = frame.parameters, frame.layers, frame.sizes
    for name in ("theta", "grad", *_memory(heads, frame)):
        _check_head(heads, name, np.float32, (n,))
    _check_head(heads, "batch_loss", np.float32, (frame.done,))
    rows = _rows(heads, frame)
    for name in ("step", "loss", "accuracy", "val_loss", "val_accuracy"):
        _check_head(heads, name, NUMBER, (rows,))
    _check_head(heads, "grad_norm", NUMBER, (rows, layers), *[(0,)] * (rows == 0))
    moments = heads["snapshot_steps"].shape[:1]
    if moments > (SNAPSHOTS,):
        raise misfit("snapshot_steps", f"{moments[0]:,} snapshots", f"at most {SNAPSHOTS}")
    none = [(0,)] * (moments == (0,))  # an array that was made of nothing
    _check_head(heads, "snapshot_steps", WHOLE, (*moments,) if moments else (SNAPSHOTS,))
    _check_head(heads, "snapshot_bytes", np.int8, (*moments, n), *none)
    _check_head(heads, "snapshot_scales", np.float32, (*moments, layers), *none)
    if "sample_images" in heads or "sample_labels" in heads:
        _check_samples(heads, sizes[0])


def _memory(heads: Mapping[str, Head], frame: Frame) -> list[str]:
    """What the optimizer remembers; nothing, before its first step."""
    slots = [f"optimizer_{slot}" for slot in OPTIMIZERS[frame.settings.optimizer](0.1).slots]
    for name in heads:
        if name.startswith("optimizer_") and name not in ("optimizer_t", *slots):
            raise misfit(name, "there", f"none with {frame.settings.optimizer}")
    return [name for name in slots if frame.done or name in heads]


def _rows(heads: Mapping[str, Head], frame: Frame) -> int:
    """One at the start and one an epoch; where training diverged the last may be missing."""
    rows, more = divmod(frame.done, frame.steps_per_epoch)
    fewer = frame.diverged and not more and heads["step"].shape == (rows,)
    return rows if fewer else rows + 1


def _check_samples(heads: Mapping[str, Head], pixels: int) -> None:
    images = heads.get("sample_images")
    n = images.shape[0] if images and images.shape else 1
    if not 1 <= n <= MOST_SAMPLES:
        raise misfit("sample_images", f"{n:,} images", f"1 to {MOST_SAMPLES:,}")
    _check_head(heads, "sample_images", np.uint8, (n, pixels))
    _check_head(heads, "sample_labels", WHOLE, (n,))


def check_values(arrays: Mapping[str, np.ndarray], frame: Frame) -> None:
    """DataError unless the numbers are such as training leaves behind."""
    if not frame.diverged and not np.isfinite(arrays["theta"]).all():
        raise misfit("theta", "not finite", "numbers, for it did not diverge")
    steps = np.arange(len(arrays["step"])) * frame.steps_per_epoch
    if not np.array_equal(arrays["step"], steps):
        raise misfit("step", "something else", "0, and every epoch's last step")
    for name, most in (("loss", np.inf), ("val_loss", np.inf), ("accuracy", 1), ("val_accuracy", 1),
                       ("grad_norm", np.inf), ("snapshot_scales", np.inf)):  # fmt: skip
        values = arrays[name]
        if not (np.isfinite(values) & (values >= 0) & (values <= most)).all():
            raise misfit(name, "not so everywhere", "0 to 1" if most == 1 else "0 or more, finite")
    moments = arrays["snapshot_steps"]
    if len(moments) and not (
        moments[0] >= 0 and moments[-1] <= frame.done and (np.diff(moments) > 0).all()
    ):
        raise misfit("snapshot_steps", "not in order", f"steps from 0 to {frame.done:,}, each once")
    labels = arrays.get("sample_labels", np.zeros(1, int))
    if labels.min() < 0 or labels.max() >= frame.sizes[-1]:
        raise misfit("sample_labels", "not so everywhere", f"0 to {frame.sizes[-1] - 1}")
    if not A_DIGEST.fullmatch(str(arrays.get("digest", ""))):
        raise misfit("digest", "no digest", "64 digits from 0 to f")
