"""A film of more classes than two in a real browser: what it says is nn_core's, and no markup."""

import re
from pathlib import Path

import numpy as np
import pytest

from datasets.plane import features
from figures.stage import stage_film
from figures.theme import NEGATIVE, POSITIVE, colours_of
from kernels import train
from recipes.boundaries import boundaries_data, boundaries_trainer
from tests.browser.conftest import Visit
from tests.browser.server import new_page
from tests.several import around, settings_of
from tests.sweeps import sweep
from ui.browser.join import joined
from ui.browser.stage import film_as_html

SHARED = Path(__file__).parents[2] / "ui" / "browser" / "shared"
STAGE = "document.querySelector('.gs').stage"
AT = f"""([x1, x2]) => {{
    const s = {STAGE}, edge = s.canvas.getBoundingClientRect(), {{ plane }} = s.box;
    return [edge.left + plane.x + (x1 + 6) / 12 * plane.side,
            edge.top + plane.y + (6 - x2) / 12 * plane.side];
}}"""
OUTPUT = f"""(kind) => {{
    const s = {STAGE}, edge = s.canvas.getBoundingClientRect();
    const tile = s.units.find((u) => u.layer === s.film.layers.length && u.unit === kind);
    return [edge.left + tile.x, edge.top + tile.y];
}}"""
COLOUR = f"""([x1, x2]) => {{
    const s = {STAGE}, {{ plane }} = s.box, ratio = devicePixelRatio;
    const at = [plane.x + (x1 + 6) / 12 * plane.side, plane.y + (6 - x2) / 12 * plane.side];
    const [x, y] = at.map((v) => Math.round(v * ratio));
    return Array.from(s.canvas.getContext("2d").getImageData(x, y, 1, 1).data.slice(0, 3));
}}"""
SPOTS = [(-5.5, 5.5), (0.2, 0.4), (5.4, -1.3), (1.1, -5.6)]


def number(written):
    """A number as the stage writes it: −1.23 × 10⁻⁵."""
    plain = written.translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789"))
    return float(plain.replace(" × 10", "e"))


def shade(colour, share):
    """So much of a class's colour on white, as a heatmap has it in the light."""
    parts = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)])
    return 255 + (parts - 255) * 0.62 * share


def test_samples_of_the_many_views_have_the_colour_of_their_class(browser):
    page, ends = browser.new_page(), {"negative": NEGATIVE, "positive": POSITIVE}
    page.add_script_tag(content=joined(SHARED / "samples.js"))
    asked = ["#ffffff", ends, colours_of(10)]
    shades = page.evaluate("(asked) => Array.from(sampleShades(...asked))", asked)
    for kind, colour in enumerate(colours_of(10)):
        told = [f"{shades[25 * kind + level + 1]:08x}" for level in (0, 24)]  # alpha, b, g, r
        assert told[0] == "ffffffff"
        assert "#" + told[1][6:] + told[1][4:6] + told[1][2:4] == colour.lower()
    assert shades[0] == 0
    page.close()


@sweep("classes", [3, 5, 10], usual=[10])
def test_the_stage_says_what_the_core_says_and_names_are_no_markup(browser, tmp_path, classes):
    names = [f"<i>class {k}</i>" for k in range(classes)]
    settings = settings_of(around(classes, names=names), epochs=100, hidden=5)
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    train(trainer, 100 * trainer.steps_per_epoch)
    film = stage_film(trainer, data, settings.inputs)
    net = trainer.net
    net.theta = film.thetas[-1].astype(float)  # as the browser has it

    def says(x):
        return trainer.loss.output(net.predict(features(np.array(x, float), settings.inputs)))

    file = tmp_path / "film.html"
    file.write_text(film_as_html(film.message, "Ten", []), encoding="utf-8")
    with new_page(browser, offline=True, color_scheme="light") as page:
        visit = Visit(page)
        page.goto(file.as_uri())
        page.wait_for_selector("[data-testid=stage][data-frame]")
        for spot, p in zip(SPOTS, says(SPOTS), strict=True):
            page.mouse.move(*page.evaluate(AT, spot))
            lines = page.get_by_role("tooltip").inner_text().splitlines()
            if not lines[0].startswith("point"):
                assert lines[-1].startswith(f"the network says {names[p.argmax()]}: ")
                x = [number(v) for v in re.findall(r"= (−?[\d.]+)", lines[0])]
                assert number(lines[-1].split(": ")[1]) == pytest.approx(says([x]).max(), abs=1e-5)
        page.mouse.move(0, 0)
        colours = film.message["colours"]["classes"]
        for spot, p in zip(SPOTS, says(SPOTS), strict=True):
            sure = (p.max() - 1 / classes) / (1 - 1 / classes)
            expected = shade(colours[p.argmax()]["colour"], sure)
            if p.max() > 0.9:
                np.testing.assert_allclose(page.evaluate(COLOUR, spot), expected, atol=8)

        page.keyboard.press("p")
        panel = page.locator(".gs-panel")
        told = [line for line in panel.inner_text().splitlines() if re.match(r"<i>.* = ", line)]
        shares = [number(line.split("</i> = ")[1]) for line in told if "z =" not in line]
        (p,), of = says(data.x_train[:1]), int(data.t_train[0, 0])
        np.testing.assert_allclose(shares, p, rtol=0.006, atol=1e-6)
        own = re.search(r"Should be (.*); its own loss is (.*)\.", panel.inner_text())
        assert own[1] == names[of]
        assert number(own[2]) == pytest.approx(-np.log(p[of]), rel=0.006, abs=1e-6)
        page.keyboard.press("Escape")

        page.mouse.click(*page.evaluate(OUTPUT, classes - 1))
        assert f"answer {names[-1]}" in panel.inner_text()
        assert panel.locator("input").count() == 6  # five weights and a bias
        gradient = page.evaluate(f"Array.from({STAGE}.gradient())")
        trace = net.forward(trainer.x)
        net.backward(trace, trainer.loss.grad(trace[-1], trainer.t))
        np.testing.assert_allclose(gradient, net.grad, atol=1e-5)
        page.keyboard.press("Escape")
        for layer in range(3):
            page.locator(".gs-tabs button").nth(layer).click()
        assert page.locator("i").count() == 0
        assert visit.complaints == []
