"""Whether images lie on their side or have their ink inverted, and what sets them right."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from datasets.crooked import crooked
from datasets.digits import Images, bundled_digits
from datasets.looks import Turn, as_it_should_be, inverted, lies
from tests.brought_files import ARRAYS, PLAIN, TRAIN_X, npz

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["mnist", "bundled"])
def upright(request):
    if request.param == "mnist":
        digits = request.getfixturevalue("mnist")
        side, ink = 28, 255
    else:
        digits, side, ink = bundled_digits(), 8, 255
    return np.rint(digits.x_train[:2000] * ink).astype(np.uint8).reshape(-1, side, side)


def test_digits_that_were_turned_look_like_it_and_upright_ones_do_not(upright):
    assert not lies(upright)
    assert lies(upright.transpose(0, 2, 1))
    assert lies(255 - upright.transpose(0, 2, 1))


def test_inverted_ink_is_found_by_the_border(mnist):
    x = np.rint(mnist.x_train[:500] * 255).astype(np.uint8).reshape(-1, 28, 28)
    assert not inverted(x)
    assert inverted(255 - x)


def test_turned_and_inverted_twice_they_are_as_they_were():
    images = Images(**ARRAYS)
    once = as_it_should_be(images, Turn.DIAGONAL, True)
    np.testing.assert_array_equal(once.x_train[3], 255 - TRAIN_X[3].T)
    again = as_it_should_be(once, Turn.DIAGONAL, True)
    assert again.digest == images.digest


@pytest.mark.parametrize(
    ("turn", "pillows"),
    [
        (Turn.LEFT, Image.Transpose.ROTATE_90),
        (Turn.RIGHT, Image.Transpose.ROTATE_270),
        (Turn.DIAGONAL, Image.Transpose.TRANSPOSE),
    ],
)
def test_a_quarter_to_either_side_is_as_pillow_turns_it(turn, pillows):
    turned = as_it_should_be(Images(**ARRAYS), turn, False)
    expected = np.array(Image.fromarray(TRAIN_X[3]).transpose(pillows))
    np.testing.assert_array_equal(turned.x_train[3], expected)
    assert as_it_should_be(Images(**ARRAYS), Turn.NOT, False).digest == Images(**ARRAYS).digest


@pytest.mark.parametrize("side", [16, 28, 32])
def test_clothes_get_no_flags_and_bars(side):
    x = np.zeros((300, side * side), np.float32)
    x[:, side * side // 2 : side * side // 2 + 5] = 1
    t = np.arange(300) % 10
    copies = crooked(x, t, np.random.default_rng(0), marks=False)
    assert copies.shape == x.shape
    ink = copies.sum(axis=1)
    assert ink[np.isin(t, (0, 1, 7))].max() < 1.2 * ink[~np.isin(t, (0, 1, 7))].max()


def told(tmp_path, **files):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-m", "datasets", *(str(tmp_path / name) for name in files)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert str(tmp_path) not in ran.stdout
    return ran.returncode, ran.stdout


def test_the_command_line_says_what_the_page_would(tmp_path):
    code, said = told(tmp_path, a=npz(**ARRAYS))
    assert code == 0
    assert "40 images of 28×28 pixels to train on, 4 of each of 10 classes, 20 to test." in said
    code, said = told(tmp_path, images=PLAIN["train-images-idx3-ubyte"])
    assert (code, "Still missing: their labels." in said) == (0, True)
    code, said = told(tmp_path, page=b"<html>no</html>")
    assert (code, "is a web page" in said) == (1, True)
    code, said = told(tmp_path, pickled=b"\x80\x04.")
    assert code == 1
    assert "import numpy, pickle" in said
