"""TensorFlow Playground's links: every form that its source writes or reads, whole and broken.

What is expected is restated from Playground's source (state.ts, playground.ts, dataset.ts).
"""

import random
import re

import pytest
from hypothesis import given, strategies as st

from recipes.boundaries import BoundariesSettings
from recipes.playground import opened
from recipes.playground.address import LONGEST

HOME = "https://playground.tensorflow.org/#"

# State.PROPS: names in the order in which they are written, and what Playground opens on. What is
# null is not written: no regularization, no tutorial.
STATE = {
    "activation": "tanh",
    "regularization": None,
    "batchSize": 10,
    "dataset": "circle",
    "regDataset": "reg-plane",
    "learningRate": 0.03,
    "regularizationRate": 0,
    "noise": 0,
    "networkShape": [4, 2],
    "seed": "0.54301",
    "showTestData": False,
    "discretize": False,
    "percTrainData": 50,
    "x": True,
    "y": True,
    "xTimesY": False,
    "xSquared": False,
    "ySquared": False,
    "cosX": False,
    "sinX": False,
    "cosY": False,
    "sinY": False,
    "collectStats": False,
    "tutorial": None,
    "problem": "classification",
    "initZero": False,
    "hideText": False,
}


def written(value):
    """A value as JavaScript's template strings have it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list) else f"{value}"


def link(**changed):
    """What State.serialize makes of a state; what is no property of it hides a control."""
    state = STATE | changed
    said = [f"{name}={written(value)}" for name, value in state.items() if value is not None]
    return HOME + "&".join(said)


def missing(words, **changed):
    """The one sentence with these words on what cannot be had; all others stay as they were."""
    before, after = opened(link()), opened(link(**changed))
    assert after.wrong == []
    new = [sentence for sentence in after.missing if sentence not in before.missing]
    (found,) = (sentence for sentence in new if words in sentence)
    return found


def test_what_playground_opens_on_opens_here():
    settings, wrong, _ = opened(link())
    assert wrong == []
    assert settings.hidden_layers() == [(4, "tanh"), (2, "tanh")]
    assert (settings.dataset, settings.loss) == ("circles", "cross_entropy")
    assert (settings.lr, settings.batch, settings.train, settings.noise) == (0.03, 10, 50, 0)
    assert (settings.l1, settings.l2, settings.optimizer) == (0, 0, "sgd")
    assert settings.inputs == ("x₁", "x₂")
    assert settings.points == 500  # NUM_SAMPLES_CLASSIFY


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"dataset": "xor"}, {"dataset": "xor"}),
        ({"dataset": "gauss"}, {"dataset": "gaussians"}),
        ({"dataset": "spiral"}, {"dataset": "spiral"}),
        ({"problem": "regression"}, {"dataset": "slope", "loss": "squared_error"}),
        ({"problem": "regression", "regDataset": "reg-gauss"}, {"dataset": "hills"}),
        ({"problem": "regression", "dataset": "xor"}, {"dataset": "slope"}),
        *[({"activation": name}, {"activation": name}) for name in ("relu", "tanh", "sigmoid")],
        ({"activation": "linear"}, {"activation": "identity"}),
        ({"regularization": "L1", "regularizationRate": 0.003}, {"l1": 0.003, "l2": 0}),
        ({"regularization": "L2", "regularizationRate": 0.1}, {"l1": 0, "l2": 0.1}),
        ({"regularization": "L2", "regularizationRate": 0}, {"l1": 0, "l2": 0}),
        ({"regularization": None, "regularizationRate": 0.1}, {"l1": 0, "l2": 0}),
        ({"networkShape": []}, {"layers": 0}),
        ({"networkShape": [8]}, {"layers": 1, "hidden": 8, "widths": ""}),
        ({"networkShape": [3, 3, 3]}, {"layers": 3, "hidden": 3, "widths": ""}),
        ({"networkShape": [8, 7, 6, 5, 4, 3]}, {"widths": "8, 7, 6, 5, 4, 3"}),
        ({"initZero": True}, {"init": "zeros"}),
        ({"x": False, "sinX": True}, {"inputs": ("x₂", "sin x₁")}),
        ({"x_hide": True, "xTimesY": True}, {"inputs": ("x₂", "x₁x₂")}),
        ({"noise": -5}, {"noise": 0}),
        ({"noise": 90}, {"noise": 0.5}),
    ],
)
def test_each_thing_it_says_is_ours(theirs, ours):
    settings, wrong, _ = opened(link(**theirs))
    assert wrong == []
    assert {name: getattr(settings, name) for name in ours} == ours


def test_every_slider_and_menu_of_its_page_that_we_have_has_its_number_here():
    # index.html's options and sliders
    for rate in (0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10):
        assert opened(link(learningRate=rate)).settings.lr == rate
    for noise in range(0, 55, 5):
        assert opened(link(noise=noise)).settings.noise == noise / 100
    for share in range(10, 100, 10):
        assert opened(link(percTrainData=share)).settings.train == share
    for batch in (1, 5, 10, 15, 20, 25, 30):
        assert opened(link(batchSize=batch)).settings.batch == batch


def test_all_seven_inputs_are_told_apart():
    names = ["x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY"]
    heard = []
    for one in names:
        settings = opened(link(**{name: name == one for name in names})).settings
        heard += settings.inputs
    assert heard == ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"]


def test_one_seed_is_one_experiment_and_another_is_another():
    lots = [opened(link(seed=f"0.{n:05}")).settings for n in range(40)]
    assert opened(link(seed="0.00007")).settings == lots[7]
    assert len({settings.seed for settings in lots}) > 30


@pytest.mark.parametrize(
    ("words", "theirs"),
    [
        ("one of two colours", {"discretize": True}),
        ("blue and orange are the other way round", {"dataset": "xor"}),
        ("blue and orange are the other way round", {"dataset": "spiral"}),
        ("the loss reads twice as large", {"problem": "regression"}),
        ("1,200 points", {"problem": "regression"}),
        ("gives the other colour to points near the edge", {"noise": 20}),
        ("noise of 62 is not to be had here: 0.5", {"noise": 62}),
        ("batch size of 17 is not to be had here: 15", {"batchSize": 17}),
        ("learning rate of 0.00001 is not to be had here: 0.0001", {"learningRate": 0.00001}),
        ("L1 of 3 is not to be had", {"regularization": "L1", "regularizationRate": 3}),
        ("L2 pulls half as hard", {"regularization": "L2", "regularizationRate": 0.1}),
        ("training share of 33 is not to be had here: 35", {"percTrainData": 33}),
        ("7 hidden layers", {"networkShape": [2] * 7}),
        ("a layer of 20 units", {"networkShape": [20]}),
        ("hides “learningRate”", {"learningRate_hide": True}),
        ("hides “playButton”, “seed” and 1 more",
         {"playButton_hide": True, "seed_hide": True, "hideText": True}),
        ("tutorial “overfit”", {"tutorial": "overfit"}),
        ("collectStats", {"collectStats": True}),
        ("cosX", {"cosX": True}),
        ("The link has no seed", {"seed": None}),
    ],
)  # fmt: skip
def test_what_it_has_and_we_have_not_is_said_in_one_sentence(words, theirs):
    said = missing(words, **theirs)
    assert re.fullmatch(r"[A-Z][^\n]*\.", said)


def test_a_control_that_is_not_hidden_is_not_said_to_be():
    assert opened(link(noise_hide=False)) == opened(link())


@pytest.mark.parametrize(
    "address",
    [
        link().removeprefix(HOME),
        link().removeprefix("https://playground.tensorflow.org/"),
        link().replace(",", "%2C"),
        link().replace("&", "&amp;"),
        f" <{link()}>\n",
        link().replace("&noise", "&\r\n noise"),
        link().replace("playground.tensorflow.org", "www.example.org/copy/of/it?lang=de"),
    ],
)
def test_what_mail_and_worksheets_make_of_a_link_is_still_that_link(address):
    assert opened(address) == opened(link())


def test_a_link_by_hand_has_playgrounds_own_values_for_the_rest():
    settings, wrong, _ = opened(HOME + "dataset=spiral&networkShape=8,8")
    assert (settings.dataset, settings.hidden, settings.layers) == ("spiral", 8, 2)
    assert (settings.lr, settings.train) == (0.03, 50)
    assert wrong == [
        "The link says nothing of the problem, the activation and 5 more; there it is as "
        "Playground opens."
    ]


def test_the_bare_address_is_what_it_opens_on():
    settings, (said,), _ = opened("https://playground.tensorflow.org/")
    assert settings.hidden_layers() == [(4, "tanh"), (2, "tanh")]
    assert "says nothing after a #" in said


@pytest.mark.parametrize("at", range(len(HOME) + 15, len(link()), 7))
def test_a_link_cut_in_half_opens_with_what_it_has(at):
    cut = link(dataset="spiral", learningRate=0.3)[:at]
    settings, wrong, _ = opened(cut)
    if "dataset=spiral&" in cut:
        assert settings.dataset == "spiral"
    if at < link().index("problem="):
        assert any("says nothing of" in sentence for sentence in wrong)


@pytest.mark.parametrize(
    ("words", "theirs"),
    [
        ("“moo” for dataset: expected one of circle, xor, gauss, spiral", {"dataset": "moo"}),
        ("“softmax” for activation", {"activation": "softmax"}),
        ("“fast” for learningRate: expected a number, so it is 0.03", {"learningRate": "fast"}),
        ("“1e400” for noise: expected a number", {"noise": "1e400"}),
        ("“NaN” for batchSize", {"batchSize": "NaN"}),
        ("“4,,2” for networkShape", {"networkShape": "4,,2"}),
        ("“0” for networkShape", {"networkShape": "0"}),
        ("“-3” for networkShape", {"networkShape": "-3"}),
        ("every input off", {"x": False, "y": False}),
        ("“colour” is no setting", {"colour": "red"}),
        ("“a”, “b” and 1 more are no settings", {"a": 1, "b": 2, "c": 3}),
    ],
)
def test_what_cannot_be_read_is_named(words, theirs):
    settings, (said,), _ = opened(link(**theirs))
    assert words in said
    usual = opened(link()).settings
    assert settings == usual


@pytest.mark.parametrize(
    "address", ["", "junk", "https://example.org/#top", "#", "=", "&&&", "#a=1&b=2", "x" * 10**6]
)
def test_what_is_no_playground_link_is_said_in_one_sentence(address):
    with pytest.raises(ValueError, match=r"expected one such as playground\.tensorflow\.org") as no:
        opened(address)
    assert len(str(no.value)) < 250


def test_a_link_is_read_up_to_its_longest():
    assert opened(link(seed="9" * (LONGEST - len(link()))))
    with pytest.raises(ValueError, match="characters"):
        opened(link(seed="9" * LONGEST))


@given(
    names=st.lists(st.sampled_from([*STATE, "x_hide", "moo"]), max_size=12),
    values=st.lists(st.one_of(st.text(max_size=12), st.floats().map(str), st.just("false"))),
)
def test_no_junk_is_more_than_sentences(names, values):
    values = values or [""]
    junk = HOME + "&".join(f"{name}={values[k % len(values)]}" for k, name in enumerate(names))
    junk += "&dataset=xor"
    settings, wrong, others = opened(junk)
    assert isinstance(settings, BoundariesSettings)
    assert settings.settled()[1] == []
    for sentence in (*wrong, *others):
        assert sentence.endswith(".")
        assert len(sentence) < 300


def test_junk_between_its_words_never_raises():
    letters = random.Random(0)
    for _ in range(300):
        text = list(link())
        for _ in range(8):
            text[letters.randrange(len(HOME), len(text))] = letters.choice("&=#,%\0é0 \n")
        assert isinstance(opened("".join(text)).settings, BoundariesSettings)
