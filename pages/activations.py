"""Activations: a curve, how steep it is, and what that means for learning."""

from figures.activations import activation_curves, activation_figure
from nn_core import ACTIVATIONS
from runs.config import ActivationsConfig
from ui.captions import activation_caption
from ui.chart import draw
from ui.controls import control, read
from ui.explain import explain, link_to
from ui.formulas import activation_formulas
from ui.page import open_page

frame = open_page("What does a neuron do with the number it hears?")

with frame.controls:
    control(ActivationsConfig, "function")
    control(ActivationsConfig, "x")
config = read(ActivationsConfig)

curves = activation_curves(config.function, config.x)
draw(activation_figure(curves), key="activations_curves")
explain(
    activation_caption(curves),
    activation_formulas(curves),
    [ACTIVATIONS[config.function], activation_curves],
    link_to(config),
)
