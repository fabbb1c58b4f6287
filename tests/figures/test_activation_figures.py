import numpy as np
import pytest

from figures.activations import activation_curves, activation_figure, saturated_spans
from nn_core import activation


def test_sigmoid_saturates_where_its_slope_is_below_a_tenth():
    (left, right) = saturated_spans(activation_curves(activation("sigmoid"), 0.0))
    # σ′(x) = 0.1 at σ = (1 ± √0.6) / 2, that is x = ± ln(σ / (1 − σ))
    edge = np.log((1 + np.sqrt(0.6)) / (1 - np.sqrt(0.6)))
    assert left == pytest.approx((-10, -edge), abs=0.03)
    assert right == pytest.approx((edge, 10), abs=0.03)


def test_identity_never_saturates_and_relu_does_below_zero():
    assert saturated_spans(activation_curves(activation("identity"), 0.0)) == []
    ((start, end),) = saturated_spans(activation_curves(activation("relu"), 0.0))
    assert (start, end) == pytest.approx((-10, 0), abs=0.02)


@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "relu"])
def test_the_figure_has_a_title_axes_with_names_and_the_exact_numbers_on_hover(name):
    figure = activation_figure(activation_curves(activation(name), 2.0))
    assert figure.layout.title.text.startswith(name)
    assert figure.layout.xaxis2.title.text == "input x"
    assert figure.layout.yaxis.title.text
    assert figure.layout.yaxis2.title.text
    assert all(t.hovertemplate or t.hoverinfo == "skip" for t in figure.data)


def test_the_shared_layout_is_not_changed_by_a_figure():
    first = activation_figure(activation_curves(activation("sigmoid"), 0.0))
    activation_figure(activation_curves(activation("relu"), 0.0))
    again = activation_figure(activation_curves(activation("sigmoid"), 0.0))
    assert first.to_json() == again.to_json()
