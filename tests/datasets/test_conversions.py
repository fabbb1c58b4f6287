"""The lines that a refusal gives for what is never opened here, run as a reader would."""

import contextlib
import gzip
import io
import json
import pickle
import sys
import types
import warnings
from collections import OrderedDict

import numpy as np
import pytest
from PIL import Image

from datasets.idx import DataError
from datasets.together import Offer, together
from datasets.upload import read_upload
from tests.brought_files import (
    BAD,
    SIGNED,
    TEST_X,
    TEST_Y,
    TRAIN_X,
    TRAIN_Y,
    Program,
    npy,
    npz,
    tarred,
    zipped,
)


def found(files):
    return read_upload((name, io.BytesIO(content)) for name, content in files.items()).found


def refusal(files):
    with pytest.raises(DataError) as refused:
        found(files)
    assert not Program.ran
    return refused.value


def run(folder, code):
    with contextlib.chdir(folder), warnings.catch_warnings(action="ignore"):
        exec(code, {})
    made = together(found({"images.npz": (folder / "images.npz").read_bytes()}))
    assert isinstance(made, Offer), made
    return made


class Tensor:
    """As PyTorch's: NumPy can make an array of it, and that is all that is known."""

    def __init__(self, array):
        self.array = np.asarray(array)

    def __array__(self, *given, **options):
        return self.array

    def __len__(self):
        return len(self.array)


FLAT = [(x.reshape(len(x), -1) / np.float32(255), y.astype(int)) for x, y in
        ((TRAIN_X, TRAIN_Y), (TEST_X, TEST_Y), (TEST_X, TEST_Y))]  # fmt: skip
DICT = {"data": TRAIN_X, "labels": TRAIN_Y.tolist()}
WITH_MORE = {"imgs": TRAIN_X, "targets": TRAIN_Y, "size": (28, 28), "epoch": 3, "note": None,
             "names": ["cat", "dog"]}  # fmt: skip
PARTS = {"train": {"images": TRAIN_X, "labels": TRAIN_Y}, "test": (TEST_X, TEST_Y)}
HELD = {
    "one pair": FLAT[0],
    "two pairs": FLAT[:2],
    "three pairs": FLAT,
    "lists": ([x.tolist() for x in TRAIN_X], TRAIN_Y.tolist()),
    "a dict": DICT,
    "a dict with more": WITH_MORE,
    "a dict of parts": PARTS,
    "dicts": [{"image": x, "label": int(y)} for x, y in zip(TRAIN_X, TRAIN_Y, strict=True)],
    "pairs": [(x, int(y)) for x, y in zip(TRAIN_X, TRAIN_Y, strict=True)],
    "labels first, and words": [
        [f"class {y}", x] for x, y in zip(TRAIN_X, TRAIN_Y, strict=True)],
    "CIFAR's": {b"batch_label": b"training batch 1 of 5", b"labels": TRAIN_Y.tolist(),
                b"data": np.repeat(TRAIN_X.reshape(40, 1, -1), 3, 1).reshape(40, -1),
                b"filenames": [b"a.png"] * 40},
}  # fmt: skip


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize(("name", "protocol"), [("a.pkl", 2), ("a.pkl.gz", 4), ("batch", 5)])
def test_the_lines_for_a_pickle_make_a_file_that_opens(tmp_path, held, name, protocol):
    """deeplearning.net's has three pairs of images and labels; CIFAR's are dicts."""
    content = pickle.dumps(HELD[held], protocol)
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    made = run(tmp_path, refusal({name: (tmp_path / name).read_bytes()}).code)
    check(made, held)


def check(made, held):
    parts = held in ("two pairs", "three pairs", "a dict of parts")
    if parts:
        np.testing.assert_array_equal(made.images.x_train, TRAIN_X)
        np.testing.assert_array_equal(made.images.x_test, TEST_X)
    else:
        both = np.concatenate([made.images.x_train, made.images.x_test])
        assert {x.tobytes() for x in both} == {x.tobytes() for x in TRAIN_X}


def tensors(held):
    """The same, of tensors."""
    match held:
        case dict():
            return OrderedDict((key, tensors(value)) for key, value in held.items())
        case tuple() | list() if not isinstance(held[0], (int, bytes, str)):
            return type(held)(tensors(value) for value in held)
        case np.ndarray():
            return Tensor(held)
    return held


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("old", [False, True])
def test_the_lines_for_pytorch_do_whatever_it_holds(tmp_path, monkeypatch, held, old):
    """PyTorch itself is not here: in its place stands what its `load` gives."""
    torch = types.ModuleType("torch")
    asked = []

    def load(file, weights_only):
        asked.append((file, weights_only))
        return tensors(HELD[held])

    torch.load = load
    monkeypatch.setitem(sys.modules, "torch", torch)
    begins = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19." + b"\x80\x02M\xe9\x03."
    content = begins if old else BAD["PyTorch's"][0]["training.pt"]
    made = run(tmp_path, refusal({"training.pt": content}).code)
    assert asked == [("training.pt", True)]
    check(made, held)


@pytest.mark.parametrize("held", HELD)
def test_the_lines_for_objects_in_an_npy_work(tmp_path, held):
    given = HELD[held]
    if isinstance(given, dict):
        array = np.array(given)
    else:
        array = np.empty(len(given), object)
        for k, part in enumerate(given):
            array[k] = part if isinstance(part, (tuple, dict)) else list(part)
    content = npy(array, allow_pickle=True)
    (tmp_path / "a.npy").write_bytes(content)
    check(run(tmp_path, refusal({"a.npy": content}).code), held)


def test_the_lines_for_objects_in_an_npz_work(tmp_path):
    x = np.empty(len(TRAIN_X), object)
    x[:] = list(TRAIN_X)
    content = npz(x=x, y=TRAIN_Y)
    (tmp_path / "a.npz").write_bytes(content)
    check(run(tmp_path, refusal({"a.npz": content}).code), "one pair")


@pytest.mark.parametrize("held", [held for held in HELD if held != "CIFAR's"])
def test_the_lines_for_json_do_whatever_it_holds(tmp_path, held):
    content = json.dumps(HELD[held], default=lambda array: array.tolist())
    (tmp_path / "a.json").write_text(content)
    check(run(tmp_path, refusal({"a.json": content.encode()}).code), held)


def test_the_lines_for_json_read_an_object_a_line_too(tmp_path):
    content = "".join(json.dumps({"image": x.tolist(), "label": int(y)}) + "\n"
                      for x, y in zip(TRAIN_X, TRAIN_Y, strict=True))  # fmt: skip
    (tmp_path / "a.jsonl").write_text(content)
    check(run(tmp_path, refusal({"a.jsonl": content.encode()}).code), "dicts")


@pytest.mark.parametrize("name", ["a.npz", "a.json"])
def test_the_lines_bring_images_of_several_sizes_to_one(tmp_path, name):
    """Lists of different lengths are no array: NumPy once raised in these lines."""
    sizes = [x if k % 2 else np.pad(x, 2 + k % 3) for k, x in enumerate(TRAIN_X)]
    x = np.empty(len(sizes), object)
    x[:] = sizes
    if name == "a.npz":
        content = npz(x=x, y=TRAIN_Y)
    else:
        content = json.dumps({"x": [one.tolist() for one in x], "y": TRAIN_Y.tolist()}).encode()
    (tmp_path / name).write_bytes(content)
    images = run(tmp_path, refusal({name: content}).code).images
    both = np.concatenate([images.x_train, images.x_test])
    assert len(both) == len(TRAIN_X)
    assert {x.tobytes() for x in TRAIN_X[1::2]} <= {x.tobytes() for x in both}


COLOURS = np.random.default_rng(4).integers(0, 256, (60, 3, 32, 32), np.uint8)
GREY = np.stack([
    np.asarray(Image.fromarray(np.moveaxis(x, 0, -1)).convert("L")) for x in COLOURS
])  # fmt: skip
CLASSES = np.arange(60) % 10
NAMES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]


def cifar():
    """CIFAR-10's files, as its page describes them: five batches, one to test on, and the names."""
    files = {}
    for k in range(6):
        name, here = f"data_batch_{k + 1}" if k < 5 else "test_batch", slice(10 * k, 10 * k + 10)
        files[name] = {
            b"batch_label": name.encode(),
            b"labels": CLASSES[here].tolist(),
            b"data": COLOURS[here].reshape(10, -1),
            b"filenames": [b"a.png"] * 10,
        }
    files["batches.meta"] = {
        b"label_names": [name.encode() for name in NAMES],
        b"num_vis": 3072,
        b"num_cases_per_batch": 10,
    }
    return {f"cifar-10-batches-py/{name}": pickle.dumps(held, 2) for name, held in files.items()}


def alike(x, y):
    """Whether images are the same but for how their grey was rounded."""
    return np.abs(x.astype(int) - y.astype(int)).max() <= 1


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("all_of_them", [True, False])
def test_the_lines_for_cifar_do_all_batches_that_are_there(tmp_path, packed, all_of_them):
    files = cifar()
    if not all_of_them:
        files = {name: files[name] for name in list(files)[:1] + list(files)[5:6]}
    for name, content in files.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    given = (
        {"cifar-10-python.tar.gz": gzip.compress(tarred(files))}
        if packed
        else {name.rpartition("/")[2]: content for name, content in files.items()}
    )
    said = refusal(given)
    assert "all of CIFAR's batches" in str(said)
    made = run(tmp_path if packed else tmp_path / "cifar-10-batches-py", said.code)
    last = 50 if all_of_them else 10
    assert alike(made.images.x_train, GREY[:last])
    assert alike(made.images.x_test, GREY[50:])
    np.testing.assert_array_equal(made.images.y_train, CLASSES[:last])
    assert made.subject.classes == tuple(NAMES if all_of_them else "0123456789")


def cifar_100():
    """CIFAR-100's files, as its page describes them: 100 fine and 20 coarse labels, by names."""
    made = {}
    for part, here in (("train", slice(50)), ("test", slice(50, 60))):
        made[part] = {
            b"filenames": [b"a.png"] * len(CLASSES[here]),
            b"batch_label": b"training batch 1 of 1",
            b"fine_labels": (7 * np.arange(60)[here] % 100).tolist(),
            b"coarse_labels": CLASSES[here].tolist(),
            b"data": COLOURS[here].reshape(-1, 3072),
        }
    coarse = [f"kind {k}".encode() for k in range(20)]
    made["meta"] = {b"fine_label_names": [b"a"] * 100, b"coarse_label_names": coarse}
    return {f"cifar-100-python/{name}": pickle.dumps(held, 2) for name, held in made.items()}


@pytest.mark.parametrize("packed", [True, False])
def test_the_lines_for_cifar_100_take_its_coarse_classes(tmp_path, packed):
    files = cifar_100()
    for name, content in files.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    bare = {name.rpartition("/")[2]: content for name, content in files.items()}
    given = {"cifar-100-python.tar.gz": gzip.compress(tarred(files))} if packed else bare
    said = refusal(given)
    assert "with its 20 coarse classes" in str(said)
    made = run(tmp_path if packed else tmp_path / "cifar-100-python", said.code)
    assert alike(made.images.x_train, GREY[:50])
    assert alike(made.images.x_test, GREY[50:])
    np.testing.assert_array_equal(made.images.y_train, CLASSES[:50])
    assert made.subject.classes == tuple(f"kind {k}" for k in range(10))


def test_another_pickle_called_train_gets_the_usual_lines(tmp_path):
    content = pickle.dumps(DICT, 2)
    (tmp_path / "train").write_bytes(content)
    check(run(tmp_path, refusal({"train": content}).code), "a dict")


def opened(folder):
    """What comes of all .npz that lie there."""
    files = {file.name: file.read_bytes() for file in folder.glob("*.npz")}
    made = together(found(files))
    assert isinstance(made, Offer), made
    return made


def check_svhn(made):
    assert alike(made.images.x_train, GREY[:40])
    assert alike(made.images.x_test, GREY[40:])
    assert made.subject.classes == tuple(str(k) for k in range(1, 11))
    np.testing.assert_array_equal(made.images.y_train, CLASSES[:40])


@pytest.mark.parametrize("compress", [True, False])
def test_the_lines_for_matlab_open_svhn(tmp_path, compress):
    """X is (32, 32, 3, n), y (n, 1) with 10 for the digit 0, one file a part."""
    savemat = pytest.importorskip("scipy.io").savemat
    for name, here in (("train_32x32.mat", slice(40)), ("test_32x32.mat", slice(40, 60))):
        x, y = COLOURS[here].transpose(2, 3, 1, 0), CLASSES[here, np.newaxis].astype(np.uint8) + 1
        savemat(tmp_path / name, {"X": x, "y": y}, do_compression=compress)
    said = refusal({"train_32x32.mat": (tmp_path / "train_32x32.mat").read_bytes()})
    assert "is MATLAB's" in str(said)
    with contextlib.chdir(tmp_path):
        exec(said.code, {})
    check_svhn(opened(tmp_path))


def from_matlab(folder, **files):
    """What comes of .mat files by the lines that their refusal gives."""
    savemat = pytest.importorskip("scipy.io").savemat
    for name, held in files.items():
        savemat(folder / f"{name}.mat", held)
    said = refusal({"a.mat": (folder / f"{name}.mat").read_bytes()})
    with contextlib.chdir(folder):
        exec(said.code, {})
    return opened(folder)


def check_whole(made):
    """The images are those of the files, part for part, in any order."""
    for x, y, had, labels in (
        (made.images.x_train, made.images.y_train, TRAIN_X, TRAIN_Y),
        (made.images.x_test, made.images.y_test, TEST_X, TEST_Y),
    ):
        order = np.argsort(labels, kind="stable")
        np.testing.assert_array_equal(x, had[order])
        np.testing.assert_array_equal(y, labels[order])


def test_the_lines_for_matlab_open_an_array_a_class(tmp_path):
    """mnist_all.mat: train0 to train9 and test0 to test9, each (n, 784)."""
    parts = (("train", TRAIN_X, TRAIN_Y), ("test", TEST_X, TEST_Y))
    held = {f"{part}{k}": x[y == k].reshape(-1, 784) for part, x, y in parts for k in range(10)}
    made = from_matlab(tmp_path, mnist_all=held)
    check_whole(made)
    assert made.subject.classes == tuple("0123456789")
    assert "Each of the arrays train0 to train9 in mnist_all.npz is a class" in made.notes[0]


def test_the_lines_for_matlab_open_classes_along_an_axis(tmp_path):
    """usps_all.mat: data (256, n, 10), pixels, images and classes."""
    x = np.random.default_rng(5).integers(0, 256, (256, 8, 10), np.uint8)
    made = from_matlab(tmp_path, usps_all={"data": x})
    images = made.images
    assert made.subject.classes == tuple(str(k) for k in range(1, 11))
    had = {(x[:, i, k].tobytes(), k) for i in range(8) for k in range(10)}
    both = [(images.x_train, images.y_train), (images.x_test, images.y_test)]
    assert had == {(a.tobytes(), int(k)) for some in both for a, k in zip(*some, strict=True)}


def test_the_lines_for_matlab_open_cifar(tmp_path):
    """data (n, 3072), all red ones of an image first, labels (n, 1)."""
    batches = {
        name: {"data": COLOURS[here].reshape(-1, 3072), "labels": CLASSES[here, None],
               "batch_label": "training batch 1 of 5"}
        for name, here in (("data_batch_1", slice(40)), ("test_batch", slice(40, 60)))
    }  # fmt: skip
    made = from_matlab(tmp_path, **batches)
    assert alike(made.images.x_train, GREY[:40])
    assert alike(made.images.x_test, GREY[40:])
    np.testing.assert_array_equal(made.images.y_train, CLASSES[:40])


def test_the_lines_for_matlab_open_emnist(tmp_path):
    """One struct within another: dataset.train.images (n, 784), .labels (n, 1), .writers."""
    savemat = pytest.importorskip("scipy.io").savemat
    parts = {
        part: {
            "images": x.reshape(len(x), -1),
            "labels": y[:, np.newaxis].astype(float),
            "writers": np.arange(len(y))[:, np.newaxis] + 100.0,
        }
        for part, x, y in (("train", TRAIN_X, TRAIN_Y), ("test", TEST_X, TEST_Y))
    }
    mapping = np.stack([np.arange(10), np.arange(10) + 48], 1).astype(float)
    savemat(tmp_path / "emnist.mat", {"dataset": parts | {"mapping": mapping}})
    content = (tmp_path / "emnist.mat").read_bytes()
    said = refusal({"matlab.zip": zipped({"README.txt": b"hello", "matlab/emnist.mat": content})})
    assert str(said) == str(refusal({"README.txt": b"hello", "matlab/emnist.mat": content}))
    with contextlib.chdir(tmp_path):
        exec(said.code, {})
    made = opened(tmp_path)
    for array, expected in (
        (made.images.x_train, TRAIN_X),
        (made.images.x_test, TEST_X),
        (made.images.y_train, TRAIN_Y),
        (made.images.y_test, TEST_Y),
    ):
        np.testing.assert_array_equal(array, expected)


class Dataset:
    """As h5py's: an array whose axes come in the other order than MATLAB has them."""

    def __init__(self, array):
        self.array = array.T

    def __getitem__(self, place):
        assert place == ()
        return self.array


def test_the_lines_for_matlab_7_3_turn_its_axes_round(tmp_path, monkeypatch):
    """h5py is not here: in its place stands what it gives, by its documentation."""
    held = {
        "X": Dataset(COLOURS[:40].transpose(2, 3, 1, 0)),
        "#refs#": None,
        "y": Dataset(CLASSES[:40, np.newaxis] + 1.0),
        "name": Dataset(np.array([["a"]])),
    }
    h5py = types.ModuleType("h5py")
    h5py.File, h5py.Dataset = lambda file: held, Dataset
    monkeypatch.setitem(sys.modules, "h5py", h5py)
    content = b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(512) + b"\x89HDF\r\n\x1a\n"
    (tmp_path / "train.mat").write_bytes(content)
    said = refusal({"train.mat": content})
    with contextlib.chdir(tmp_path):
        exec(said.code, {})
    made = opened(tmp_path)
    x = np.concatenate([made.images.x_train, made.images.x_test])
    assert len(x) == 40
    assert all(min(np.abs(one.astype(int) - grey).max() for grey in GREY[:40]) <= 1 for one in x)


def test_the_lines_for_hdf5_take_all_arrays(tmp_path, monkeypatch):
    """USPS at Kaggle: groups train and test, each with data (n, 256) and target (n,)."""

    class Array(np.ndarray):
        def __getitem__(self, place):
            return np.asarray(self) if place == () else super().__getitem__(place)

    held = {"train": None, "train/data": (SIGNED.reshape(40, 256) + 1) / 2, "train/target": TRAIN_Y,
            "test/data": (SIGNED[:20].reshape(20, 256) + 1) / 2, "test/target": TRAIN_Y[:20],
            "names": np.array([b"a", b"b"])}  # fmt: skip

    class File:
        def __init__(self, name):
            assert name == "usps.h5"

        def visititems(self, take):
            for name, part in held.items():
                take(name, part if part is None else part.view(Array))

    h5py = types.ModuleType("h5py")
    h5py.File, h5py.Dataset = File, Array
    monkeypatch.setitem(sys.modules, "h5py", h5py)
    made = run(tmp_path, refusal({"usps.h5": BAD["HDF5"][0]["a.h5"]}).code)
    assert made.images.x_train.shape == (40, 16, 16)
    np.testing.assert_array_equal(made.images.y_test, TRAIN_Y[:20])
