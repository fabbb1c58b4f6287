"""The curves and their slopes, each number against the formula restated."""

import numpy as np
import pytest

from figures.theme import for_presenter
from nn_core import ELU, LeakyReLU, activation
from views.activations.curve import activation_curves, caption, picture, saturated_spans


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
    figure = picture([activation_curves(activation(name), 2.0)])
    assert figure.layout.title.text.startswith(name)
    assert figure.layout.xaxis2.title.text == "input x"
    assert figure.layout.yaxis.title.text
    assert figure.layout.yaxis2.title.text
    assert all(t.hovertemplate or t.hoverinfo == "skip" for t in figure.data)


def test_the_shared_layout_is_not_changed_by_a_figure():
    first = picture([activation_curves(activation("sigmoid"), 0.0)])
    picture([activation_curves(activation("relu"), 0.0)])
    again = picture([activation_curves(activation("sigmoid"), 0.0)])
    assert first.to_json() == again.to_json()


@pytest.mark.parametrize(
    ("function", "left", "right", "taken"),
    [(activation("relu"), "0", "1", "0"), (LeakyReLU(0.2), "0.2", "1", "0.2"),
     (ELU(2.5), "2.5", "1", None)],
)  # fmt: skip
def test_at_a_corner_both_slopes_are_said_and_what_learning_takes(function, left, right, taken):
    curves = activation_curves(function, 0.0)
    said = caption([curves])
    assert f"a corner: its slope is {left} on the left and {right} on the right" in said
    assert said.endswith(f"learning takes it as {taken or f'{curves.probe_slope:g}'}.")
    assert "changes nothing" not in said
    beside = caption([activation_curves(function, -0.1)])
    assert "corner" not in beside


def test_a_jump_is_called_one_and_a_smooth_curve_has_no_corner():
    assert "Here the curve jumps" in caption([activation_curves(activation("step"), 0.0)])
    for function in (*map(activation, ("sigmoid", "tanh", "elu", "gelu")), LeakyReLU(1.0)):
        for x in (-1.0, 0.0, 10.0):
            assert "Here the curve" not in caption([activation_curves(function, x)])


def test_slope_and_alpha_shape_their_functions():
    leaky, elu = (
        activation_curves(LeakyReLU(0.3), -2.0),
        activation_curves(ELU(2.5), -2.0),
    )
    assert (leaky.probe_f, leaky.probe_slope) == pytest.approx((-0.6, 0.3))
    assert elu.probe_f == pytest.approx(2.5 * np.expm1(-2))
    assert elu.probe_slope == pytest.approx(2.5 * np.exp(-2))


def test_three_curves_are_named_at_their_ends_apart_from_each_other():
    figure = picture([activation_curves(activation(n), 1.0) for n in ("relu", "sigmoid", "tanh")])
    names = [a.text for a in figure.layout.annotations]
    assert names == ["relu", "sigmoid", "tanh", "relu′", "sigmoid′", "tanh′"]
    assert len({trace.name for trace in figure.data}) == len(figure.data) == 15
    big = for_presenter(figure)
    upper = sorted(a.y for a in big.layout.annotations if a.yref == "y")
    assert (np.diff(upper) > 2 * 0.09 * 6.5).all()


def test_a_slope_of_exactly_zero_is_not_called_nearly_flat():
    assert "exactly 0" in caption([activation_curves(activation("relu"), -1.0)])
    assert "saturated" in caption([activation_curves(activation("tanh"), 4.0)])


def test_the_steepest_of_several_is_named():
    several = [activation_curves(activation(name), 0.0) for name in ("sigmoid", "tanh")]
    said = caption(several)
    assert "here tanh lets more of an error back through than the other" in said
    assert "most" not in said  # a slope may be the largest and still small


@pytest.mark.parametrize(
    ("names", "x", "said"),
    [
        (("relu", "leaky_relu", "sigmoid"), 1.0, "relu and leaky_relu let more"),
        (("relu", "identity"), 1.0, "all let the same share"),
        (("relu", "step"), -1.0, "no error gets back"),
    ],
)
def test_those_that_are_equally_steep_are_said_to_be(names, x, said):
    assert said in caption([activation_curves(activation(name), x) for name in names])
