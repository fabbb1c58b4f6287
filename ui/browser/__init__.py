"""What lives in the browser: plain ES modules, without a build step.

A part is a folder. The functions of its `__init__.py` put it on a page; HTML, CSS and JavaScript
are what the browser gets. What parts share is in `shared/` and imported from there; `join.py` joins
a part's modules into one when the app starts. `messages.d.ts` says what Python sends.

Every style of a part begins with its two letters, for all parts share one page:
`gc` chart, `gs` stage, `gw` walk, `gm` wall, `gt` lottery, `gk` map, `gx` sweep,
`gr` race, `gd` pad; `gj` the small menu that most of them have.

`npm ci && npm run check` in this folder checks types and lints; the app needs neither.
"""
