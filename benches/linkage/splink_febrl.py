"""Splink on FEBRL, configured as in its own examples of FEBRL 3 and 4.

With `--columns akey` it has the columns `akey link` reads: names, date of birth, suburb, social
security number. With `--columns all` it has the address too, as its examples do. Comparisons,
blocking rules, deterministic rules and training rules are those of the examples; the suburb stands
in where an example uses a postcode that is not given.
"""

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on

import peer
from splink_link import Model, Rule, connect, link


def read_people(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    connection.execute(
        """create table people as
        select *, given_names || ' ' || family_name full_name from (
            select * replace (
                nullif(given_names, '') as given_names, nullif(family_name, '') as family_name,
                nullif(birth_date, '') as birth_date, nullif(birthplace, '') as birthplace,
                nullif(document, '') as document, nullif(street_number, '') as street_number,
                nullif(address_1, '') as address_1, nullif(address_2, '') as address_2,
                nullif(postcode, '') as postcode, nullif(state, '') as state
            ) from read_csv(?, all_varchar = true)
        )""",
        [path],
    )


def names() -> cl.CustomComparison:
    """The full name of the FEBRL 4 example, "Further refinements", level by level."""
    exchanged = (
        "jaro_winkler_similarity(given_names_l, family_name_r)"
        " + jaro_winkler_similarity(family_name_l, given_names_r)"
    )
    return cl.CustomComparison(
        output_column_name="full_name",
        comparison_levels=[
            cll.And(cll.NullLevel("given_names"), cll.NullLevel("family_name")),
            cll.ExactMatchLevel("full_name", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("full_name", 0.9),
            cll.JaroWinklerLevel("full_name", 0.7),
            cll.ColumnsReversedLevel("given_names", "family_name"),
            cll.CustomLevel(f"{exchanged} >= 1.8", "exchanged and alike"),
            cll.CustomLevel(f"{exchanged} >= 1.4", "exchanged and partly alike"),
            cll.ExactMatchLevel("given_names", term_frequency_adjustments=True),
            cll.ExactMatchLevel("family_name", term_frequency_adjustments=True),
            cll.CustomLevel(
                "given_names_l = family_name_r or family_name_l = given_names_r",
                "one of the two, exchanged",
            ),
            cll.JaroWinklerLevel("given_names", 0.9),
            cll.JaroWinklerLevel("family_name", 0.9),
            cll.ElseLevel(),
        ],
    )


def model(columns: str) -> Model:
    comparisons = [
        names(),
        cl.DateOfBirthComparison(
            "birth_date",
            input_is_string=True,
            datetime_format="%Y-%m-%d",
            invalid_dates_as_null=True,
        ),
        cl.DamerauLevenshteinAtThresholds("document", [1, 2]),
    ]
    blocking: list[Rule] = [
        block_on("given_names", "family_name"),
        "l.given_names = r.family_name and l.family_name = r.given_names",
        block_on("birth_date"),
        block_on("document"),
        block_on("given_names", "birthplace"),
        block_on("family_name", "birthplace"),
    ]
    if columns == "all":
        comparisons += [
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            # The examples leave other columns of the address out: they go with the postcode.
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
                term_frequency_adjustments=True
            ),
        ]
        blocking += [
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ]
        place = "postcode"
    else:
        comparisons.append(
            cl.JaroWinklerAtThresholds("birthplace", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            )
        )
        place = "birthplace"
    return Model(
        comparisons=comparisons,
        blocking=blocking,
        deterministic=[
            block_on("document"),
            block_on("given_names", "family_name", "birth_date"),
            "l.given_names = r.family_name and l.family_name = r.given_names"
            " and l.birth_date = r.birth_date",
        ],
        deterministic_recall=0.9,
        # As many as the examples draw.
        random_pairs_max=1e6,
        training=[block_on("birth_date"), block_on(place)],
    )


def main() -> None:
    asked = peer.arguments(__doc__).parse_args()
    stopwatch = peer.Stopwatch()
    connection = connect()
    read_people(connection, asked.people)
    link(connection, model(asked.columns), asked.pairs, stopwatch)


if __name__ == "__main__":
    main()
