"""More images than there is room for: the same share of each file, and the page says so."""

import gzip
import io
import tracemalloc

import numpy as np
import pytest

from datasets.found import Found
from datasets.idx import DataError
from datasets.room import Room, fitted, spread
from datasets.together import Missing, Offer, together
from datasets.upload import read_upload
from tests.brought_files import MNIST, idx, npz

CLASSES, N, M = 6, 6000, 1200
SIDE = 8


def labels_in(order, n):
    """Labels as files have them: all of a class together, mixed, in turn, or one class rare."""
    match order:
        case "sorted":
            return np.sort(np.arange(n) % CLASSES).astype(np.uint8)
        case "mixed":
            return np.random.default_rng(1).integers(0, CLASSES, n).astype(np.uint8)
        case "in turn":
            return (np.arange(n) % CLASSES).astype(np.uint8)
        case _:
            return (np.arange(n) % 50 == 7).astype(np.uint8)


def images_of(labels):
    """Images that say which they are: the label, and their place in three bytes."""
    x = np.zeros((len(labels), SIDE * SIDE), np.uint8)
    place = np.arange(len(labels))
    x[:, 0], x[:, 1], x[:, 2], x[:, 3] = labels + 200, place >> 16, place >> 8 & 255, place & 255
    return x.reshape(-1, SIDE, SIDE)


def whose(x):
    x = x.reshape(len(x), -1).astype(int)
    return x[:, 0] - 200, (x[:, 1] << 16) + (x[:, 2] << 8) + x[:, 3]


def read(files, images):
    """With room for so many images."""
    given = [(name, io.BytesIO(content)) for name, content in files.items()]
    return read_upload(given, images * SIDE * SIDE)


def emnist(order):
    labels = [labels_in(order, n) for n in (N, M)]
    arrays = [images_of(labels[0]), labels[0], images_of(labels[1]), labels[1]]
    return dict(zip(MNIST, map(idx, arrays), strict=True))


@pytest.mark.parametrize("order", ["sorted", "mixed", "in turn", "rare"])
@pytest.mark.parametrize("form", ["idx", "gzipped", "labels first", "npz"])
def test_each_class_keeps_its_share_and_each_image_its_label(order, form):
    files = emnist(order)
    if form == "gzipped":
        files = {name: gzip.compress(content, 1) for name, content in files.items()}
    if form == "labels first":
        files = dict(sorted(files.items(), key=lambda file: "images" in file[0]))
    if form == "npz":
        y, z = labels_in(order, N), labels_in(order, M)
        files = {"a.npz": npz(x_train=images_of(y), y_train=y, x_test=images_of(z), y_test=z)}
    made = together(read(files, 1000).found)
    assert isinstance(made, Offer)
    x_train, y_train, x_test, y_test = made.images
    assert 990 <= len(x_train) + len(x_test) <= 1000
    for x, y, n in ((x_train, y_train, N), (x_test, y_test, M)):
        labels, places = whose(x)
        np.testing.assert_array_equal(np.array(made.subject.classes)[y], labels.astype(str))
        assert (np.diff(places) > 0).all()
        share, before = len(x) / n, np.bincount(labels_in(order, n))
        after = np.bincount(labels, minlength=len(before))
        assert abs(after - share * before).max() <= 5 * np.sqrt(share * before.max())
        if order == "sorted":
            assert abs(after - share * before).max() <= 2
    assert len(x_train) / N == pytest.approx(len(x_test) / M, rel=0.01)
    said = " ".join(made.notes)
    assert f"{len(x_train):,} of {N:,}" in said
    assert f"{len(x_test):,} of {M:,}" in said
    again = together(read(files, 1000).found)
    assert again.images.digest == made.images.digest


def test_files_one_after_the_other_are_as_those_that_come_at_once():
    from runs.offers import Offers

    files, offers, token = emnist("mixed"), Offers(), ""
    for name in (MNIST[0], MNIST[1]):
        waiting = offers.add(read({name: files[name]}, 1000), token)
        token = waiting.token
    assert isinstance(waiting.makes, Offer)
    assert len(waiting.makes.images.x_train) + len(waiting.makes.images.x_test) == 1000


def test_what_waits_shrinks_when_more_comes():
    arrays = [images_of(labels_in("mixed", n)) for n in (N, M)]
    found = fitted([Found("x", "train", arrays[0])], 1000 * SIDE**2)
    found = fitted([*found, Found("z", "test", arrays[1])], 1000 * SIDE**2)
    assert [len(one.array) for one in found] == [833, 166]
    for one in found:
        np.testing.assert_array_equal(whose(one.array)[1], one.rows)


def test_what_fits_is_whole_and_the_same_file_twice_takes_no_room():
    files = emnist("mixed")
    twice = files | {f"{name}.gz": gzip.compress(content, 1) for name, content in files.items()}
    made = together(read(twice, N + M).found)
    assert len(made.images.x_train) == N
    assert len(made.images.x_test) == M
    assert not made.notes


def test_images_alone_say_how_many_the_file_has():
    waits = together(read({MNIST[0]: emnist("mixed")[MNIST[0]]}, 1000).found)
    assert isinstance(waits, Missing)
    assert "has 6,000 images" in waits.sentence


def test_an_array_column_after_column_is_refused_where_not_all_of_it_fits(refusal):
    y = labels_in("mixed", N)
    files = {"a.npz": npz(x=np.asfortranarray(images_of(y)), y=y)}
    assert "Fortran" in refusal(read, files, 1000)
    assert len(read(files, N).found[0].array) == N


def test_a_file_takes_no_more_memory_than_there_is_room():
    """A tenth of a file's images: the file is never whole in memory."""
    n = 400_000
    head = bytes([0, 0, 8, 3]) + np.array([n, SIDE, SIDE], ">u4").tobytes()
    file = io.BytesIO(gzip.compress(head + bytes(n * SIDE * SIDE), 1))
    tracemalloc.start()
    found = read_upload([("x", file)], n // 10 * SIDE * SIDE).found
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[0].array.nbytes == n // 10 * SIDE * SIDE
    assert most < 2 * found[0].array.nbytes + 12_000_000


def test_more_than_anybody_can_wait_for_is_refused_by_its_head(refusal):
    head = bytes([0, 0, 8, 3]) + np.array([14_000_000, SIDE, SIDE], ">u4").tobytes()
    room = Room()
    room.choose(2_000_000, SIDE * SIDE)
    with pytest.raises(
        DataError, match="would unpack to 1,024 MB or more: expected at most 1,000 MB"
    ):
        room.choose(14_000_000, SIDE * SIDE)
    assert "only 0 of" in refusal(read, {"x": head}, 1000)


def test_places_are_spread_over_all():
    for count, chosen in ((10, 10), (100, 7), (5, 1), (1000, 999)):
        places = spread(count, chosen)
        assert len(places) == chosen
        assert (np.diff(places) > 0).all()
        assert 0 <= places[0] <= places[-1] < count
        assert np.diff(places, prepend=0, append=count).max() <= 2 * count / chosen
