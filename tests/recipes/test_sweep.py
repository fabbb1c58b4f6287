"""A film of a sweep is nn_core's own training, at every moment of the shared time."""

import zlib

import numpy as np
import pytest

from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.sweep import SAMPLES, cell_film, kept, packed, times


def unpacked(tiles):
    """What the browser makes of the bytes: each frame more than the one before by what was sent."""
    frames = np.frombuffer(zlib.decompress(tiles), np.int8).reshape(-1, SAMPLES**2)
    return np.cumsum(frames, axis=0, dtype=np.int8)


def made(settings, time, last):
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data, frames=kept(time, last))
    trainer.run(steps=last)
    return cell_film(settings, data, trainer, time, last)


def test_any_frames_come_back_as_they_were():
    rng = np.random.default_rng(0)
    frames = rng.integers(-128, 128, (9, SAMPLES**2), dtype=np.int8)
    assert np.array_equal(unpacked(packed(frames)), frames)


def test_each_frame_is_what_the_network_answers_at_that_step():
    settings, time = BoundariesSettings(epochs=30), times([600])
    film = made(settings, time, 600)
    tiles, data = unpacked(film.tiles), boundaries_data(settings)
    assert len(tiles) == len(time) == len(film.losses) == len(film.right)
    again = boundaries_trainer(settings, data, frames=())
    along = data.left + (np.arange(SAMPLES) + 0.5) * (data.right - data.left) / SAMPLES
    for frame, step in enumerate(time):
        if step > again.step_count:
            again.run(steps=step - again.step_count)
        if frame % 20 and step != 600:
            continue
        for row, column in [(0, 0), (5, 17), (SAMPLES - 1, 3)]:
            x = np.array([[along[column], along[SAMPLES - 1 - row]]])
            answer = 1 / (1 + np.exp(-again.net.predict(x).item()))
            assert tiles[frame][row * SAMPLES + column] == pytest.approx(
                127 * (2 * answer - 1), abs=0.51
            )
        z = again.net.predict(data.x_train)
        assert film.right[frame] == ((z > 0) == (data.t_train == 1)).mean()


def test_a_film_with_fewer_steps_stands_still_after_its_last():
    settings, time = BoundariesSettings(epochs=10), times([200, 6000])
    film = made(settings, time, 200)
    tiles, over = unpacked(film.tiles), np.array(time) >= 200
    assert (tiles[over] == tiles[-1]).all()
    assert (film.losses[over] == film.losses[-1]).all()
    alone = made(settings, times([200]), 200)
    assert np.array_equal(unpacked(alone.tiles)[-1], tiles[-1])
    assert film.last == 200


def test_what_diverges_is_blank_from_then_on():
    settings = BoundariesSettings(
        dataset="hills", loss="squared_error", lr=30.0, activation="relu", epochs=10
    )
    time = times([200])
    with np.errstate(all="ignore"):
        film = made(settings, time, 200)
    trainer = boundaries_trainer(settings, boundaries_data(settings), frames=())
    with np.errstate(all="ignore"):
        trainer.run(steps=200)
    gone = np.array(time) >= trainer.diverged_at
    tiles = unpacked(film.tiles)
    assert film.ended == "diverged"
    assert (tiles[gone] == -128).all()
    assert np.isnan(film.losses[gone]).all()
    assert not np.isnan(film.losses[~gone]).any()
