"""The precise statements, set in maths, with the numbers of the moment on a second line."""

MNIST_FORMULAS = [
    "Forward, for a batch of images (a row each, pixels from 0 to 1):",
    r"$$z_1 = x W_1 + b_1, \quad a_1 = \sigma(z_1), \quad z_2 = a_1 W_2 + b_2, \quad "
    r"p_j = \frac{e^{z_{2j}}}{\sum_k e^{z_{2k}}}$$",
    "The loss, cross-entropy, averaged over the batch, and its gradient at the output:",
    r"$$L = -\frac1n \sum_i \ln p_{i,t_i}, \qquad "
    r"\frac{\partial L}{\partial z_{2,ij}} = \frac{p_{ij} - [j = t_i]}{n}$$",
    "A tile shows one column of $W_1$, laid out as the image is: blue where ink speaks for the "
    "unit, orange where against it. The strip below has its ten weights in $W_2$, digit 0 first.",
    "The recording is notebook B's recipe (50 sigmoid units, 50,000 batches of 100 drawn with "
    "replacement, learning rate 0.1) on MNIST's 60,000 training digits; "
    "`python -m runs.recording` makes it again.",
]
