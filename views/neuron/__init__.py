"""How one neuron learns from its errors: the views of the page One neuron."""
