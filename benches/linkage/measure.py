"""How good a file of pairs is: precision, recall and F1 against the truth.

Every contender is measured here, by the same few lines and from the pairs it wrote, so that no
figure rests on a contender's own word. A true pair is any two records of one entity. A pair that a
contender never compared, or left out as improbable, counts as missed.

    measure.py PEOPLE.csv PAIRS.csv [--threshold 0.5]

PEOPLE.csv has `record_id` and `entity`; PAIRS.csv has `record_a`, `record_b`, `probability`.
"""

import argparse
import json

import numpy as np
import pandas as pd


def true_pairs(entity: np.ndarray) -> int:
    """The number of unordered pairs of records that are one entity."""
    sizes = np.bincount(entity).astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def read_people(path: str) -> tuple[pd.Index, np.ndarray]:
    """The records' ids, and for each of them its entity as a small number."""
    people = pd.read_csv(path, usecols=["record_id", "entity"], dtype=str, keep_default_na=False)
    ids = pd.Index(people["record_id"])
    if not ids.is_unique:
        raise SystemExit(f"{path}: record_id is not unique")
    return ids, pd.factorize(people["entity"])[0]


def read_pairs(path: str, ids: pd.Index) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each unordered pair once, as positions in `ids`, with the highest probability it was given."""
    pairs = pd.read_csv(path, dtype={"record_a": str, "record_b": str, "probability": float})
    a = ids.get_indexer(pairs["record_a"])
    b = ids.get_indexer(pairs["record_b"])
    if (a < 0).any() or (b < 0).any():
        raise SystemExit(f"{path}: a pair names a record that is not in the file of people")
    if pairs["probability"].isna().any():
        raise SystemExit(f"{path}: a pair has no probability")
    low, high = np.minimum(a, b), np.maximum(a, b)
    best_first = np.argsort(-pairs["probability"].to_numpy(), kind="stable")
    low, high = low[best_first], high[best_first]
    probability = pairs["probability"].to_numpy()[best_first]
    # The first of its kind is the one with the highest probability, the order being what it is.
    _, first = np.unique(low.astype(np.int64) * len(ids) + high, return_index=True)
    first.sort()
    first = first[low[first] != high[first]]
    return low[first], high[first], probability[first]


def ratios(found: int, said: int, truth: int) -> dict[str, float]:
    """Precision, recall and F1 where `found` of `said` pairs are true and `truth` could be found."""
    return {
        "precision": found / said if said else 0.0,
        "recall": found / truth if truth else 0.0,
        "f1": 2 * found / (said + truth) if said + truth else 0.0,
    }


def measure(people: str, pairs: str, threshold: float) -> dict:
    """The figures at `threshold`, and those at the threshold where F1 is best."""
    ids, entity = read_people(people)
    low, high, probability = read_pairs(pairs, ids)
    truth = true_pairs(entity)
    found = np.cumsum(entity[low] == entity[high])
    said = np.arange(1, len(found) + 1)

    def until(count: int) -> dict[str, float]:
        return ratios(int(found[count - 1]) if count else 0, count, truth)

    at = until(int((probability >= threshold).sum()))
    best = until(0) | {"threshold": 1.0}
    if len(found):
        # A threshold cannot part pairs of one probability: only the last of a run is a candidate.
        last = np.append(probability[1:] != probability[:-1], True)
        f1 = np.where(last, 2 * found / (said + truth), -1.0)
        where = int(np.argmax(f1))
        best = until(where + 1) | {"threshold": float(probability[where])}
    return {
        "records": len(ids),
        "true_pairs": truth,
        "pairs_written": len(found),
        "true_pairs_written": int(found[-1]) if len(found) else 0,
        "threshold": threshold,
        "at": at,
        "best": best,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people")
    parser.add_argument("pairs")
    parser.add_argument("--threshold", type=float, default=0.5)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.people, asked.pairs, asked.threshold)))


if __name__ == "__main__":
    main()
