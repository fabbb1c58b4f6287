"""Tables as people have them: UCI's semeion, USPS in two forms, and some longer than the room."""

import bz2
import gzip
import io
import tracemalloc

import numpy as np
import pytest

from datasets.together import Offer, together
from datasets.upload import read_upload
from tests.brought_files import INK, SIGNED, TRAIN_X, TRAIN_Y, libsvm, semeion, table, usps


def offer(files, **options):
    given = [(name, io.BytesIO(content)) for name, content in files.items()]
    made = together(*read_upload(given, **options))
    assert isinstance(made, Offer), made
    return made


def pairs(made):
    """Each image with the name of its class, in any order."""
    x_train, y_train, x_test, y_test = made.images
    both = [
        (x, y)
        for xs, ys in ((x_train, y_train), (x_test, y_test))
        for x, y in zip(xs, ys, strict=True)
    ]
    return sorted((x.tobytes(), made.subject.classes[y]) for x, y in both)


def expected(x, y):
    return sorted(
        (one.astype(np.uint8).tobytes(), str(label)) for one, label in zip(x, y, strict=True)
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_semeion_opens(end):
    content = semeion(INK, TRAIN_Y).replace(b"\n", end.encode())
    made = offer({"semeion.data": content})
    assert made.subject.classes == tuple("0123456789")
    assert pairs(made) == expected(255 * INK, TRAIN_Y)


def test_usps_opens():
    files = {"zip.train.gz": gzip.compress(usps(SIGNED, TRAIN_Y)),
             "zip.test.gz": gzip.compress(usps(SIGNED[::2], TRAIN_Y[::2]))}  # fmt: skip
    made = offer(files)
    assert made.subject.side == 16
    assert made.subject.classes == tuple("0123456789")
    np.testing.assert_array_equal(made.images.x_train, np.rint(127.5 + 127.5 * SIGNED))
    np.testing.assert_array_equal(made.images.y_train, TRAIN_Y)
    assert len(made.images.x_test) == 20
    assert any("-1 is read as black" in note for note in made.notes)


def test_usps_as_libsvm_has_it_opens():
    """Its labels go from 1 to 10 there."""
    made = offer({"usps.bz2": bz2.compress(libsvm(SIGNED, TRAIN_Y + 1)),
                  "usps.t.bz2": bz2.compress(libsvm(SIGNED[:20], TRAIN_Y[:20] + 1))})  # fmt: skip
    assert made.subject.classes == tuple(str(k) for k in range(1, 11))
    np.testing.assert_array_equal(made.images.x_train, np.rint(127.5 + 127.5 * SIGNED))
    np.testing.assert_array_equal(made.images.y_train, TRAIN_Y)
    assert len(made.images.x_test) == 20


def test_mnist_as_libsvm_has_it_opens():
    """Pixels that are 0 are left out, as the last rows are everywhere."""
    x = np.where(np.random.default_rng(5).random(TRAIN_X.shape) < 0.7, 0, TRAIN_X)
    x[:, -1, -4:] = 0
    made = offer({"mnist": libsvm(x, TRAIN_Y, zeros=False)})
    assert pairs(made) == expected(x, TRAIN_Y)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda c: c[:-7] + b":", "line 40 is no row as LIBSVM has it"),
        (lambda c: c.replace(b"\n", b"\n3 milk\n", 1), "line 2 is no row as LIBSVM has it"),
        (lambda c: 50 * c + b"3 900:1\n", "line 2,001 has a number at place 900: expected places"),
        (
            lambda c: c + b"3 0:1\n",
            "line 41 has a number at place 0: expected places from 1 to 256",
        ),
        (lambda c: c + b"3 1:1e999\n", "NaN or infinite"),
        (lambda c: c + b"3 1:1.2.3\n", "line 41 is no row"),
        (lambda c: b"1 3:1 9:1\n2 4:1\n", "9 numbers in a row and no table of images"),
        (lambda c: b"1 99999999999999:1\n", "no table of images"),
        (lambda c: c + b"3 " + b"7:1 " * 100_000 + b"\n", "too long for a row of pixels"),
    ],
)
def test_what_is_wrong_with_such_a_table_is_named(spoil, said, refusal):
    content = spoil(libsvm(SIGNED, TRAIN_Y))
    assert said in refusal(lambda: offer({"a": content}))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda c: c[:-60], "line 40 lacks numbers"),
        (lambda c: c.replace(b" 1 ", b" 0 "), "266 columns and no table of images"),
        (lambda c: c.replace(b"0.0000", b"milk", 1), "'milk' where a pixel is expected"),
    ],
)
def test_what_is_wrong_with_semeion_is_named(spoil, said, refusal):
    content = spoil(semeion(INK, TRAIN_Y))
    assert said in refusal(lambda: offer({"semeion.data": content}))


# Longer than there is room for


def letters(n):
    """Kaggle's A_Z: the label first, no head, one class after the other; images say their place."""
    y = np.arange(n) * 26 // n
    x = np.zeros((n, 64), np.uint8)
    x[:, 0], x[:, 1], x[:, 2] = np.arange(n) >> 8, np.arange(n) & 255, 200 + y
    return x.reshape(n, 8, 8), y


@pytest.mark.parametrize("order", ["sorted", "in turn"])
@pytest.mark.parametrize("room", [10**6, 5000, 1700, 900])
def test_of_a_long_table_an_even_draw_is_taken_and_said(order, room):
    n = 7000
    x, y = letters(n)
    if order == "in turn":
        turned = np.argsort(np.arange(n) % 269, kind="stable")
        x, y = x[turned], y[turned]
    files = {"A_Z.csv.gz": gzip.compress(table(x, y))}
    made = offer(files, most=room * 64)
    taken = len(made.images.x_train) + len(made.images.x_test)
    assert (room // 2 < taken <= room) if room < n else taken == n
    for images, labels in ((made.images.x_train, made.images.y_train),
                           (made.images.x_test, made.images.y_test)):  # fmt: skip
        rows = images.reshape(len(images), -1).astype(int)
        names = np.array(made.subject.classes)[labels].astype(int)
        np.testing.assert_array_equal(rows[:, 2] - 200, names)
        place = rows[:, 0] * 256 + rows[:, 1]
        np.testing.assert_array_equal(place * 26 // n, names)
        assert len(np.unique(place)) == len(place)
    notes = " ".join(made.notes)
    if room >= n:
        assert "room" not in notes
        return
    assert f"it takes {taken:,} of {n:,} in A_Z.csv.gz, drawn evenly from the whole file" in notes
    names = np.array(made.subject.classes).astype(int)
    counts = np.zeros(26)
    counts[names] = np.bincount(made.images.y_train, minlength=len(names)) + np.bincount(
        made.images.y_test, minlength=len(names))  # fmt: skip
    share = taken / n
    assert np.abs(counts - share * np.bincount(y)).max() <= (
        2 if order == "sorted" else 5 * np.sqrt(share * n / 26)
    )
    assert offer(files, most=room * 64).images.digest == made.images.digest


def test_a_long_table_takes_no_more_memory_than_there_is_room():
    """The table has 19 million pixels, the room 2 million."""
    line = table(TRAIN_X[:1], TRAIN_Y)[1:]
    content = gzip.compress(b"".join(b"%d" % (k % 10) + line for k in range(24_000)), 1)
    room = 2_000_000
    offer({"a.csv.gz": content[:0] + gzip.compress(table(TRAIN_X, TRAIN_Y))})  # loads what it needs
    tracemalloc.start()
    made = offer({"a.csv.gz": content}, most=room)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert room / 2 < made.images.x_train.size + made.images.x_test.size <= room
    assert most < 3 * room + 60_000_000
