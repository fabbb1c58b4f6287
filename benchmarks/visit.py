"""A headless visitor of a Streamlit app: speaks its websocket protocol (1.67), draws nothing.

    async with Visit("http://127.0.0.1:8501", "boundaries", "boundaries_hidden=3") as visit:
        print(visit.first.seconds, visit.widgets.keys())
        answer = await visit.set(boundaries_hidden=7)
        print(answer.seconds, answer.status, answer.exceptions)

It needs `streamlit` (for its protobuf classes) and `websockets`, which Streamlit brings.
"""

import asyncio
import contextlib
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.typing import Origin, Subprotocol

EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
WHOLE = ForwardMsg.FINISHED_SUCCESSFULLY
FRAGMENT = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
TRIGGERS = {"trigger_value", "json_trigger_value", "string_trigger_value"}  # said only once
XSRF = "_streamlit_xsrf"
CACHE_AGE = 2  # whole runs after which a browser forgets a large message it did not see again


class Gone(Exception):
    """The server closed the connection, or does not answer in time."""


@dataclass
class Answer:
    """What came back for one request, from its sending to the end of the run that answers it.

    A page that runs itself again has not answered yet.
    """

    seconds: float = 0.0  # until that end, or until what was waited for was there
    messages: int = 0
    bytes: int = 0
    runs: int = 0
    status: str = ""
    exceptions: list[str] = field(default_factory=list)


class Widget(NamedTuple):
    """A widget as the server last described it."""

    id: str
    kind: str  # the name of its field in Element: slider, selectbox, button, …
    proto: Any

    def state(self, value: Any) -> WidgetState:
        """The message with which a browser says that the reader set this widget to `value`."""
        said = WidgetState(id=self.id)
        match self.kind:
            case "slider" if self.proto.type == self.proto.SELECT_SLIDER:
                said.string_array_value.data.extend(_texts(value))
            case "slider":
                several = value if isinstance(value, (list, tuple)) else [value]
                said.double_array_value.data.extend(map(float, several))
            case "button_group" | "multiselect":
                said.string_array_value.data.extend(_texts(value))
            case "button" | "download_button":
                said.trigger_value = True
            case "checkbox":
                said.bool_value = bool(value)
            case "number_input":
                said.double_value = float(value)
            case "file_uploader":
                said.file_uploader_state_value.uploaded_file_info.extend(value)
            case "bidi_component" if isinstance(value, Trigger):
                said.id = _aggregator(self.id)
                said.json_trigger_value = json.dumps([{"event": value.event, "value": value.value}])
            case "bidi_component":
                said.json_value = json.dumps(value)
            case _:
                said.string_value = str(value)
        return said

    def query(self, value: Any) -> list[str]:
        """What the address bar says of it."""
        return [_plain(v) for v in (value if isinstance(value, (list, tuple)) else [value])]


class Trigger(NamedTuple):
    """An event of a v2 component (setTriggerValue)."""

    event: str
    value: Any = None


def _written(elements: Iterable[Element]) -> str:
    said = []
    for element in elements:
        match kind := element.WhichOneof("type"):
            case "markdown" | "alert" | "text" | "heading":
                said.append(getattr(element, kind).body)
            case "code":
                said.append(element.code.code_text)
            case "progress":
                said.append(element.progress.text)
            case "exception":
                said.append(f"{element.exception.type}: {element.exception.message}")
    return "\n".join(said)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, (int, float)) else str(value)


def _texts(value: Any) -> list[str]:
    return [_plain(v) for v in (value if isinstance(value, (list, tuple)) else [value])]


def _form(file: str, content: bytes) -> tuple[bytes, dict[str, str]]:
    """A file as a browser's form sends it: the body, and the headers that say so."""
    boundary = uuid.uuid4().hex
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def _aggregator(component_id: str) -> str:
    from streamlit.components.v2.bidi_component.main import _make_trigger_id

    return _make_trigger_id(component_id, "events")


async def get(
    url: str, data: bytes | None = None, method: str = "GET", **headers: str
) -> tuple[int, Message, bytes]:
    """An HTTP request without a browser: (status, headers, body)."""

    def ask() -> tuple[int, Message, bytes]:
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    return await asyncio.to_thread(ask)


class Visit:
    """One visitor: a session, the elements on its page, the widgets that can be used."""

    def __init__(
        self,
        server: str,
        page: str = "",
        query: str = "",
        *,
        auto_rerun: bool = True,
        timeout: float = 120.0,
        token: str | None = None,
    ) -> None:
        """`auto_rerun`: answer fragments' `run_every`, as a browser does. `token`: an XSRF token
        to use; without one the server is asked for it when something is uploaded."""
        self.server, self.page, self.timeout = server.rstrip("/"), page, timeout
        self.auto_rerun = auto_rerun
        self.query: dict[str, list[str]] = urllib.parse.parse_qs(query, keep_blank_values=True)
        self.token = token
        self.cookies: dict[str, str] = {}  # which the server has set, or a proxy before it
        self.first = Answer()
        self.session_id = ""
        self.page_hash = ""
        self.pages: dict[str, str] = {}  # url_path → hash
        self.elements: dict[tuple[int, ...], tuple[str, str, Element]] = {}
        self.states: dict[str, WidgetState] = {}
        self.toasts: list[str] = []
        self.script_running = False
        self._cache: dict[str, tuple[int, ForwardMsg]] = {}
        self._age = 0
        self._timers: dict[str, asyncio.Task] = {}
        self._news = asyncio.Condition()
        self._said: list[str] = []  # by the latest run
        self._ended: list[tuple[str, int, float, bool]] = []  # run, status, when, of a fragment
        self.run = ""  # the latest run of the page's script
        self._run_is_fragment = False
        self._replies: dict[str, Any] = {}
        self._closed = ""
        self._reader: asyncio.Task[None] | None = None
        self.messages = self.bytes = self.runs = 0
        self.exceptions: list[str] = []

    async def __aenter__(self) -> "Visit":
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self, until: Callable[["Visit"], bool] | None = None) -> Answer:
        """Connect, and run the page until it does not run itself again, or until `until(visit)`."""
        began = time.perf_counter()
        stream = self.server.replace("http", "ws", 1) + "/_stcore/stream"
        protocols = [Subprotocol(said) for said in ("streamlit", self.token) if said]
        try:
            self._socket = await websockets.connect(
                stream,
                subprotocols=protocols,
                origin=self._origin(),
                additional_headers=self._cookie(),
                compression=None,
                max_size=None,
                open_timeout=self.timeout,
                ping_timeout=None,
            )
        except (OSError, TimeoutError, websockets.WebSocketException) as error:
            raise Gone(f"no connection: {error!r}") from None
        if self._socket.response is not None:
            self._keep(self._socket.response.headers.get_all("Set-Cookie"))
        self._reader = asyncio.create_task(self._read())
        self.first = await self._ask([], began=began, until=until or Visit._still)
        return self.first

    async def close(self) -> None:
        """Leave, as one who closes the tab."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        with contextlib.suppress(Exception):
            await self._socket.close()
        if self._reader is not None:
            self._reader.cancel()

    async def lost(self, seconds: float) -> bool:
        """Whether the connection is lost, at the latest after so long."""
        if self._reader is not None:
            await asyncio.wait([self._reader], timeout=max(0.0, seconds))
        return bool(self._closed)

    async def come_back(self) -> Answer:
        """Connect anew after the connection was lost, as a browser does: with all that was set."""
        await self.close()
        self._closed, self.script_running = "", False
        self._cache.clear()
        self._ended.clear()
        return await self.open()

    def _cookie(self) -> dict[str, str]:
        """The header that says the cookies."""
        cookies = self.cookies | ({XSRF: self.token} if self.token else {})
        return {"Cookie": "; ".join(f"{n}={v}" for n, v in cookies.items())} if cookies else {}

    def _keep(self, said: Iterable[str]) -> None:
        """Keep the cookies that came with an answer."""
        self.cookies |= _cookies(said)

    def _origin(self) -> Origin:
        parts = urllib.parse.urlsplit(self.server)
        return Origin(f"{parts.scheme}://{parts.netloc}")

    def _live(self) -> Iterable[Element]:
        return (element for _, (_, _, element) in sorted(self.elements.items()))

    @property
    def widgets(self) -> dict[str, Widget]:
        """The widgets on the page, by their key, or by their label where they have none."""
        found = {}
        for element in self._live():
            kind = str(element.WhichOneof("type"))
            proto = getattr(element, kind, None)
            if identity := getattr(proto, "id", ""):
                key = identity.split("-", 2)[-1] if identity.startswith("$$ID-") else identity
                name = getattr(proto, "label", "") if key in ("None", "") else key
                found[name] = Widget(identity, kind, proto)
        return found

    @property
    def text(self) -> str:
        """Everything that is written on the page, in order."""
        return _written(self._live())

    @property
    def news(self) -> str:
        """What the latest run of the page has written so far, as it came."""
        return "\n".join(self._said)

    @property
    def query_string(self) -> str:
        """What the address bar says after the question mark."""
        return urllib.parse.urlencode(self.query, doseq=True)

    async def set(self, until: Callable[["Visit"], bool] | None = None, **values: Any) -> Answer:
        """Set widgets, by their keys. `until(visit)` says when the reader sees the answer, where
        that is not the end of the run: a page may go on working, or run itself again."""
        states, widgets = [], self.widgets
        for name, value in values.items():
            widget = widgets[name]
            state = widget.state(value)
            states.append(state)
            if getattr(widget.proto, "query_param_key", ""):
                self.query[widget.proto.query_param_key] = widget.query(value)
        return await self._ask(states, until=until)

    async def press(self, name: str, until: Callable[["Visit"], bool] | None = None) -> Answer:
        """Press a button."""
        return await self.set(until, **{name: True})

    async def rerun(self, until: Callable[["Visit"], bool] | None = None) -> Answer:
        """Run the page again as it is."""
        return await self._ask([], until=until)

    async def go_to(self, page: str) -> Answer:
        """Change the page by the app's own navigation."""
        self.page_hash, self.page = self.pages[page], page
        self.query = {}
        return await self._ask([])

    async def quiet(self, timeout: float | None = None) -> float:
        """Wait until no script runs, nor is about to run itself again; the seconds that took."""
        began = time.perf_counter()
        await self._wait(self._still, timeout or self.timeout)
        return max(0.0, (self._ended[-1][2] if self._ended else began) - began)

    def _still(self) -> bool:
        return not self.script_running and bool(self._ended) and self._ended[-1][1] != EARLY

    async def upload(self, name: str, files: dict[str, bytes]) -> tuple[Answer | None, list[int]]:
        """Give files to an uploader; the answer, and the HTTP status of every upload."""
        token = await self._need_token()
        request = BackMsg()
        request.file_urls_request.request_id = uuid.uuid4().hex
        request.file_urls_request.file_names.extend(files)
        request.file_urls_request.session_id = self.session_id
        await self._send(request)
        identity = request.file_urls_request.request_id
        await self._wait(lambda: identity in self._replies, self.timeout)
        infos, statuses = [], []
        for urls, (file, content) in zip(
            self._replies.pop(identity).file_urls, files.items(), strict=True
        ):
            body, headers = _form(file, content)
            headers |= {"X-Xsrftoken": token} | self._cookie()
            status, _, _ = await get(self.server + urls.upload_url, body, "PUT", **headers)
            statuses.append(status)
            if status < 300:
                infos.append(
                    UploadedFileInfo(
                        name=file, size=len(content), file_id=urls.file_id, file_urls=urls
                    )
                )
        if not infos:
            return None, statuses
        return await self.set(None, **{name: infos}), statuses

    async def _need_token(self) -> str:
        if self.token is None:
            self.token = await xsrf_token(self.server)
        return self.token

    async def _ask(
        self,
        states: list[WidgetState],
        began: float | None = None,
        until: Callable[["Visit"], bool] | None = None,
    ) -> Answer:
        began = began or time.perf_counter()
        before = (self.messages, self.bytes, self.runs, len(self.exceptions))
        seen, current, was_running = len(self._ended), self.run, self.script_running
        fresh = {state.id: state for state in states}
        sent = self.states | fresh
        self.states |= {i: s for i, s in fresh.items() if s.WhichOneof("value") not in TRIGGERS}
        await self._send(self._rerun_message(sent.values()))

        def answered() -> bool:
            if until is not None:
                return until(self)
            return any(
                not (status == EARLY or of_fragment or (was_running and run == current))
                for run, status, _, of_fragment in self._ended[seen:]
            )

        await self._wait(answered, self.timeout)
        seconds = time.perf_counter() - began
        status = self._ended[-1][1] if len(self._ended) > seen else None
        return Answer(
            seconds,
            self.messages - before[0],
            self.bytes - before[1],
            self.runs - before[2],
            "" if status is None else ForwardMsg.ScriptFinishedStatus.Name(status),
            self.exceptions[before[3] :],
        )

    def _rerun_message(
        self, states: Iterable[WidgetState] = (), fragment: str = "", auto: bool = False
    ) -> BackMsg:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self.query_string
        rerun.page_script_hash = self.page_hash
        rerun.page_name = "" if self.page_hash else self.page
        rerun.fragment_id = fragment
        rerun.is_auto_rerun = auto
        rerun.widget_states.widgets.extend(states)
        rerun.cached_message_hashes.extend(self._cache)
        rerun.context_info.url = f"{self.server}/{self.page}"
        rerun.context_info.timezone = "UTC"
        rerun.context_info.locale = "en"
        return message

    async def _send(self, message: BackMsg) -> None:
        try:
            await self._socket.send(message.SerializeToString())
        except websockets.ConnectionClosed as error:
            raise Gone(f"closed: {error}") from None

    async def _wait(self, ready: Callable[[], bool], timeout: float) -> None:
        async def until_ready() -> None:
            async with self._news:
                await self._news.wait_for(lambda: self._closed or ready())

        try:
            await asyncio.wait_for(until_ready(), max(0.001, timeout))
        except TimeoutError:
            raise Gone(f"no answer in {timeout:.0f} s") from None
        if self._closed and not ready():
            raise Gone(self._closed)

    async def _read(self) -> None:
        try:
            async for data in self._socket:
                message = ForwardMsg()
                message.ParseFromString(data)
                self.messages += 1
                self.bytes += len(data)
                self._hear(message)
                async with self._news:
                    self._news.notify_all()
            self._closed = "closed by the server"
        except websockets.ConnectionClosed as error:
            self._closed = f"closed: {error}"
        except Exception as error:  # a bug here must not look like a slow server
            self._closed = f"the client failed: {error!r}"
        async with self._news:
            self._news.notify_all()

    def _hear(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            known = self._cache.get(message.ref_hash)
            if known is None:
                raise LookupError(f"the server thinks that we know {message.ref_hash}")
            self._cache[message.ref_hash] = (self._age, known[1])
            whole = ForwardMsg()
            whole.CopyFrom(known[1])
            whole.metadata.CopyFrom(message.metadata)
            message, kind = whole, whole.WhichOneof("type")
        elif message.metadata.cacheable:
            self._cache[message.hash] = (self._age, message)
        match kind:
            case "new_session":
                self._begin(message)
            case "navigation":
                self.page_hash = message.navigation.page_script_hash
                self.pages = {
                    page.url_pathname: page.page_script_hash
                    for page in message.navigation.app_pages
                }
            case "delta":
                self._draw(message)
            case "script_finished":
                self._end(message)
            case "page_info_changed":
                self.query = urllib.parse.parse_qs(
                    message.page_info_changed.query_string, keep_blank_values=True
                )
            case "auto_rerun" if self.auto_rerun:
                self._every(message.auto_rerun.interval, message.auto_rerun.fragment_id)
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    if timer := self._timers.pop(fragment, None):
                        timer.cancel()
            case "file_urls_response":
                self._replies[message.file_urls_response.response_id] = message.file_urls_response
            case "backend_operation_response":
                reply = message.backend_operation_response
                self._replies[reply.request_id] = reply
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                self.exceptions.append(message.session_event.script_compilation_exception.message)

    def _begin(self, message: ForwardMsg) -> None:
        self.run = message.metadata.run.script_run_id
        self._run_is_fragment = bool(message.metadata.run.fragment_ids)
        self.session_id = message.new_session.initialize.session_id or self.session_id
        self.script_running = True
        self.runs += 1
        self._said.clear()
        if not self._run_is_fragment:
            self.page_hash = message.new_session.page_script_hash or self.page_hash
            for timer in self._timers.values():
                timer.cancel()
            self._timers.clear()

    def _draw(self, message: ForwardMsg) -> None:
        path = tuple(message.metadata.delta_path)
        delta, run = message.delta, message.metadata.run.script_run_id or self.run
        if delta.WhichOneof("type") == "new_element":
            element = delta.new_element
            self.elements[path] = (run, delta.fragment_id, element)
            if run == self.run and (said := _written([element])):
                self._said.append(said)
            kind = str(element.WhichOneof("type"))
            if kind == "exception":
                said = element.exception
                self.exceptions.append(f"{said.type}: {said.message}")
            elif kind == "toast":
                self.toasts.append(element.toast.body)
            elif getattr(getattr(element, kind, None), "set_value", False):
                self.states.pop(getattr(element, kind).id, None)  # the server knows better now
        elif delta.WhichOneof("type") == "add_block":
            self.elements.pop(path, None)

    def _end(self, message: ForwardMsg) -> None:
        status = message.script_finished
        run = message.metadata.run.script_run_id or self.run
        fragments = set(message.metadata.run.fragment_ids)
        self.script_running = False
        if status == WHOLE:
            self.elements = {p: e for p, e in self.elements.items() if e[0] == run}
            self._age += 1
            self._cache = {
                h: (age, m) for h, (age, m) in self._cache.items() if self._age - age <= CACHE_AGE
            }
        elif status == FRAGMENT:
            self.elements = {
                p: e for p, e in self.elements.items() if e[0] == run or e[1] not in fragments
            }
        ended = (run, status, time.perf_counter(), bool(fragments) or status == FRAGMENT)
        self._ended.append(ended)

    def _every(self, seconds: float, fragment: str) -> None:
        async def again() -> None:
            while True:
                await asyncio.sleep(seconds)
                await self._send(self._rerun_message(fragment=fragment, auto=True))

        if old := self._timers.pop(fragment, None):
            old.cancel()
        self._timers[fragment] = asyncio.create_task(again())


async def xsrf_token(server: str) -> str:
    """The token with which a browser proves that an upload comes from the app's own page."""
    _, headers, _ = await get(f"{server}/_stcore/health")
    return _cookies(headers.get_all("Set-Cookie") or ())[XSRF]


def _cookies(said: Iterable[str]) -> dict[str, str]:
    """The cookies that came with an answer, by their names."""
    pairs = (line.split(";")[0].partition("=") for line in said)
    return {name.strip(): value.strip() for name, _, value in pairs}
