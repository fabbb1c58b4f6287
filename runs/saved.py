"""A run as a file: checkpoint, download and recording are one format, an .npz of plain arrays.

`config` is JSON text, `theta` the parameters, `epoch` how far it is, each history array has its
own name, and the rest is what resuming needs. Nothing is ever unpickled.
"""

import json
import math
from dataclasses import asdict
from typing import IO, Any, NamedTuple

import numpy as np

from datasets.digits import Kind
from datasets.idx import DataError
from datasets.npz import read_npz
from nn_core import Trainer
from recipes.mnist import MnistSettings
from recipes.settings import shortened
from runs.snapshots import Snapshot, layer_ends

FORMAT = "glassbox run 1"
LARGEST = 200_000_000  # bytes that a file may unpack to; three layers of 512 with Adam take 40 MB
HISTORY = ("step", "loss", "accuracy", "val_loss", "val_accuracy", "grad_norm")
RESUMING = ("grad", "step_count", "last_step", "diverged_at", "stopped", "batch_loss")
SNAPSHOTS = ("snapshot_steps", "snapshot_bytes", "snapshot_scales")
SAMPLES = ("sample_images", "sample_labels")
OPTIMIZER = ("optimizer_t", "optimizer_velocity", "optimizer_m", "optimizer_v")
HEAD = ("format", "config", "digits", "theta", "epoch", "steps_per_epoch")
NEEDED = {*HEAD, *HISTORY, *RESUMING, *SNAPSHOTS}
KNOWN = NEEDED | {*OPTIMIZER, *SAMPLES}


class Samples(NamedTuple):
    """Test digits that travel with a run, to try it on where its digits are not."""

    images: np.ndarray  # (n, pixels) uint8
    labels: np.ndarray  # (n,)


class SavedRun(NamedTuple):
    """All of a run that is worth keeping."""

    settings: MnistSettings
    digits: Kind  # what it learned from
    state: dict[str, np.ndarray]  # as `Trainer.state` has it, without snapshots
    snapshots: tuple[Snapshot, ...]
    steps_per_epoch: int
    samples: Samples | None = None

    @property
    def theta(self) -> np.ndarray:
        """(parameters,) float32."""
        return self.state["theta"]

    @property
    def sizes(self) -> list[int]:
        """Units a layer, inputs first."""
        return [self.digits.pixels, *[self.settings.hidden] * self.settings.layers, 10]


def saved_run(
    settings: MnistSettings, digits: Kind, trainer: Trainer, snapshots: tuple[Snapshot, ...]
) -> SavedRun:
    """What a trainer has done so far, as copies."""
    state = trainer.state()
    for name in ("snapshots", "snapshot_steps"):
        del state[name]
    state["batch_loss"] = state["batch_loss"].astype(np.float32)  # as the loss of float32 is
    return SavedRun(settings, digits, state, snapshots, trainer.steps_per_epoch)


def write_run(file: IO[bytes], saved: SavedRun, compress: bool = False) -> None:
    """Write a run as .npz."""
    state = dict(saved.state)
    history = {name: state.pop(f"history_{name}") for name in HISTORY}
    moments = saved.snapshots
    arrays = {
        "format": np.array(FORMAT),
        "config": np.array(json.dumps(asdict(saved.settings))),
        "digits": np.array(saved.digits.title),
        "epoch": np.array(state["step_count"] / saved.steps_per_epoch),
        "steps_per_epoch": np.array(saved.steps_per_epoch),
        "snapshot_steps": np.array([moment.step for moment in moments], int),
        "snapshot_bytes": np.array([m.bytes for m in moments], np.int8),
        "snapshot_scales": np.array([m.scales for m in moments], np.float32),
    }
    if saved.samples:
        arrays |= zip(SAMPLES, saved.samples, strict=True)
    write = np.savez_compressed if compress else np.savez
    write(file, allow_pickle=False, **arrays, **history, **state)


def read_run(file: IO[bytes]) -> SavedRun:
    """A run from a file that may be anything.

    DataError, one sentence for the reader, if it is not a whole and plausible run.
    """
    arrays = read_npz(file, KNOWN, LARGEST, "a run that Glassbox saved")
    if str(arrays.get("format")) != FORMAT or not arrays.keys() >= NEEDED:
        raise DataError("The file is an .npz, but not a run that Glassbox saved.")
    settings, digits = _settings(str(arrays["config"])), _kind(str(arrays["digits"]))
    try:
        saved = _assembled(settings, digits, arrays)
        _check(saved)
    except (ValueError, TypeError, IndexError, KeyError, OverflowError):
        raise DataError("The numbers in the file do not fit together: it is damaged.") from None
    return saved


def _settings(text: str) -> MnistSettings:
    try:
        return MnistSettings(**json.loads(text))
    except (ValueError, TypeError, RecursionError) as error:
        why = shortened(str(error), 200)
        raise DataError(f"The settings in the file cannot be used: {why}.") from None


def _kind(title: str) -> Kind:
    try:
        return Kind.titled(title)
    except ValueError:
        known = " or ".join(f"{kind.title} ({kind.side}×{kind.side} pixels)" for kind in Kind)
        raise DataError(f"The run in the file learned from other digits than {known}.") from None


def _assembled(settings: MnistSettings, digits: Kind, arrays: dict[str, Any]) -> SavedRun:
    state = {name: arrays[name] for name in ("theta", *RESUMING)}
    state |= {name: arrays[name] for name in OPTIMIZER if name in arrays}
    state |= {f"history_{name}": arrays[name] for name in HISTORY}
    moments = zip(*(arrays[name] for name in SNAPSHOTS), strict=True)
    snapshots = tuple(Snapshot(int(step), small, scales) for step, small, scales in moments)
    per_epoch = int(arrays["steps_per_epoch"])
    if not math.isclose(float(arrays["epoch"]) * per_epoch, int(arrays["step_count"])):
        raise ValueError("epoch and step_count do not fit each other")
    samples = [arrays[name] for name in SAMPLES if name in arrays]
    return SavedRun(
        settings, digits, state, snapshots, per_epoch, Samples(*samples) if samples else None
    )


def _check(saved: SavedRun) -> None:
    """ValueError unless shapes and kinds of all arrays fit the settings and each other."""
    theta, state, done = saved.theta, saved.state, saved.state["step_count"]
    like_theta = [theta, state["grad"], *(state[n] for n in OPTIMIZER[1:] if n in state)]
    counts = [state[n] for n in ("step_count", "last_step", "diverged_at", "optimizer_t")]
    rows = [state[f"history_{name}"] for name in HISTORY]
    layers = len(saved.sizes) - 1
    sound = (
        all(a.shape == () and a.dtype.kind == "i" for a in counts)
        and saved.steps_per_epoch >= 1
        and 0 <= int(done) <= saved.settings.epochs * saved.steps_per_epoch
        and layer_ends(saved.sizes)[-1][1] == theta.size
        and all(a.shape == theta.shape and a.dtype == np.float32 for a in like_theta)
        and (np.isfinite(theta).all() or int(state["diverged_at"]) >= 0)
        and len({len(a) for a in rows}) == 1
        and all(a.dtype.kind in "if" for a in rows)
        and all(a.ndim == 1 for a in rows[:-1])
        and state["batch_loss"].shape == (int(done),)
        and state["batch_loss"].dtype == np.float32
        and all(m.bytes.shape == theta.shape and m.bytes.dtype == np.int8 for m in saved.snapshots)
        and all(m.scales.shape == (layers,) for m in saved.snapshots)
    )
    if not sound:
        raise ValueError("the arrays do not fit each other")
    if saved.samples and (
        saved.samples.images.dtype != np.uint8
        or saved.samples.labels.dtype.kind != "i"
        or saved.samples.images.shape != (len(saved.samples.labels), saved.sizes[0])
    ):
        raise ValueError("the samples do not fit the network")
