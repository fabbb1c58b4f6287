"""Activations: a curve, how steep it is, and what that means for learning."""

from ui.show import show_page
from views.activations import curve, in_and_out, learning, softmax

show_page(
    "What does a neuron do with the number it hears?",
    (curve.VIEW, learning.VIEW, in_and_out.VIEW, softmax.VIEW),
)
