"""What every peer's script shares: how it is asked, what it is given, and what it answers.

    NAME_people.py PEOPLE.csv PAIRS.csv [--columns akey|all]

It reads PEOPLE.csv (never its `entity`, except where a script says so), writes PAIRS.csv with
`record_a,record_b,probability`, and prints one line of JSON: the seconds spent learning and
predicting, and how many pairs were compared. Nothing here knows how well a peer did: that is for
`measure.py` alone.
"""

import argparse
import json
import os
import re
import time
import unicodedata

# Pairs less probable than this are not written by anybody: no threshold of interest lies below.
LEAST = 0.01

# The columns `akey link` reads, which every peer is given.
AKEY_COLUMNS = [
    "given_names",
    "family_name",
    "sex",
    "birth_date",
    "mother_name",
    "birthplace",
    "phone",
    "document",
]

# Who came together. Nobody comes twice in one party: peers are told so, by leaving out such pairs.
PARTY = "party"

# More columns that FEBRL has and akey does not read; `--columns all` gives them to a peer.
ADDRESS_COLUMNS = ["street_number", "address_1", "address_2", "postcode", "state"]


def arguments(description: str) -> argparse.ArgumentParser:
    """The command line of a peer's script."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("people")
    parser.add_argument("pairs")
    parser.add_argument("--columns", choices=["akey", "all"], default="akey")
    return parser


def cores() -> int:
    """How many processors this run may use: the same for every contender, `taskset` included."""
    return len(os.sched_getaffinity(0))


def plain(text: str) -> str:
    """Lower case, without accents, hyphens and double spaces: cleaning the peers leave to us."""
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", bare).split())


def of_two_parties(pairs, people):
    """The pairs (a data frame) less those of one party, where `people`, by record_id, tells it."""
    if PARTY not in people:
        return pairs
    a = people[PARTY].reindex(pairs["record_a"]).to_numpy()
    b = people[PARTY].reindex(pairs["record_b"]).to_numpy()
    return pairs[(a != b) | (a == "")]


class Stopwatch:
    """Seconds since the last lap."""

    def __init__(self) -> None:
        self.since = time.monotonic()

    def lap(self) -> float:
        now = time.monotonic()
        seconds, self.since = now - self.since, now
        return seconds


def answer(*, training: float | None, predicting: float, compared: int | None) -> None:
    """The line of JSON a peer's script ends with; None for what the peer does not tell."""
    print(
        json.dumps(
            {
                "training_seconds": training,
                "predicting_seconds": predicting,
                "pairs_compared": compared,
            }
        )
    )
