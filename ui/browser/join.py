"""Joins ES modules into one, so that the browser gets one script and there is no build step.

It can do so for modules that keep to a part of the language, and refuses all others: imports by
name and without renaming, from files beside or below; exports before what they export; a line of
its own for each name at the top of a file, and no such name in two files. `export default` stays,
and belongs to the module that all others are joined to.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{\s*(\w+(?:,\s*\w+)*),?\s*\} from "(\.[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:function|class|const|let) )", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:function|class|const|let) (\w+)", re.MULTILINE)
DECLARED = re.compile(r"^(?:export )?(?:function|class|const|let) (\w+)", re.MULTILINE)
DEFAULT = re.compile(r"^export default function \(", re.MULTILINE)
# What is left of modules once all that is known is taken away, and declarations of many names.
UNKNOWN = re.compile(
    r"^(?:import|export)\b.*|\bimport[(.].*"
    r"|^(?:const|let) (?:[^\w]|[^;()\[\]{}\"'`\n]*,).*|^(?:var|async|function\*).*",
    re.MULTILINE,
)


def joined(entry: Path) -> str:
    """The text of one module that does what `entry` and all that it imports do.

    Raises ValueError where files import each other in a circle, where two of them have a name in
    common, and where one says what cannot be joined.
    """
    entry = entry.resolve()
    files = _in_order(entry, ())
    owners: dict[str, Path] = {}
    for file in files:
        for name in DECLARED.findall(_text(file)):
            if name in owners:
                raise ValueError(f"{owners[name].name} and {file.name} both have a `{name}`")
            owners[name] = file
    return "\n".join(_stripped(file, file == entry) for file in files)


def _in_order(file: Path, importers: tuple[Path, ...]) -> list[Path]:
    """All that a file imports, each once and after what it imports itself, and the file last."""
    if file in importers:
        circle = [*importers[importers.index(file) :], file]
        raise ValueError("modules in a circle: " + " → ".join(one.name for one in circle))
    order: list[Path] = []
    for names, address in IMPORT.findall(_text(file)):
        source = (file.parent / address).resolve()
        if not source.is_file():
            raise ValueError(f"{file.name} imports {address}, which is not there")
        missing = set(re.findall(r"\w+", names)) - set(EXPORTED.findall(_text(source)))
        if missing:
            raise ValueError(f"{file.name} imports what {address} does not export: {missing}")
        order += _in_order(source, (*importers, file))
    return list(dict.fromkeys([*order, file]))


def _stripped(file: Path, is_entry: bool) -> str:
    """A module's text without imports and exports, but for the default one of the entry."""
    text = EXPORT.sub("", IMPORT.sub("", _text(file)))
    rest = DEFAULT.sub("", text, count=1) if is_entry else text
    unknown = UNKNOWN.search(rest)
    if unknown:
        raise ValueError(f"{file.name} says what cannot be joined: {unknown.group().strip()}")
    return text


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
