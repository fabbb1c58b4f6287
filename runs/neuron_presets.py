"""Settings of One neuron worth showing: each has a name, and makes a point in a sentence."""

from typing import NamedTuple

from runs.neuron_config import NeuronConfig


class NeuronPreset(NamedTuple):
    """Settings, and what they show."""

    config: NeuronConfig
    point: str


NEURON_PRESETS = {
    "Notebook A": NeuronPreset(NeuronConfig(), ""),
    "Its 1,000 steps": NeuronPreset(
        NeuronConfig(view="many steps"),
        "The notebook draws new weights for this run, so it starts elsewhere than its one step.",
    ),
    "XOR": NeuronPreset(NeuronConfig(view="many steps", table="XOR", lr=1.0), ""),
    "Saturated": NeuronPreset(
        NeuronConfig(weights="-12, 0, 6, 0", step=7),
        "Every answer is as wrong as can be, and every sample sits where the sigmoid is flat.",
    ),
    "Too large a step": NeuronPreset(
        NeuronConfig(lr=100.0),
        "The gradient is right only near the weights it was taken at, and this step goes far.",
    ),
}
