"""Batches against backward passes of their own, and in words."""

import numpy as np
import pytest

from recipes.clouds import LOSS
from views.gradients.batch_noise import (
    DRAWS,
    SIZES,
    Noise,
    Numbers,
    Settings,
    batch_noise,
    caption,
    medians_of,
    numbers,
    one_moment,
    picture,
    try_this,
)


@pytest.fixture(scope="module")
def moment():
    return one_moment("sigmoid", 100, 0)


def test_angle_and_length_of_batches_are_those_of_their_backward_passes(moment):
    net, x, t = moment
    noise = batch_noise(net, x, t, seed=3)

    def gradient(rows):
        trace = net.forward(x[rows])
        net.backward(trace, LOSS.grad(trace[-1], t[rows]))
        return net.grad.copy()

    full = gradient(slice(None))
    assert noise.full == pytest.approx(np.linalg.norm(full))
    order = np.argsort(np.random.default_rng(3).random((DRAWS, len(x))), axis=1)
    for row, size in enumerate(SIZES):
        g = gradient(order[7, :size])
        cosine = g @ full / np.linalg.norm(g) / np.linalg.norm(full)
        degrees = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        assert noise.angle[row, 7] == pytest.approx(degrees, abs=1e-5)
        assert noise.length[row, 7] == pytest.approx(np.linalg.norm(g) / np.linalg.norm(full))


def test_a_batch_of_all_points_is_the_gradient_itself(moment):
    noise = batch_noise(*moment, seed=0)
    assert (noise.angle[-1] == 0).all()
    np.testing.assert_allclose(noise.length[-1], 1)


def test_arrows_have_the_true_angle_and_tell_their_length(moment):
    noise = batch_noise(*moment, seed=0)
    tips = next(t for t in picture(Numbers(20, noise)).data if t.name == "tips")
    at = SIZES.index(20)
    np.testing.assert_allclose(np.hypot(tips.x, tips.y), 1)
    np.testing.assert_array_equal(tips.customdata[:, 1], noise.length[at])
    np.testing.assert_allclose(
        np.degrees(np.arctan2(np.abs(tips.y), tips.x)), noise.angle[at], atol=1e-9
    )


def test_medians_leave_out_what_has_no_angle():
    np.testing.assert_allclose(medians_of(np.array([[1.0, np.nan, 3], [np.nan] * 3])), [2, np.nan])


def noise(full, angle, batch=50):
    shape = (len(SIZES), 4)
    angles, lengths = np.full(shape, angle), np.full(shape, 2.0)
    return Numbers(batch, Noise(np.array(SIZES), angles, lengths, np.ones(shape), full, 200))


def test_the_batch_caption_says_angle_and_length():
    said = caption(noise(0.3, 100.0, batch=10))
    assert "a batch of **10** is **100°** off that of all 200 points and **2** times" in said
    assert "4 of 4 of these batches would step uphill" in said
    assert "one *batch*, 10 of the 200 points," in said
    assert "grey is uphill, more than 90° off" in said


def test_on_a_projector_it_is_two_sentences():
    said = caption(noise(0.3, 100.0, batch=10), True)
    assert said.endswith(
        "A batch of **10** is **100°** off (median); 4 of 4 of these batches would step uphill."
    )


def test_heads_of_arrows_point_where_their_lines_go(moment):
    """Plotly turns a mark clockwise from upright."""
    figure = picture(Numbers(5, batch_noise(*moment, seed=0)))
    tips = next(t for t in figure.data if t.name == "tips")
    turned = np.radians(tips.marker.angle)
    np.testing.assert_allclose(np.sin(turned), tips.x, atol=1e-12)
    np.testing.assert_allclose(np.cos(turned), tips.y, atol=1e-12)


def test_a_batch_of_everything_is_no_sample():
    said = caption(noise(0.3, 0.0, batch=200))
    assert said.startswith("A batch of **all 200** points is no draw")
    assert "batches" not in said


def test_a_gradient_of_zero_is_a_sentence():
    assert "exactly 0" in caption(noise(0.0, np.nan))
    assert "no angle" in caption(noise(0.3, np.nan))


def test_the_settings_choose_the_moment_the_draws_and_the_size_that_stands_out(moment):
    shown, noise = numbers(Settings(batch=5, seed=0)), batch_noise(*moment, seed=0)
    assert shown.batch == 5
    assert shown.at == 2
    np.testing.assert_array_equal(shown.noise.angle, noise.angle)


def test_rounding_is_not_taken_for_a_gradient():
    """Without a bend the network comes to its best, where all points together pull nowhere."""
    settled = numbers(Settings(activation="identity", trained=300))
    assert settled.noise.full < 1e-12
    said = caption(settled)
    assert "0 here but for rounding" in said
    assert "times as long" not in said
    assert "times as long" in caption(numbers(Settings(activation="tanh", trained=300)))
    assert "°" not in try_this(Settings(activation="identity", trained=300), settled).why
