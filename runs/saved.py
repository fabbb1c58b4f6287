"""A run as a file: checkpoint, download and recording are one format, an .npz of plain arrays.

`config` is JSON text, `digits`, `subject` and `digest` say what it learned from, `began` what it
began with (older files lack some of these), `theta` the parameters, `epoch` how far it is, each
history array has its own name, and the rest is what resuming needs. Nothing is ever unpickled.
"""

import json
import zipfile
from dataclasses import asdict
from typing import IO, NamedTuple

import numpy as np

from datasets.digits import Kind, Subject
from datasets.idx import DataError
from datasets.npz import DAMAGE, check_directory, open_npz
from nn_core import Trainer
from recipes.mnist import MnistSettings
from recipes.settings import shortened
from runs.began import Began, as_text as began_as_text, from_text as began_from_text
from runs.checked import check_heads, check_texts, check_values, frame_of
from runs.snapshots import Snapshot
from runs.subjects import as_text, from_text

FORMAT = "glassbox run 1"
NO_RUN = "The file is an .npz, but not a run that Glassbox saved."
LARGEST = 200_000_000  # bytes that a file may unpack to; three layers of 512 with Adam take 40 MB
HISTORY = ("step", "loss", "accuracy", "val_loss", "val_accuracy", "grad_norm")
RESUMING = ("grad", "step_count", "last_step", "diverged_at", "stopped", "batch_loss")
SNAPSHOTS = ("snapshot_steps", "snapshot_bytes", "snapshot_scales")
SAMPLES = ("sample_images", "sample_labels")
OPTIMIZER = ("optimizer_t", "optimizer_velocity", "optimizer_m", "optimizer_v")
HEAD = ("format", "config", "digits", "theta", "epoch", "steps_per_epoch")
SOURCE = ("digest", "data")
SUBJECT, BEGAN = "subject", "began"
NEEDED = {*HEAD, *HISTORY, *RESUMING, *SNAPSHOTS}
KNOWN = NEEDED | {*OPTIMIZER, *SAMPLES, *SOURCE, SUBJECT, BEGAN}


class Samples(NamedTuple):
    """Test digits that travel with a run, to try it on where its digits are not."""

    images: np.ndarray  # (n, pixels) uint8
    labels: np.ndarray  # (n,)


class SavedRun(NamedTuple):
    """All of a run that is worth keeping."""

    settings: MnistSettings
    digits: Subject  # what it learned from
    state: dict[str, np.ndarray]  # as `Trainer.state` has it, without snapshots
    snapshots: tuple[Snapshot, ...]
    steps_per_epoch: int
    samples: Samples | None = None
    digest: str = ""  # of the digits it learned from; "" in an older file
    data: str = ""  # the name of those digits, if a reader brought them; in no file that leaves us
    began: Began | None = None  # with what, if not with weights drawn by chance

    @property
    def theta(self) -> np.ndarray:
        """(parameters,) float32."""
        return self.state["theta"]

    @property
    def sizes(self) -> list[int]:
        """Units a layer, inputs first."""
        return layer_sizes(self.settings, self.digits)


def layer_sizes(settings: MnistSettings, digits: Subject) -> list[int]:
    """Units a layer, inputs first, of a network on these digits."""
    return [digits.pixels, *settings.units(), len(digits.classes)]


def saved_run(
    settings: MnistSettings,
    digits: Subject,
    trainer: Trainer,
    snapshots: tuple[Snapshot, ...],
    digest: str = "",
    data: str = "",
    began: Began | None = None,
) -> SavedRun:
    """What a trainer has done so far, as copies."""
    state = trainer.state()
    for name in ("snapshots", "snapshot_steps"):
        del state[name]
    state["batch_loss"] = state["batch_loss"].astype(np.float32)  # as the loss of float32 is
    steps = trainer.steps_per_epoch
    return SavedRun(settings, digits, state, snapshots, steps, None, digest, data, began)


def write_run(file: IO[bytes], saved: SavedRun, compress: bool = False) -> None:
    """Write a run as .npz."""
    state = dict(saved.state)
    history = {name: state.pop(f"history_{name}") for name in HISTORY}
    moments = saved.snapshots
    arrays = {
        "format": np.array(FORMAT),
        "config": np.array(json.dumps(asdict(saved.settings))),
        "digits": np.array(saved.digits.kind.title),
        "digest": np.array(saved.digest),
        "data": np.array(saved.data),
        "epoch": np.array(state["step_count"] / saved.steps_per_epoch),
        "steps_per_epoch": np.array(saved.steps_per_epoch),
        "snapshot_steps": np.array([moment.step for moment in moments], int),
        "snapshot_bytes": np.array([m.bytes for m in moments], np.int8),
        "snapshot_scales": np.array([m.scales for m in moments], np.float32),
    }
    if subject := as_text(saved.digits):
        arrays[SUBJECT] = np.array(subject)
    if saved.began:
        arrays[BEGAN] = np.array(began_as_text(saved.began))
    if saved.samples:
        arrays |= zip(SAMPLES, saved.samples, strict=True)
    write = np.savez_compressed if compress else np.savez
    write(file, allow_pickle=False, **arrays, **history, **state)


def read_run(file: IO[bytes]) -> SavedRun:
    """A run from a file that may be anything.

    DataError, one sentence for the reader that names what is wrong, if it is not a whole and
    plausible run.
    """
    with open_npz(file, KNOWN, LARGEST, "a run that Glassbox saved") as npz:
        check_texts(npz.heads)
        if not npz.heads.keys() >= NEEDED or str(npz.read("format")) != FORMAT:
            raise DataError(NO_RUN)
        settings, kind = _settings(str(npz.read("config"))), _kind(str(npz.read("digits")))
        digits = from_text(kind, str(npz.read(SUBJECT)) if SUBJECT in npz.heads else "")
        frame = frame_of(npz, settings, layer_sizes(settings, digits))
        check_heads(npz.heads, frame)
        arrays = {name: npz.read(name) for name in npz.heads}
    check_values(arrays, frame)
    return _assembled(settings, digits, frame.steps_per_epoch, arrays)


def is_a_run(file: IO[bytes]) -> bool:
    """Whether a file is a run by what is in it, though it may be a damaged one."""
    try:
        check_directory(file, "The file")
        with zipfile.ZipFile(file) as archive:
            return {f"{name}.npy" for name in HEAD[:3]} <= set(archive.namelist())
    except DAMAGE:
        return False


def _settings(text: str) -> MnistSettings:
    try:
        said = json.loads(text)
        for name, renamed in MnistSettings.old_words().items():
            if said.get(name) in renamed:  # an older file
                said[name] = renamed[said[name]]
        return MnistSettings(**said)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        why = shortened(str(error), 200)
        raise DataError(f"The settings in the file cannot be used: {why}.") from None


def _kind(title: str) -> Kind:
    try:
        return Kind.titled(title)
    except ValueError:
        known = " or ".join(f"{kind.title} ({kind.side}×{kind.side} pixels)" for kind in Kind)
        raise DataError(f"The run in the file learned from other digits than {known}.") from None


def _assembled(
    settings: MnistSettings, digits: Subject, steps_per_epoch: int, arrays: dict[str, np.ndarray]
) -> SavedRun:
    state = {name: arrays[name] for name in ("theta", *RESUMING)}
    state |= {name: arrays[name] for name in OPTIMIZER if name in arrays}
    state |= {f"history_{name}": arrays[name] for name in HISTORY}
    moments = zip(*(arrays[name] for name in SNAPSHOTS), strict=True)
    snapshots = tuple(Snapshot(int(step), small, scales) for step, small, scales in moments)
    samples = [arrays[name] for name in SAMPLES if name in arrays]
    return SavedRun(
        settings,
        digits,
        state,
        snapshots,
        steps_per_epoch,
        Samples(*samples) if samples else None,
        digest=str(arrays.get("digest", "")),
        data=str(arrays.get("data", "")),
        began=began_from_text(str(arrays.get(BEGAN, ""))),
    )
