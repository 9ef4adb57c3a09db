"""Runs each contender in a process of its own, measures it, and prints one table.

`run` calls it with files that are already there. A contender's time is the wall clock from its start
to its end, its reading and writing included; its memory is the highest of its largest process. What
it found is judged by `measure.py`, for akey as for its peers.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from threading import Timer

HERE = Path(__file__).parent
PEERS = ["splink", "recordlinkage", "goldenmatch", "dedupe"]
FEBRL_SETS = ["febrl1", "febrl2", "febrl3", "febrl4"]
THRESHOLD = 0.5
LEAST = "0.01"
# A contender that takes longer is stopped, and has failed.
SECONDS_MAX = 2 * 60 * 60
# GNU time stands between: a process starts with its parent's highest memory on its account (Linux
# keeps it over `exec`), and this one is larger than akey on a small file.
TIME = "/usr/bin/time"


@dataclass
class Entry:
    """One contender on one set of records."""

    name: str
    people: Path
    command: list[str]
    result: dict = field(default_factory=dict)


def akey_entry(akey: Path, people: Path, pairs: Path) -> Entry:
    command = [akey, "link", people, "--out", pairs, "--least", LEAST, "--truth", "entity", "--json"]
    return Entry("akey", people, [str(word) for word in command])


def peer_entry(name: str, script: str, people: Path, pairs: Path, *more: str) -> Entry:
    command = [sys.executable, str(HERE / script), str(people), str(pairs), *more]
    return Entry(name, people, command)


def people_entries(asked: argparse.Namespace, pairs: Path) -> list[Entry]:
    """All on one file; akey and Splink without parties; dedupe, and akey beside it, on a small one."""
    entries = []
    if asked.people:
        entries.append(akey_entry(asked.akey, asked.people, pairs))
        for name in asked.peers:
            if name != "dedupe":
                entries.append(peer_entry(name, f"{name}_people.py", asked.people, pairs))
    if asked.without_party:
        entries.append(akey_entry(asked.akey, asked.without_party, pairs))
        if "splink" in asked.peers:
            entries.append(peer_entry("splink", "splink_people.py", asked.without_party, pairs))
    if asked.small and "dedupe" in asked.peers:
        if asked.small != asked.people:
            entries.append(akey_entry(asked.akey, asked.small, pairs))
        labels = ["--labels", str(asked.labels)]
        entries.append(
            peer_entry("dedupe, given labels", "dedupe_people.py", asked.small, pairs, *labels)
        )
    return entries


def febrl_entries(asked: argparse.Namespace, pairs: Path) -> list[Entry]:
    """akey, and each peer with akey's columns and with all."""
    scripts = {
        "splink": "splink_febrl.py",
        "recordlinkage": "recordlinkage_people.py",
        "goldenmatch": "goldenmatch_people.py",
    }
    entries = []
    for febrl in FEBRL_SETS:
        people = asked.febrl / f"{febrl}.csv"
        entries.append(akey_entry(asked.akey, people, pairs))
        for name in asked.peers:
            if name not in scripts:
                continue
            for columns, said in [("akey", "the same columns"), ("all", "all columns")]:
                entries.append(
                    peer_entry(
                        f"{name}, {said}", scripts[name], people, pairs, "--columns", columns
                    )
                )
    return entries


def run_alone(command: list[str], log: Path) -> tuple[float, float, str]:
    """Wall seconds, peak megabytes and standard output of one process and those it waited for."""
    # Sets of text are walked in the order of their hashes: the same in every run.
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    start = time.monotonic()
    kilobytes = log.with_suffix(".kilobytes")
    timed = [TIME, "--quiet", "--format", "%M", "--output", str(kilobytes), *command]
    with log.open("w+") as out, log.with_suffix(".err").open("w") as err:
        process = subprocess.Popen(
            timed, stdout=out, stderr=err, env=environment, start_new_session=True
        )
        # The session has the process's own number, and its workers in it.
        limit = Timer(SECONDS_MAX, os.killpg, [process.pid, signal.SIGKILL])
        limit.start()
        process.wait()
        limit.cancel()
        seconds = time.monotonic() - start
        out.seek(0)
        said = out.read()
    if process.returncode != 0:
        raise RuntimeError(f"it ended with {process.returncode}; see {err.name}")
    return seconds, int(kilobytes.read_text()) * 1024 / 1e6, said


def said_by(entry: Entry, said: str) -> dict:
    """What a contender tells of its own work; akey answers in one document, a peer in a last line."""
    if entry.name == "akey":
        return {"pairs_compared": json.loads(said)["compared"]}
    return json.loads(said.strip().splitlines()[-1])


def measured(entry: Entry, pairs: Path) -> dict:
    command = [sys.executable, HERE / "measure.py", entry.people, pairs]
    done = subprocess.run(
        [*map(str, command), "--threshold", str(THRESHOLD)], check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


def compete(entry: Entry, pairs: Path) -> None:
    print(f"{entry.people.stem}: {entry.name} …", file=sys.stderr, flush=True)
    pairs.unlink(missing_ok=True)
    contender = entry.name.replace(",", "").replace(" ", "-")
    log = pairs.with_name(f"{entry.people.stem}-{contender}.log")
    try:
        seconds, megabytes, said = run_alone(entry.command, log)
        entry.result = {"wall_seconds": seconds, "peak_megabytes": megabytes}
        entry.result |= said_by(entry, said) | measured(entry, pairs)
    except (RuntimeError, subprocess.CalledProcessError, ValueError, KeyError, IndexError) as error:
        # The others are compared all the same; the table says who failed.
        entry.result = {"failed": str(error)}
        print(f"{entry.name} failed: {error}", file=sys.stderr)


def number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


HEADINGS = (
    "set | contender | records | wall s | of it training s | peak MB | pairs compared"
    " | precision at ½ | recall | F1 | best F1 | at | precision | recall"
).split(" | ")


def row(entry: Entry) -> list[str]:
    one = entry.result
    if "failed" in one:
        return [entry.people.stem, entry.name, "failed", *[""] * (len(HEADINGS) - 3)]
    at, best = one["at"], one["best"]
    return [
        entry.people.stem,
        entry.name,
        number(one["records"]),
        number(one["wall_seconds"], 1),
        number(one.get("training_seconds"), 1),
        number(one["peak_megabytes"]),
        number(one["pairs_compared"]),
        *(number(at[which], 4) for which in ["precision", "recall", "f1"]),
        *(number(best[which], 4) for which in ["f1", "threshold", "precision", "recall"]),
    ]


def table(entries: list[Entry]) -> str:
    lines = [HEADINGS, ["---"] * len(HEADINGS), *(row(entry) for entry in entries)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> dict:
    """Where a figure comes from: without this it is not in any table of ours."""
    commit = subprocess.run(
        ["git", "-C", str(HERE), "describe", "--always", "--dirty"],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    processors = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(": ", 1)[1] for line in processors if line.startswith("model name")]
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": commit.stdout.strip(),
        "processor": models[0] if models else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gigabytes": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in [*PEERS, "duckdb"]},
    }


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--akey", type=Path, required=True, help="the program")
    parser.add_argument("--work", type=Path, required=True, help="for pairs and logs")
    parser.add_argument("--people", type=Path)
    parser.add_argument("--without-party", type=Path, help="the same, less one column")
    parser.add_argument("--small", type=Path, help="for a contender that cannot do with more")
    parser.add_argument("--labels", type=Path, help="what dedupe is told the truth of")
    parser.add_argument("--febrl", type=Path, help="folder of febrl1.csv to febrl4.csv")
    parser.add_argument("--peers", type=lambda text: [name for name in text.split(",") if name])
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    unknown = set(asked.peers) - set(PEERS)
    if unknown:
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    return asked


def main() -> None:
    asked = arguments()
    pairs = asked.work / "pairs.csv"
    entries = people_entries(asked, pairs)
    if asked.febrl:
        entries += febrl_entries(asked, pairs)
    for entry in entries:
        compete(entry, pairs)
    where = machine()
    figures = {"machine": where, "entries": [asdict(entry) for entry in entries]}
    asked.out.write_text(json.dumps(figures, default=str, indent=1) + "\n")
    print(
        f"{where['date']}, commit {where['commit']}, {where['processor']},"
        f" {where['cores']} cores, {where['memory_gigabytes']} GB, "
        + ", ".join(f"{name} {number}" for name, number in where["versions"].items())
        + "\n"
    )
    print(table(entries))
    if any("failed" in entry.result for entry in entries):
        sys.exit(1)


if __name__ == "__main__":
    main()
