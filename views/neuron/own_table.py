"""The box in which a reader writes samples of their own, in both views of One neuron."""

from recipes.neuron import NeuronSettings
from recipes.neuron_table import usual_text
from views.view import Written

OWN_TABLE: Written[NeuronSettings] = Written(
    label="Your own samples: x₁ x₂ x₃ t, one a line",
    help="One sample a line: its three inputs, then its target, from 0 to 1. At most 8 lines.",
    subject=lambda settings: settings.table,
    usual=usual_text,
    restore="Back to the usual table",
)
