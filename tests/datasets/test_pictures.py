"""Pictures, a file each, in folders named after their classes."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image, ImageOps

from datasets.idx import DataError
from datasets.kinds import FileKind, kind_of
from datasets.pictures import Pictures
from datasets.together import Offer, together
from datasets.upload import read_upload
from tests.brought_files import PLAIN, TEST_X, TEST_Y, TRAIN_X, TRAIN_Y, tarred, zipped


def picture(x, kind="PNG", **options):
    file = io.BytesIO()
    image = x if isinstance(x, Image.Image) else Image.fromarray(x)
    image.save(file, kind, **options)
    return file.getvalue()


def made(files) -> Offer:
    upload = read_upload((name, io.BytesIO(content)) for name, content in files.items())
    offer = together(upload.found, upload.left_out)
    assert isinstance(offer, Offer), offer
    return offer


def folders(x=TRAIN_X, y=TRAIN_Y, form="{}/{:02}.png", **options):
    return {form.format(label, k): picture(one, **options) for k, (one, label) in
            enumerate(zip(x, y, strict=True))}  # fmt: skip


def both(images):
    return np.concatenate([images.x_train, images.x_test])


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF"])
def test_a_folder_is_a_class(pack, kind):
    offer = made({"a": pack(folders(kind=kind))})
    assert offer.subject.classes == tuple("0123456789")
    labels = {x.tobytes(): y for x, y in zip(TRAIN_X, TRAIN_Y, strict=True)}
    images = offer.images
    for x, y in ((images.x_train, images.y_train), (images.x_test, images.y_test)):
        assert [labels[one.tobytes()] for one in x] == y.tolist()
    assert len(both(images)) == 40
    assert offer.notes[0].startswith("Each folder of pictures is a class")
    assert "colour" not in " ".join(offer.notes)
    assert "brought to" not in " ".join(offer.notes)


def test_a_jpeg_is_read_as_pillow_reads_it():
    x = np.kron(TRAIN_X[:, ::7, ::7], np.ones((7, 7), np.uint8))
    files = folders(x, form="{}/{:02}.JPG", kind="JPEG", quality=95)
    held = {np.asarray(Image.open(io.BytesIO(one))).tobytes() for one in files.values()}
    assert {one.tobytes() for one in both(made({"a.zip": zipped(files)}).images)} == held


def test_parts_stay_apart_and_what_a_system_leaves_is_left_out():
    files = folders(form="shapes/training/{}/{:02}.png")
    files |= folders(TEST_X, TEST_Y, "shapes/testing/{}/{:02}.png")
    left = {
        "__MACOSX/shapes/3/._1.png": b"\0\5",
        "shapes/.DS_Store": b"\0",
        "Thumbs.db": b"\xd0\xcf",
    }
    images = made({"a.zip": zipped(files | left)}).images
    np.testing.assert_array_equal(images.x_train, TRAIN_X)
    np.testing.assert_array_equal(images.y_test, TEST_Y)


def test_words_and_windows_folders_are_classes_too():
    files = {
        f"my signs\\{['stop', 'Größe', '10'][k % 3]}\\{k}.png": picture(x)
        for k, x in enumerate(TRAIN_X)
    }
    assert made({"a.zip": zipped(files)}).subject.classes == ("10", "Größe", "stop")


def test_numbers_are_in_their_order():
    files = folders(y=np.array([9, 10, 61, 2] * 10))
    assert made({"a.zip": zipped(files)}).subject.classes == ("2", "9", "10", "61")


SQUARE = np.zeros((40, 60), np.uint8)
SQUARE[10:30, 20:40] = 200


@pytest.mark.parametrize("paper", [0, 255])
def test_other_sizes_become_squares_and_lose_nothing(paper):
    """Wider than high: what is added goes on as the picture's edge."""
    x = SQUARE if paper == 0 else 255 - SQUARE
    offer = made({"a.zip": zipped({f"{'ab'[k % 2]}/{k}.png": picture(x) for k in range(20)})})
    one = offer.images.x_train[0]
    assert one.shape == (28, 28)
    np.testing.assert_array_equal(one[[0, -1]], paper)
    ink = np.abs(one.astype(int) - paper)
    assert ink.max() > 190
    share = (SQUARE / 200).mean() * 40 / 60  # of the square that it was made
    assert ink.mean() / 200 == pytest.approx(share, rel=0.05)
    assert "Pictures of another size were brought to 28×28 pixels" in " ".join(offer.notes)


def test_small_squares_keep_their_size():
    x = TRAIN_X[:, :16, :16]
    offer = made({"a.zip": zipped(folders(x))})
    assert offer.subject.side == 16
    assert {one.tobytes() for one in both(offer.images)} == {one.tobytes() for one in x}


def test_colour_is_made_grey_and_that_is_said():
    colours = np.random.default_rng(1).integers(0, 256, (40, 28, 28, 3), np.uint8)
    grey = {np.asarray(Image.fromarray(x).convert("L")).tobytes() for x in colours}
    offer = made({"a.zip": zipped(folders(colours))})
    assert {one.tobytes() for one in both(offer.images)} == grey
    assert "Pictures in colour were made grey." in offer.notes
    plain = made({"a.zip": zipped(folders(np.repeat(TRAIN_X[..., None], 3, -1)))})
    assert "Pictures in colour were made grey." not in plain.notes


def test_what_is_transparent_shows_white_paper():
    """Drawing programs save black ink on nothing."""
    ink = np.zeros((40, 28, 28, 4), np.uint8)
    ink[..., 3] = TRAIN_X
    offer = made({"a.zip": zipped(folders(ink))})
    assert {one.tobytes() for one in both(offer.images)} == {(255 - x).tobytes() for x in TRAIN_X}


def test_sixteen_bits_are_brought_to_eight():
    files = folders(TRAIN_X.astype(np.uint16) * 257)
    offer = made({"a.zip": zipped(files)})
    assert {one.tobytes() for one in both(offer.images)} == {one.tobytes() for one in TRAIN_X}


def test_a_photograph_stands_as_its_camera_was_held():
    upright = Image.fromarray(np.kron(TRAIN_X[0], np.ones((9, 6), np.uint8)))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right to be seen
    lying = picture(upright.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=exif)
    files = {f"{'ab'[k % 2]}/{k}.jpg": lying for k in range(20)}
    seen = made({"a.zip": zipped(files)}).images.x_train[0]
    expected = np.asarray(ImageOps.pad(upright, (28, 28))).astype(int)
    assert np.abs(seen[:, 6:-6].astype(int) - expected[:, 6:-6]).mean() < 12


def test_pictures_beside_a_set_are_left_out_and_that_is_said():
    offer = made(
        {"a.zip": zipped(PLAIN | {"docs/1.png": picture(TEST_X[0]), "docs/2.png": b"\x89PNG"})}
    )
    np.testing.assert_array_equal(offer.images.x_train, TRAIN_X)
    assert "Left out, for it is of no use here: 2 pictures." in offer.notes


def endless():
    """A picture that says it is 60,000 pixels wide and high, its head whole."""
    one = picture(TRAIN_X[0])
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + one[24:29]
    return one[:12] + head + zlib.crc32(head).to_bytes(4, "big") + one[33:]


PACKED = "packed as one .zip"
GOOD = folders()
WRONG = {
    "alone": ({"IMG_1.png": picture(TRAIN_X[0])}, "IMG_1.png: is a picture in no folder", PACKED),
    "two alone": ({f"{k}.png": picture(TRAIN_X[k]) for k in range(2)}, "0.png: is a picture in no"),
    "no folders in a zip": (
        {"a.zip": zipped({f"{k}.png": picture(TRAIN_X[k]) for k in range(2)})},
        "a.zip: has pictures in no folder that would name a class", PACKED),
    "one folder": (
        {"a.zip": zipped({f"my/{k}.png": picture(TRAIN_X[k]) for k in range(12)})},
        "The 12 pictures all lie in my: expected a folder for each class", PACKED),
    "parts alone": (
        {"a.zip": zipped({f"{p}/{k}.png": picture(TRAIN_X[k]) for p in ("train", "test")
                          for k in range(12)})},
        "The 24 pictures all lie in test and train: expected a folder", PACKED),
    "cut short": ({"a.zip": zipped(GOOD | {"3/z.png": picture(np.tile(TRAIN_X[0], (9, 9)))[:999]})},
                  "3/z.png: is a picture that is cut short or damaged, so leave it out"),
    "no picture": ({"a.zip": zipped(GOOD | {"3/z.png": b"\x89PNG\r\n\x1a\n" + bytes(40)})},
                   "3/z.png: is a picture that is cut short"),
    "a JPEG that is none": ({"a.zip": zipped(GOOD | {"3/z.jpg": b"\xff\xd8\xff\xe0 hello"})},
                            "3/z.jpg: is a picture that is cut short"),
    "endless": ({"a.zip": zipped(GOOD | {"3/z.png": endless()})},
                "3/z.png: is a picture of 60,000×60,000 pixels: expected at most 50 million"),
    "too few": ({"a.zip": zipped({f"{'ab'[k]}/{k}.png": picture(TRAIN_X[k]) for k in range(2)})},
                "the pictures: has 2 images to train on"),
}  # fmt: skip


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(("files", "said"), [(f, s) for f, *s in WRONG.values()], ids=WRONG)
def test_what_is_wrong_is_named_in_one_sentence(files, said, refusal):
    sentence = refusal(made, files)
    assert all(words in sentence for words in said)


def test_more_pictures_than_there_is_room_for_are_refused(monkeypatch, refusal):
    pictures = Pictures(most=3 * 784)
    for k in range(3):
        pictures.add(f"{k}/a.png", picture(TRAIN_X[k]))
    with pytest.raises(DataError, match="more than 3 pictures"):
        pictures.add("3/a.png", picture(TRAIN_X[3]))
    monkeypatch.setattr("datasets.archives.MOST_PICTURES", 39)
    for pack in (zipped, tarred):
        assert "more than 39 pictures" in refusal(made, {"a": pack(GOOD)})


def test_many_files_of_another_kind_are_refused(refusal):
    files = {f"{k}.txt": b"x" for k in range(1010)}
    for pack in (zipped, tarred):
        assert "more than 1,000 files in it that are no pictures" in refusal(
            made, {"a": pack(files)}
        )


def test_pictures_that_nobody_can_wait_for_are_refused_before_they_are_looked_at(monkeypatch):
    monkeypatch.setattr("datasets.pictures.MOST_LOOKED_AT", 3 * 784)
    pictures = Pictures(most=10**6)
    for k in range(3):
        pictures.add(f"{k}/a.png", picture(TRAIN_X[k]))
    with pytest.raises(DataError, match="million pixels together: make them smaller"):
        pictures.add("3/a.png", picture(TRAIN_X[3]))


def test_one_file_of_too_many_bytes_is_refused(monkeypatch, refusal):
    monkeypatch.setattr("datasets.pictures.LARGEST_FILE", 10_000)
    large = picture(np.random.default_rng(1).integers(0, 256, (200, 200), dtype=np.uint8))
    assert len(large) > 10_000
    files = {"a.zip": zipped(GOOD | {"3/z.png": large})}
    assert "3/z.png: is a picture of" in refusal(made, files)


@pytest.mark.parametrize("label", ["a" * 101, "1" * 5000])
def test_a_class_has_no_endless_name(label, refusal):
    files = {"a.zip": zipped(GOOD | {f"{label}/z.png": picture(TRAIN_X[0])})}
    assert "a folder whose name has more than 100 letters" in refusal(made, files)


def test_damaged_pictures_alone_are_not_said_to_be_nothing(refusal):
    files = {"a.zip": zipped({f"{k}/0.png": b"\x89PNG" for k in "ab"})}
    assert "a/0.png: is a picture that is cut short or damaged" in refusal(made, files)


def test_arrays_by_the_name_of_pictures_are_no_more_than_may_come_together(monkeypatch, refusal):
    monkeypatch.setattr("datasets.room.MOST_FOUND", 5)
    arrays = {f"{k}.png": written_array(TRAIN_X[k : k + 1]) for k in range(6)}
    assert "more than 5 arrays and tables" in refusal(made, {"a.zip": zipped(arrays)})


def written_array(x):
    file = io.BytesIO()
    np.save(file, x)
    return file.getvalue()


def test_a_table_that_begins_as_a_bitmap_does_is_a_table():
    head = b"BMI,age,label\n"
    assert kind_of("a.csv", head + b"20.1,30,1\n") == FileKind.TEXT
    assert kind_of("a.bmp", picture(TRAIN_X[0], "BMP")) == FileKind.PICTURE
