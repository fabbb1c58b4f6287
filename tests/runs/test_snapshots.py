import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from runs.snapshots import layer_ends, restored, snapshot

SIZES = [3, 4, 2]
ENDS = [(0, 16), (16, 26)]  # (3 + 1) · 4, then (4 + 1) · 2


def test_layers_lie_one_after_the_other_weights_and_biases_together():
    assert layer_ends(SIZES) == ENDS
    assert layer_ends([784, 50, 10]) == [(0, 39_250), (39_250, 39_760)]  # as notebook B counts


# What training can hold: no network has a layer as small as 2⁻¹⁰⁰.
NUMBERS = st.floats(-(2.0**100), 2.0**100, width=32).filter(lambda x: x == 0 or abs(x) > 2**-100)


@settings(max_examples=60)
@given(arrays(np.float32, 26, elements=NUMBERS))
def test_what_comes_back_is_off_by_at_most_half_a_step_of_its_layer(theta):
    moment = snapshot(7, theta, SIZES)
    back = restored(moment, SIZES)
    assert (moment.step, moment.bytes.dtype, back.dtype) == (7, np.int8, np.float32)
    for (a, b), scale in zip(ENDS, moment.scales, strict=True):
        assert scale == abs(theta[a:b]).max()
        off = abs(back[a:b].astype(float) - theta[a:b])
        assert off.max() <= float(scale) / 127 * (0.5 + 1e-4)


def test_the_largest_of_a_layer_and_zero_come_back_as_they_are():
    theta = np.zeros(26, np.float32)
    theta[[3, 20]] = -2.5, 0.125
    np.testing.assert_array_equal(restored(snapshot(0, theta, SIZES), SIZES), theta)


def test_a_layer_of_zeros_stays_zero_beside_one_that_is_not():
    theta = np.r_[np.zeros(16), np.linspace(-1, 1, 10)].astype(np.float32)
    moment = snapshot(0, theta, SIZES)
    assert moment.scales.tolist() == [0, 1]
    back = restored(moment, SIZES)
    assert not back[:16].any()
    np.testing.assert_allclose(back[16:], theta[16:], atol=0.5 / 127 + 1e-6)


@pytest.mark.parametrize("lost", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_becomes_zero_and_spoils_nothing_else(lost):
    theta = np.linspace(-1, 1, 26, dtype=np.float32)
    theta[5] = lost
    back = restored(snapshot(0, theta, SIZES), SIZES)
    assert back[5] == 0
    np.testing.assert_allclose(np.delete(back, 5), np.delete(theta, 5), atol=0.5 / 127 + 1e-6)
    assert not restored(snapshot(0, np.full(26, lost, np.float32), SIZES), SIZES).any()
