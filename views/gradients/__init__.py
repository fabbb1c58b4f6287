"""How a network learns from an error: the views of the page Gradients."""
