"""Names of classes that come as files do: EMNIST's mapping, and a file a class."""

import contextlib
import io

import numpy as np
import pytest

from datasets.idx import DataError
from datasets.one_class import class_of
from datasets.together import Missing, Offer, are_words, together
from datasets.upload import read_upload
from runs.offers import Offers
from tests.brought_files import TRAIN_X, TRAIN_Y, npy, npz

LETTERS = "\n".join(f"{k} {64 + k} {96 + k}" for k in range(1, 27)).encode() + b"\n"
BALANCED = b"\n".join(b"%d %d" % (k, c) for k, c in enumerate(b"0123456789ABCDEFGHIJKLMNOPQRSTU"))


def read(**files):
    return read_upload((name, io.BytesIO(content)) for name, content in files.items())


def both(images):
    return np.concatenate([images.x_train, images.x_test])


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mapping_first", [False, True])
def test_emnists_mapping_names_the_classes(line_end, mapping_first):
    mapping = {"emnist-letters-mapping.txt": LETTERS.replace(b"\n", line_end)}
    images = {"a.npz": npz(x=TRAIN_X, y=TRAIN_Y % 4 + 1)}
    made = together(*read(**(mapping | images if mapping_first else images | mapping)))
    assert made.subject.classes == ("Aa", "Bb", "Cc", "Dd")
    assert not any("left out" in note for note in made.notes)
    made = together(*read(**{"a.npz": npz(x=TRAIN_X, y=TRAIN_Y + 9), "m.txt": BALANCED}))
    assert made.subject.classes == tuple("9ABCDEFGHI")


def test_a_mapping_waits_for_its_images_and_they_for_it():
    offers = Offers()
    waits = offers.add(read(**{"mapping.txt": LETTERS}))
    assert waits.makes == Missing(
        "mapping.txt names 26 classes. Still missing: images and their labels."
    )
    made = offers.add(read(**{"a.npz": npz(x=TRAIN_X, y=TRAIN_Y % 4 + 1)}), waits.token)
    assert made.makes.subject.classes == ("Aa", "Bb", "Cc", "Dd")
    other = offers.add(read(**{"a.npz": npz(x=TRAIN_X, y=TRAIN_Y % 4 + 1)}))
    made = offers.add(read(**{"mapping.txt": LETTERS}), other.token)
    assert made.makes.subject.classes == ("Aa", "Bb", "Cc", "Dd")


def test_a_mapping_that_lacks_a_class_is_left_out_and_that_is_said():
    made = together(*read(**{"a.npz": npz(x=TRAIN_X, y=TRAIN_Y), "mapping.txt": LETTERS}))
    assert made.subject.classes == tuple("0123456789")
    assert "mapping.txt is left out: it has no name for some" in " ".join(made.notes)


KANA = "あいうえおかきくけこ"
K49 = "index,codepoint,char\n" + "".join(f"{k},U+{ord(c):X},{c}\n" for k, c in enumerate(KANA))
K49_IMAGES = {
    "k49-train-imgs.npz": npz(arr_0=TRAIN_X), "k49-train-labels.npz": npz(arr_0=TRAIN_Y),
    "k49-test-imgs.npz": npz(arr_0=TRAIN_X[::-1]), "k49-test-labels.npz": npz(arr_0=TRAIN_Y[::-1]),
}  # fmt: skip


@pytest.mark.parametrize("spoil", [str, lambda text: "\ufeff" + text.replace("\n", "\r\n")])
@pytest.mark.parametrize("mapping_first", [False, True])
def test_kuzushijis_class_map_names_the_classes(spoil, mapping_first):
    mapping = {"k49_classmap.csv": spoil(K49).encode()}
    files = mapping | K49_IMAGES if mapping_first else K49_IMAGES | mapping
    made = together(*read(**files))
    assert made.subject.classes == tuple(KANA)
    assert len(made.images.x_test) == 40
    assert not any("left out" in note for note in made.notes)


def test_kuzushijis_class_map_may_come_first_or_last():
    for first, second in ((K49.encode(), None), (None, K49.encode())):
        offers = Offers()
        given = [read(**({"k49_classmap.csv": one} if one else K49_IMAGES))
                 for one in (first, second)]  # fmt: skip
        token = offers.add(given[0]).token
        assert offers.add(given[1], token).makes.subject.classes == tuple(KANA)


def test_sixty_two_classes_with_long_names_are_read():
    names = [f"a class with a name of its own, {k}" for k in range(40)]
    table = "label,name\n" + "".join(f'{k},"{name}"\n' for k, name in enumerate(names))
    made = together(*read(**{"a.npz": npz(x=TRAIN_X, y=TRAIN_Y), "names.csv": table.encode()}))
    assert made.subject.classes == tuple(names[:10])


@pytest.mark.parametrize(
    "text",
    [
        "index,codepoint,char\n0,U+3042,あ\n1,U+3042,あ\n",  # two of one name
        "index,codepoint,char\n0,U+3042,あ\n0,U+3044,い\n",  # two names of one
        "index,codepoint,char\n0,U+3042,あ\n900,U+3044,い\n",
        "index,codepoint,char\n0,U+3042\n",
        "index,codepoint,char\n",
        "index,char\nあ,0\n",
        "id,class\n0,7\n1,2\n",  # what was guessed for each image
        "id,label\n1,frog\n2,truck\n",  # of CIFAR's images at Kaggle
        "index,char\n0,\n1,b\n",
        'index,char\n0,"a\nb"\n1,b\n',
    ],
)
def test_a_table_that_names_no_classes_is_no_class_map(text):
    with contextlib.suppress(DataError):
        for one in read(**{"a.csv": text.encode()}).found:
            assert not are_words(one)
    made = together(*read(**K49_IMAGES, **{"a.csv": text.encode()}))
    assert made.subject.classes == tuple("0123456789")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("cat.npy", "cat"),
        ("full_numpy_bitmap_cat.npy", "cat"),
        ("full_numpy_bitmap_The Eiffel Tower.npy", "The Eiffel Tower"),
        ("full%2Fnumpy_bitmap%2Faircraft%20carrier.npy", "aircraft carrier"),
        ("folder/ant.npy", "ant"),
        ("full.npy", "full"),
    ],
)
def test_a_file_is_named_after_its_class(name, called):
    assert class_of(name) == called


QUICK = {f"full_numpy_bitmap_{name}.npy": npy(TRAIN_X[k : k + 12].reshape(12, 784))
         for k, name in ((0, "cat"), (12, "dog"), (24, "ant"))}  # fmt: skip


def check_quick(made, names):
    assert isinstance(made, Offer)
    assert made.subject.classes == names
    starts = {"cat": 0, "dog": 12, "ant": 24}
    for x, y in (
        (made.images.x_train, made.images.y_train),
        (made.images.x_test, made.images.y_test),
    ):
        for image, label in zip(x, y, strict=True):
            start = starts[names[label]]
            assert image.tobytes() in {one.tobytes() for one in TRAIN_X[start : start + 12]}
    assert len(both(made.images)) == 12 * len(names)


def test_quick_draws_files_at_once_are_a_class_each():
    made = together(*read(**QUICK))
    check_quick(made, ("ant", "cat", "dog"))
    assert "Each of the 3 files is a class" in " ".join(made.notes)


def test_quick_draws_files_one_after_the_other():
    offers, token, names = Offers(), "", []
    for name, content in QUICK.items():
        waiting = offers.add(read(**{name: content}), token)
        token = waiting.token
        names.append(class_of(name))
        if len(names) == 1:
            assert "the files of others" in waiting.makes.sentence
        else:
            check_quick(waiting.makes, tuple(sorted(names)))


def test_quick_draws_files_share_the_room():
    files = [(name, io.BytesIO(content)) for name, content in QUICK.items()]
    made = together(read_upload(files, 18 * 784).found)
    assert len(both(made.images)) == 18
    assert "more than there is room for" in " ".join(made.notes)
    assert np.bincount([*made.images.y_train, *made.images.y_test]).tolist() == [6, 6, 6]


def test_images_and_tests_that_lack_their_labels_are_no_classes():
    files = {"x_train.npy": npy(TRAIN_X), "x_test.npy": npy(TRAIN_X[:12])}
    assert "Still missing: their labels" in together(*read(**files)).sentence
