"""A reader's own points: into a link and back; garbage is refused; both classes are learned."""

import base64

import numpy as np
import pytest

from datasets import own_points as own
from datasets.own_points import (
    EXAMPLE,
    MOST,
    Axis,
    OwnPoints,
    check_written,
    own_data,
    own_points,
    packed,
    unpacked,
    written,
)

AXES = (Axis("height", -1.5, 2.25), Axis("größe <b>", 0.0, 1e300))
POINTS = OwnPoints(
    np.array([[1.5, -6], [0.1, 6], [3, 3]], np.float32),
    np.array([0, 1, 1], np.uint8),
    ("no", "yes"),
    AXES,
)


NUMBERS = POINTS._replace(
    label=np.array([-1, 0.3, 1], np.float32), classes=(), number=Axis("price", 1.5, 9.0)
)


def same(a, b):
    return (
        a.x.tobytes() == b.x.tobytes()
        and (a.label.tobytes(), a.label.dtype) == (b.label.tobytes(), b.label.dtype)
        and (a.classes, a.axes, a.number) == (b.classes, b.axes, b.number)
    )


def test_points_come_back_from_a_link_to_the_last_bit():
    assert same(own_points(written(POINTS)), POINTS)
    plain = POINTS._replace(classes=(), axes=())
    assert same(own_points(written(plain)), plain)
    several = POINTS._replace(label=np.array([2, 0, 1], np.uint8), classes=("a", "b", "c"))
    assert same(own_points(written(several)), several)
    assert same(own_points(written(NUMBERS)), NUMBERS)
    assert own_points("") is EXAMPLE


def link_of(head, *floats, labels=(0, 1)):
    content = head + b"\n" + np.array(floats, "<f4").tobytes() + bytes(labels)
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


HEAD, NUMBER = b"{}", b'{"number": ["price", 1.0, 2.0]}'
BAD = [
    "abc",
    "!!!",
    "a",
    written(POINTS)[:-3],
    written(POINTS)[3:],
    "~",
    "~../../etc",
    "~" + "a" * 60,
    link_of(HEAD, 1, 2, 3, np.nan),
    link_of(HEAD, 1, 2, 3, np.inf),
    link_of(HEAD, 1, 2, 3, 6.01),
    link_of(HEAD, 1, 2, 3, 4, labels=(1, 1)),
    link_of(HEAD, 1, 2, 3, 4, labels=(0, 2)),
    link_of(HEAD, *range(22), labels=range(11)),
    link_of(b'{"classes": ["a", "b", "c"]}', 1, 2, 3, 4),
    link_of(b'{"classes": ["a", "b"]}', 1, 2, 3, 4, 5, 5, labels=(0, 1, 2)),
    link_of(HEAD, 1, 2, labels=(0,)),
    link_of(b"[]", 1, 2, 3, 4),
    link_of(b'{"classes": ["a"]}', 1, 2, 3, 4),
    link_of(b'{"classes": ["a", 7]}', 1, 2, 3, 4),
    link_of(b'{"classes": ["a", "b\\n# c"]}', 1, 2, 3, 4),
    link_of(b'{"axes": [["a", 0.0, NaN], ["b", 0.0, 1.0]]}', 1, 2, 3, 4),
    link_of(b'{"axes": [["a", 0.0], ["b", 0.0, 1.0]]}', 1, 2, 3, 4),
    link_of(b"[" * 99_999, 1, 2, 3, 4),
    link_of(NUMBER, 1, 2, 3, 4, -1, np.nan, labels=()),
    link_of(NUMBER, 1, 2, 3, 4, -1, 1.01, labels=()),
    link_of(NUMBER, 1, 2, 3, 4, 0.5, 0.5, labels=()),
    link_of(NUMBER, 1, 2, 3, 4, labels=(0, 1)),
    link_of(NUMBER[:-1] + b', "classes": ["a", "b"]}', 1, 2, 3, 4, -1, 1, labels=()),
    link_of(b'{"number": ["price", 2.0, 1.0]}', 1, 2, 3, 4, -1, 1, labels=()),
    link_of(b'{"number": ["a\\nb", 1.0, 2.0]}', 1, 2, 3, 4, -1, 1, labels=()),
    link_of(b'{"number": ["price", 1.0, 1e999]}', 1, 2, 3, 4, -1, 1, labels=()),
    link_of(b'{"number": null}', 1, 2, 3, 4, -1, 1, labels=()),
]


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_what_is_no_points_is_refused_with_a_phrase(text):
    with pytest.raises(ValueError, match=r"expected|what the link brings"):
        check_written(text)


def test_more_points_than_there_can_be_are_refused():
    x = np.zeros((MOST + 1, 2), np.float32)
    many = OwnPoints(x, (np.arange(MOST + 1) % 2).astype(np.uint8))
    with pytest.raises(ValueError, match="10,001 points are too many"):
        unpacked(packed(many))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_of_each_class_a_share_is_learned_from_and_at_least_one_point(share, seed):
    rng = np.random.default_rng(seed)
    x, label = rng.uniform(-5, 5, (41, 2)).astype(np.float32), np.repeat([0, 1], [40, 1])
    data = own_data(OwnPoints(x, label.astype(np.uint8), ("a", "b")), share, seed)
    assert [int((data.t_train == of).sum()) for of in (0, 1)] == [round(40 * share), 1]
    assert len(data.x_train) + len(data.x_test) == 41
    both = np.vstack([data.x_train, data.x_test])
    np.testing.assert_array_equal(np.sort(both, axis=0), np.sort(x.astype(float), axis=0))
    labels = {(float(a), float(b)): of for (a, b), of in zip(x, label, strict=True)}
    for points, t in ((data.x_train, data.t_train), (data.x_test, data.t_test)):
        assert [labels[a, b] for a, b in points] == t[:, 0].tolist()
    assert (data.left, data.right, data.names) == (-6, 6, ("a", "b"))


def test_each_of_several_classes_keeps_its_share_and_its_name():
    label = np.repeat([0, 1, 2], [10, 20, 1]).astype(np.uint8)
    x = np.random.default_rng(0).uniform(-5, 5, (31, 2)).astype(np.float32)
    data = own_data(OwnPoints(x, label, ("a", "b", "c")), 0.5, 0)
    assert [int((data.t_train == of).sum()) for of in range(3)] == [5, 10, 1]
    assert (data.classes, data.high, data.names) == (3, 2, ("a", "b", "c"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 1.0])
def test_of_numbers_a_share_is_learned_from_and_never_one_number_only(share):
    rng = np.random.default_rng(4)
    x, t = rng.uniform(-5, 5, (41, 2)).astype(np.float32), np.zeros(41, np.float32)
    t[:2] = 1, -1
    data = own_data(OwnPoints(x, t, number=Axis("price", 10.0, 30.0)), share, 0)
    assert set(data.t_train[:, 0]) == {-1, 0, 1}
    assert len(data.x_train) + len(data.x_test) == 41
    assert abs(len(data.x_train) - share * 41) <= 2.5
    numbers = {(float(a), float(b)): of for (a, b), of in zip(x, t, strict=True)}
    for points, of in ((data.x_train, data.t_train), (data.x_test, data.t_test)):
        assert [numbers[a, b] for a, b in points] == of[:, 0].tolist()
    assert (data.low, data.high, data.classes, data.unit) == (-1, 1, 0, ("price", 10))


def test_points_that_are_gone_or_damaged_are_not_found(tmp_path, monkeypatch):
    monkeypatch.setattr(own, "folder", lambda: tmp_path)
    (tmp_path / "damagedfile1.npz").write_bytes(b"PK damaged")
    for name in ("~damagedfile1", "~AAAAAAAAAAAA"):
        with pytest.raises(LookupError):
            own_points(name)
