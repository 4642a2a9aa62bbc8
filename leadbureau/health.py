"""What load balancers and people on call ask: is the process alive, and can it answer visitors."""

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Once every migration of this code is in the database it stays there, so one good look is enough.
_seen: dict[str, bool] = {"migrated": False}


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. It asks no database, so that an outage does not restart the process."""
    return _line("ok")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: the database answers and no migration waits; else 503 with the reason in one line."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated():
            return _line("migrations are waiting", status=503)
    except Error:
        return _line("the database does not answer", status=503)
    return _line("ready")


def _migrated() -> bool:
    if not _seen["migrated"]:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        _seen["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _seen["migrated"]


def _line(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
