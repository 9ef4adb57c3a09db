"""The Python Record Linkage Toolkit on people, as its documentation goes.

Index, compare, classify: blocks on several keys joined; names by Jaro-Winkler at a threshold, the
rest exactly; ECMClassifier, its unsupervised Fellegi and Sunter, which takes agreement or none of
each field. As many pairs drawn at random join those of the blocks: among pairs of which most are one
person, expectation-maximisation takes the doubtful ones for two. A field missing in either record
counts as one that disagrees: the classifier knows no third outcome. It uses one core.
"""

import pandas as pd
import recordlinkage
from recordlinkage.index import Block, Random
from recordlinkage.preprocessing import clean

import peer

# Above this two names are taken for the same (the value its examples use).
ALIKE = 0.85

SEED = 1

# Two columns a rule, or one that is nearly a person's own: what few share.
BLOCKS = [
    ["document"],
    ["phone"],
    ["given_names", "family_name", "birth_year"],
    ["birth_day", "family_start"],
    ["birth_day", "given_start"],
    ["birth_day", "mother_start"],
    ["given_start", "family_start", "birth_year"],
    ["mother_name", "birth_year"],
    ["mother_name", "given_names"],
    ["mother_name", "family_name"],
    ["given_names", "family_name", "birthplace"],
    # The address; blocks of columns that are missing are left out.
    ["postcode", "given_start"],
    ["postcode", "family_start"],
]

NAMES = ["given_names", "family_name", "mother_name", "address_1"]
EXACT = ["birth_day", "birth_year", "sex", "birthplace", "phone", "document"]
EXACT_ADDRESS = ["street_number", "postcode", "state"]


def read_people(path: str, columns: str) -> pd.DataFrame:
    """Cleaned fields and the parts blocks are made of; empty is missing, an empty column is left out."""
    raw = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("record_id")
    wanted = peer.AKEY_COLUMNS + (peer.ADDRESS_COLUMNS if columns == "all" else [])
    people = raw[[column for column in wanted if column in raw]].copy()
    for column in {*NAMES, "birthplace"} & set(people):
        people[column] = clean(people[column], strip_accents="unicode")
    date = people.pop("birth_date")
    # 1 January is what is written where the day is not known.
    day_known = (date.str.len() == 10) & ~date.str.endswith("-01-01")
    people["birth_day"] = date.where(day_known, "")
    people["birth_year"] = date.str[:4]
    for column, part in [
        ("given_names", "given_start"),
        ("family_name", "family_start"),
        ("mother_name", "mother_start"),
    ]:
        people[part] = people[column].str[:3]
    return people.replace("", None).dropna(axis="columns", how="all")


def candidates(people: pd.DataFrame) -> pd.MultiIndex:
    """The pairs that share a block, whose fields both have, and as many drawn at random."""
    union = None
    for block in BLOCKS:
        if not set(block) <= set(people):
            continue
        indexer = recordlinkage.Index()
        indexer.add(Block(block))
        pairs = indexer.index(people.dropna(subset=block))
        union = pairs if union is None else union.union(pairs)
    indexer = recordlinkage.Index()
    indexer.add(Random(len(union), replace=True, random_state=SEED))
    return union.union(indexer.index(people))


def agreements(people: pd.DataFrame, pairs: pd.MultiIndex) -> pd.DataFrame:
    compare = recordlinkage.Compare()
    for field in NAMES:
        if field in people:
            compare.string(field, field, method="jarowinkler", threshold=ALIKE, label=field)
    for field in EXACT + EXACT_ADDRESS:
        if field in people:
            compare.exact(field, field, label=field)
    # Given and family name exchanged.
    compare.string(
        "given_names", "family_name", method="jarowinkler", threshold=ALIKE, label="given_is_family"
    )
    compare.string(
        "family_name", "given_names", method="jarowinkler", threshold=ALIKE, label="family_is_given"
    )
    return compare.compute(pairs, people)


def main() -> None:
    asked = peer.arguments(__doc__).parse_args()
    stopwatch = peer.Stopwatch()
    people = read_people(asked.people, asked.columns)
    pairs = candidates(people)
    features = agreements(people, pairs)
    preparing = stopwatch.lap()
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    training = stopwatch.lap()
    probability = classifier.prob(features)
    probability = probability[probability >= peer.LEAST]
    found = probability.rename("probability").rename_axis(["record_a", "record_b"]).reset_index()
    raw = pd.read_csv(asked.people, dtype=str, keep_default_na=False).set_index("record_id")
    peer.of_two_parties(found, raw).to_csv(asked.pairs, index=False)
    peer.answer(
        training=training, predicting=preparing + stopwatch.lap(), compared=len(features)
    )


if __name__ == "__main__":
    main()
