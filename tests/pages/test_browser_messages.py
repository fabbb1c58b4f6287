"""What pages send to the browser is what `messages.d.ts` says that they send."""

import json
import re
from pathlib import Path

import pytest

TYPES = (Path(__file__).parents[2] / "ui" / "browser" / "messages.d.ts").read_text(encoding="utf-8")
ALIAS = re.compile(r"^type (\w+) =([^;]+);", re.MULTILINE)
INTERFACE = re.compile(
    r"^interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}", re.MULTILINE | re.DOTALL
)
FIELD = re.compile(r"^  (\w+)(\??): ([^;]+);", re.MULTILINE)
RECORD = re.compile(r"(?:Partial<)?Record<(\w+), ([^>]+)>+")
PLAIN = {"string": str, "number": int | float, "boolean": bool, "null": type(None)}

PAGES = {
    "boundaries": {"stage": "StageData", "page": "PageData"},
    "boundaries lottery": {"lottery": "LotteryData"},
    "boundaries map": {"map": "MapData"},
    "boundaries sweep": {"sweep": "SweepData"},
    "boundaries race": {"race": "RaceData"},
    "gradients": {"walk": "WalkData"},
    "neuron": {"walk": "WalkData"},
    "activations": {"chart": "ChartData", "along": "AlongData"},
    "mnist": {"chart": "ChartData", "wall": "WallData", "pad": "PadData"},
    "mnist mistakes": {"mistakes": "MistakesData"},
    "mnist one image": {"through": "ThroughData"},
    "mnist units": {"units": "UnitsData"},
    "mnist gradients": {"gradients": "GradientsData"},
    "mnist before and after": {"before": "BeforeData"},
    "mnist space": {"space": "SpaceData"},
}


class Types:
    """What is declared in a file of types, as far as messages need it."""

    def __init__(self, text):
        self.aliases = dict(ALIAS.findall(text))
        self.interfaces = {}
        for name, base, body in INTERFACE.findall(text):
            own = {field: (kind, not optional) for field, optional, kind in FIELD.findall(body)}
            self.interfaces[name] = self.interfaces.get(base, {}) | own

    def misfit(self, value, kind, at="message"):
        """Where in a value something is not of its type, or None."""
        kind = " ".join(kind.split()).removeprefix("| ")
        if record := RECORD.fullmatch(kind):
            wrong = [self.misfit(key, record[1], f"{at}.{key}") for key in value]
            wrong += [self.misfit(one, record[2], f"{at}.{key}") for key, one in value.items()]
            return next(filter(None, wrong), None)
        if kind.startswith("(") or (kind.endswith("[]") and "|" not in kind):
            if not isinstance(value, list):
                return at
            inner = kind.removesuffix("[]").strip("()")
            return next(filter(None, (self.misfit(one, inner, f"{at}[]") for one in value)), None)
        if "|" in kind:
            wrong = [self.misfit(value, one, at) for one in kind.split("|")]
            return wrong[0] if all(wrong) else None
        if kind in self.aliases:
            return self.misfit(value, self.aliases[kind], at)
        if kind in self.interfaces:
            return self.misfit_in(value, self.interfaces[kind], at)
        if kind.startswith('"'):
            return None if value == kind.strip('"') else at
        fits = isinstance(value, PLAIN[kind]) and (kind == "boolean") == isinstance(value, bool)
        return None if fits else at

    def misfit_in(self, value, fields, at):
        """The same for a value with named fields."""
        if not isinstance(value, dict):
            return at
        wrong = [f"{at}.{name}" for name in value if name not in fields]
        wrong += [
            f"{at}.{name}" for name, (_, must) in fields.items() if must and name not in value
        ]
        wrong += [
            self.misfit(value[name], kind, f"{at}.{name}")
            for name, (kind, _) in fields.items()
            if name in value
        ]
        return next(filter(None, wrong), None)


@pytest.mark.parametrize("name", PAGES)
def test_pages_send_what_the_types_say(open_page, name):
    page, _, view = name.partition(" ")
    few = {"boundaries_starts": "1", "boundaries_each": "1", "boundaries_epochs": "10"}
    few["mnist_opens"] = "few pixels"
    link = {f"{page}_view": view} | few
    parts = open_page(page, **(link if view else {})).get("bidi_component")
    sent = {part.proto.component_name.removeprefix("glassbox_"): part.proto.json for part in parts}
    assert PAGES[name].keys() <= sent.keys()
    for part, kind in PAGES[name].items():
        assert Types(TYPES).misfit(json.loads(sent[part]), kind) is None


def test_a_wrong_message_is_noticed():
    types = Types(
        'type Word =\n  | "yes" | "no";\ninterface Inner {\n  n: string; // its name\n}\n'
        "interface Outer extends Inner {\n  b: Inner[];\n  c?: (number | null)[];\n"
        "  d: Record<Word, number | number[]>;\n}\n"
    )
    right = {"n": "x", "b": [{"n": "x"}], "c": [1, None], "d": {"yes": 1.5, "no": [2]}}
    assert types.misfit(right, "Outer") is None
    for name, value, at in [
        ("n", None, ".n"),
        ("b", [{"n": "x"}, {}], ".b[].n"),
        ("b", [{"n": "x", "m": 1}], ".b[].m"),
        ("c", [True], ".c[]"),
        ("d", {"perhaps": 1}, ".d.perhaps"),
        ("d", {"yes": "1"}, ".d.yes"),
        ("e", 1, ".e"),
    ]:
        assert types.misfit(right | {name: value}, "Outer") == f"message{at}"
    del right["b"]
    assert types.misfit(right, "Outer") == "message.b"
