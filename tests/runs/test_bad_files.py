"""Files that are no runs: one sentence each, no other exception, no warning."""

import contextlib
import io
import json
import pickle
import random
import struct
import tempfile
import tracemalloc
import warnings
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from datasets.digits import Kind, Subject
from datasets.idx import DataError
from datasets.npz import read_npz
from recipes.mnist import MnistSettings, mnist_trainer
from runs.saved import LARGEST, SavedRun, read_run, saved_run
from tests.runs.test_once_wrong import read_and_shown
from tests.saved_runs import (
    SMALL,
    arrays_in,
    as_bytes,
    npz,
    refused,
    small_digits,
    trained,
)

GOOD = as_bytes(trained(20))
ARRAYS = arrays_in(GOOD)
# All of its arrays are short, so that their checksums are compared before anything is looked at.
TINY = as_bytes(trained(3, MnistSettings(hidden=1, epochs=4, batch=10)))


def sentence(content):
    return refused(read_run, io.BytesIO(content))


def changed(**changes):
    """The good file with some arrays changed, or taken out with None."""
    return npz({name: a for name, a in (ARRAYS | changes).items() if a is not None})


def settings_of(**changes):
    return np.array(json.dumps(asdict(SMALL) | changes))


def zipped(members, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=(1, 0))
    return file.getvalue()


def headed(shape, descr="'<f4'", body=b"\0" * 64):
    """An array's file, whatever its head promises."""
    head = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + body


def with_member(name, content):
    """The good file with one member's bytes changed."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        members = [(m, archive.read(m)) for m in archive.namelist()]
    return zipped([(m, content if m == name else old) for m, old in members])


def test_the_good_file_is_good():
    assert isinstance(read_run(io.BytesIO(GOOD)), SavedRun)
    assert isinstance(read_run(io.BytesIO(TINY)), SavedRun)
    assert isinstance(read_run(io.BytesIO(changed())), SavedRun)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"hello", random.Random(0).randbytes(5000), pickle.dumps({"theta": [1, 2]})],
    ids=["empty", "two letters", "text", "random", "pickle"],
)
def test_what_is_no_zip_is_told_what_was_expected(content):
    assert "not an .npz: expected a run that Glassbox saved" in sentence(content)


def test_cut_short_anywhere():
    for length in {*range(0, len(GOOD), 997), *range(len(GOOD) - 60, len(GOOD))}:
        sentence(GOOD[:length])


@pytest.mark.parametrize(
    "content",
    [
        zipped([("read me.txt", b"hello")]),
        zipped([]),
        npz({"x": np.arange(3)}),
        npz({"theta": np.arange(3), "config": np.array("{}")}),
        npz({"x_train": np.zeros((2, 28, 28), np.uint8), "y_train": np.zeros(2, np.uint8)}),
        changed(more=np.arange(3)),
        changed(format=np.array("glassbox run 2")),
        changed(format=None),
        changed(theta=None),
        changed(grad_norm=None),
    ],
    ids=["zip", "no members", "npz", "some names", "keras", "one more", "format 2", *"012"],
)
def test_a_foreign_archive_is_called_one(content):
    assert "is an .npz, but not" in sentence(content)


def test_two_arrays_of_one_name_are_refused():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with warnings.catch_warnings(action="ignore"):  # zipfile's own, about what is made here
        content = zipped([*members, members[0]])
    assert "not a run" in sentence(content)
    assert "not a run" in sentence(zipped([*members, ("theta", members[0][1])]))


class Loud:
    """An object that would say so if it were ever unpickled."""

    def __reduce__(self):
        return (pytest.fail, ("unpickled",))


def test_nothing_is_ever_unpickled():
    content = npy_of_objects()
    assert "Python objects" in sentence(with_member("theta.npy", content))
    assert "Python objects" in sentence(with_member("config.npy", content))


def npy_of_objects():
    file = io.BytesIO()
    np.lib.format.write_array(file, np.array([Loud()], object), allow_pickle=True)
    return file.getvalue()


def test_a_bomb_is_seen_before_it_is_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("theta.npy", npy(np.zeros(1_000_000, np.float32)))
    with pytest.raises(DataError, match="would unpack to 4 MB: expected a run, at most 1 MB"):
        read_npz(file, ["theta"], 1_000_000, "a run")
    assert len(file.getvalue()) < 10_000

    many = bytearray(GOOD)
    entry = many.find(b"PK\x01\x02")
    many[entry + 24 : entry + 28] = struct.pack("<I", LARGEST)  # what it says it unpacks to
    assert "would unpack to 200 MB: expected a run" in sentence(bytes(many))


def test_a_bomb_that_lies_about_its_size_is_cut_off():
    content = zipped([("theta.npy", npy(np.zeros(1_000_000, np.float32)))], zipfile.ZIP_DEFLATED)
    small = struct.pack("<I", 500)
    entry = content.find(b"PK\x01\x02")
    lying = bytearray(content)
    lying[22:26] = lying[entry + 24 : entry + 28] = small
    text = refused(read_npz, io.BytesIO(bytes(lying)), ["theta"], 1_000_000, "a run")
    assert "damaged" in text


@pytest.mark.parametrize(
    "content",
    [
        *(headed(shape) for shape in ("(1000000000000,)", "(17,)", "(-1,)", "(2, -8)", "(1.5,)")),
        *(headed("(16,)", descr) for descr in ("'<f8'", "'<q9'", "5", "'no such'")),
        b"",
        b"\x93NUMPY",
        headed("(16,)")[:-1],
        b"\x93NUMPY\x02\x00" + headed("(16,)")[8:],
        b"\x93NUMPY\x09\x09" + headed("(16,)")[8:],
    ],
)
def test_an_array_that_promises_what_is_not_there(content):
    assert "damaged" in sentence(with_member("theta.npy", content))


def test_it_is_refused_before_room_is_made_for_what_is_promised():
    content = zipped([("theta.npy", headed("(4_000_000_000_000,)".replace("_", "")))])
    text = refused(read_npz, io.BytesIO(content), ["theta"], 1000, "a run")
    assert "an array is shorter than it says" in text


N = len(ARRAYS["theta"])


@pytest.mark.parametrize(
    "changes",
    [
        {"theta": ARRAYS["theta"].astype(float)},
        {"theta": ARRAYS["theta"][:-1]},
        {"theta": ARRAYS["theta"].reshape(1, -1)},
        {"theta": np.array(1, np.float32)},
        {"theta": np.full(N, np.nan, np.float32)},
        {"theta": np.where(np.arange(N) == 7, np.inf, ARRAYS["theta"]).astype(np.float32)},
        {"theta": np.array("abc")},
        {"grad": ARRAYS["grad"][:-1]},
        {"grad": ARRAYS["grad"].astype(np.int32)},
        {"loss": ARRAYS["loss"][:-1]},
        {"loss": np.array(1.0)},
        {"step": np.arange(1)},
        {"batch_loss": ARRAYS["batch_loss"].astype(float)},
        {"batch_loss": ARRAYS["batch_loss"].reshape(1, -1)},
        {"step_count": np.array(-1)},
        {"step_count": np.array("many")},
        {"step_count": np.array([1, 2])},
        {"epoch": np.array("two")},
        {"epoch": np.array(np.inf)},
        {"snapshot_bytes": ARRAYS["snapshot_bytes"].astype(np.int16)},
        {"snapshot_bytes": ARRAYS["snapshot_bytes"][:, :-1]},
        {"snapshot_bytes": ARRAYS["snapshot_bytes"][:-1]},
        {"snapshot_scales": ARRAYS["snapshot_scales"][:, :1]},
        {"snapshot_steps": np.array(3)},
        {"sample_images": np.zeros((2, 64), np.uint8)},
        {"sample_labels": np.zeros(2), "sample_images": np.zeros((2, 784), np.uint8)},
        {"sample_labels": np.zeros(2), "sample_images": np.zeros((2, 64))},
        {"optimizer_m": np.zeros(3, np.float32)},
        {"config": settings_of(hidden=6)},
        {"config": settings_of(layers=2)},
    ],
)
def test_arrays_that_do_not_fit_each_other(changes):
    assert "do not fit together" in sentence(changed(**changes))


STEPS = int(ARRAYS["step_count"])  # 20, of nine an epoch
ADAM = as_bytes(trained(5, replace(SMALL, optimizer="adam")))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("steps_per_epoch", np.array(5), "epoch is 2.22222, expected 4"),
        ("steps_per_epoch", np.array(0), "steps_per_epoch is 0, expected 1 to 10"),
        ("steps_per_epoch", np.array(10**9), "steps_per_epoch is 1,000,000,000, expected 1 to 10"),
        ("steps_per_epoch", np.array(9.0), "steps_per_epoch is float64 (), expected a whole"),
        ("steps_per_epoch", np.array([9]), "steps_per_epoch is int64 (1,)"),
        ("step_count", np.array(10**6), "step_count is 1,000,000, expected 0 to 36"),
        ("last_step", np.array(10**15), "last_step is 1,000,000,000,000,000, expected 0 to 36"),
        ("diverged_at", np.array(21), "diverged_at is 21, expected -1 to 20"),
        ("diverged_at", np.array(-2), "diverged_at is -2"),
        ("optimizer_t", np.array(-1), "optimizer_t is -1"),
        ("optimizer_t", np.array(7), "optimizer_t is 7, expected step_count, 20"),
        ("optimizer_t", None, "optimizer_t is missing"),
        ("optimizer_velocity", None, "optimizer_velocity is missing"),
        ("optimizer_m", np.zeros(N, np.float32), "optimizer_m is there, expected none with sgd"),
        ("epoch", np.array(3.0), "epoch is 3, expected 2.22222"),
        ("epoch", np.array(np.nan), "epoch is nan"),
        ("grad_norm", ARRAYS["grad_norm"][:, :1], "grad_norm is float64 (3, 1), expected"),
        ("grad_norm", ARRAYS["grad_norm"].ravel(), "grad_norm is float64 (6,)"),
        ("grad_norm", np.zeros((3, 2, 2)), "grad_norm is float64 (3, 2, 2)"),
        ("grad_norm", -ARRAYS["grad_norm"], "grad_norm is not so everywhere"),
        ("step", ARRAYS["step"] + 1, "step is something else, expected 0, and every epoch's last"),
        ("step", ARRAYS["step"][::-1], "step is something else"),
        ("loss", np.full(3, np.nan), "loss is not so everywhere, expected 0 or more, finite"),
        ("val_loss", np.full(3, -1.0), "val_loss is not so everywhere"),
        ("accuracy", np.full(3, 1.5), "accuracy is not so everywhere, expected 0 to 1"),
        ("val_accuracy", np.full(3, np.inf), "val_accuracy is not so everywhere"),
        ("batch_loss", np.zeros(STEPS + 1, np.float32), "batch_loss is float32 (21,), expected"),
        ("theta", np.full(N, np.inf, np.float32), "theta is not finite"),
        ("snapshot_steps", ARRAYS["snapshot_steps"][::-1], "snapshot_steps is not in order"),
        ("snapshot_steps", ARRAYS["snapshot_steps"] + 30, "snapshot_steps is not in order"),
        ("snapshot_scales", -ARRAYS["snapshot_scales"], "snapshot_scales is not so everywhere"),
        ("snapshot_scales", ARRAYS["snapshot_scales"] * np.float32(np.nan), "snapshot_scales is"),
        ("stopped", np.array("x" * 10**6), "stopped is 4,000,000 bytes, expected at most"),
        ("digest", np.array("made up"), "digest is no digest"),
        ("sample_images", np.zeros((0, 64), np.uint8), "sample_images is 0 images"),
    ],
)  # fmt: skip
def test_a_number_that_lies_is_named(name, value, said):
    assert said in sentence(changed(**{name: value}))


def test_snapshots_without_number_are_refused_before_they_are_unpacked():
    """Once a file of 6.6 MB was kept as 193 MB of snapshots."""
    many = 400_000
    content = npz(
        ARRAYS
        | {
            "snapshot_steps": np.arange(many),
            "snapshot_bytes": np.zeros((many, N), np.int8),
            "snapshot_scales": np.zeros((many, 2), np.float32),
        },
        compress=True,
    )
    tracemalloc.start()
    said = sentence(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "snapshot_steps is 400,000 snapshots, expected at most 20" in said
    assert most < 5_000_000


@pytest.mark.parametrize("name", ["theta", "batch_loss", "loss", "sample_images", "config"])
def test_an_array_larger_than_its_settings_allow_is_not_unpacked(name):
    kind = {"sample_images": np.uint8, "loss": float, "config": "U10000000"}.get(name, np.float32)
    large = np.zeros((10**7, *[64] * (name == "sample_images")) if name != "config" else (), kind)
    if name == "sample_images":
        large = large[: 10**6]
    content = npz(ARRAYS | {name: large}, compress=True)
    tracemalloc.start()
    said = sentence(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert f"{name} is" in said
    assert most < 5_000_000


def other(array, data):
    """An array like this one, changed in one way."""
    shapes = st.sampled_from([(), (0,), (1,), (3,), (3, 2), *[array.shape, array.shape[::-1]]])
    kinds = st.sampled_from([bool, np.int8, np.int64, np.uint64, np.float32, float, "U3", "S3"])
    numbers = st.sampled_from(
        [0, 1, -1, 2, 9, 2**31, -(2**62), 0.5, np.nan, np.inf, -np.inf, 1e308]
    )
    match data.draw(st.integers(0, 3)):
        case 0:
            return np.zeros(data.draw(shapes), data.draw(kinds))
        case 1:
            with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
                return array.astype(data.draw(kinds))
        case 2 if array.ndim:
            return np.concatenate([array, array[: data.draw(st.integers(0, 2))]])[
                data.draw(st.integers(0, 2)) :
            ]
    changed = array.astype(data.draw(st.sampled_from([array.dtype, float, np.int64])), copy=True)
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        if changed.size:
            place = data.draw(st.integers(0, changed.size - 1))
            number = data.draw(numbers)
            with contextlib.suppress(OverflowError, ValueError):
                changed.reshape(-1)[place] = number
    return changed


@pytest.mark.parametrize("good", [GOOD, ADAM], ids=["sgd", "adam"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_one_field_changed_it_is_refused_or_good_for_all_the_page_does_with_it(good, data):
    arrays = arrays_in(good)
    numbers = sorted(name for name, array in arrays.items() if array.dtype.kind in "if")
    name = data.draw(st.sampled_from(numbers))
    changed = other(arrays[name], data)
    with tempfile.TemporaryDirectory() as folder:
        read_and_shown(npz(arrays | {name: changed}), Path(folder))


@pytest.mark.parametrize(
    ("title", "side"),
    [("made up", 10), ("made up", 8), ("MNIST", 10), ("MNIST", 8), ("scikit-learn's digits", 28)],
)
def test_digits_of_a_kind_that_the_app_cannot_show_are_refused(title, side):
    """Once such a run was opened, and then the wall of weights and the paper raised."""
    settings = replace(SMALL, hidden=3)
    trainer = mnist_trainer(settings, small_digits(side=side))
    trainer.run(steps=4)
    saved = saved_run(settings, Subject.of(Kind.MNIST), trainer, ())
    said = sentence(npz(arrays_in(as_bytes(saved)) | {"digits": np.array(title)}))
    if title == "made up":
        assert "other digits than MNIST (28×28 pixels) or scikit-learn's digits (8×8" in said
    else:
        assert "do not fit together" in said


@pytest.mark.parametrize("title", ["", "mnist", "MNIST ", "x" * 10**5, "![](https://a.b/c.png). B"])
def test_a_name_of_digits_that_nobody_knows_is_refused_and_not_repeated(title):
    said = sentence(changed(digits=np.array(title)))
    assert "learned from other digits than" in said
    assert "https" not in said
    assert len(said) < 200


@pytest.mark.parametrize("digits", [np.arange(3), np.array(1.5), np.array([])])
def test_a_name_that_is_no_text_is_refused(digits):
    assert "learned from other digits than" in sentence(changed(digits=digits))


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (np.array("garbage"), "settings"),
        (np.array(""), "settings"),
        (np.array("[]"), "settings"),
        (np.array("5"), "settings"),
        (np.array("null"), "settings"),
        (np.array('{"lr": NaN}'), "lr: expected one of 0.0001"),
        (np.array(b"\xff\xfe"), "settings"),
        (np.arange(3), "settings"),
        (settings_of(hidden=0), "hidden: expected a whole number from 1 to 512, got 0"),
        (settings_of(hidden=10**30), "hidden"),
        (settings_of(epochs=201), "epochs: expected a whole number from 1 to 200"),
        (settings_of(epochs=True), "epochs"),
        (settings_of(lr=-1.0), "lr"),
        (settings_of(lr="0.1"), "lr"),
        (settings_of(activation="__import__"), "activation"),
        (settings_of(batch=[100]), "batch"),
        (settings_of(images=7), "images"),
        (settings_of(more=1), "more"),
    ],
)
def test_settings_that_cannot_be_are_named(config, said):
    text = sentence(changed(config=config))
    assert text.startswith("The settings in the file cannot be used: ")
    assert said in text


def reads_or_refuses(content):
    with contextlib.suppress(DataError):
        assert isinstance(read_run(io.BytesIO(content)), SavedRun)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_bytes_changed_anywhere_are_read_or_refused(data):
    content = bytearray(TINY)
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=4)):
        content[place] = byte
    reads_or_refuses(bytes(content))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(TINY)), st.integers(0, 300), st.binary(max_size=50))
def test_a_piece_taken_out_or_put_in_is_read_or_refused(start, length, more):
    reads_or_refuses(TINY[:start] + more + TINY[start + length :])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(content):
    with pytest.raises(DataError):
        read_run(io.BytesIO(content))
