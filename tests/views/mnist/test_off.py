"""Units switched off on the wall: the same are off on the paper, and in the view of units."""

import base64
import re

import numpy as np

from runs.answers import Unseen
from runs.run import Run
from tests.saved_runs import small_digits, trained
from views.mnist.off import without_units
from views.mnist.training.networks import asked_for
from views.mnist.training.paper import OnPaper, readers, reading
from views.mnist.units import Settings, caption, numbers

OFF = ((0, 2), (0, 4))


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def restated(theta, image, off):
    """What 64-5-10 answers if some of its hidden units answer 0."""
    W, b, V, c = np.split(np.asarray(theta, float), [320, 325, 375])
    a = 1 / (1 + np.exp(-(image @ W.reshape(64, 5) + b)))
    a[list(off)] = 0
    return softmax(a @ V.reshape(5, 10) + c)


def test_the_paper_is_read_without_them_now_and_at_earlier_moments():
    run, image = Run(trained(18), "an-id"), small_digits().x_test[0]
    progress = run.look()
    (whole,), (reader,) = readers(run, progress), readers(run, progress, OFF)
    expected = restated(progress.theta, image, [2, 4])
    answer = reading(reader, OnPaper(image)).probabilities
    np.testing.assert_allclose(answer, expected, atol=1e-6)
    assert abs(reading(whole, OnPaper(image)).probabilities - expected).max() > 1e-3
    assert (reader.name, reader.trust) == ("2 units off", None)
    assert reader.key != whole.key  # the browser has kept the one with all of them
    moment = progress.snapshots[0]
    keys = [reader.key, f"{reader.key}@{moment.step}"]
    now, then = asked_for(keys, [reader], progress.snapshots)
    theta = np.frombuffer(base64.b64decode(now["theta"]), np.float32)
    np.testing.assert_allclose(restated(theta, image, []), expected, atol=1e-6)
    there = np.frombuffer(base64.b64decode(then["theta"]), np.int8).astype(int)
    heard = there[325:375].reshape(5, 10)
    assert not heard[[2, 4]].any()
    heard[[2, 4]] = moment.bytes[325:375].reshape(5, 10)[[2, 4]]
    np.testing.assert_array_equal(there, moment.bytes)


def test_the_caption_has_the_words_of_the_view_of_units():
    run, digits = Run(trained(18), "an-id"), small_digits()
    unseen = Unseen(digits.x_test, digits.t_test, "noise")
    found = without_units(run, unseen, "1.3,1.5")
    assert found.off == OFF
    whole = caption(numbers(Settings(off="1.3,1.5"), run, unseen))
    assert found.words.startswith(whole.split(". ")[0])
    than = re.search(r"\w+( \w+)* all on", whole)[0]
    assert than in found.words
    assert than in found.read
    right = sum(
        restated(run.saved().theta, x, [2, 4]).argmax() == t
        for x, t in zip(digits.x_test, digits.t_test, strict=True)
    )
    assert f"**{right} of 10** test digits right" in found.words
    assert f"{right} of 10 test digits right" in found.read
    assert without_units(run, unseen, "").words == ""
    gone = without_units(run, unseen, "1.99")
    assert gone.off == ()
    assert gone.words == "This network has no unit 1.99, so nothing is switched off there."
