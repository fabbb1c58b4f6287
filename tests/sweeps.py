"""The same check over many sizes, themes, settings: a few usual cases, the others marked `sweep`.

`pytest` alone leaves the others out, `pytest -m sweep` runs just them, `.ci/run` runs both.
"""

from collections.abc import Iterable, Sequence

import pytest


def sweep(names: str, cases: Iterable, usual: Sequence) -> pytest.MarkDecorator:
    """`pytest.mark.parametrize` over all cases, of which the usual ones are always run.

    A `usual` case that is none of `cases` raises ValueError: nobody would notice it missing.
    """
    cases = list(cases)
    if strangers := [case for case in usual if case not in cases]:
        raise ValueError(f"sweep over {names}: {strangers} are none of its cases")
    several = "," in names
    return pytest.mark.parametrize(
        names,
        [
            case
            if case in usual
            else pytest.param(*(case if several else [case]), marks=pytest.mark.sweep)
            for case in cases
        ],
    )
