"""Glassbox: watch a neural network learn, and open any number in it.

Start with `streamlit run dashboard.py`. This is the server before anybody has come;
`pages/router.py` finds the page that a visitor asks for.
"""

from streamlit.starlette import App

from datasets.environment import refuse_what_cannot_be
from kernels import compile_in_background
from recipes.threads import one_blas_thread
from runs.memory import keep_together
from ui.browser.chart.saved import saved_route
from ui.browser.chart.script import script_route
from ui.browser.page.terms import terms_route
from ui.browser.speaker import speaker_route
from ui.imports import import_all, leave_to_the_collector_what_comes_later
from ui.life import life

refuse_what_cannot_be()
one_blas_thread()
keep_together()
compile_in_background()
import_all()
leave_to_the_collector_what_comes_later()
routes = [script_route(), saved_route(), terms_route(), speaker_route()]
app = App("pages/router.py", routes=routes, lifespan=life)
