"""Talks on the server: given by a name, changed by a key that no name tells."""

import os

from runs.files import A_NAME, new_mark
from runs.kept_talks import LARGEST, KeptTalks, name_of, new_key


def test_a_talk_is_found_by_its_name_and_changed_by_its_key(tmp_path):
    kept, key = KeptTalks(tmp_path), new_key(new_mark())
    kept.keep(key, b"one")
    kept.keep(key, b"two")
    assert kept.find(name_of(key)) == b"two"
    assert kept.find(key) is None
    kept.delete(key)
    assert kept.find(name_of(key)) is None


def test_the_name_does_not_tell_the_key_and_cannot_be_guessed():
    mark = new_mark()
    keys = [new_key(mark) for _ in range(200)]
    names = {name_of(key) for key in keys}
    assert len(names) == 200
    assert all(A_NAME.fullmatch(name) and len(name) - len(mark) >= 12 for name in names)
    assert not names & set(keys)
    assert all(key[:4] not in name_of(key)[:4] for key in keys)


def test_who_keeps_many_puts_out_their_own_oldest_and_nobody_elses(tmp_path):
    kept, mine, others = KeptTalks(tmp_path, 1000, 250), new_mark(), new_key(new_mark())
    kept.keep(others, bytes(100))
    os.utime(tmp_path / f"{name_of(others)}.toml", (1, 1))  # the oldest of all
    keys = [new_key(mine) for _ in range(4)]
    for second, key in enumerate(keys, 2):
        kept.keep(key, bytes(100))
        os.utime(tmp_path / f"{name_of(key)}.toml", (second, second))
    assert [kept.find(name_of(key)) is not None for key in keys] == [False, False, True, True]
    assert kept.find(name_of(others)) is not None


def test_nothing_else_is_ever_read(tmp_path):
    kept = KeptTalks(tmp_path / "talks")
    (tmp_path / "secret.toml").write_bytes(b"x")
    for name in ("../secret", "", "/etc/passwd", "x" * 1000, "a\0b"):
        assert kept.find(name) is None
    kept.keep(key := new_key(""), bytes(LARGEST + 1))
    assert kept.find(name_of(key)) is None
