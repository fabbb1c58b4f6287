import numpy as np

from figures.boundaries import boundary_figure, boundary_film, boundary_history, boundary_view
from figures.theme import NEGATIVE, POSITIVE
from runs.config import BoundariesConfig
from runs.trainers import xor_trainer


def trained(steps=100):
    trainer = xor_trainer(BoundariesConfig(steps=steps))
    trainer.run(steps=steps)
    return trainer


def test_a_view_is_the_networks_answer_at_every_place():
    trainer = trained()
    view = boundary_view(trainer, 100)
    W1, b1 = trainer.net.dense[0].W, trainer.net.dense[0].b
    W2, b2 = trainer.net.dense[1].W, trainer.net.dense[1].b
    row, column = 7, 31
    hidden = np.tanh(np.array([view.axis[column], view.axis[row]]) @ W1 + b1)
    expected = 1 / (1 + np.exp(-(hidden @ W2 + b2)))
    np.testing.assert_allclose(view.probability[row, column], expected.item(), rtol=1e-12)


def test_a_view_of_an_earlier_step_leaves_the_trainer_as_it_is():
    trainer = trained()
    before = trainer.net.theta.copy()
    early, late = boundary_view(trainer, 0), boundary_view(trainer, 100)
    assert not np.allclose(early.outputs, late.outputs)
    assert (trainer.net.theta == before).all()


def test_class_is_told_by_colour_and_by_shape():
    figure = boundary_figure(boundary_view(trained(), 100), boundary_history(trained().history))
    zero, one = (t for t in figure.data if (t.name or "").startswith("should be "))
    assert (zero.marker.color, one.marker.color) == (NEGATIVE, POSITIVE)
    assert zero.marker.symbol != one.marker.symbol
    assert list(zip(zero.x, zero.y, strict=True)) == [(0, 0), (1, 1)]
    assert list(zip(one.x, one.y, strict=True)) == [(0, 1), (1, 0)]


def test_the_film_has_one_frame_a_view_and_changes_only_what_moves():
    trainer = trained()
    views = [boundary_view(trainer, step) for step in (0, 1, 10, 100)]
    film = boundary_film(views, boundary_history(trainer.history))
    assert [frame.name for frame in film.frames] == ["0", "1", "10", "100"]
    for frame in film.frames:
        names = [film.data[i].name for i in frame.traces]
        assert names == ["answer", "answers", "now"] == [trace.name for trace in frame.data]
