"""Weights as small pictures: where each number lies, and which units have one."""

import numpy as np

import figures.weight_tiles
from figures.weight_tiles import weight_tiles


def test_numbers_lie_row_by_row_and_the_largest_have_the_full_colour():
    W = np.arange(-5.0, 5.0).reshape(5, 2) / 5  # five inputs: a square of nine
    tiles = weight_tiles(W)
    assert (tiles.side, tiles.pictures.shape) == (3, (2, 9))
    size = np.percentile(np.abs(W), 99.5)
    np.testing.assert_array_equal(
        tiles.pictures[1, :5], np.rint(np.clip(W[:, 1] / size, -1, 1) * 127)
    )
    assert not tiles.pictures[:, 5:].any()
    assert not weight_tiles(np.zeros((4, 3))).pictures.any()


def test_of_too_many_the_largest_have_a_picture_in_their_order(monkeypatch):
    monkeypatch.setattr(figures.weight_tiles, "MOST_BYTES", 9)
    W = np.ones((4, 4)) * [3, 1, 0.5, 2]
    tiles = weight_tiles(W)
    assert tiles.places == {0: 0, 3: 1}
    assert weight_tiles(W, np.array([2, 0])).places == {2: 0, 0: 1}
