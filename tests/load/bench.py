"""Pages a second, time to answer, weight and queries of the main pages, with 79, 1,000 and 10,000 places.

Not a test: it prints tables and judges nothing, because a shared machine is noisy. Compare rows of one run; the
second table does so for the directory, whose pages should take at most a quarter longer with 10,000 places than
with 1,000. Nothing is cached between two answers but what the site itself keeps. It serves a database of its own from a temporary folder, on a free port, and removes both.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (79, 1_000, 10_000)
PAGES = (
    "/",
    "/sites/",
    "/sites/?page=2",
    "/sites/?q=county",
    "/sites/?stage=operating&q=county",
    "/sites/?kind=city&setting=unknown",
    "/sites/?near=87501",
    "/sites/?year=2017",
    "/sites/?sort=launch&page=9",
    "/sites/nm/",
    "/sites/nm/santa-fe/",
    "/sites/directory.csv",
    "/evidence/",
    "/partners/",
    "/assistance/",
    "/search/?q=santa",
)
IMPORTED = 10_000
SECONDS_A_PAGE = 2.0
READERS = 2  # at once, one a core
WARM_UP = 16  # answers before the clock starts
WORKED = 25  # answers of which the work is measured


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3", MEDIA_ROOT=f"{folder}/media")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadbureau.settings")
        os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-" * 3)
        os.environ.setdefault("ENCRYPTION_KEYS", "b25seS1mb3ItdGhlLWJlbmNobWFyay0wMDAwMDAwMDA=")
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("prepare")
        print(
            f"{'page':36}{'places':>8}{'pages/s':>10}{'median ms':>11}{'work ms':>9}{'kB sent':>9}{'queries':>9}"
        )
        works = {}
        for size in SIZES:
            _fill(size)
            with _server() as port:
                for page in PAGES:
                    works[page, size] = _print_row(page, size, port)
        _print_ratios(works)
        _time_an_import(Path(folder) / "places.csv")


def _fill(size: int) -> None:
    """Adds made-up places, spread over the country, until there are `size` of them."""
    from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State

    states = list(State.objects.all()[:50])
    count = Jurisdiction.objects.count()
    made = Jurisdiction.objects.bulk_create(
        Jurisdiction(
            name=f"Example County {number} LEAD", kind="county", state=states[number % len(states)],
            slug=f"example-{number}", locality=f"Example {number}", visibility="named", ground="public-source",
            latitude=30 + (number * 37 % 180) / 10, longitude=-120 + (number * 53 % 450) / 10,
        )
        for number in range(count, size)
    )  # fmt: skip
    stages = list(Stage.values)
    StageChange.objects.bulk_create(
        StageChange(jurisdiction=place, stage=stages[place.pk % len(stages)], year=2012 + place.pk % 14)
        for place in made
    )


def _time_an_import(file: Path) -> None:
    """Brings in as many new places as `IMPORTED`, from a file, as `manage.py import_places` does."""
    import csv

    from django.core.management import call_command

    from sites.jurisdictions.counties import counties

    known = list(counties().values())
    columns = "name kind place county_fips state latitude longitude stage stage_date stage_source_title"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(columns.split())
        for number in range(IMPORTED):
            at = known[number % len(known)]
            name = f"{number * 7919 % 100_003:06}"  # unlike each other, or the report would be long
            where = (at.fips, at.usps, at.latitude, at.longitude)
            writer.writerow([f"LEAD {name}", "county", name, *where, "operating", "2020-05", "A source"])
    start = time.perf_counter()
    call_command("import_places", file)
    print(f"{IMPORTED:,} new places from a file: {time.perf_counter() - start:.1f} seconds")


class _server:
    """gunicorn as `manage.py serve` runs it, without the worker."""

    def __enter__(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "leadbureau.wsgi", "--bind", f"127.0.0.1:{port}",
             "--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket"],
            cwd=ROOT,
        )  # fmt: skip
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return port
            except OSError:
                time.sleep(0.1)
        raise SystemExit("gunicorn did not start.")

    def __exit__(self, *error) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def _read(port: int, page: str) -> tuple[list[float], int]:
    """Reads a page again and again for a while: seconds of each answer, and bytes of the last one."""
    connection, times, size = HTTPConnection("127.0.0.1", port, timeout=30), [], 0
    until = time.monotonic() + SECONDS_A_PAGE
    while time.monotonic() < until:
        start = time.perf_counter()
        connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        size = len(response.read())
        if response.status != 200:
            raise SystemExit(f"{page} answered {response.status}.")
        times.append(time.perf_counter() - start)
    connection.close()
    return times, size


def _work(page: str) -> tuple[int, float]:
    """Queries of one answer, and the median milliseconds of processor time that it takes in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    queries = len(captured)  # before the next answer wipes the log
    times = []
    for _ in range(WORKED):
        start = time.thread_time()
        client.get(page)
        times.append(time.thread_time() - start)
    return queries, statistics.median(times) * 1000


def _warm_up(port: int, page: str) -> None:
    """Each process makes its index once; a new connection each time reaches both sooner or later."""
    for _ in range(WARM_UP):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", page, headers={"Connection": "close"})
        connection.getresponse().read()
        connection.close()


def _print_row(page: str, size: int, port: int) -> float:
    """Gives the processor time of one answer in milliseconds."""
    _warm_up(port, page)
    with ThreadPoolExecutor(READERS) as readers:
        results = list(readers.map(lambda _: _read(port, page), range(READERS)))
    times = [seconds for result in results for seconds in result[0]]
    rate = len(times) / SECONDS_A_PAGE
    median = statistics.median(times) * 1000
    queries, work = _work(page)
    sent = results[0][1] / 1000
    print(f"{page:36}{size:>8,}{rate:>10.0f}{median:>11.1f}{work:>9.1f}{sent:>9.1f}{queries:>9}", flush=True)
    return work


def _print_ratios(works: dict[tuple[str, int], float]) -> None:
    """By the time of the processor, which other programs on the machine disturb least."""
    few, many = SIZES[-2:]
    print(f"\n{'the directory':36}{f'work with {many:,} places / with {few:,}':>46}")
    for page in PAGES:
        if page.startswith("/sites/"):
            print(f"{page:36}{works[page, many] / works[page, few]:>46.2f}")


if __name__ == "__main__":
    main()
