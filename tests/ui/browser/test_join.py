"""Modules joined into one: what is joined, in which order, and what is refused."""

import pytest

from ui.browser.join import joined


@pytest.fixture
def written(tmp_path):
    """Writes modules by name; returns the path of the one that imports the others."""

    def write(**modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return tmp_path / "entry.js"

    return write


def test_each_file_is_there_once_after_all_that_it_imports(written):
    entry = written(
        entry='import { b } from "./b.js";\nimport { c } from "./c.js";\nconst entry = b + c;\n',
        b='import { c } from "./c.js";\nexport const b = c;\n',
        c="export const c = 1;\n",
    )
    assert joined(entry) == "const c = 1;\n\nconst b = c;\n\nconst entry = b + c;\n"


def test_imports_may_have_many_lines_and_come_from_other_folders(written, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "far.js").write_text(
        "export function far() {}\nexport class Far {}\nexport let wide = 1;\n", encoding="utf-8"
    )
    entry = written(entry='import {\n  far,\n  Far, wide,\n} from "./shared/far.js";\nfar();\n')
    assert joined(entry) == "function far() {}\nclass Far {}\nlet wide = 1;\n\nfar();\n"


def test_only_the_entry_exports_by_default(written):
    entry = written(entry='import { b } from "./b.js";\nexport default function () {}\n', b="")
    with pytest.raises(ValueError, match=r"entry\.js imports what \./b\.js does not export"):
        joined(entry)
    written(b="export const b = 1;\n")
    assert joined(entry) == "const b = 1;\n\nexport default function () {}\n"
    written(b="export const b = 1;\nexport default function () {}\n")
    with pytest.raises(ValueError, match=r"b\.js says what cannot be joined: export default"):
        joined(entry)


def test_a_circle_is_named(written):
    entry = written(
        entry='import { a } from "./a.js";\n',
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )
    with pytest.raises(ValueError, match=r"a\.js → b\.js → a\.js"):
        joined(entry)


@pytest.mark.parametrize("kind", ["const both = 2;", "function both() {}", "class both {}"])
def test_a_name_that_two_files_have_is_refused(written, kind):
    entry = written(
        entry='import { a } from "./a.js";\nlet both = a;\n', a=f"export const a = 1;\n{kind}\n"
    )
    with pytest.raises(ValueError, match=r"a\.js and entry\.js both have a `both`"):
        joined(entry)


def test_a_name_inside_a_function_is_nobody_elses(written):
    entry = written(
        entry='import { a } from "./a.js";\nconst own = a;\n',
        a="export function a() {\n  const own = 1;\n  return own;\n}\n",
    )
    assert "const own = a;" in joined(entry)


def test_a_missing_file_is_named(written):
    with pytest.raises(ValueError, match=r"entry\.js imports \./gone\.js, which is not there"):
        joined(written(entry='import { a } from "./gone.js";\n'))


@pytest.mark.parametrize(
    "text",
    [
        'import a from "./a.js";',
        'import * as a from "./a.js";',
        'import "./a.js";',
        'import { a as b } from "./a.js";',
        "import { a } from './a.js';",
        'import { a } from "a";',
        'import { a } from "./a.js"; // for b',
        'const a = await import("./a.js");',
        "const here = import.meta.url;",
        'export { a } from "./a.js";',
        'export * from "./a.js";',
        "export { a };",
        "export default 1;",
        "export const { a } = b;",
        "const [a, b] = c;",
        "const a = 1, b = 2;",
        "export let a, b;",
        "var a = 1;",
        "async function a() {}",
    ],
)
def test_what_it_does_not_know_is_refused(written, text):
    with pytest.raises(ValueError, match=r"entry\.js says what cannot be joined"):
        joined(written(entry=f"{text}\n", a="export const a = 1;\n"))
