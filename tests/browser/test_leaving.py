"""What the parts of a page leave behind when the reader goes to another page: nothing."""

from collections import Counter

from tests.browser.server import settle

# Every listener beyond a part's own elements, every observer and every timer that a part's script
# has asked for and that is not ended: Streamlit names a part's script glassbox_<part>.
WATCH = """() => {
    const kept = new Map();  // what asked for it: what it is
    window.kept = () => {
        const counts = {};
        for (const what of kept.values()) counts[what] = (counts[what] ?? 0) + 1;
        return counts;
    };
    const ours = () => new Error().stack.includes('glassbox_');
    const beyond = (target) => target === window || target === document
        || target instanceof MediaQueryList;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
        addEventListener.call(this, type, listener, options);
        if (!beyond(this) || !ours()) return;
        kept.set(listener, type);
        options?.signal?.addEventListener('abort', () => kept.delete(listener));
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
        removeEventListener.call(this, type, listener, options);
        kept.delete(listener);
    };
    const { observe, disconnect } = ResizeObserver.prototype;
    ResizeObserver.prototype.observe = function (...what) {
        observe.apply(this, what);
        if (ours()) kept.set(this, 'observer');
    };
    ResizeObserver.prototype.disconnect = function () {
        disconnect.apply(this);
        kept.delete(this);
    };
    const { setInterval, clearInterval } = window;
    window.setInterval = (...what) => {
        const timer = setInterval(...what);
        if (ours()) kept.set(timer, 'timer');
        return timer;
    };
    window.clearInterval = (timer) => {
        clearInterval(timer);
        kept.delete(timer);
    };
}"""

# Every page hears what touches, reaches or closes a term, and what moves it.
TERMS = {"click": 1, "keydown": 1, "pointerdown": 1, "focusin": 1, "resize": 1}
# By page, besides: a stage, the points placed on it, a boundary drawn on it, what keeps training
# and its words, a walk, a chart; a wall, a chart, their words and a pad. The page itself hears keys
# and where the reader points; where nothing plays, a control goes by keys.
KEPT = {
    "Decision boundaries": {
        "pointerup": 1, "keydown": 5, "pointerdown": 1, "change": 1, "observer": 1,
        "glassbox-film": 1,
    },
    "Gradients": {"pointerup": 1, "keydown": 2, "observer": 1},
    "Activations": {
        "pointerup": 1, "keydown": 3, "glassbox-moment": 1, "observer": 1,
    },
    "MNIST": {
        "pointerup": 1, "keydown": 3, "glassbox-moment": 2, "glassbox-paper": 1, "observer": 3,
        "glassbox-film": 1,
    },
}  # fmt: skip
# What is left while it moves.
PLAY = {"Decision boundaries": "Play", "MNIST": "Play the weights"}
HAS = """(expected) => {
    const sorted = (counts) => JSON.stringify(Object.entries(counts).sort());
    return sorted(window.kept()) === sorted(expected);
}"""


def test_parts_that_have_left_the_page_leave_nothing_behind(app, apart):
    page = apart.page
    page.add_init_script(f"({WATCH})()")
    page.goto(app)
    settle(page)
    for name in (*KEPT, next(iter(KEPT))):
        kept = dict(Counter(KEPT[name]) + Counter(TERMS))
        page.get_by_test_id("stTopNav").get_by_role("link", name=name, exact=True).click()
        page.wait_for_function(HAS, arg=kept)
        settle(page)
        assert page.evaluate("window.kept()") == kept
        if name in PLAY:
            page.get_by_role("button", name=PLAY[name], exact=True).click()
        if name == "MNIST":
            assert page.evaluate("window.kept().timer") == 1  # the wall's, until the wall is left
