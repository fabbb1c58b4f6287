"""Settings worth showing: each has a name, and makes a point that it says in a sentence."""

from typing import NamedTuple

from runs.config import BoundariesConfig, Config, MnistConfig


class Preset(NamedTuple):
    """Settings, and what they show."""

    config: Config
    point: str


BOUNDARIES_PRESETS = {
    "One neuron cannot": Preset(
        BoundariesConfig(layers=0, epochs=300),
        "One neuron can only cut the plane with one straight line, and none parts these points: "
        "wherever it lies, many stay wrong.",
    ),
    "Two can, sometimes": Preset(
        BoundariesConfig(
            dataset="four points",
            layers=1,
            hidden=2,
            activation="sigmoid",
            init="notebook_c",
            lr=0.1,
            epochs=150_000,
        ),
        "Two hidden units can do XOR, but not from every start: this one, notebook C's, ends on a "
        "*plateau*, so flat that no step leads far.",
    ),
    "Three nearly always": Preset(
        BoundariesConfig(
            dataset="four points",
            layers=1,
            hidden=3,
            activation="sigmoid",
            init="normal",
            lr=1.0,
            epochs=20_000,
        ),
        "One unit more, and 95 of 100 starts solve XOR. Another seed is another start: try a few.",
    ),
    "Too slow": Preset(
        BoundariesConfig(lr=1e-4, epochs=300),
        "With so small a learning rate every step is right, and none leads far: the loss has "
        "hardly moved.",
    ),
    "Too fast": Preset(
        BoundariesConfig(lr=10.0, epochs=300),
        "With so large a learning rate every step overshoots: the loss jumps up about as often "
        "as down.",
    ),
    "Zero start": Preset(
        BoundariesConfig(init="zeros", activation="sigmoid", layers=1, lr=0.3, epochs=300),
        "All weights start at 0, so all hidden units hear and learn the same: they stay copies of "
        "one, and nobody breaks the symmetry.",
    ),
    "Dead ReLUs": Preset(
        BoundariesConfig(activation="relu", layers=1, hidden=8, lr=3.0, seed=1),
        "Large steps threw units so far that they answer 0 to every point. Where a ReLU is 0 its "
        "slope is 0 too: they never come back.",
    ),
    "Spiral, deep": Preset(
        BoundariesConfig(
            dataset="spiral", points=400, layers=3, hidden=8, optimizer="adam", lr=0.01, epochs=300
        ),
        "Three layers fold the plane until a straight line is enough: go through the layers under "
        "*points in layer*.",
    ),
    "Noise by heart": Preset(
        BoundariesConfig(
            dataset="gaussians",
            noise=0.4,
            points=120,
            train=50,
            layers=2,
            hidden=16,
            optimizer="adam",
            lr=0.01,
        ),
        "A large network and few, scattered points: it bends its line around every one. On points "
        "it has not seen (hollow) that does not help.",
    ),
}

MNIST_PRESETS = {
    "Notebook B": Preset(
        MnistConfig(),
        "Notebook B as it stands: 50 sigmoid units, random batches, plain SGD.",
    ),
    "Keras' recipe": Preset(
        MnistConfig(
            lr=0.001,
            init="glorot_uniform",
            optimizer="adam",
            batch=32,
            drawing="shuffled",
            epochs=10,
        ),
        "The same network as Keras trains it: Adam, batches of 32, 10 passes over the digits.",
    ),
    "97 % in a few epochs": Preset(
        MnistConfig(
            lr=0.003,
            activation="relu",
            init="he_normal",
            optimizer="adam",
            schedule="cosine",
            batch=50,
            drawing="shuffled",
            epochs=6,
        ),
        "ReLU, weights that suit it, and Adam with ever smaller steps: few passes are enough.",
    ),
    "Too fast": Preset(
        MnistConfig(lr=30.0, epochs=3),
        "Steps so large that the weights are thrown about: the loss jumps instead of falling.",
    ),
    "Too slow": Preset(
        MnistConfig(lr=0.001, epochs=3),
        "Steps so small that after three passes over all digits hardly anything is learned.",
    ),
    "Zero start": Preset(
        MnistConfig(init="zeros", epochs=3),
        "All weights start at 0, so all hidden units stay copies of one: fifty do the work of one.",
    ),
    "Five images by heart": Preset(
        MnistConfig(images=5, init="normal × 0.1", drawing="shuffled", epochs=200),
        "Five digits are all it ever sees. It learns them by heart, and can read hardly any other.",
    ),
}
