"""MNIST: a network learns to read handwriting while you watch, and then reads yours."""

from ui.mnist.page import show_training
from views.mnist import training

show_training(training.VIEW)
