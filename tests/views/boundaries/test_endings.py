"""How a film ended, in words: every class of ending, from several settings and seeds.

Each sentence is held to a finding of its own (`tests/endings.py`).
"""

from dataclasses import replace

import numpy as np

from datasets.own_points import OWN, OwnPoints, written
from datasets.plane import PLANE_DATA
from nn_core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS
from recipes.boundaries import STUDY_NOTES, BoundariesSettings as B
from tests.endings import Film, claims, false_claims
from tests.sweeps import sweep
from tests.words import as_sentence
from views.boundaries.film import at_the_end, numbers, try_this

FOUR = B(dataset="four points", layers=1, hidden=2, activation="sigmoid")
NOTES = replace(FOUR, init=STUDY_NOTES, epochs=150_000)
HILLS = B(dataset="hills", loss="squared_error")
NOISY = B(
    dataset="gaussians",
    noise=0.4,
    points=120,
    train=50,
    hidden=16,
    optimizer="adam",
    lr=0.01,
    seed=1,
)

ON_ONE_SPOT = OwnPoints(np.zeros((2, 2), np.float32), np.array([0, 1], np.uint8))
SOME_ON_ONE_SPOT = OwnPoints(
    np.array([[1, 2]] * 6 + [[-3, -2]] * 4 + [[4, -3]] * 2, np.float32),
    np.array([0, 0, 1, 1, 1, 1] + [0] * 4 + [1] * 2, np.uint8),
)

# What a caption has to say, of which settings; of several words one is enough.
ENDINGS = {
    "": [  # solved: nothing but its numbers
        B(), B(seed=3), B(dataset="circles", seed=1), B(dataset="gaussians", layers=0),
        replace(FOUR, hidden=3, init="normal", lr=3.0, epochs=20_000),
    ],
    "slow": [
        replace(FOUR, lr=0.01), replace(FOUR, lr=0.01, seed=1, epochs=3000),
        replace(FOUR, lr=0.03, seed=2), replace(FOUR, lr=0.1, seed=4),
        B(lr=1e-4), B(lr=3e-4, epochs=300), B(dataset="circles", lr=1e-4, seed=1),
        B(dataset="spiral"),
    ],
    "stuck": [
        replace(NOTES, lr=0.3), replace(NOTES, lr=0.03), replace(NOTES, lr=1.0, epochs=50_000),
    ],
    "best|bound": [
        replace(FOUR, layers=0), replace(FOUR, layers=0, lr=1.0, epochs=10_000),
        B(layers=0), B(layers=0, dataset="moons", noise=0.1),
        B(dataset="spiral", activation="identity"),
        B(dataset="xor", activation="identity", layers=3, seed=2), replace(HILLS, layers=0),
        B(layers=0, loss="squared_error"),
    ],
    "worse": [
        B(lr=10.0), B(lr=100.0), B(lr=30.0, seed=1), B(dataset="spiral", lr=30.0),
        replace(HILLS, activation="relu", lr=1.0),
    ],
    "risen|jumps|worse": [
        B(dropout=0.5, lr=0.3, epochs=300), B(dropout=0.5, lr=0.3, epochs=300, seed=1),
        B(dataset="circles", dropout=0.8, epochs=100),
    ],
    "silencing": [B(dropout=0.5, lr=0.3, epochs=300), B(dropout=0.8, epochs=300, seed=1)],
    "one answer|one number": [
        B(layers=6, activation="sigmoid"), B(l2=0.1), B(layers=6, activation="sigmoid", seed=4),
        replace(HILLS, activation="relu", lr=1.0), B(init="zeros"),
    ],
    "dead layer|mostly dead": [
        B(activation="relu", lr=3.0, hidden=8, layers=1), B(activation="relu", lr=3.0, seed=2),
        replace(HILLS, activation="relu", lr=1.0), B(dataset="circles", activation="relu", lr=10.0),
    ],
    "copies": [
        B(init="zeros", activation="sigmoid", layers=1, epochs=300),
        B(init="zeros", activation="sigmoid", layers=1, lr=0.3, epochs=300, seed=5, hidden=8),
        B(init="zeros", activation="softplus", layers=1),
        B(init="zeros", activation="sigmoid", layers=2, dataset="moons"),
    ],
    "zeros": [B(init="zeros"), B(init="zeros", activation="relu", dataset="circles", epochs=100),
              replace(FOUR, init="zeros")],
    "alike": [
        replace(FOUR, inputs=("x₁",)), replace(FOUR, inputs=("x₁x₂",), lr=1.0, hidden=3),
        B(dataset=OWN, own_points=written(ON_ONE_SPOT), epochs=300),
        B(dataset=OWN, own_points=written(SOME_ON_ONE_SPOT), lr=0.1),
    ],
    "step": [B(activation="step"), B(activation="step", layers=1, seed=3),
             B(widths="4 step, 4 tanh")],
    "few steps": [B(batch=1000, epochs=300), B(batch=1000, dataset="moons", epochs=100, seed=1),
                  B(batch=1000, dataset="circles", epochs=100)],
    "too strong": [B(l2=0.1), B(l1=0.1), B(l1=0.03, l2=0.03, dataset="circles"),
                   B(l2=0.1, dataset="moons", activation="relu", seed=1),
                   replace(HILLS, l2=0.1, hidden=8)],
    "vanishing": [B(layers=6, activation="sigmoid"), B(layers=5, activation="sigmoid", hidden=8),
                  B(layers=6, activation="sigmoid", hidden=8, dataset="circles")],
    "by heart|apart": [NOISY, replace(NOISY, seed=2), replace(NOISY, dataset="moons", data_seed=3),
                       replace(NOISY, dataset="xor", epochs=3000)],
    "overfitting": [B(dataset="circles", noise=0.3, epochs=300)],
    "too long": [B(lr=10.0, seed=1), B(lr=10.0, seed=2), B(lr=100.0, dataset="circles")],
    "diverged": [
        B(lr=100.0, activation="relu", loss="squared_error", init="he_normal"),
        B(dataset="slope", lr=3.0, loss="squared_error", activation="identity"),
        replace(HILLS, lr=30.0, activation="leaky_relu"),
    ],
    "falling": [B(batch=1000, epochs=300), B(lr=0.001, dataset="gaussians", noise=0.1, epochs=30)],
}  # fmt: skip
REASONS = {
    "slow", "stuck", "best", "bound", "dead layer", "mostly dead", "copies", "zeros", "step",
    "few steps", "too strong", "vanishing", "by heart", "apart", "overfitting",
    "too long", "silencing",
}  # fmt: skip
CASES = [(ending, settings) for ending, several in ENDINGS.items() for settings in several]
USUAL = [(ending, several[0]) for ending, several in ENDINGS.items()]


def looked_at(settings):
    """A whole film's caption with what to try, and the film for a look of one's own."""
    settled, _ = settings.settled()
    whole = numbers(settled)
    said = f"{at_the_end(whole)} {as_sentence(try_this(settled, whole))}"
    return said, Film(settled, whole), at_the_end(whole, True)


@sweep("ending, settings", CASES, USUAL)
def test_an_ending_is_called_what_it_is(ending, settings):
    said, film, brief = looked_at(settings)
    found = claims(said)
    assert not ending or found.keys() & set(ending.split("|")), said
    assert len(found.keys() & REASONS) <= (1 if ending else 0), said
    assert false_claims(said, film) == [], said
    assert brief.count(". ") <= 2, brief


def any_settings(seed):
    """Settings drawn by chance."""
    rng = np.random.default_rng(seed)
    pick = lambda *several: several[rng.integers(len(several))]  # noqa: E731
    return B(
        dataset=pick(*PLANE_DATA),
        lr=pick(1e-4, 0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0),
        hidden=pick(1, 2, 3, 4, 8), layers=pick(0, 1, 1, 2, 2, 3, 6), seed=pick(*range(10)),
        activation=pick(*ACTIVATIONS), init=pick(*INITIALIZERS),
        optimizer=pick("sgd", *OPTIMIZERS),
        epochs=pick(10, 100, 300, 1000), batch=pick(1, 10, 10, 1000),
        noise=pick(0.0, 0.0, 0.1, 0.3),
        loss=pick("cross_entropy", "cross_entropy", "squared_error"), points=pick(50, 120, 250),
        l1=pick(0.0, 0.0, 0.0, 0.01, 0.1), l2=pick(0.0, 0.0, 0.0, 0.003, 0.1),
        dropout=pick(0.0, 0.0, 0.0, 0.2, 0.5), train=pick(50, 80, 100),
    )  # fmt: skip


@sweep("seed", range(120), range(4))
def test_of_any_settings_nothing_is_said_that_is_not_so(seed):
    said, film, _ = looked_at(any_settings(seed))
    assert false_claims(said, film) == [], (film.settings, said)


@sweep("seed", range(60), range(3))
def test_of_any_own_points_nothing_is_said_that_is_not_so(seed):
    rng = np.random.default_rng(seed)
    count = rng.integers(2, [4, 12, 60][seed % 3])  # on a grid so coarse that many share a spot
    x = rng.integers(-2, 3, (count, 2)).astype(np.float32)
    label = np.r_[0, 1, rng.integers(0, 2, count - 2)].astype(np.uint8)
    own = written(OwnPoints(x, label))
    settings = replace(any_settings(seed), dataset=OWN, own_points=own)
    said, film, _ = looked_at(settings)
    assert false_claims(said, film) == [], (settings, said)


def test_the_claims_can_be_refuted():
    """Each sentence, put under a film of which it is not true, is found out."""
    _, film, _ = looked_at(B(epochs=100))
    untrue = [
        "Its loss is *larger than at the start* (**0.708**)",
        "The loss has *hardly moved* (it began at **0.708**)",
        "The second half of the steps changed the loss by less than 2%",
        "It is *stuck*: 150,000 steps more",
        "its loss is *the best*, within 1%",
        "All 4 units of a hidden layer are *copies* of one",
        "All weights began at 0 and stay there",
        "The hidden layers never learn, for *step* has slope 0",
        "All 4 units of a hidden layer are *dead*",
        "One hidden unit is *dead*: 0 at every point",
        "The first layer hears only **one part in 1,000** of what the last one hears",
        "The penalty *L2* 0.1 is *too strong*",
        "At 3 spots points of different colours are the same to it, so no network with these "
        "inputs gets more than **90.0%** of all right",
        "it calls every point *blue*",
        "it gets **12.3%** of its points right",
        "Try *learning rate* 1: here that came to **51.0%** right, a loss of **0.5**",
    ]
    for sentence in untrue:
        assert false_claims(sentence, film), sentence
