"""Links that make no sense: wrong pages, wrong names, wrong values."""

import asyncio
import contextlib
import random
import urllib.parse

from benchmarks.visit import Gone, Visit
from tests.test_rooms import VIEWS, module_of
from ui.pages import PAGES

LINKS = 10_000
AT_ONCE = 12  # visitors who follow them
ALL = [module_of(place).VIEW for place in VIEWS]
KEYS = sorted({view.settings.key(name) for view in ALL for name in view.settings.allowed()})
OTHER_KEYS = ["run", "present", "embed", "", "\0", "a" * 300, "__proto__", "st", "page"]
OTHER_KEYS += [f"{page.name}_view" for page in PAGES]
VALUES = [
    *("", " ", "\0", "nan", "inf", "-inf", "1e400", "-1", "0", "1e-400", "99999999999999999999"),
    *("true", "TRUE", "None", "null", "[]", "{}", "0x10", "1_000", "1,5", "٣", "½", "∞", "💥"),
    *("../../etc/passwd", "<script>alert(1)</script>", "'; DROP TABLE", "%00", "\ud7ff", "\u202e"),
    *("relu", "xor", "tanh tanh", "8, 8, 8", "1 " * 200, "a" * 5000, "0.10", "01", "+3", "3.0000"),
]


def link(chance: random.Random) -> tuple[str, str]:
    """A page, or none that there is, and a query; half of them open a view, with its fields."""
    pages = ["", *(page.name for page in PAGES)] * 3 + ["nowhere", "pages/mnist.py", "..", "%ff"]
    page, keys, pairs = chance.choice(pages), [*KEYS, *OTHER_KEYS], []
    if chance.random() < 0.5:
        view = chance.choice(ALL)
        page, keys = (
            view.settings.page,
            [view.settings.key(name) for name in view.settings.allowed()],
        )
        pairs.append((view.settings.key("view"), view.name))
    pairs += [(chance.choice(keys), chance.choice(VALUES)) for _ in range(chance.randint(1, 6))]
    return page, urllib.parse.urlencode(pairs)


async def follow(server: str, links: int, timeout: float = 60.0) -> list[str]:
    """Follow so many; what went wrong, each with its link."""
    chance = random.Random(0)
    wrong: list[str] = []
    left = iter([link(chance) for _ in range(links)])

    async def visitor() -> None:
        for page, query in left:
            visit = Visit(server, page, query, timeout=timeout)
            try:
                await visit.open()
                wrong.extend(f"{said} at {page}?{query}" for said in visit.exceptions)
            except Gone as error:
                wrong.append(f"{error} at {page}?{query}")
            finally:
                with contextlib.suppress(Exception):
                    await visit.close()

    await asyncio.gather(*(visitor() for _ in range(AT_ONCE)))
    return wrong
