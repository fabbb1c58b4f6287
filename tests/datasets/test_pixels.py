"""Pixels of any numbers: from -1 to 1, in colour, and whatever cannot be told."""

import io

import numpy as np
import pytest
from PIL import Image

from datasets.idx import DataError
from datasets.pixels import Pixels
from datasets.together import together
from datasets.upload import read_upload
from tests.brought_files import BAD, TRAIN_X, TRAIN_Y, npz


def offer(**arrays):
    return together(read_upload([("a.npz", io.BytesIO(npz(**arrays)))]).found)


def test_from_minus_1_to_1_is_read_and_said():
    made = offer(x_train=TRAIN_X / 127.5 - 1, y_train=TRAIN_Y)
    assert "-1 is read as black, 1 as white" in " ".join(made.notes)


@pytest.mark.parametrize("first", [[0.0, 1.0], [0.25, 1.0]])
def test_what_was_read_before_the_first_negative_number_is_brought_along(first):
    pixels = Pixels("x")
    pixels.add(np.array(first))
    pixels.add(np.array([-1.0, 0.5]))
    np.testing.assert_allclose(
        pixels.whole(2).ravel(), 127.5 * (np.array([*first, -1, 0.5]) + 1), atol=1
    )


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("kind", ["bytes", "0 to 1"])
def test_colours_are_made_grey_as_pillow_does_it(place, kind):
    x = np.random.default_rng(0).integers(0, 256, (40, 32, 32, 3), np.uint8)
    grey = np.stack([np.array(Image.fromarray(image).convert("L")) for image in x])
    given = x.transpose(0, 3, 1, 2) if place == "first" else x
    made = offer(x_train=given / 255 if kind == "0 to 1" else given, y_train=TRAIN_Y)
    assert "is in colour, and made grey" in " ".join(made.notes)
    ours = {image.tobytes(): image for image in made.images.x_train}
    near = [min(abs(image.astype(int) - one).max() for one in grey) for image in ours.values()]
    assert max(near) <= 1


def refused(name):
    with pytest.raises(DataError) as error:
        together(read_upload((n, io.BytesIO(c)) for n, c in BAD[name][0].items()).found)
    return error.value


@pytest.mark.parametrize(
    ("name", "x"),
    [
        ("normalised by their mean", TRAIN_X / 255 - 0.5),
        ("pixels of 65,535", TRAIN_X.astype(int) * 257),
        ("bytes with a sign", TRAIN_X.astype("i1")),
        ("NaN in images", np.where(TRAIN_X == 7, np.nan, TRAIN_X)),
        ("transparent", np.repeat(TRAIN_X[..., None], 4, -1)),
        ("colours in a row", np.repeat(TRAIN_X[..., None], 3, -1).reshape(40, -1)),
        ("not square", TRAIN_X[:, :20]),
        ("too large", np.tile(TRAIN_X, (1, 3, 3))),
    ],
)
def test_the_lines_that_put_images_right_do(name, x):
    code, names = refused(name).code, {"x": x}
    if name == "colours in a row":
        code = code.replace("3, 32, 32", "3, 28, 28").replace("32, 32, 3", "28, 28, 3")
        code = code.splitlines()[1]
    exec(code, names)
    made = offer(x=names["x"], y=TRAIN_Y)
    assert len(made.images.x_train) + len(made.images.x_test) == len(TRAIN_Y)
    assert made.subject.side == 28


LARGE = np.tile(TRAIN_X, (1, 4, 4))  # 112×112 pixels
GREY_OF_LARGE = {
    "bytes": LARGE,
    "bytes with a channel": LARGE[..., np.newaxis],
    "a channel first": LARGE[:, np.newaxis] / 255,
    "floats": (LARGE / 255).astype("f4"),
    "from -1 to 1": LARGE / 127.5 - 1,
    "whole numbers": LARGE.astype(int),
    "colours last": np.repeat(LARGE[..., np.newaxis], 3, -1),
    "colours first": np.repeat(LARGE[:, np.newaxis], 3, 1),
    "float colours last": np.repeat(LARGE[..., np.newaxis] / 255, 3, -1),
    "float colours first": np.repeat(LARGE[:, np.newaxis] / 255, 3, 1).astype("f4"),
    "black and white": LARGE > 127,
}


@pytest.mark.parametrize("kind", GREY_OF_LARGE)
def test_the_lines_that_make_images_small_do_whatever_the_array_is_like(kind):
    x = GREY_OF_LARGE[kind]
    with pytest.raises(DataError) as error:
        offer(x=x, y=TRAIN_Y)
    assert "112×112 pixels" in str(error.value)
    names = {"x": x}
    exec(error.value.code, names)
    made = offer(x=names["x"], y=TRAIN_Y).images
    whole = (LARGE > 127) * np.uint8(255) if kind == "black and white" else LARGE
    own = [Image.fromarray(image).resize((28, 28), Image.Resampling.BICUBIC) for image in whole]
    expected = np.sort([np.asarray(image, int).sum() for image in own])
    sums = np.sort(np.concatenate([made.x_train, made.x_test]).sum(axis=(1, 2), dtype=int))
    np.testing.assert_allclose(sums, expected, atol=28 * 28)  # a step of rounding a pixel
