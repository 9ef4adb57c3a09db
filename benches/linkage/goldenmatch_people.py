"""GoldenMatch on people: its probabilistic (Fellegi and Sunter) matchkey, with settings of our own.

Asked to configure itself, as its documentation advises first, it did worse on people than with what
stands here (README.md has the figures). So: names by its
`ensemble` of comparisons with term frequencies, the day and the year of birth apart, what is missing
saying nothing, and blocking in several passes. Its scores are made probabilities by
`GOLDENMATCH_FS_CALIBRATED=posterior`, which has to be set before it is loaded.
"""

import logging
import os

os.environ["GOLDENMATCH_FS_CALIBRATED"] = "posterior"
# Nothing learnt in an earlier run may help this one.
os.environ["GOLDENMATCH_AUTOCONFIG_MEMORY"] = "0"

import goldenmatch
import pandas as pd
import pyarrow
from goldenmatch import (
    BlockingConfig,
    BlockingKeyConfig,
    GoldenMatchConfig,
    GoldenRulesConfig,
    MatchkeyConfig,
    MatchkeyField,
)

import peer

# A pass leaves out a block of more records than this: its own default when it configures itself.
BLOCK_MAX = 1000


def read_people(path: str, columns: str) -> tuple[pd.Series, pd.DataFrame]:
    """The records' ids, and beside them cleaned fields; a column nobody filled in is left out."""
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    wanted = peer.AKEY_COLUMNS + (peer.ADDRESS_COLUMNS if columns == "all" else [])
    people = raw[[column for column in wanted if column in raw]].copy()
    for column in ["given_names", "family_name", "mother_name", "birthplace"]:
        people[column] = people[column].map(peer.plain)
    date = people.pop("birth_date")
    # 1 January is what is written where the day is not known.
    day_known = (date.str.len() == 10) & ~date.str.endswith("-01-01")
    people["birth_day"] = date.where(day_known, "")
    people["birth_year"] = date.str[:4]
    people["given_start"] = people["given_names"].str[:3]
    people["family_start"] = people["family_name"].str[:3]
    return raw["record_id"], people.replace("", None).dropna(axis="columns", how="all")


def name(field: str) -> MatchkeyField:
    return MatchkeyField(
        field=field, scorer="ensemble", levels=3, partial_threshold=0.8, tf_adjustment=True
    )


def number(field: str) -> MatchkeyField:
    return MatchkeyField(field=field, scorer="levenshtein", levels=3, partial_threshold=0.8)


def exact(field: str) -> MatchkeyField:
    return MatchkeyField(field=field, scorer="exact")


FIELDS = [
    name("given_names"),
    name("family_name"),
    name("mother_name"),
    name("birthplace"),
    number("birth_day"),
    exact("birth_year"),
    exact("sex"),
    number("phone"),
    number("document"),
    exact("street_number"),
    name("address_1"),
    number("postcode"),
]


def blocked_by(*fields: str, learnt: bool = False) -> BlockingKeyConfig:
    """A pass. GoldenMatch holds the fields of a pass neutral in learning unless `learnt`."""
    return BlockingKeyConfig(fields=list(fields), additive=learnt)


PASSES = [
    blocked_by("document", learnt=True),
    blocked_by("phone", learnt=True),
    blocked_by("birth_day"),
    blocked_by("given_start", "family_start", "birth_year"),
    blocked_by("mother_name", "birth_year"),
    blocked_by("mother_name", "given_names"),
    blocked_by("mother_name", "family_name"),
    blocked_by("given_names", "family_name", "birthplace"),
    blocked_by("family_name", "birth_year", "birthplace"),
    blocked_by("given_names", "birth_year", "birthplace"),
    blocked_by("postcode"),
]


def configuration(people: pd.DataFrame) -> GoldenMatchConfig:
    """Fields and passes of which the file has the columns."""
    passes = [one for one in PASSES if set(one.fields) <= set(people)]
    return GoldenMatchConfig(
        matchkeys=[
            MatchkeyConfig(
                name="people",
                type="probabilistic",
                fields=[field for field in FIELDS if field.field in people],
                missing="unobserved",
                link_threshold=peer.LEAST,
                review_threshold=peer.LEAST,
            )
        ],
        blocking=BlockingConfig(
            strategy="multi_pass",
            keys=passes[:1],
            passes=passes,
            max_block_size=BLOCK_MAX,
            skip_oversized=True,
        ),
        golden_rules=GoldenRulesConfig(default_strategy="most_complete"),
    )


def main() -> None:
    asked = peer.arguments(__doc__).parse_args()
    logging.disable(logging.WARNING)
    stopwatch = peer.Stopwatch()
    ids, people = read_people(asked.people, asked.columns)
    result = goldenmatch.dedupe_df(
        pyarrow.Table.from_pandas(people, preserve_index=False), config=configuration(people)
    )
    pairs = pd.DataFrame(result.scored_pairs, columns=["a", "b", "probability"])
    pairs["record_a"] = ids.to_numpy()[pairs["a"].to_numpy(dtype=int)]
    pairs["record_b"] = ids.to_numpy()[pairs["b"].to_numpy(dtype=int)]
    raw = pd.read_csv(asked.people, dtype=str, keep_default_na=False).set_index("record_id")
    peer.of_two_parties(pairs[["record_a", "record_b", "probability"]], raw).to_csv(
        asked.pairs, index=False
    )
    # It learns and predicts in one call, and does not say how many pairs it compared.
    peer.answer(training=None, predicting=stopwatch.lap(), compared=None)


if __name__ == "__main__":
    main()
