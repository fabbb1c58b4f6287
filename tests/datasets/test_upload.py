"""Whatever people have in their hands: read as it is, or refused by one sentence that is true."""

import gzip
import io
import tarfile
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from datasets.digits import Images, Kind
from datasets.idx import DataError
from datasets.mnist import read_mnist
from datasets.together import Missing, Offer, together
from datasets.upload import read_upload
from tests.brought_files import (
    ARRAYS,
    ASIDE,
    BAD,
    GOOD,
    MNIST,
    PLAIN,
    TEST_X,
    TEST_Y,
    TRAIN_X,
    TRAIN_Y,
    ZIPPED,
    Program,
    idx,
    npz,
    table,
    tarred,
    zipped,
)
from tests.sweeps import sweep


def found(files):
    return read_upload((name, io.BytesIO(content)) for name, content in files.items()).found


def offer(files) -> Offer:
    made = together(found(files))
    assert isinstance(made, Offer), made
    return made


@pytest.mark.parametrize(("files", "comes"), GOOD.values(), ids=GOOD)
def test_it_is_read_as_it_was(files, comes):
    made = offer(files)
    images = made.images
    assert all(array.dtype == np.uint8 for array in images)
    assert made.subject.classes == tuple("0123456789")
    assert made.subject.side == 28
    if comes == ASIDE:
        assert any("set aside" in note for note in made.notes)
        pairs = {
            (image.tobytes(), int(label))
            for x, y in ((images.x_train, images.y_train), (images.x_test, images.y_test))
            for image, label in zip(x, y, strict=True)
        }
        assert len(images.x_test) >= 1
        assert pairs == {(x.tobytes(), int(y)) for x, y in zip(TRAIN_X, TRAIN_Y, strict=True)}
        return
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(getattr(images, name), array)
    assert images.digest == Images(**ARRAYS).digest


@pytest.mark.parametrize(("files", "said"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_named_in_one_sentence(files, said, refusal):
    assert said in refusal(lambda: together(found(files)))
    assert not Program.ran


LARGE = ["gzipped", "flat, 0 to 1, one-hot", "pjreddie's, without head"]


@sweep("name", LARGE, usual=["gzipped"])
def test_reading_takes_little_more_than_what_is_read(name):
    times = 100
    x, y = np.tile(TRAIN_X, (times, 1, 1)), np.tile(TRAIN_Y, times)
    files = {
        "gzipped": {"x": gzip.compress(idx(x)), "y": idx(y)},
        "flat, 0 to 1, one-hot": {"a.npz": npz(x=x.reshape(-1, 784) / 255, y=np.eye(10)[y])},
        "pjreddie's, without head": {"a.csv": table(x, y)},
    }[name]
    opened = [(name, io.BytesIO(content)) for name, content in files.items()]
    together(found(GOOD[name][0]))  # what is loaded once
    tracemalloc.start()
    read = read_upload(opened).found
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(one.images for one in read) == 1
    assert most < 2 * x.nbytes + 40_000_000


BOMBS = {
    "columns": lambda: table(TRAIN_X[:1], TRAIN_Y) + b",1" * 5_000_000,
    "digits": lambda: table(TRAIN_X[:1], TRAIN_Y) + b"1" * 10_000_000,
    "labels": lambda: b"label\n" + b"1\n" * 11_000_000,
    "one line": lambda: b"1" * 10_000_000,
}


@sweep("bomb", BOMBS, usual=["columns", "one line"])
def test_a_table_does_not_fill_the_memory(bomb, refusal):
    refusal(found, {"a.csv": gzip.compress(table(TRAIN_X, TRAIN_Y))[:-9]})  # loads what it needs
    content = gzip.compress(BOMBS[bomb]())
    tracemalloc.start()
    refusal(found, {"a.csv.gz": content})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 200_000_000


def test_an_endless_head_in_a_tar_is_not_read(refusal):
    member = tarfile.TarInfo("a")
    member.type, member.size = tarfile.XHDTYPE, 50_000_000
    content = gzip.compress(member.tobuf() + b"0" * 50_000_000)
    tracemalloc.start()
    assert "far too long" in refusal(found, {"a.tar.gz": content})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_a_zip_of_a_hundred_thousand_files_is_not_listed(refusal):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for i in range(30_000):
            archive.writestr(f"{i:0300}", b"")
    assert "far too many files" in refusal(found, {"a.zip": file.getvalue()})


def test_a_file_that_unpacks_without_end_is_left(monkeypatch, refusal):
    monkeypatch.setattr("datasets.archives.MOST_BYTES", 1_000_000)
    content = gzip.compress(b"0,1\n" * 1_000_000)
    assert "unpacks to more than 1 MB" in refusal(found, {"a.tar.gz": gzip.compress(
        tarred({"a": bytes(2_000_000)}))})  # fmt: skip
    assert "columns" in refusal(found, {"a.csv.gz": content})


# One after the other


def test_images_wait_for_their_labels_and_say_what_is_missing():
    images = found({MNIST[0]: PLAIN[MNIST[0]]})
    waits = together(images)
    assert waits == Missing(
        "train-images-idx3-ubyte has 40 images of 28×28 pixels. Still missing: their labels."
    )
    made = together(images + found({MNIST[1]: PLAIN[MNIST[1]]}))
    assert isinstance(made, Offer)
    made = together(images + found({name: PLAIN[name] for name in MNIST[1:]}))
    np.testing.assert_array_equal(made.images.x_test, TEST_X)


def test_all_that_waits_is_named():
    """Of two files of images the second once went unsaid."""
    made = together(found({MNIST[0]: PLAIN[MNIST[0]], MNIST[2]: PLAIN[MNIST[2]]}))
    assert made.sentence.startswith(
        f"{MNIST[0]} has 40 images of 28×28 pixels, {MNIST[2]} has 20 images of 28×28 pixels. "
    )
    made = together(found({MNIST[1]: PLAIN[MNIST[1]], MNIST[3]: PLAIN[MNIST[3]]}))
    assert made.sentence.startswith(f"{MNIST[1]} has 40 labels, {MNIST[3]} has 20 labels. ")


def test_columns_that_are_as_many_as_there_are_labels_get_the_line_that_turns_them():
    """784 rows of 400 numbers are also 784 images of 20×20 pixels."""
    x, y = np.tile(TRAIN_X, (10, 1, 1)), np.tile(TRAIN_Y, 10)
    with pytest.raises(DataError, match="784 rows of 400 numbers") as refused:
        offer({"a.npz": npz(X=x.reshape(400, 784).T, y=y)})
    names = {"x": x.reshape(400, 784).T}
    exec(refused.value.code, names)
    assert offer({"a.npz": npz(X=names["x"], y=y)}).subject.side == 28


def test_labels_may_come_first():
    assert "Still missing: the images" in together(found({"y": idx(TRAIN_Y)})).sentence


def test_what_has_no_labels_is_left_out_and_that_is_said():
    made = offer({name: ZIPPED[f"{name}.gz"] for name in MNIST[:3]})
    assert any(note.startswith(f"{MNIST[2]} is left out") for note in made.notes)
    assert len(made.images.x_train) + len(made.images.x_test) == 40


@pytest.mark.parametrize("first", ["csv", "idx"])
@pytest.mark.parametrize("most", [10**9, 100_000, 60_000])
def test_a_set_that_comes_in_two_forms_is_taken_once(first, most):
    """Kaggle packs Fashion-MNIST as two tables and four IDX files of the same images."""
    head = ["label", *(f"pixel{k}" for k in range(784))]
    tables = {
        "fashion-mnist_train.csv": table(TRAIN_X, TRAIN_Y, head),
        "fashion-mnist_test.csv": table(TEST_X, TEST_Y, head),
    }
    files = tables | PLAIN if first == "csv" else PLAIN | tables
    made = together(*read_upload([("archive.zip", io.BytesIO(zipped(files)))], most))
    assert isinstance(made, Offer)
    assert (len(made.images.x_train), len(made.images.x_test)) == (40, 20)
    np.testing.assert_array_equal(made.images.x_train, TRAIN_X)
    np.testing.assert_array_equal(made.images.y_test, TEST_Y)
    first, second = ("fashion-mnist_train.csv", "train-images-idx3-ubyte")
    notes = " ".join(made.notes)
    assert f"{first} has the same images as {second}: they are taken once." in notes or (
        f"{second} has the same images as {first}: they are taken once." in notes
    )
    assert "left out" not in notes


def test_sets_that_are_too_many_are_counted_and_named():
    tables = {f"train_{k}.csv": table(np.roll(TRAIN_X, k, 2), (TRAIN_Y + k) % 10) for k in range(3)}
    with pytest.raises(DataError, match=r"There are 3 sets of images, train_0\.csv, train_1\.csv"):
        offer(tables)


def test_words_beside_numbers_are_what_the_classes_are_called():
    names = np.array([f"kind {n}" for n in range(12)])
    for called in ("class_names", "target_names", "x"):
        made = offer({"a.npz": npz(images=TRAIN_X, labels=TRAIN_Y, **{called: names})})
        assert made.subject.classes == tuple(f"kind {n}" for n in np.unique(TRAIN_Y))
        assert not any("left out" in note for note in made.notes)
    few = offer({"a.npz": npz(images=TRAIN_X, labels=TRAIN_Y, class_names=names[:3])})
    assert few.subject.classes == tuple(str(n) for n in np.unique(TRAIN_Y))


def test_of_labels_of_two_kinds_those_that_can_be_told_apart_are_taken():
    """As CIFAR-100 has them: 100 fine classes, and coarse ones."""
    x, fine = np.tile(TRAIN_X, (5, 1, 1)), np.arange(200) % 100
    for names in (("fine_labels", "coarse_labels"), ("labels", "more")):
        made = offer({"a.npz": npz(x=x, **dict(zip(names, (fine, fine % 20), strict=True)))})
        assert made.subject.classes == tuple(str(k) for k in range(20))
        assert (
            f"{names[0]} in a.npz is left out: it has more than 62 classes; the labels are those "
            f"in {names[1]} in a.npz." in made.notes
        )
    made = offer({"a.npz": npz(x=x, coarse_labels=fine % 20, fine_labels=fine % 40)})
    assert (
        "fine_labels in a.npz is left out; the labels are those in coarse_labels in a.npz."
        in made.notes
    )


BY_CLASS = {f"{part}{k}": x[y == k] for part, x, y in (("train", TRAIN_X, TRAIN_Y),
            ("test", TEST_X, TEST_Y)) for k in range(10)}  # fmt: skip


def test_an_array_a_class_is_a_set():
    made = offer({"a.npz": npz(**BY_CLASS)})
    order = np.argsort(TRAIN_Y, kind="stable")
    np.testing.assert_array_equal(made.images.x_train, TRAIN_X[order])
    np.testing.assert_array_equal(made.images.y_train, TRAIN_Y[order])
    assert made.subject.classes == tuple("0123456789")
    assert (
        "Each of the arrays test0 to test9 in a.npz is a class, and its number the number of the "
        "class." in made.notes
    )
    eleven = offer({"a.npz": npz(**{f"sign_{k}": TRAIN_X[:5] ^ k for k in range(1, 12)})})
    assert eleven.subject.classes == tuple(str(k) for k in range(1, 12))


@pytest.mark.parametrize("names", [("x1", "y2"), ("arr_0", "arr_1"), ("train0", "test1")])
def test_arrays_that_are_not_called_alike_are_no_classes(names):
    made = together(found({"a.npz": npz(**dict(zip(names, (TRAIN_X, TEST_X), strict=True)))}))
    assert "Still missing: their labels" in made.sentence


def test_numbered_arrays_with_labels_beside_them_are_no_classes():
    made = together(found({"a.npz": npz(x0=TRAIN_X, x1=TEST_X, y0=TRAIN_Y, y1=TEST_Y)}))
    assert made.subject.classes == tuple("0123456789")


def test_labels_in_a_row_are_labels():
    made = offer({"a.npz": npz(x=np.tile(TRAIN_X, (2, 1, 1)), y=np.tile(TRAIN_Y, 2)[np.newaxis])})
    assert made.subject.classes == tuple("0123456789")


LAST = {
    "a column an image": np.tile(TRAIN_X, (2, 1, 1)).reshape(80, 784).T,
    "images last": np.moveaxis(np.tile(TRAIN_X, (2, 1, 1)), 0, -1),
    "colours, images last": np.moveaxis(np.repeat(TRAIN_X[..., None], 3, -1), 0, -1),
}


@pytest.mark.parametrize("name", LAST)
@pytest.mark.parametrize("alone", [True, False])
def test_images_along_the_last_axis_get_the_line_that_puts_them_first(name, alone):
    x = LAST[name]
    files = {"a.npz": npz(x=x)} if alone else {"a.npz": npz(x=x, y=np.zeros(x.shape[-1], int))}
    with pytest.raises(DataError, match=f"looks like {x.shape[-1]} images along its") as refused:
        offer(files)
    names = {"x": x}
    exec(refused.value.code, names)
    y = np.tile(TRAIN_Y, 2)[: x.shape[-1]]
    made = offer({"a.npz": npz(x=names["x"], y=y)})
    both = np.concatenate([made.images.x_train, made.images.x_test])
    assert {x.tobytes() for x in both} == {x.tobytes() for x in TRAIN_X}


def test_features_beside_images_are_none_of_them():
    """100 rows of 128 numbers are no 128 images of 10×10 pixels."""
    x, y = np.tile(TRAIN_X, (5, 1, 1))[:100], np.arange(100) % 10
    assert offer({"a.npz": npz(x=x, y=y, features=np.zeros((100, 128)))}).subject.side == 28


# Classes and sizes


@pytest.mark.parametrize("classes", [2, 26, 62])
def test_two_to_sixty_two_classes(classes):
    y = np.tile(np.arange(classes), 10)
    made = offer({"a.npz": npz(x=np.tile(TRAIN_X, (16, 1, 1))[: len(y)], y=y)})
    assert made.subject.classes == tuple(str(k) for k in range(classes))


@pytest.mark.parametrize("name", ["labels of a hundred classes", "words of a hundred classes"])
def test_the_lines_for_too_many_classes_keep_as_many_as_there_may_be(name):
    with pytest.raises(DataError) as refused:
        offer(BAD[name][0])
    y = np.arange(200) % 100
    names = {"x": np.tile(TRAIN_X, (5, 1, 1)), "y": y[:, np.newaxis]}
    if name.startswith("words"):
        names["y"] = np.char.mod("c%02d", y)
    exec(refused.value.code, names)
    made = offer({"a.npz": npz(x=names["x"], y=names["y"])})
    assert len(made.subject.classes) == 62
    assert len(made.images.x_train) + len(made.images.x_test) == 124


@pytest.mark.parametrize("y", [TRAIN_Y + 60, TRAIN_Y.astype(int) - 1])
def test_the_line_for_labels_beyond_numbers_them(y):
    with pytest.raises(DataError) as refused:
        offer({"a.npz": npz(x=TRAIN_X, y=y)})
    names = {"y": y}
    exec(refused.value.code, names)
    assert offer({"a.npz": npz(x=TRAIN_X, y=names["y"])}).subject.classes == tuple("0123456789")


def test_labels_are_numbered_from_0_in_their_order_and_keep_their_names():
    """EMNIST's letters begin at 1, and sign language has no 9."""
    labels = np.array([1, 2, 5, 26] * 10)
    made = offer({"a.npz": npz(x=TRAIN_X, y=labels)})
    assert made.subject.classes == ("1", "2", "5", "26")
    names = np.array(made.subject.classes)[made.images.y_train]
    lookup = {x.tobytes(): str(y) for x, y in zip(TRAIN_X, labels, strict=True)}
    assert [lookup[x.tobytes()] for x in made.images.x_train] == names.tolist()


def test_words_are_classes_too():
    words = np.array(["shirt", "bag"])[TRAIN_Y % 2]
    for files in ({"a.npz": npz(x=TRAIN_X, y=words)}, {"a.csv": table(TRAIN_X, words)}):
        made = offer(files)
        assert made.subject.classes == ("bag", "shirt")
        assert len(made.images.y_train) + len(made.images.y_test) == 40


@pytest.mark.parametrize(
    ("blank", "said"),
    [(1, "1 of its images has nothing on it."), (3, "3 of its images have nothing on them.")],
)
def test_images_with_nothing_on_them_are_counted(blank, said):
    x = TRAIN_X.copy()
    x[5 : 5 + blank] = 90
    assert f"x in a.npz: {said}" in offer({"a.npz": npz(x=x, y=TRAIN_Y)}).notes
    assert not any("nothing on" in note for note in offer({"a.npz": npz(**ARRAYS)}).notes)


@pytest.mark.parametrize("side", [8, 16, 20, 32, 64])
def test_small_squares_of_other_sizes(side):
    x = np.random.default_rng(1).integers(0, 256, (40, side, side), np.uint8)
    for files in ({"x": idx(x), "y": idx(TRAIN_Y)}, {"a.csv": table(x, TRAIN_Y)}):
        made = offer(files)
        assert made.subject.side == side
        assert made.images.x_train.shape[1:] == (side, side)


def test_scikit_learns_digits_have_ink_from_0_to_16():
    x = np.random.default_rng(1).integers(0, 17, (40, 64)).astype(float)
    made = offer({"digits.npz": npz(data=x, target=TRAIN_Y)})
    all_of_it = np.concatenate([made.images.x_train, made.images.x_test]).reshape(40, 64)
    expected = np.rint(x * 255 / 16)
    assert {row.tobytes() for row in all_of_it.astype(float)} == {r.tobytes() for r in expected}


def test_every_class_stays_in_training_and_a_sixth_of_each_is_set_aside():
    y = np.repeat([0, 1, 2], [60, 30, 2])
    made = offer({"a.npz": npz(x=np.tile(TRAIN_X, (3, 1, 1))[:92], y=y)})
    assert np.bincount(made.images.y_test, minlength=3).tolist() == [10, 5, 0]
    assert np.bincount(made.images.y_train).tolist() == [50, 25, 2]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.txt", b"MNIST\n\nGet it at a web site, unpack it.\n"),
        ("sample_submission.csv", b"ImageId,Label\n1,0\n2,0\n"),
        ("hello.txt", b"hello"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_what_is_of_no_use_may_lie_beside_what_is(name, content, packed, refusal):
    refusal(found, {name: content})
    files = {name: content, **PLAIN}
    upload = read_upload(
        (n, io.BytesIO(c)) for n, c in ({"a.zip": zipped(files)} if packed else files).items()
    )
    made = together(*upload)
    np.testing.assert_array_equal(made.images.x_train, TRAIN_X)
    assert packed or name in " ".join(made.notes)


def test_quotes_around_every_class_are_none_of_its_name():
    y = np.array(["'bag'", "'dress'"])[np.arange(40) % 2]
    assert offer({"a.csv": table(TRAIN_X, y)}).subject.classes == ("bag", "dress")


# What tells one set from another


def test_packed_files_are_summed_up_as_they_came():
    """KMNIST is known by the .gz alone."""
    import hashlib

    content = ZIPPED[f"{MNIST[0]}.gz"]
    (one,) = found({"a": content})
    sums = {hashlib.md5(content).hexdigest(), hashlib.md5(PLAIN[MNIST[0]]).hexdigest()}
    assert sums <= one.sums


def test_the_same_digits_in_the_servers_folder_have_the_same_digest(tmp_path):
    for name, content in ZIPPED.items():
        (tmp_path / name).write_bytes(content)
    assert read_mnist(tmp_path).digest == offer(GOOD["Keras' mnist.npz"][0]).images.digest


@pytest.mark.parametrize("name", ARRAYS)
def test_one_other_pixel_or_label_is_another_digest(name):
    changed = ARRAYS[name].copy()
    changed.flat[-1] ^= 1
    assert Images(**ARRAYS | {name: changed}).digest != Images(**ARRAYS).digest


def test_what_is_brought_stays_bytes_until_a_network_takes_it():
    digits = Images(**ARRAYS).digits(Kind.BROUGHT, name="some-name-of-them")
    assert digits.x_train.dtype == np.uint8
    np.testing.assert_array_equal(digits.t_test, TEST_Y)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_bytes_changed_anywhere_are_read_or_refused_by_a_sentence(data):
    files, _ = data.draw(st.sampled_from([*GOOD.values(), *BAD.values()]))
    name = data.draw(st.sampled_from(list(files)))
    content = bytearray(files[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, min(len(content), 500)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    try:
        together(found(dict(files) | {name: bytes(content)}))
    except DataError as error:
        assert str(error).endswith(".")  # noqa: PT017 - reading may also succeed
        assert "\n" not in str(error)  # noqa: PT017
