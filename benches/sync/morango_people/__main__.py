"""Serves a database with records, or fetches them into an empty one: `run` starts one of each.

The server prints its port and then waits for lines on its standard input: `add N` puts N more records
on record. The client fetches everything, then the later ones as often as it is told, and prints what it
took as JSON. It runs until morango has put the records where the application reads them.
"""

import argparse
import hashlib
import json
import os
import sys
import threading
import time
import urllib.request

PASSWORD = "people"


def prepared(database: str) -> None:
    """Django on this database, with its tables and Kolibri's pragmas."""
    os.environ["PEOPLE_DATABASE"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "morango_people.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db.backends.signals import connection_created

    def pragmas(sender, connection, **_):
        # As kolibri/deployment/default/settings: write-ahead log, synced at checkpoints.
        connection.cursor().execute("PRAGMA journal_mode = WAL")
        connection.cursor().execute("PRAGMA synchronous = NORMAL")

    connection_created.connect(pragmas, weak=False)
    call_command("migrate", run_syncdb=True, verbosity=0)
    from morango.models.certificates import ScopeDefinition
    from morango_people.models import PROFILE

    ScopeDefinition.objects.get_or_create(
        id="all",
        defaults={
            "profile": PROFILE,
            "version": 1,
            "primary_scope_param_key": "root",
            "description": "all people",
            "read_filter_template": "${root}",
            "write_filter_template": "${root}",
            "read_write_filter_template": "${root}",
        },
    )


def text_of(number: int, size: int) -> str:
    """As `textOf` in pouch.mjs: digits that compress to half, as text does."""
    blocks = (
        hashlib.sha256(f"{number} {block}".encode()).hexdigest() for block in range(size // 64 + 1)
    )
    return "".join(blocks)[:size]


def add(root: str, first: int, count: int, size: int) -> None:
    """Puts records on record and into morango's store, where a sync finds them at once."""
    from morango.sync.controller import MorangoProfileController
    from morango_people.models import PROFILE, Person

    batch = []
    for number in range(first, first + count):
        person = Person(number=number, root=root, text=text_of(number, size))
        person.id = person.calculate_uuid()
        person._morango_dirty_bit = True
        batch.append(person)
        if len(batch) == 5000:
            Person.objects.bulk_create(batch)
            batch = []
    Person.objects.bulk_create(batch)
    MorangoProfileController(PROFILE).serialize_into_store()


def serve(asked: argparse.Namespace) -> None:
    from cheroot import wsgi
    from django.core.wsgi import get_wsgi_application
    from morango.models.certificates import Certificate
    from morango_people.models import Desk

    Desk.objects.create_superuser("desk", password=PASSWORD)
    root = Certificate.generate_root_certificate("all").id
    add(root, 0, asked.records, asked.bytes)
    there = asked.records
    server = wsgi.Server(("127.0.0.1", 0), get_wsgi_application())
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    print(server.bind_addr[1], flush=True)
    for line in sys.stdin:
        count = int(line.split()[1])
        add(root, there, count, asked.bytes)
        there += count
        print(there, flush=True)
    server.stop()


def pull(connection, certificate, server_certificate) -> None:
    from morango.models.certificates import Filter

    session = connection.create_sync_session(certificate, server_certificate)
    client = session.get_pull_client()
    client.initialize(Filter(server_certificate.id))
    client.run()
    client.finalize()
    connection.close_sync_session(session.sync_session)


def fetch(asked: argparse.Namespace) -> None:
    from morango.sync.controller import MorangoProfileController
    from morango_people.models import PROFILE, Person

    url = f"http://127.0.0.1:{asked.port}/"
    connection = MorangoProfileController(PROFILE).create_network_connection(
        url, chunk_size=asked.chunk
    )
    root = urllib.request.urlopen(f"{url}api/morango/v1/certificates/").read()
    root = json.loads(root)[0]["id"]
    servers = connection.get_remote_certificates(root, scope_def_id="all")
    certificate = connection.certificate_signing_request(
        servers[0], "all", {"root": root}, userargs="desk", password=PASSWORD
    )
    servers = connection.get_remote_certificates(root, scope_def_id="all")
    before = connection.bytes_received + connection.bytes_sent
    begun = time.monotonic()
    pull(connection, certificate, servers[0])
    seconds = time.monotonic() - begun
    wire = connection.bytes_received + connection.bytes_sent - before
    there = Person.objects.count()
    assert there == asked.records, f"{there} of {asked.records} came"
    print(json.dumps({"records": there, "seconds": seconds, "wire_bytes": wire}), flush=True)
    # Whoever started it lets the server add some, and says how many there are now.
    for line in sys.stdin:
        begun = time.monotonic()
        pull(connection, certificate, servers[0])
        spent_ms = (time.monotonic() - begun) * 1000
        there = Person.objects.count()
        assert there == int(line), f"{there} of {line} came"
        print(json.dumps({"later_ms": spent_ms}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["serve", "fetch"])
    parser.add_argument("--database", required=True)
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--bytes", type=int, default=256)
    parser.add_argument("--port", type=int)
    parser.add_argument("--chunk", type=int, default=500)
    asked = parser.parse_args()
    prepared(asked.database)
    {"serve": serve, "fetch": fetch}[asked.what](asked)


main()
