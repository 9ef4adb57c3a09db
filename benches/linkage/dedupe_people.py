"""dedupe on people. It learns from pairs a person has labelled, so here it is told the truth.

    dedupe_people.py PEOPLE.csv PAIRS.csv --labels LABELLED.csv

LABELLED.csv is another, small population with its `entity`: from it come pairs that are one person,
and pairs that are not, most of them alike in something. No other contender is given any truth.

Phone and document are compared exactly, and sex without a predicate: with predicates that nearly all
records share, its training takes more than ten gigabytes at 10,000 records. One core: with two, its
workers waited for each other for ever in one run of three.
"""

import csv
import io
import itertools
import json
import logging
import random
from collections import defaultdict

import dedupe
import pandas as pd
from dedupe import variables

import peer

SEED = 1
# A day's work for somebody who labels by hand.
LABELLED_PAIRS = 300
# Of the recall its training may give up for rules that compare fewer pairs. With none given up, it
# compared many times as many and took more than five minutes at 10,000 records.
RECALL = 0.9

Record = dict[str, str | None]


def same(a: str, b: str) -> float:
    return 0.0 if a == b else 1.0


FIELDS = [
    variables.ShortString("given_names", has_missing=True),
    variables.ShortString("family_name", has_missing=True),
    variables.ShortString("birth_day", has_missing=True),
    variables.Exact("birth_year", has_missing=True),
    variables.ShortString("mother_name", has_missing=True),
    variables.ShortString("birthplace", has_missing=True),
    variables.Custom("sex", comparator=same, has_missing=True),
    variables.Exact("phone", has_missing=True),
    variables.Exact("document", has_missing=True),
]


def cleaned(row: dict[str, str]) -> Record:
    date = row["birth_date"]
    # 1 January is what is written where the day is not known.
    day_known = len(date) == 10 and not date.endswith("-01-01")
    record = {
        # Day first: its predicates look at how a text begins, and all years begin alike.
        "birth_day": "/".join(reversed(date.split("-"))) if day_known else "",
        "birth_year": date[:4],
        "sex": row["sex"],
        "phone": row["phone"],
        "document": row["document"],
    }
    for field in ["given_names", "family_name", "mother_name", "birthplace"]:
        record[field] = peer.plain(row[field])
    return {field: value or None for field, value in record.items()}


def read_people(path: str) -> dict[str, Record]:
    with open(path, encoding="utf-8", newline="") as file:
        return {row["record_id"]: cleaned(row) for row in csv.DictReader(file)}


def read_entities(path: str) -> dict[str, str]:
    with open(path, encoding="utf-8", newline="") as file:
        return {row["record_id"]: row["entity"] for row in csv.DictReader(file)}


def labelled(people: dict[str, Record], entity: dict[str, str]) -> dict[str, list]:
    """Pairs of one person; pairs of two that share a name or a year; a few of two at random."""
    chance = random.Random(SEED)
    alike: dict[tuple, list[str]] = defaultdict(list)
    one_person: dict[str, list[str]] = defaultdict(list)
    for key, record in people.items():
        one_person[entity[key]].append(key)
        for fields in [("family_name", "birth_year"), ("given_names",), ("mother_name",)]:
            if all(record[field] for field in fields):
                alike[fields, *(record[field] for field in fields)].append(key)
    match = [pair for keys in one_person.values() for pair in itertools.combinations(keys, 2)]
    near = [pair for keys in alike.values() for pair in itertools.combinations(keys, 2)]
    keys = list(people)
    far = [tuple(chance.sample(keys, 2)) for _ in range(LABELLED_PAIRS // 2)]
    chance.shuffle(match)
    chance.shuffle(near)

    def of_two(pairs: list) -> list:
        return [(a, b) for a, b in pairs if entity[a] != entity[b]]

    return {
        "match": match[:LABELLED_PAIRS],
        "distinct": of_two(near)[:LABELLED_PAIRS] + of_two(far),
    }


def training_file(people: dict[str, Record], labels: dict[str, list]) -> io.StringIO:
    """The labels as dedupe reads them: JSON in which a pair is marked as a tuple."""
    return io.StringIO(
        json.dumps(
            {
                label: [
                    {"__class__": "tuple", "__value__": [people[a], people[b]]} for a, b in pairs
                ]
                for label, pairs in labels.items()
            }
        )
    )


def main() -> None:
    parser = peer.arguments(__doc__)
    parser.add_argument("--labels", required=True)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    random.seed(SEED)
    stopwatch = peer.Stopwatch()
    teachers = read_people(asked.labels)
    deduper = dedupe.Dedupe(FIELDS, num_cores=1)
    labels = labelled(teachers, read_entities(asked.labels))
    deduper.prepare_training(teachers, training_file(teachers, labels))
    deduper.train(recall=RECALL, index_predicates=False)
    training = stopwatch.lap()
    scores = deduper.score(deduper.pairs(read_people(asked.people)))
    pairs = pd.DataFrame(
        {
            "record_a": scores["pairs"][:, 0],
            "record_b": scores["pairs"][:, 1],
            "probability": scores["score"],
        }
    )
    raw = pd.read_csv(asked.people, dtype=str, keep_default_na=False).set_index("record_id")
    pairs = pairs[pairs["probability"] >= peer.LEAST]
    peer.of_two_parties(pairs, raw).to_csv(asked.pairs, index=False)
    peer.answer(training=training, predicting=stopwatch.lap(), compared=len(scores))


if __name__ == "__main__":
    main()
