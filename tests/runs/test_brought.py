"""What readers brought: found by its name and by runs, within limits, and gone when deleted."""

import numpy as np
import pytest

import runs.brought
from datasets.digits import Images, Kind
from recipes.mnist import MnistSettings
from runs.brought import Brought, packed_size
from runs.files import new_name
from runs.registry import Registry
from runs.run import State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import wait_for
from tests.saved_runs import as_bytes, small_digits

SETTINGS = MnistSettings(hidden=3, epochs=4, batch=10, images=100)


def images(seed=0, n=40):
    rng = np.random.default_rng(seed)
    return Images(
        rng.integers(0, 256, (n, 28, 28), np.uint8),
        rng.integers(0, 10, n, np.uint8),
        rng.integers(0, 256, (9, 28, 28), np.uint8),
        rng.integers(0, 10, 9, np.uint8),
    )


@pytest.fixture
def server(tmp_path):
    """A new server each time it is called, on the same files."""

    def new(**given):
        brought = Brought(tmp_path / "data", **given)
        return Registry(Workers(2), Store(tmp_path / "runs"), brought=brought)

    return new


def test_they_are_found_after_a_restart_as_they_were(server):
    kept = server().brought.keep(images(), "visit0")
    found = server().brought.find(kept.name)
    assert (found.kind, found.digest, found.name) == (Kind.BROUGHT, kept.digest, kept.name)
    for mine, theirs in zip(kept[1:5], found[1:5], strict=True):
        np.testing.assert_array_equal(mine, theirs)
    numbers = found.numbers(7)
    np.testing.assert_array_equal(numbers.x_train * 255, images().x_train[:7].reshape(7, 784))
    assert (numbers.x_test.dtype, numbers.x_test.max()) == (np.float32, 1)


def test_what_is_kept_is_plain_bytes_and_not_larger_than_what_came(server, tmp_path):
    blank = images()._replace(
        x_train=np.zeros((1000, 28, 28), np.uint8), y_train=np.zeros(1000, np.uint8)
    )
    kept = server().brought.keep(blank)
    (file,) = (tmp_path / "data").iterdir()
    assert file.stat().st_size < 20_000
    with np.load(file, allow_pickle=False) as arrays:
        assert {array.dtype for array in arrays.values()} == {np.dtype(np.uint8)}
    assert file.stem == kept.name


def test_nobody_finds_them_without_their_name(server):
    brought = server().brought
    kept = brought.keep(images())
    for name in ("", kept.name[:-1], kept.name + "x", new_name(), f"../data/{kept.name}"):
        assert brought.find(name) is None


def test_a_visit_has_its_share_and_the_oldest_goes(server, monkeypatch):
    one = server().brought.keep(images(), "visit0")
    size = server().brought.files.path(one.name).stat().st_size
    brought = server(share=int(2.5 * size)).brought
    theirs = brought.keep(images(1), "other0")
    two, three = (brought.keep(images(n), "visit0") for n in (2, 3))
    found = [brought.find(digits.name) is not None for digits in (one, theirs, two, three)]
    assert found == [False, True, True, True]


@pytest.mark.parametrize("what", ["noise", "blank", "both"])
def test_the_size_that_images_will_have_is_told_by_some_of_them(server, what):
    made = images(n=3000)
    if what != "noise":
        made.x_train[:: 2 if what == "both" else 1] = 0
    brought = server().brought
    size = brought.files.path(brought.keep(made).name).stat().st_size
    assert packed_size(made) == pytest.approx(size, rel=0.05, abs=20_000)


def test_in_memory_are_only_so_many_and_none_that_nobody_uses(server, monkeypatch):
    one = images().digits(Kind.BROUGHT, name="some-name-of-them")
    monkeypatch.setattr(runs.brought, "IN_MEMORY", int(2.5 * one.bytes))
    brought = server(unused=0.05).brought
    kept = [brought.keep(images(n)) for n in range(4)]
    assert len(brought._loaded) <= 2
    assert all(brought.find(digits.name).digest == digits.digest for digits in kept)
    wait_for(lambda: not brought._loaded)
    assert brought.find(kept[0].name).digest == kept[0].digest


def test_a_file_that_was_damaged_is_not_there(server, tmp_path):
    kept = server().brought.keep(images())
    (file,) = (tmp_path / "data").iterdir()
    file.write_bytes(file.read_bytes()[:-30])
    assert server().brought.find(kept.name) is None


def test_a_run_finds_its_digits_after_a_restart_and_ends_as_one_that_was_never_away(server):
    first = server()
    kept = first.brought.keep(images())
    run, whole = (first.new(SETTINGS, kept) for _ in range(2))
    run.one_batch()
    found = server().find(run.id, small_digits())
    assert isinstance(found, TrainingRun)
    for one in (found, whole):
        one.go_on()
        wait_for(lambda one=one: one.look().state is State.FINISHED)
    assert found.look().theta.tobytes() == whole.look().theta.tobytes()


def test_a_run_resumes_on_nothing_but_what_it_learned_from(server):
    first = server()
    kept, other = first.brought.keep(images(0)), first.brought.keep(images(1))
    run = first.new(SETTINGS, kept)
    run.one_batch()
    saved = run.saved()
    for digits in (other, small_digits(40, side=28)):
        assert not isinstance(first.opened(saved, digits), TrainingRun)
    same = first.opened(saved, other, kept)
    assert isinstance(same, TrainingRun)
    assert same.data == kept.name


def test_mnists_runs_do_not_go_on_with_another_set_of_its_size(server):
    """Once any images of 28×28 pixels were MNIST."""
    mnist = images(0).digits(Kind.MNIST)
    run = server().new(SETTINGS, mnist)
    run.one_batch()
    assert not isinstance(server().find(run.id, images(1).digits(Kind.MNIST)), TrainingRun)
    assert isinstance(server().find(run.id, mnist), TrainingRun)


def test_without_its_digits_a_run_can_be_looked_at_and_not_gone_on_with(server, hold):
    first = server()
    kept = first.brought.keep(images())
    run = first.new(SETTINGS, kept)
    run.go_on()
    assert first.brought.delete(kept.name)
    first.let_go_of(kept.name)
    assert run.at_rest
    step = run.look().step
    run.go_on()
    run.one_batch()
    assert (run.at_rest, run.look().step) == (True, step)
    for again in (first, server()):
        found = again.find(run.id, small_digits())
        assert not isinstance(found, TrainingRun)
        assert found.look().step == step


def test_an_older_files_run_goes_on_with_what_is_of_its_kind(server):
    mnist = images(0).digits(Kind.MNIST)
    run = server().new(SETTINGS, mnist)
    run.one_batch()
    old = run.saved()._replace(digest="")
    assert isinstance(server().opened(old, mnist), TrainingRun)
    assert not isinstance(server().opened(old, server().brought.keep(images(0))), TrainingRun)


def test_what_is_opened_is_kept_as_small_as_it_came(server, tmp_path):
    """Once a file of 6.6 MB was kept as 193 MB."""
    digits = images(0).digits(Kind.MNIST)
    run = server().new(MnistSettings(hidden=200, layers=2, init="zeros", epochs=2), digits)
    came = as_bytes(run.saved(), compress=True)
    opened = server().opened(run.saved(), digits)
    kept = server().store.files.path(opened.id)
    assert kept.stat().st_size <= 1.01 * len(came)


def test_runs_with_digits_of_their_own_leave_memory_when_nobody_looks(server, monkeypatch):
    monkeypatch.setattr("runs.registry.HEAVY_UNWATCHED", 0.05)
    registry = server()
    run = registry.new(SETTINGS, registry.brought.keep(images()))
    run.one_batch()
    wait_for(lambda: run.id not in registry._runs)
    assert registry.find(run.id, small_digits()).look().step == 1


def test_heavy_runs_at_rest_leave_memory_by_their_bytes(server, monkeypatch):
    registry, digits = server(), images(0).digits(Kind.MNIST)
    made = [registry.new(SETTINGS, digits)]
    monkeypatch.setattr("runs.registry.KEPT_BYTES", int(2.5 * made[0].bytes))
    made += [registry.new(SETTINGS, digits) for _ in range(3)]
    assert [run.id in registry._runs for run in made] == [False, False, True, True]
