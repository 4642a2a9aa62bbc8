"""A worker that is killed with SIGKILL while it delivers: no letter is lost, and a double is told as one.

The mail server is a real one in a thread; it kills the worker at the moment that a case names.
"""

import os
import re
import signal
import socketserver
import sqlite3
import subprocess
import sys
import threading
from collections import Counter

import pytest

COUNT = 5  # letters


class Sink(socketserver.ThreadingTCPServer):
    """Takes mail by SMTP (RFC 5321, as little as a client needs) and keeps what it has accepted."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.accepted: list[str] = []  # Message-IDs, in their order
        self.worker: subprocess.Popen | None = None
        self.kill_before = self.kill_after = 0  # the how-many-th letter

    def kill(self) -> None:
        self.worker.kill()
        self.worker.wait()


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip().upper():
            if line == "DATA":
                self.take()
            else:
                self.say("221 bye" if line == "QUIT" else "250 ok")

    def take(self):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        message = b"".join(lines).decode()
        number = len(self.server.accepted) + 1
        if number == self.server.kill_before:
            return self.server.kill()
        self.server.accepted.append(re.search(r"^Message-ID: *(\S+)", message, re.M)[1])
        if number == self.server.kill_after:
            return self.server.kill()
        return self.say("250 taken")

    def say(self, words: str):
        try:
            self.wfile.write(f"{words}\r\n".encode())
        except OSError:
            return  # the worker is dead


@pytest.fixture
def sink():
    with Sink() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def database(tmp_path, sink):
    """A migrated SQLite file with some letters, and the environment that leads a process to it."""
    file = tmp_path / "work.sqlite3"
    environment = {**os.environ, "DEBUG": "1", "DATABASE_URL": f"sqlite:///{file}"}
    environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.server_address[1]}"
    words = (
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        f"from tests.mail.factories import a_letter; [a_letter() for _ in range({COUNT})]"
    )
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", words], env=environment, check=True)
    return file, environment


def deliver(sink, environment, *, kill_before: int = 0, kill_after: int = 0) -> int:
    """One round of a worker in a process of its own, killed at a letter; gives its return code."""
    sink.kill_before, sink.kill_after = kill_before, kill_after
    words = "from leadbureau.mail.letters import deliver_due; deliver_due()"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", words]
    sink.worker = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    return sink.worker.wait()


def end_leases(file):
    """As if the quarter of an hour had passed after which a dead worker's letter is taken up again."""
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE mail_letter SET next_try_at = '2026-01-01' WHERE state = 'waiting'")


def test_killed_at_any_moment_a_worker_loses_no_letter_and_a_double_is_told_as_one(database, sink):
    file, environment = database
    assert deliver(sink, environment, kill_before=2) == -signal.SIGKILL  # the server never had it
    end_leases(file)
    assert deliver(sink, environment, kill_after=4) == -signal.SIGKILL  # the server had it, we did not know
    end_leases(file)
    assert deliver(sink, environment) == 0
    times = Counter(sink.accepted)
    assert (len(times), sum(times.values())) == (COUNT, COUNT + 1)
    with sqlite3.connect(file) as connection:
        states = connection.execute("SELECT state, COUNT(*) FROM mail_letter GROUP BY 1").fetchall()
    assert states == [("sent", COUNT)]
