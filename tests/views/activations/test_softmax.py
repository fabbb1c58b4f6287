"""Softmax and its Jacobian against SciPy's."""

import numpy as np
import pytest
from scipy import special

from tests.words import numbers_in
from views.activations.softmax import caption, picture, softmax


@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("z", [[2.0, 1, 0, -1], [100.0, -100], [0.0] * 8])
def test_softmax_and_its_jacobian(z, temperature):
    seen, h = softmax(z, temperature), 1e-6
    np.testing.assert_allclose(seen.p, special.softmax(np.array(z) / temperature), atol=1e-15)
    for j in range(len(z)):
        nudge = h * np.eye(len(z))[j]
        above = special.softmax((np.array(z) + nudge) / temperature)
        below = special.softmax((np.array(z) - nudge) / temperature)
        np.testing.assert_allclose(seen.jacobian[:, j], (above - below) / (2 * h), atol=1e-8)
    heat = picture(seen).data[1]
    assert heat.zmin == -heat.zmax
    assert (np.abs(heat.z) <= heat.zmax * (1 + 1e-12)).all()


def test_a_cell_that_says_nearly_0_is_nearly_colourless():
    heat = picture(softmax([2.0, 1, 0, -1], 0.1)).data[1]
    shares = special.softmax([20.0, 10, 0, -10])
    assert shares[0] * (1 - shares[0]) / 0.1 < 5e-4  # so all cells say ≈ 0
    assert {text for row in heat.text for text in row} == {"≈ 0"}
    assert np.abs(heat.z).max() < 0.01 * heat.zmax


@pytest.mark.parametrize("z", [[2.0, 1, 0], [1.0, 1.0], [-5.0, 5.0]])
def test_what_softmax_claims_is_so(z):
    seen = softmax(z, 1.0)
    np.testing.assert_allclose(seen.jacobian.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(seen.jacobian.sum(axis=1), 0, atol=1e-12)
    said = caption(seen)
    assert ("one of several that lead" in said) == (len(set(z)) == 1)
    share = numbers_in(said)[1]  # after the class's
    assert share == pytest.approx(100 * seen.p.max(), abs=0.05)
    assert share < 100
