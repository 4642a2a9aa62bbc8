"""The site as in production on one machine: gunicorn for the pages, the worker for letters and chores."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Prepares the checkout, then serves the site and delivers its letters until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args, host: str, port: int, **options):
        _refuse_taken_port(host, port)
        call_command("prepare", stdout=self.stdout)
        self._greet(host, port)
        _run_until_stopped(_commands(host, port))

    def _greet(self, host: str, port: int) -> None:
        self.stdout.write(
            f"\n  The site:   http://{host}:{port}/\n  The admin:  http://{host}:{port}/admin/\n"
        )
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self.stdout.write("  Make the first staff account, in another terminal:  make staff\n")
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.stdout.write(
                f"  Letters are written to {settings.EMAIL_FILE_PATH} until EMAIL_URL is set.\n"
            )
        self.stdout.write("  Stop with Ctrl+C.\n\n")
        self.stdout.flush()


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} is not free. Choose another, like PORT=8001 make run."
            ) from error


def _commands(host: str, port: int) -> list[list[str]]:
    web = [sys.executable, "-m", "gunicorn", "leadbureau.wsgi", "--bind", f"{host}:{port}"]
    # Two processes of four threads suit two cores; nothing is kept in memory that all must share.
    # The site itself answers an address that is too long, with a page that says so.
    web += ["--limit-request-line", "0"]
    # gunicorn's control socket stands in the home folder, where two sites of one user would share it.
    web += ["--no-control-socket"]
    # No log of visits; and what it cannot read may hold somebody's private link.
    web += ["--logger-class", "leadbureau.kit.gunicorn_log.QuietAboutLinks"]
    web += ["--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", "4", "--log-level", "warning"]
    return [web, [sys.executable, "manage.py", "work"]]


def _run_until_stopped(commands: list[list[str]]) -> None:
    """Runs all; when one ends, or a signal asks to stop, ends the others and waits for them."""
    children = [subprocess.Popen(command, cwd=settings.BASE_DIR) for command in commands]  # noqa: S603
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append(True))
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        child.wait(timeout=40)
    if not stopping:
        raise CommandError("A part of the site ended by itself; see the lines above.")
