"""The small pictures of data sets show where their points are, and of which class."""

import re
import xml.etree.ElementTree as ET
from urllib.parse import unquote

import pytest

from datasets.own_points import EXAMPLE, OWN
from datasets.plane import CLASSES, NUMBERS, PLANE_DATA
from figures.theme import NEGATIVE, POSITIVE
from figures.thumbnails import SIDE, as_address, thumbnail

CAPS = {NEGATIVE: "round", POSITIVE: "square"}


def points(name: str) -> list[tuple[float, float, bool]]:
    """Of a picture's marks: to the right and upwards of its middle, and whether it is blue."""
    found = []
    for path in ET.fromstring(thumbnail(name)):
        colour = path.get("stroke")
        assert path.get("stroke-linecap") == CAPS[colour]
        for x, y in re.findall(r"M(-?\d+),(-?\d+)h0", path.get("d")):
            found.append((float(x) - SIDE / 2, SIDE / 2 - float(y), colour == POSITIVE))
    return found


@pytest.mark.parametrize("name", [*PLANE_DATA, OWN])
def test_every_data_set_has_a_picture_of_its_own_with_both_colours_inside_it(name):
    marks = points(name)
    assert {blue for *_, blue in marks} == {False, True}
    assert all(abs(x) <= SIDE / 2 and abs(y) <= SIDE / 2 for x, y, _ in marks)
    others = {thumbnail(other) for other in (*PLANE_DATA, OWN) if other != name}
    assert thumbnail(name) not in others
    assert '"' not in as_address(thumbnail(name))
    assert unquote(as_address(thumbnail(name))).endswith(thumbnail(name))


def test_a_mark_has_the_class_that_is_learned_there():
    assert all(blue == (x * y < 0) for x, y, blue in points("xor") if x * y)
    assert all(blue == (abs(x + 1j * y) < SIDE / 4) for x, y, blue in points("circles"))
    assert all(blue == (x * y < 0) for x, y, blue in points("four points"))
    assert len(points("four points")) == 4
    assert len(points(OWN)) == len(EXAMPLE.x)


def test_a_number_is_the_paler_the_nearer_it_is_to_zero():
    shades = {path.get("stroke-opacity") for path in ET.fromstring(thumbnail("slope"))}
    assert len(shades) > 2
    assert all(len(ET.fromstring(thumbnail(name))) == 2 for name in CLASSES)
    assert all(len(ET.fromstring(thumbnail(name))) > 4 for name in NUMBERS)
