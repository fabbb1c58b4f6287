"""MNIST: a network learns to read handwriting while you watch, and then reads yours."""

from ui.mnist.page import show_mnist
from views.mnist import before_after, gradients, mistakes, one_image, space, training, units

show_mnist(
    (
        training.VIEW,
        mistakes.VIEW,
        one_image.VIEW,
        units.VIEW,
        gradients.VIEW,
        space.VIEW,
        before_after.VIEW,
    )
)
