"""Runs each contender, one after another, and prints one table; the figures go to a file as JSON.

Each peer is two processes of its own, a server and a client, that talk over loopback. akey measures
itself, with two nodes in one process. Whatever a contender prints about itself is its word; that every
record came is checked by each.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LATER = 100
TIMES = 5
# What the documents are fetched by at a time: PouchDB's own choice, and one that favours it.
POUCH_BATCHES = (100, 1000)


class Pair:
    """A server and a client of a peer, spoken to line by line."""

    def __init__(self, folder: Path, serve: list[str], fetch: list[str], environment: dict) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "server").mkdir(parents=True)
        (folder / "client").mkdir()
        self.environment = {**os.environ, **environment}
        self.server = self.start(serve)
        port = self.answer(self.server)
        self.client = self.start([*fetch, port])

    def start(self, command: list[str]) -> subprocess.Popen:
        return subprocess.Popen(
            command,
            cwd=HERE,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    @staticmethod
    def answer(process: subprocess.Popen) -> str:
        line = process.stdout.readline().strip()
        if not line:
            raise SystemExit(f"{process.args[0]} ended: see what it said above")
        return line

    def ask(self, process: subprocess.Popen, words: str) -> str:
        process.stdin.write(words + "\n")
        process.stdin.flush()
        return self.answer(process)

    def measured(self) -> dict:
        """The first sync, then the median of the later ones."""
        first = json.loads(self.answer(self.client))
        later = []
        for _ in range(TIMES):
            there = self.ask(self.server, f"add {LATER}")
            later.append(json.loads(self.ask(self.client, there))["later_ms"])
        return {**first, "later_ms": statistics.median(later)}

    def end(self) -> None:
        for process in (self.client, self.server):
            process.stdin.close()
            process.wait(timeout=60)


def figures(name: str, records: int, seconds: float, wire_bytes: float, later_ms: float) -> dict:
    return {
        "name": name,
        "records": records,
        "seconds": round(seconds, 3),
        "per_second": round(records / seconds),
        "wire_bytes_per_record": round(wire_bytes / records),
        "later_100_ms": round(later_ms, 1),
    }


def akey(asked: argparse.Namespace) -> dict:
    command = [asked.akey, "bench", "sync", "--events", str(asked.records), "--json"]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    measures = {measure["name"]: measure["value"] for measure in json.loads(ended.stdout)}

    def measure(begins: str) -> float:
        found = [value for name, value in measures.items() if name.startswith(begins)]
        assert len(found) == 1, f"{begins}: {sorted(measures)}"
        return found[0]

    seconds = measure("first sync: every event")
    events = round(seconds * measure("first sync: events"))
    wire = measure("first sync: on the wire") * events
    measured = figures("akey", events, seconds, wire, measure("100 events recorded and there"))
    measured["seconds_with_parts"] = round(measure("first sync: with every sealed part"), 3)
    return measured


def pouchdb(asked: argparse.Namespace, batch: int) -> dict:
    folder = asked.cache / "work" / "pouchdb"
    script = ["node", "pouch.mjs"]
    common = ["--records", str(asked.records), "--bytes", str(asked.bytes)]
    pair = Pair(
        folder,
        [*script, "serve", "--folder", str(folder / "server"), *common],
        [
            *[*script, "fetch", "--folder", str(folder / "client"), *common],
            *["--batch", str(batch), "--port"],
        ],
        {"AKEY_PEERS_NODE": str(asked.cache / "node")},
    )
    measured = pair.measured()
    # Of the first and the later ones, which are little beside it.
    wire = float(pair.ask(pair.server, "wire"))
    pair.end()
    records = measured["records"]
    wire *= records / (records + TIMES * LATER)
    return figures(
        f"pouchdb, {batch} at a time", records, measured["seconds"], wire, measured["later_ms"]
    )


def morango(asked: argparse.Namespace) -> dict:
    folder = asked.cache / "work" / "morango"
    script = [str(asked.cache / "env" / "bin" / "python"), "-m", "morango_people"]
    common = ["--records", str(asked.records), "--bytes", str(asked.bytes)]
    pair = Pair(
        folder,
        [*script, "serve", "--database", str(folder / "server" / "people.db"), *common],
        [*script, "fetch", "--database", str(folder / "client" / "people.db"), *common, "--port"],
        {},
    )
    measured = pair.measured()
    pair.end()
    return figures(
        "morango",
        measured["records"],
        measured["seconds"],
        measured["wire_bytes"],
        measured["later_ms"],
    )


def versions(asked: argparse.Namespace) -> dict:
    def first_line(*command: str) -> str:
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        return ended.stdout.splitlines()[0]

    found = {"akey": first_line(asked.akey, "--version"), "machine": platform.platform()}
    found["cores"] = len(os.sched_getaffinity(0))
    if "pouchdb" in asked.peers:
        found["node"] = first_line("node", "--version")
        for name in ("pouchdb", "express-pouchdb"):
            manifest = asked.cache / "node" / "node_modules" / name / "package.json"
            found[name] = json.loads(manifest.read_text())["version"]
    if "morango" in asked.peers:
        python = str(asked.cache / "env" / "bin" / "python")
        found["python"] = first_line(python, "--version")
        script = "import importlib.metadata as m; print(m.version('{}'))"
        for name in ("morango", "django", "cheroot"):
            found[name] = first_line(python, "-c", script.format(name))
    return found


def table(entries: list[dict]) -> str:
    ours = entries[0]["per_second"]
    head = ("", "records", "seconds", "a second", "akey is faster by", "bytes/record", "100 later, ms")
    rows = [head]
    for entry in entries:
        rows.append(
            (
                entry["name"],
                f"{entry['records']:,}",
                f"{entry['seconds']:.2f}",
                f"{entry['per_second']:,}",
                "" if entry["name"] == "akey" else f"{ours / entry['per_second']:.1f}",
                str(entry["wire_bytes_per_record"]),
                f"{entry['later_100_ms']:.0f}",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:]))]
        lines.append("  ".join(cells))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--akey", required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--peers", default="")
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--bytes", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.peers = [name for name in asked.peers.split(",") if name]
    unknown = set(asked.peers) - {"pouchdb", "morango"}
    if unknown:
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")

    entries = [akey(asked)]
    if "pouchdb" in asked.peers:
        entries.extend(pouchdb(asked, batch) for batch in POUCH_BATCHES)
    if "morango" in asked.peers:
        entries.append(morango(asked))
    used = versions(asked)
    asked.out.write_text(json.dumps({"versions": used, "entries": entries}, indent=2) + "\n")
    print(table(entries))
    print(", ".join(f"{name} {version}" for name, version in used.items()), file=sys.stderr)


main()
