#!/usr/bin/env bash
# Runs a command against a PostgreSQL made for it and thrown away after it: tests/with_postgres.sh pytest …
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
    bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  else
    echo "PostgreSQL's programs were not found. Install them (Debian: sudo apt-get install postgresql)." >&2
    exit 1
  fi
fi

folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

(cd "$folder" && "${as[@]}" "$bin/initdb" -D "$folder/data" -U leadbureau --auth=trust --encoding=UTF8 --locale=C >/dev/null)
# A socket in the folder and no network port: nothing to collide with.
(cd "$folder" && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-k $folder -c listen_addresses='' -c fsync=off" start >/dev/null)
(cd "$folder" && "${as[@]}" "$bin/createdb" -h "$folder" -U leadbureau leadbureau)

export DEBUG=1 DATABASE_URL="postgres://leadbureau@/leadbureau?host=$folder"
"$@"
