"""Whether anything is lost when the site is killed: 500 requests for help are sent while the web server and the
worker are killed with SIGKILL at random moments and started again.

Not a test: run `make faults`. It serves a database of its own from a temporary folder on a free port, asks only
this machine, and removes both. Every request that was answered with a reference must be in the database, with
its receipt delivered; a receipt may be delivered twice only under one Message-ID. Prints the counts, and ends
with 1 when something is lost.
"""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
SUBMISSIONS = int(os.environ.get("SUBMISSIONS", "500"))
AT_ONCE = 8  # people who type at the same time
BETWEEN_KILLS = (1.0, 5.0)  # seconds
TRIES = 60  # of one press of a button, while the server is away
REFERENCE = re.compile(r"TA-[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def main() -> int:
    random.seed(int(os.environ.get("SEED", time.time_ns() % 1_000_000)))
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        _environment(Path(folder), port)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("prepare", verbosity=0)
        started = time.monotonic()
        with Site(port) as site, ThreadPoolExecutor(AT_ONCE) as people:
            references = list(people.map(lambda number: submit(port, number), range(SUBMISSIONS)))
        print(f"{SUBMISSIONS} sent in {time.monotonic() - started:.0f} s; killed: {dict(site.killed)}")
        return judge(references, Path(folder) / "mail")


def _environment(folder: Path, port: int) -> None:
    os.environ.update(
        DATABASE_URL=f"sqlite:///{folder}/faults.sqlite3",
        MEDIA_ROOT=f"{folder}/media",
        PRIVATE_ROOT=f"{folder}/private",
        EMAIL_URL=f"filemail:///{folder}/mail",
        SITE_URL=f"http://127.0.0.1:{port}",
        SECRET_KEY="only-for-the-faults-" * 3,
        ENCRYPTION_KEYS="b25seS1mb3ItdGhlLWZhdWx0cy0wMDAwMDAwMDAwMDA=",
        PROXY_COUNT="1",  # each person has an address of their own
        DEBUG="0",
        DJANGO_SETTINGS_MODULE="leadbureau.settings",
    )
    sys.path.insert(0, str(ROOT))


class Site:
    """The web server and the worker; a thread kills one of them every now and then, and starts it again."""

    def __init__(self, port: int):
        web = ["-m", "gunicorn", "leadbureau.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
        web += ["--threads", "4", "--log-level", "critical", "--no-control-socket"]
        self.commands = {"web": web, "worker": ["manage.py", "work"]}
        self.running: dict[str, subprocess.Popen] = {}
        self.killed: Counter = Counter()
        self.over = threading.Event()
        self.chaos = threading.Thread(target=self._kill_at_random)

    def __enter__(self):
        for name in self.commands:
            self._start(name)
        self.chaos.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.chaos.join()
        for name in self.commands:
            self._kill(name)

    def _start(self, name: str) -> None:
        self.running[name] = subprocess.Popen(
            [sys.executable, *self.commands[name]],
            cwd=ROOT,
            start_new_session=True,  # a group of its own: its children die with it
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _kill(self, name: str) -> None:
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def _kill_at_random(self) -> None:
        while not self.over.wait(random.uniform(*BETWEEN_KILLS)):
            name = random.choice(list(self.commands))
            self._kill(name)
            self.killed[name] += 1
            self._start(name)
            if name == "web":
                self.over.wait(1.5)  # long enough to start: a site that never comes up shows nothing


def submit(port: int, number: int) -> str:
    """One person fills in all pages and sends; every press is tried again until it is answered.

    Gives the reference that the last page shows, or "" when it never came.
    """
    from sites.assistance.questions import PAGES
    from tests.assistance.factories import ANSWERS

    told = {**ANSWERS, "email": f"person{number}@example.gov"}
    person = Browser(port, f"10.0.{number // 250}.{number % 250 + 1}")
    person.get("/assistance/ask/")
    for page in PAGES:
        if page is not PAGES[0]:
            person.get(f"/assistance/ask/{person.token}/{page.slug}/")
        person.post({one.name: told[one.name] for one in page.questions if one.name in told})
    check = f"/assistance/ask/{person.token}/check/"
    person.get(check)
    person.post({}, to=check)
    if random.random() < 0.2:  # the impatient press twice
        person.post({}, to=check)
    found = REFERENCE.search(person.get(f"/assistance/ask/{person.token}/sent/"))
    return found.group() if found else ""


class Browser:
    """Follows redirects, keeps what forms hide, and tries again as a person does who presses a button anew."""

    def __init__(self, port: int, address: str):
        self.port, self.headers = port, {"X-Forwarded-For": address}
        self.at, self.html, self.token = "", "", ""

    def get(self, path: str) -> str:
        self._open("GET", path, "")
        return self.html

    def post(self, answers: dict, to: str = "") -> None:
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.html)}
        self._open("POST", to or self.at, urlencode({**hidden, **answers}, doseq=True))

    def _open(self, method: str, path: str, body: str) -> None:
        status, headers, html = self._until_answered(method, path, body)
        if cookie := headers.get("Set-Cookie"):  # the one against forged forms, on the first page only
            self.headers["Cookie"] = cookie.partition(";")[0]
        if status in (301, 302, 303):
            self._open("GET", headers["Location"], "")
            return
        if status != 200:
            raise SystemExit(f"{method} {re.sub(r'/[^/]{43}/', '/<token>/', path)} answered {status}.")
        self.at, self.html = path, html
        if token := re.search(r"/([\w-]{43})/", path):
            self.token = token.group(1)

    def _until_answered(self, method: str, path: str, body: str):
        for _ in range(TRIES):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
                connection.request(
                    method, path, body, {**self.headers, **kind, "Accept-Encoding": "identity"}
                )
                response = connection.getresponse()
                return response.status, response.headers, response.read().decode()
            except (OSError, HTTPException):
                time.sleep(0.3)
            finally:
                connection.close()
        raise SystemExit("The site did not come back.")


def judge(references: list[str], mail: Path) -> int:
    """Delivers what is left, as a worker would that lives; counts; 1 when something is lost."""
    from datetime import timedelta

    from django.utils import timezone

    from leadbureau.mail.letters import deliver_due
    from leadbureau.mail.models import Letter
    from leadbureau.mail.models.letter import LEASE
    from sites.assistance.models import Request
    from sites.assistance.moves import Status

    while deliver_due(timezone.now() + LEASE + timedelta(minutes=1)):
        pass
    confirmed = [one for one in references if one]
    rows = {row.reference: row for row in Request.objects.filter(status=Status.RECEIVED)}
    receipts = Counter(
        Letter.objects.filter(name="assistance/send", state=Letter.State.SENT).values_list("about", flat=True)
    )
    delivered = Counter(re.findall(r"^Message-ID: (\S+)", _all_mail(mail), re.MULTILINE))
    keys = {letter.about: letter.key for letter in Letter.objects.filter(name="assistance/send")}
    mailed = [one for one in confirmed if any(str(keys.get(one)) in name for name in delivered)]
    lost = [one for one in confirmed if one not in rows or receipts[one] != 1 or one not in mailed]
    print(f"confirmed with a reference {len(confirmed)}, of these different {len(set(confirmed))}")
    print(
        f"stored as received {len(rows)}, with exactly one receipt {sum(receipts[one] == 1 for one in rows)}"
    )
    twice = sum(count > 1 for count in delivered.values())
    print(f"messages in the mail {sum(delivered.values())}, delivered twice under one Message-ID {twice}")
    print(f"unanswered {SUBMISSIONS - len(confirmed)}, lost {len(lost)}")
    return 1 if lost or len(set(confirmed)) != SUBMISSIONS or len(rows) != SUBMISSIONS else 0


def _all_mail(folder: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in sorted(folder.iterdir()))


if __name__ == "__main__":
    sys.exit(main())
