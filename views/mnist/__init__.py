"""What the MNIST page can show."""
