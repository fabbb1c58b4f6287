import subprocess
import sys

import pytest

from runs.claims import Claims
from runs.registry import KEPT, InTraining, Registry
from runs.run import ABANDONED, ELSEWHERE, State
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import LONG
from tests.saved_runs import SMALL, small_digits, trained

DIGITS = small_digits()


@pytest.fixture
def new_registry(tmp_path):
    return lambda: Registry(Workers(1), Store(tmp_path))


def test_a_run_is_found_by_its_id_alone(new_registry):
    registry = new_registry()
    run = registry.new(SMALL, DIGITS)
    assert registry.find(run.id, DIGITS) is run
    for other in ("another-one", "", None, run.id[:-1], run.id + "x", f"../{run.id}", "x" * 10**5):
        assert registry.find(other, DIGITS) is None


def test_a_new_server_finds_it_on_disk_once(new_registry):
    run = new_registry().new(SMALL, DIGITS)
    run.one_batch()
    later = new_registry()
    found = later.find(run.id, DIGITS)
    assert found is not run
    assert (found.id, found.settings, found.look().step) == (run.id, SMALL, 1)
    assert later.find(run.id, DIGITS) is found


def test_a_saved_run_is_another_run_that_starts_where_it_is(new_registry):
    registry = new_registry()
    run = registry.opened(trained(20), DIGITS)
    assert (run.look().step, run.look().state) == (20, State.PAUSED)
    twin = registry.opened(trained(20), DIGITS)
    assert twin.id != run.id
    run.one_batch()
    assert (run.look().step, twin.look().step) == (21, 20)


def test_the_oldest_at_rest_leave_memory_and_come_back_from_disk(new_registry):
    registry = new_registry()
    made = [registry.new(SMALL, DIGITS) for _ in range(KEPT)]
    for run in made[:3]:
        run.one_batch()
    made += [registry.new(SMALL, DIGITS) for _ in range(3)]
    assert all(registry.find(run.id, DIGITS) is run for run in made[3:])
    back = registry.find(made[0].id, DIGITS)
    assert back is not made[0]
    assert back.look().step == 1


def test_a_run_at_work_never_leaves_memory(new_registry, hold):
    registry = new_registry()
    busy, waiting = registry.new(LONG, DIGITS), registry.new(LONG, DIGITS)
    busy.go_on()
    waiting.go_on()
    for _ in range(KEPT + 3):
        registry.new(SMALL, DIGITS)
    assert registry.find(busy.id, DIGITS) is busy
    assert registry.find(waiting.id, DIGITS) is waiting
    waiting.pause()
    busy.pause()


def test_who_is_not_looked_at_any_more_leaves_first(new_registry, clock):
    registry = new_registry()
    old, seen = registry.new(SMALL, DIGITS), registry.new(SMALL, DIGITS)
    for run in (old, seen):
        run.one_batch()
    clock.now += ABANDONED + 1
    seen.look()
    registry.new(SMALL, DIGITS)
    assert registry.find(seen.id, DIGITS) is seen
    assert registry.find(old.id, DIGITS) is not old


def test_a_run_has_one_writer_and_who_comes_second_is_told(new_registry, hold):
    one, other = new_registry(), new_registry()  # as two processes on the same folder
    run = one.new(LONG, DIGITS)
    run.one_batch()
    twin = other.find(run.id, DIGITS)
    found_at = twin.look().step
    run.go_on()
    for train in (twin.go_on, twin.one_batch, twin.stop):
        train()
        assert twin.look().state is State.PAUSED
        assert twin.look().step == found_at
        assert twin.unsaved == ELSEWHERE
    run.pause()
    assert run.look().step <= hold.step
    twin = other.find(run.id, DIGITS)
    assert (twin.look().step, twin.unsaved) == (run.look().step, "")


def test_what_another_process_trains_is_not_deleted_and_goes_on(new_registry, hold):
    one, other = new_registry(), new_registry()
    run = one.new(LONG, DIGITS)
    run.go_on()
    with pytest.raises(InTraining):
        other.delete(other.find(run.id, DIGITS))
    assert other.store.stamp(run.id) is not None
    twin = other.find(run.id, DIGITS)
    run.pause()
    other.delete(twin)
    assert one.store.stamp(run.id) is None


def test_deleted_while_it_trains_it_stops_and_is_gone(new_registry, hold):
    registry = new_registry()
    run = registry.new(LONG, DIGITS)
    run.go_on()
    registry.delete(run)
    assert run.at_rest
    assert registry.find(run.id, DIGITS) is None
    assert list(registry.store.folder.iterdir()) == []


def test_what_another_process_has_trained_since_is_not_written_over(new_registry):
    one, other = new_registry(), new_registry()
    run = one.new(SMALL, DIGITS)
    run.one_batch()
    twin = other.find(run.id, DIGITS)
    for _ in range(3):
        twin.one_batch()
    run.one_batch()
    assert run.unsaved == ELSEWHERE
    assert one.find(run.id, DIGITS).look().step == 4


CLAIM = """
import sys, pathlib
from runs.claims import Claims
claim = Claims(pathlib.Path(sys.argv[1])).claim("a-run-of-mine")
print(claim is not None, flush=True)
sys.stdin.read()
"""


def test_a_claim_holds_across_processes_and_ends_with_its_own(tmp_path):
    other = subprocess.Popen(
        [sys.executable, "-c", CLAIM, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout.readline().strip() == b"True"
    claims = Claims(tmp_path)
    assert claims.claim("a-run-of-mine") is None
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()
    claim = claims.claim("a-run-of-mine")
    assert claims.claim("a-run-of-mine") is None
    claim.release()
    claims.claim("a-run-of-mine").release()
    assert list(tmp_path.iterdir()) == []
