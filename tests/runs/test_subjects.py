"""What images are of, in a file: as it was written, or one sentence."""

import io
import json

import numpy as np
import pytest

from datasets.digits import Images, Kind, Subject
from datasets.found import MOST_CLASSES
from datasets.idx import DataError
from datasets.known import CLOTHES
from nn_core import SoftmaxCrossEntropy
from recipes.mnist import MnistSettings
from runs.brought import Brought
from runs.registry import Registry
from runs.run import TrainingRun
from runs.saved import read_run
from runs.store import Store
from runs.subjects import are_classes, as_classes, as_text, from_text
from runs.workers import Workers
from tests.saved_runs import arrays_in, as_bytes, npz, small_digits, trained

FASHION = Subject(Kind.BROUGHT, "Fashion-MNIST", 28, CLOTHES)
LETTERS = Subject(Kind.BROUGHT, "My <b>letters</b>", 16, tuple("ABC"))


@pytest.mark.parametrize("subject", [FASHION, LETTERS, *map(Subject.of, Kind)], ids=str)
def test_it_comes_back_as_it_was(subject):
    assert from_text(subject.kind, as_text(subject)) == subject


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""}, {"title": 5}, {"title": "a\nb"}, {"title": "x" * 100}, {"side": 2.5},
        {"side": 1000}, {"side": True}, {"classes": ["a"]}, {"classes": ["a", "a"]},
        {"classes": ["a", ""]}, {"classes": 5}, {"classes": [str(k) for k in range(63)]},
        {"classes": ["a", None]}, {"classes": ["a", "x" * 100]},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused(changes):
    text = json.dumps(json.loads(as_text(LETTERS)) | changes)
    with pytest.raises(DataError):
        from_text(Kind.BROUGHT, text)


@pytest.mark.parametrize("text", ["[]", "{", "null", '{"title": "a"}', "[" * 10_000])
def test_what_is_no_text_of_ours_is_refused(text):
    with pytest.raises(DataError):
        from_text(Kind.BROUGHT, text)


def brought(subject, n=60):
    rng, side = np.random.default_rng(0), subject.side
    y = np.arange(n, dtype=np.uint8) % len(subject.classes)
    x = rng.integers(0, 256, (n, side, side), np.uint8)
    return Images(x, y, x[:30], y[:30])


@pytest.mark.parametrize("subject", [FASHION, LETTERS], ids=str)
def test_what_is_kept_keeps_its_names_and_runs_on_it_have_them_too(subject, tmp_path):
    settings = MnistSettings(hidden=4, epochs=2, batch=10, images=100)

    def server():
        return Registry(Workers(1), Store(tmp_path / "runs"), brought=Brought(tmp_path / "data"))

    kept = server().brought.keep(brought(subject), "visit0", subject)
    assert server().brought.find(kept.name).subject == subject
    run = server().new(settings, kept)
    assert run.trainer.net.sizes == [subject.pixels, 4, len(subject.classes)]
    run.one_batch()
    again = server().find(run.id, small_digits())
    assert isinstance(again, TrainingRun)
    assert again.digits == subject
    saved = read_run(io.BytesIO(as_bytes(run.saved())))
    assert saved.digits == subject
    probabilities = SoftmaxCrossEntropy().output(again.net(again.look()).predict(
        np.zeros((1, subject.pixels), np.float32)))  # fmt: skip
    assert probabilities.shape == (1, len(subject.classes))


def test_a_run_does_not_go_on_with_images_of_other_classes(tmp_path):
    registry = Registry(Workers(1), Store(tmp_path / "runs"))
    settings = MnistSettings(hidden=4, epochs=2, batch=10, images=100)
    clothes = registry.brought.keep(brought(FASHION), "", FASHION)
    few = FASHION._replace(classes=CLOTHES[:5])
    other = registry.brought.keep(brought(few), "", few)
    run = registry.new(settings, clothes)
    run.one_batch()
    assert not isinstance(registry.opened(run.saved(), other), TrainingRun)


def test_a_file_of_the_time_before_there_were_names_still_opens():
    arrays = arrays_in(as_bytes(trained(9, digits=small_digits(side=28))))
    assert "subject" not in arrays
    assert read_run(io.BytesIO(npz(arrays))).digits == Subject.of(Kind.MNIST)


def test_names_that_do_not_fit_the_network_are_refused():
    arrays = arrays_in(as_bytes(trained(9, digits=small_digits(side=28))))
    arrays |= {"digits": np.array(Kind.BROUGHT.title), "subject": np.array(as_text(LETTERS))}
    with pytest.raises(DataError, match="do not fit together"):
        read_run(io.BytesIO(npz(arrays)))


def test_what_is_proposed_can_be_kept_and_what_can_be_kept_stays():
    fine = ("0", "T-shirt/top", "a, b", "お")
    assert as_classes(fine) == fine
    long = tuple(f"{'x' * 40}{k}" for k in range(MOST_CLASSES - 3))
    proposed = as_classes(("", "a\nb", "a b", *long))
    assert are_classes(proposed)
    assert proposed[0] == "class 0"
    assert proposed[3].startswith("xxx")
