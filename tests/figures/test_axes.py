"""Log axes and their ticks."""

import numpy as np
import pytest

from figures.axes import log_axis, tick_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.05, "0.05"), (20.0, "20"), (1e-6, "10⁻⁶"), (2e5, "2·10⁵")],
)
def test_ticks_are_written_out(value, text):
    assert tick_text(value) == text


@pytest.mark.parametrize("values", [[], [0.0, np.nan, np.inf], [1.0], [1e-300, 1e307]])
def test_a_log_axis_survives_any_values(values):
    axis = log_axis(np.array(values), "loss")
    assert np.isfinite(axis["range"]).all()
    assert np.isfinite(axis["tickvals"]).all()
    assert len(axis["tickvals"]) < 20


@pytest.mark.parametrize("seed", range(40))
def test_two_ticks_are_within_a_log_axis_however_little_changes(seed):
    rng = np.random.default_rng(seed)
    middle, apart = 10.0 ** rng.uniform(-6, 6), 10.0 ** rng.uniform(-6, 3)
    values = middle * np.array([1, 1 + apart])
    axis = log_axis(values, "loss")
    (low, high), logs = axis["range"], np.log10(axis["tickvals"])
    assert ((low - 1e-9 <= logs) & (logs <= high + 1e-9)).sum() >= 2
    assert low <= np.log10(values[0]) < np.log10(values[1]) <= high
