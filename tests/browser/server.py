"""The site as in production: gunicorn in a process of its own, DEBUG off, hashed and compressed files.

The database is filled once, under a lock that all runs share; each module of tests gets a copy of it.
"""

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "var" / "browser-tests.lock"
STATIC = ROOT / "var" / "test-static"  # where tests.browser.settings collects
ENTRY = re.compile(r"^(?=\[?\d{4}-\d\d-\d\d )", re.MULTILINE)  # of the log
MADE_ON_PURPOSE = "/test/"  # the pages of tests.browser.urls
READY_WITHIN = 60  # seconds
DELIVER = "from leadbureau.mail.letters import deliver_due; deliver_due()"


class Site:
    """A running copy of the furnished site, in a folder of its own."""

    def __init__(self, template: Path, folder: Path):
        shutil.copytree(template, folder, ignore=shutil.ignore_patterns("static"))
        self.folder, self.static = folder, template / "static"
        self.facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        self.url = f"http://127.0.0.1:{_free_port()}"
        self._log = (folder / "server.log").open("w+", encoding="utf-8")
        self._server = self._start()

    def deliver_letters(self) -> list[str]:
        """What the worker does every few seconds; gives all letters that have left so far, newest last."""
        manage = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", DELIVER]
        subprocess.run(manage, cwd=ROOT, env=self._environment(), check=True)
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime)
        return [letter for file in files for letter in _letters_in(file)]

    def stop(self) -> str:
        """Ends the server; gives the errors that it has logged, without those made on purpose."""
        self._server.terminate()
        self._server.wait(timeout=20)
        self._log.seek(0)
        errors = [entry for entry in ENTRY.split(self._log.read()) if " ERROR " in entry.split("\n")[0]]
        self._log.close()
        return "\n".join(entry for entry in errors if MADE_ON_PURPOSE not in entry)

    def _environment(self) -> dict[str, str]:
        return {**environment(self.folder), "SITE_URL": self.url, "TEST_STATIC_ROOT": str(self.static)}

    def _start(self) -> subprocess.Popen:
        address = self.url.removeprefix("http://")
        command = [sys.executable, "-m", "gunicorn", "leadbureau.wsgi", "--bind", address, "--threads", "4"]
        server = subprocess.Popen(
            command, cwd=ROOT, env=self._environment(), stdout=self._log, stderr=subprocess.STDOUT
        )
        deadline = time.monotonic() + READY_WITHIN
        while not _answers(f"{self.url}/healthz"):
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                raise RuntimeError(
                    "The site did not start: " + Path(self._log.name).read_text(encoding="utf-8")
                )
            time.sleep(0.1)
        return server


def furnished(folder: Path) -> Path:
    """The folder with the filled database, made by whoever comes first."""
    with _locked():
        if not (folder / "facts.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            made = subprocess.run(
                [sys.executable, "-m", "tests.browser.furnish"],
                cwd=ROOT,
                env=environment(folder),
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
            # A later run with changed styles must not take them away from servers that are still up.
            shutil.copytree(STATIC, folder / "static")
            (folder / "facts.json").write_text(made.stdout, encoding="utf-8")
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Production's settings, with everything that is written under `folder`."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),  # gunicorn keeps its control socket there
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "SECRET_KEY": "only for the tests in a browser, and so no secret at all",
        "ENCRYPTION_KEYS": "b25seS1mb3ItdGhlLWJyb3dzZXItdGVzdHMtMDAwMDA=",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "DEBUG": "0",
    }


@contextmanager
def _locked():
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def _letters_in(file: Path) -> list[str]:
    """The letters of a file as their receivers read them: receiver, subject and words, decoded."""
    parts = file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")[:-1]
    letters = [message_from_bytes(part, policy=policy.default) for part in parts]
    return [
        f"To: {one['To']}\nSubject: {one['Subject']}\n\n{one.get_body(('plain',)).get_content()}"
        for one in letters
    ]
