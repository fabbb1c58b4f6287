"""The runs of this server, found by their id alone, in memory or on disk."""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from datasets.digits import Digits, Kind
from recipes.mnist import MnistSettings
from runs.began import Began
from runs.brought import Brought
from runs.continued import cannot_continue
from runs.elsewhere import RunElsewhere
from runs.files import Stamp, new_name
from runs.later import Later
from runs.recording import Recording
from runs.run import ABANDONED, Run, State, TrainingRun, goes_on_with
from runs.saved import SavedRun
from runs.shelf import bundled
from runs.store import Store
from runs.workers import Workers

# Runs at rest beyond so many, or so many bytes, leave memory, the oldest first; their files stay.
KEPT, KEPT_BYTES = 32, 200_000_000
HEAVY_UNWATCHED = 60.0  # seconds without a look after which one with digits of its own does


class InTraining(Exception):
    """A run cannot be deleted: another process trains it, and would write it again."""


class Registry:
    """Whoever has a run's id, from its link, finds the run; nobody can list them."""

    def __init__(
        self,
        workers: Workers,
        store: Store,
        abandoned: float = ABANDONED,
        brought: Brought | None = None,
    ) -> None:
        """Runs that nobody has looked at for `abandoned` seconds rest.

        Those that learned from what a reader brought find it in `brought`, usually beside the runs.
        """
        self.workers, self.store = workers, store
        self.brought = brought or Brought(store.folder.parent / "data")
        self.abandoned = abandoned
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._later = Later(HEAVY_UNWATCHED, self._forget_heavy)
        self._lock = threading.Lock()

    def new(self, settings: MnistSettings, digits: Digits, mark: str = "") -> TrainingRun:
        """A run that starts from nothing; `mark` says whose it is."""
        run = self._training(settings, digits, run_id=new_name(mark))
        self._kept(run)
        return run

    def continued(
        self, run: Run, settings: MnistSettings, digits: Digits, mark: str = ""
    ) -> TrainingRun:
        """A new run that begins with the network of this one as it stands, with other settings.

        ValueError, with a sentence, if these ask for another network, or it stands at no numbers.
        """
        if why := cannot_continue(run, settings, digits.subject):
            raise ValueError(why)
        now = run.look()
        new = TrainingRun(
            replace(settings, init=run.settings.init),
            digits,
            self.workers,
            self.store,
            run_id=new_name(mark),
            abandoned=self.abandoned,
            start=now.theta,
            began=Began(run.id, now.step, now.epoch, recording=Recording.name_of(run)),
        )
        self._kept(new)
        return new

    def opened(self, saved: SavedRun, *digits: Digits, mark: str = "") -> Run:
        """A run that starts from where a saved one is, with an id of its own.

        It can go on with those of these digits that it learned from.
        """
        run_id, stamp = new_name(mark), None
        theirs = self._those_of(saved, digits)
        saved = saved._replace(data=theirs.name if theirs else "")
        with contextlib.suppress(OSError):  # it is in memory, and saving is tried again
            stamp = self.store.save(run_id, saved, compress=True)
        return self._kept(self._again(saved, theirs, run_id, stamp))

    def find(self, run_id: str | None, digits: Digits) -> Run | None:
        """The run of that id, from memory or from its file, or None.

        Where another process has written it since, it is read again; where one trains it, it can
        only be looked at, and where one took it away, it is gone here, too. Else it can go on if it
        learned from these digits, from the bundled ones, or from some that were brought and still
        are here.
        """
        if not run_id:
            return None
        run, saved = self._runs.get(run_id), None
        stamp = self.store.stamp(run_id)
        if run and run.at_rest and run.stamp and not stamp:
            self._forget(run)
            return None
        if (run is None or run.at_rest) and stamp and self.store.claims.elsewhere(run_id):
            return self._elsewhere(run_id, run, stamp)
        before, run = run, None if isinstance(run, RunElsewhere) else run
        if run and run.at_rest and stamp not in (None, run.stamp):
            saved = self.store.load(run_id)
        elif isinstance(run, TrainingRun):
            return run
        saved = saved or (run.saved() if run else self.store.load(run_id))
        if saved is None:
            return None
        own = self.brought.find(saved.data) if saved.data else None
        theirs = self._those_of(saved, (digits, own) if own else (digits,))
        if run and stamp in (None, run.stamp) and theirs is None:
            return run
        return self._kept(self._again(saved, theirs, run_id, stamp), instead_of=before)

    def delete(self, run: Run) -> None:
        """Take this run and its file away, for good; one that trains here stops first.

        InTraining if another process trains it, OSError if its file cannot be taken away.
        """
        if isinstance(run, TrainingRun):
            run.pause()
        with contextlib.ExitStack() as until_it_is_gone:
            with contextlib.suppress(OSError):  # where nothing can be written nobody else does
                claim = self.store.claims.claim(run.id)
                if claim is None:
                    raise InTraining
                until_it_is_gone.callback(claim.release)
            self._close(run)
            self.store.delete(run.id)

    def let_go_of(self, data: str) -> None:
        """Runs that learned from these digits rest: they were deleted, and no run goes on."""
        for run in list(self._runs.values()):
            if run.data == data:
                self._close(run)

    def rest(self) -> None:
        """Have all that train rest, and written down as they are: this process ends."""
        for run in list(self._runs.values()):
            if isinstance(run, TrainingRun) and not run.at_rest:
                run.pause()
                if run.state is State.PAUSED:
                    self.store.claims.leave_behind(run.id)

    def _elsewhere(self, run_id: str, run: Run | None, stamp: Stamp) -> Run | None:
        """A run that another process trains; `run` is what was known of it here."""
        if isinstance(run, RunElsewhere):
            return run
        saved = self.store.load(run_id)
        if saved is None:
            return None
        return self._kept(RunElsewhere(saved, run_id, stamp, self.store), instead_of=run)

    def _close(self, run: Run) -> None:
        if isinstance(run, TrainingRun):
            run.close()
        self._forget(run)

    def _forget(self, run: Run) -> None:
        with self._lock:
            self._runs.pop(run.id, None)

    def _those_of(self, saved: SavedRun, digits: Sequence[Digits]) -> Digits | None:
        """Those digits of these, or else the bundled ones, that a run learned from; or None."""
        always = [bundled()] if saved.digits.kind is Kind.BUNDLED and saved.digest else []
        return next((here for here in (*digits, *always) if goes_on_with(saved, here)), None)

    def _again(
        self, saved: SavedRun, theirs: Digits | None, run_id: str, stamp: Stamp | None
    ) -> Run:
        """A saved run, which can go on if there are the digits it learned from."""
        if theirs is None:
            return Run(saved, run_id, stamp)
        return self._training(saved.settings, theirs, saved, run_id, stamp)

    def _training(
        self,
        settings: MnistSettings,
        digits: Digits,
        saved: SavedRun | None = None,
        run_id: str = "",
        stamp: Stamp | None = None,
    ) -> TrainingRun:
        return TrainingRun(
            settings, digits, self.workers, self.store, saved, run_id, self.abandoned, stamp
        )

    def kept(self, run: TrainingRun) -> TrainingRun:
        """This run, which had perhaps left memory, or the one of its id that came back since."""
        now = self._kept(run)
        return now if isinstance(now, TrainingRun) else run

    def _kept(self, run: Run, instead_of: Run | None = None) -> Run:
        """This run, or the one of its id that another visitor brought meanwhile, in memory.

        It takes the place of the one that was found before its digits were, or before another
        process wrote its file. Those that nobody looks at, and the oldest, make room.
        """
        with self._lock:
            if self._runs.get(run.id) in (None, instead_of):
                self._runs.pop(run.id, None)
                self._runs[run.id] = run
            run = self._runs[run.id]
            resting = [r for r in self._runs.values() if r.at_rest and r is not run]
            unwatched = [r for r in resting if r.unwatched > self.abandoned]
            for old in unwatched or resting[: max(0, len(self._runs) - KEPT)]:
                del self._runs[old.id]
            resting = [r for r in resting if r.id in self._runs]
            while resting and sum(r.bytes for r in (*resting, run)) > KEPT_BYTES:
                del self._runs[resting.pop(0).id]
            if run.data:
                self._later.ask()
            return run

    def _forget_heavy(self) -> None:
        """Runs that hold digits of their own leave memory soon after nobody looks any more."""
        with self._lock:
            for run in list(self._runs.values()):
                if run.data and run.at_rest and run.unwatched > HEAVY_UNWATCHED:
                    del self._runs[run.id]
            if any(run.data for run in self._runs.values()):
                self._later.ask()
