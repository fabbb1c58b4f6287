"""One neuron: notebook A, one step at a time, every number open."""

from datasets.neuron import neuron_table
from figures.neuron import neuron_walk
from runs.neuron import one_step, starting_theta
from runs.neuron_config import NeuronConfig
from ui.controls import control, read
from ui.page import open_page
from ui.walk import show_walk

frame = open_page("How does one neuron learn from its errors?")
with frame.controls:
    for name in NeuronConfig.settings():
        control(NeuronConfig, name)
config = read(NeuronConfig)
x, t = neuron_table(config.table)
step = one_step(x, t, starting_theta(config), config.lr)
show_walk(neuron_walk(step), key="neuron_walk", step=config.step)
