"""What a neuron does with the number it hears: the views of the page Activations."""
