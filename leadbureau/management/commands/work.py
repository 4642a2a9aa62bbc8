"""The worker: delivers letters every few seconds and does the chores of the apps, beside the web server."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from leadbureau.mail.letters import deliver_due

log = logging.getLogger(__name__)

BETWEEN_LETTERS = 5  # seconds
MINUTE, HOUR = 60, 3600
# Modules with a chores() -> int that tells how many rows it touched, and how often each is called.
CHORES = {
    "leadbureau.content.chores": MINUTE,
    "sites.jurisdictions.prepare_ahead": MINUTE,
    "leadbureau.purging": HOUR,
    "sites.jurisdictions.chores": HOUR,
    "sites.assistance.chores": MINUTE,
}


class Command(BaseCommand):
    help = "Delivers letters and does chores until it is told to stop (SIGTERM); with --once, once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="One round of everything, then end.")

    def handle(self, *, once: bool, **options):
        if once:
            self.stdout.write(f"Letters sent: {deliver_due()}. Rows touched by chores: {sum(do_chores())}.")
            return
        stop = stopped_by_signal()
        self.stdout.write("The worker has begun.")
        self.stdout.flush()
        last: dict[str, float] = {}
        while not stop.is_set():
            do_round(last)
            stop.wait(BETWEEN_LETTERS)
        self.stdout.write("The worker has stopped.")


def stopped_by_signal() -> threading.Event:
    """Set by SIGTERM or SIGINT. What is being done at that moment is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def do_round(last: dict[str, float]) -> None:
    """Letters, then the chores whose time has come. An error is logged and tried again; it ends nothing."""
    close_old_connections()
    _guarded("letters", deliver_due)
    for name, chores in found_chores().items():
        if time.monotonic() - last.get(name, float("-inf")) >= CHORES[name]:
            last[name] = time.monotonic()
            _guarded(name, chores)
    close_old_connections()


def do_chores() -> list[int]:
    return [chores() for chores in found_chores().values()]


def found_chores() -> dict[str, Callable[[], int]]:
    """The chores of the apps that have some."""
    return {name: import_module(name).chores for name in CHORES if find_spec(name)}


def _guarded(what: str, work: Callable[[], int]) -> None:
    try:
        touched = work()
    except Exception:
        log.exception("The worker could not finish: %s", what)
    else:
        if touched:
            log.info("%s: %s", what, touched)
