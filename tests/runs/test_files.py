"""Files by names that nobody can guess: whose are they, and whose go when there is no room?"""

import os

import pytest

from runs.files import A_NAME, MARK, Files, NoRoom, mark_of, new_mark, new_name


class Folder:
    """A folder in which each file written is a second newer than the one before."""

    def __init__(self, path, limit, share):
        self.files, self.now = Files(path, limit, share), 0

    def put(self, name, size):
        self.files.write(name, lambda file: file.write(bytes(size)))
        if self.files.path(name):
            self.now += 1
            os.utime(self.files.path(name), (self.now, self.now))

    def there(self, *names):
        return [self.files.path(name) is not None for name in names]


@pytest.fixture
def folder(tmp_path):
    return lambda limit, share: Folder(tmp_path, limit, share)


def test_names_cannot_be_guessed_and_say_whose_they_are():
    mark = new_mark()
    names = {new_name(mark) for _ in range(1000)}
    assert len(names) == 1000
    assert len(mark) == MARK
    assert {mark_of(name) for name in names} == {mark}
    assert all(A_NAME.fullmatch(name) for name in names)
    assert all(len(name) - len(mark) >= 11 for name in names)  # more than 64 bits


def test_what_has_no_mark_is_from_somebody_of_its_own():
    one, other = new_name(), new_name()
    assert mark_of(one) != mark_of(other)


def test_the_oldest_of_a_visit_that_has_more_than_its_share_go_and_nobody_elses(folder):
    kept = folder(limit=10**6, share=250)
    mine, others = [new_name("mine00") for _ in range(4)], [new_name("other0"), new_name()]
    for name in others:
        kept.put(name, 100)
    for name in mine:
        kept.put(name, 100)
    assert kept.there(*mine) == [False, False, True, True]
    assert kept.there(*others) == [True, True]


def test_nobodys_many_large_files_put_out_anothers_few(folder):
    """Once six uploads of one visitor put all other runs out of the store."""
    kept = folder(limit=1000, share=10**6)
    small = [new_name(new_mark()) for _ in range(3)]
    for name in small:
        kept.put(name, 50)
    large = [new_name("greedy") for _ in range(6)]
    for name in large:
        kept.put(name, 300)
    assert kept.there(*small) == [True] * 3
    assert kept.there(*large) == [False] * 4 + [True] * 2


def test_who_comes_as_somebody_else_each_time_puts_out_their_own_larger_files(folder):
    kept = folder(limit=1000, share=500)
    small = [new_name(new_mark()) for _ in range(3)]
    for name in small:
        kept.put(name, 50)
    large = [new_name(new_mark()) for _ in range(6)]
    for name in large:
        kept.put(name, 300)
    assert kept.there(*small) == [True] * 3


def test_the_spared_stay(folder):
    kept = folder(limit=100, share=100)
    one, two, three = (new_name("mine00") for _ in range(3))
    kept.put(one, 80)
    kept.files.write(two, lambda file: file.write(bytes(80)), spared={one})
    assert kept.there(one, two) == [True, True]
    kept.put(three, 80)
    assert kept.there(one, two, three) == [False, False, True]


def test_what_is_of_use_is_not_the_oldest(folder):
    kept = folder(limit=250, share=250)
    one, two, three = (new_name("mine00") for _ in range(3))
    kept.put(one, 100)
    kept.put(two, 100)
    kept.files.touch(one)
    kept.put(three, 100)
    assert kept.there(one, two, three) == [True, False, True]


def test_deleted_it_is_gone_and_what_is_no_name_deletes_nothing(folder, tmp_path):
    kept, name = folder(100, 100), new_name()
    kept.put(name, 10)
    (tmp_path / "outside.npz").write_bytes(b"x")
    for other in ("../outside", "outside.npz", "", "*", new_name(), "a\0bcdefgh"):
        assert not kept.files.delete(other)
    assert kept.files.delete(name)
    assert not kept.files.delete(name)
    assert [file.name for file in tmp_path.iterdir()] == ["outside.npz"]


def test_what_would_go_is_known_before_anything_is_written_and_then_goes(folder):
    kept = folder(limit=1000, share=250)
    mine = [new_name("mine00") for _ in range(3)]
    for name in mine[:2]:
        kept.put(name, 100)
    assert kept.files.too_many("mine00", 50) == []
    assert kept.files.too_many("mine00", 100) == mine[:1]
    assert kept.files.too_many("mine00", 200) == mine[:2]
    assert kept.there(*mine[:2]) == [True, True]
    kept.put(mine[2], 100)
    assert kept.there(*mine) == [False, True, True]


def test_nothing_is_written_where_more_would_go_than_may(folder):
    kept = folder(limit=1000, share=250)
    mine = [new_name("mine00") for _ in range(3)]
    for name in mine[:2]:
        kept.put(name, 100)

    def write(may_go):
        kept.files.write(mine[2], lambda file: file.write(bytes(200)), may_go=may_go)

    for too_few in ([], mine[:1]):
        with pytest.raises(NoRoom) as refused:
            write(too_few)
        assert refused.value.names == mine[:2]
        assert kept.there(*mine) == [True, True, False]
    write(mine[:2])
    assert kept.there(*mine) == [False, False, True]


def test_what_is_anothers_goes_unasked_and_is_not_named(folder):
    """The one who has most is not there to be asked; their page says it at the next look."""
    kept = folder(limit=500, share=400)
    theirs = [new_name("other0") for _ in range(4)]
    for name in theirs:
        kept.put(name, 100)
    mine = new_name("mine00")
    kept.files.write(mine, lambda file: file.write(bytes(200)), may_go=[])
    assert kept.there(mine, *theirs) == [True, False, True, True, True]
