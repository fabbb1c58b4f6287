"""One neuron: one step with every number open, and many steps in a row."""

from ui.show import show_page
from views.neuron import many_steps, one_step

show_page("How does one neuron learn from its errors?", (one_step.VIEW, many_steps.VIEW))
