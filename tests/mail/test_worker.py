import os
import signal
import subprocess
import sys

import pytest
from django.core.management import call_command

from leadbureau.management.commands import work
from tests.mail.factories import a_letter


@pytest.mark.django_db
def test_once_delivers_what_is_due_and_does_the_chores(capsys, monkeypatch):
    monkeypatch.setattr(work, "found_chores", lambda: {"a": lambda: 2, "b": lambda: 3})
    a_letter()
    call_command("work", "--once")
    assert capsys.readouterr().out == "Letters sent: 1. Rows touched by chores: 5.\n"


@pytest.mark.django_db
def test_a_chore_that_fails_does_not_hold_up_the_others_or_end_the_worker(monkeypatch):
    done = []
    chores = {"leadbureau.purging": lambda: 1 / 0, "sites.jurisdictions.chores": lambda: done.append(1) or 1}
    monkeypatch.setattr(work, "found_chores", lambda: chores)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    work.do_round({})
    assert done == [1]


@pytest.mark.django_db
def test_each_chore_is_done_in_its_own_time(monkeypatch):
    done, clock = [], [0.0]
    chores = {
        "leadbureau.content.chores": lambda: done.append("m") or 0,
        "sites.jurisdictions.chores": lambda: done.append("h") or 0,
    }
    monkeypatch.setattr(work, "found_chores", lambda: chores)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.time, "monotonic", lambda: clock[0])
    last = {}
    for clock[0] in (0.0, 30.0, 61.0, 3601.0):
        work.do_round(last)
    assert done == ["m", "h", "m", "m", "h"]


def test_every_chore_that_is_named_exists():
    assert set(work.found_chores()) == set(work.CHORES)


def _worker(environment, *arguments):
    command = [sys.executable, "manage.py", "work", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("worker")


@pytest.fixture(scope="module")
def its_own_database(folder):
    """A migrated SQLite file with twenty letters, and the environment that leads a process to it."""
    environment = {**os.environ, "DEBUG": "1", "DATABASE_URL": f"sqlite:///{folder}/work.sqlite3"}
    environment["EMAIL_URL"] = f"filemail:///{folder}/mail"
    words = (
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from tests.mail.factories import a_letter; [a_letter() for _ in range(20)]"
    )
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", words], env=environment, check=True)
    return environment


def test_workers_side_by_side_send_each_letter_once(its_own_database, folder):
    workers = [_worker(its_own_database, "--once") for _ in range(2)]
    told = [int(worker.communicate()[0].split("Letters sent: ")[1].split(".")[0]) for worker in workers]
    sent = "".join(file.read_text() for file in (folder / "mail").iterdir())
    ids = [line for line in sent.splitlines() if line.startswith("Message-ID")]
    assert (sum(told), len(ids), len(set(ids))) == (20, 20, 20)


def test_the_worker_ends_cleanly_when_it_is_told_to(its_own_database):
    worker = _worker(its_own_database)
    assert worker.stdout.readline() == "The worker has begun.\n"
    worker.send_signal(signal.SIGTERM)
    assert worker.communicate(timeout=30)[0] == "The worker has stopped.\n"
    assert worker.returncode == 0
