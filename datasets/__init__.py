"""What networks are trained on: XOR, MNIST, and the digits that scikit-learn ships."""
