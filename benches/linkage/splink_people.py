"""Splink on people with akey's columns.

Its documentation is followed as far as it goes, and this file is the best of the configurations
tried (the others, with their figures, are in README.md):

* names cleaned, joined into a full name, and given their Double Metaphone (topic guides "Feature
  engineering" and "Phonetic transformation algorithms");
* names compared together, with exchanged names and term frequencies (FEBRL 4 example, "Further
  refinements"; topic guide "Term-frequency adjustments");
* a date of birth of which only the year is known, or 1 January, which is what is written where the
  day is not known, is compared as a year;
* two of one party, where the file says who came together, are not compared: nobody comes twice;
* many strict blocking rules rather than few loose ones (topic guide "Blocking rules"; "In practice,
  many of our real-life models have between about 10-15").
"""

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from doublemetaphone import doublemetaphone
from splink import block_on

import peer
from splink_link import Model, Rule, connect, link


def read_people(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    """Makes the table `people`: each field cleaned, its sound, and the parts rules block on."""
    connection.execute(
        """create table cleaned as select
            record_id,
            plain(given_names) given, plain(family_name) family, plain(mother_name) mother,
            plain(birthplace) birthplace,
            nullif(sex, '') sex, nullif(phone, '') phone, nullif(document, '') document,
            nullif(party, '') party,
            nullif(birth_date, '') birth_date, substr(nullif(birth_date, ''), 1, 4) birth_year,
            case when length(birth_date) = 10 and birth_date not like '%-01-01'
                then birth_date end birth_day
        from (select null party union all by name select * from read_csv(?, all_varchar = true))
        where record_id is not null""",
        [path],
    )
    sound_words(connection)
    connection.execute(
        """create table people as select cleaned.*,
            given || ' ' || family full_name,
            given_sound || ' ' || family_sound full_sound,
            array_to_string(list_sort(string_split(given_sound || ' ' || family_sound, ' ')), ' ')
                sorted_sound,
            list_distinct(string_split(given_sound || ' ' || family_sound, ' ')) sounds,
            split_part(mother_sound, ' ', 1) mother_first_sound,
            list_distinct(string_split(mother_sound, ' ')) mother_sounds,
            given_sound, family_sound, mother_sound
        from cleaned left join sounded using (record_id)"""
    )


def sound_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the table `sounded`: every name with each of its words as Double Metaphone has it."""
    words = connection.execute(
        """select distinct unnest(string_split(concat_ws(' ', given, family, mother), ' '))
        from cleaned"""
    ).fetchall()
    # A word without a sound of its own, such as an initial H, stands for itself.
    sounds = [(word, doublemetaphone(word)[0] or word) for (word,) in words if word]
    connection.execute("create table word_sound (word varchar, sound varchar)")
    connection.execute(
        "insert into word_sound select unnest(?), unnest(?)",
        [[word for word, _ in sounds], [sound for _, sound in sounds]],
    )
    connection.execute(
        """create table sounded as
        with names as (
            select record_id, 'g' part, given name from cleaned
            union all select record_id, 'f', family from cleaned
            union all select record_id, 'm', mother from cleaned
        ), words as (
            select record_id, part,
                unnest(string_split(name, ' ')) word,
                unnest(range(len(string_split(name, ' ')))) place
            from names where name is not null
        )
        select record_id,
            string_agg(sound, ' ' order by place) filter (part = 'g') given_sound,
            string_agg(sound, ' ' order by place) filter (part = 'f') family_sound,
            string_agg(sound, ' ' order by place) filter (part = 'm') mother_sound
        from words join word_sound using (word) group by record_id"""
    )


def agree(sql: str, label: str, frequency: str | None = None) -> cll.CustomLevel:
    """A level of our own; where `frequency` is a column, agreement on a rare value is worth more."""
    level = cll.CustomLevel(sql, label)
    return level.configure(tf_adjustment_column=frequency) if frequency else level


def names() -> cl.CustomComparison:
    """Given and family name together: they are exchanged, shortened and misspelt together."""
    alike, partly = 0.88, 0.7
    return cl.CustomComparison(
        output_column_name="names",
        comparison_levels=[
            cll.And(cll.NullLevel("given"), cll.NullLevel("family")),
            agree("full_name_l = full_name_r", "the same", "full_name"),
            agree("full_sound_l = full_sound_r", "sound the same", "full_sound"),
            agree("sorted_sound_l = sorted_sound_r", "the same sounds, moved", "sorted_sound"),
            cll.And(cll.JaroWinklerLevel("given", alike), cll.JaroWinklerLevel("family", alike)),
            agree(
                "jaro_winkler_similarity(given_l, family_r)"
                " + jaro_winkler_similarity(family_l, given_r) >= 1.8",
                "exchanged and alike",
            ),
            agree(
                "family_sound_l = family_sound_r"
                f" and jaro_winkler_similarity(given_l, given_r) >= {partly}",
                "family name sounds the same, given names partly alike",
                "family_sound",
            ),
            agree(
                "given_sound_l = given_sound_r"
                f" and jaro_winkler_similarity(family_l, family_r) >= {partly}",
                "given names sound the same, family name partly alike",
                "given_sound",
            ),
            agree("len(list_intersect(sounds_l, sounds_r)) >= 2", "two words in common"),
            cll.And(cll.JaroWinklerLevel("given", partly), cll.JaroWinklerLevel("family", partly)),
            agree("family_sound_l = family_sound_r", "family name", "family_sound"),
            agree("given_sound_l = given_sound_r", "given names", "given_sound"),
            agree("list_has_any(sounds_l, sounds_r)", "one word in common"),
            cll.ElseLevel(),
        ],
    )


def mother() -> cl.CustomComparison:
    """The mother's name is often written by its first word alone."""
    return cl.CustomComparison(
        output_column_name="mother",
        comparison_levels=[
            cll.NullLevel("mother"),
            agree("mother_l = mother_r", "the same", "mother"),
            agree("mother_sound_l = mother_sound_r", "sound the same", "mother_sound"),
            cll.JaroWinklerLevel("mother", 0.92),
            cll.JaroWinklerLevel("mother", 0.88),
            agree("len(list_intersect(mother_sounds_l, mother_sounds_r)) >= 2", "two words"),
            agree(
                "mother_first_sound_l = mother_first_sound_r", "first word", "mother_first_sound"
            ),
            agree("list_has_any(mother_sounds_l, mother_sounds_r)", "one word in common"),
            cll.JaroWinklerLevel("mother", 0.7),
            cll.ElseLevel(),
        ],
    )


def birth() -> cl.CustomComparison:
    """Days where both are known, else years. Dates are text: Splink advises Levenshtein on them."""
    years_apart = "abs(birth_year_l::int - birth_year_r::int)"
    only_years = "(birth_day_l is null or birth_day_r is null)"
    exchanged = (
        "birth_year_l = birth_year_r"
        " and substr(birth_day_l, 6, 2) = substr(birth_day_r, 9, 2)"
        " and substr(birth_day_l, 9, 2) = substr(birth_day_r, 6, 2)"
    )
    return cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.NullLevel("birth_date"),
            agree("birth_day_l = birth_day_r", "the same day"),
            agree(f"{only_years} and {years_apart} = 0", "the same year, no more known"),
            agree(f"{only_years} and {years_apart} <= 1", "a year apart, no more known"),
            agree("levenshtein(birth_day_l, birth_day_r) <= 1", "one digit"),
            agree(exchanged, "day and month exchanged"),
            agree(f"{years_apart} = 0", "the same year"),
            agree(f"{years_apart} <= 1", "a year apart"),
            agree(f"{years_apart} <= 10", "ten years apart"),
            cll.ElseLevel(),
        ],
    )


# No rule is looser than a whole name: a few names are borne by several in a hundred, and the pairs of
# a rule grow with the square of the records.
BLOCKING = [
    block_on("document"),
    block_on("phone"),
    block_on("given_sound", "family_sound", "birth_year"),
    "l.given_sound = r.family_sound and l.family_sound = r.given_sound"
    " and l.birth_year = r.birth_year",
    block_on("birth_day", "substr(family_sound, 1, 2)"),
    block_on("birth_day", "substr(given_sound, 1, 2)"),
    "l.birth_day = r.birth_day and substr(l.given_sound, 1, 2) = substr(r.family_sound, 1, 2)",
    block_on("birth_day", "substr(mother_sound, 1, 2)"),
    block_on("substr(given_sound, 1, 3)", "substr(family_sound, 1, 3)", "birth_year"),
    "substr(l.given_sound, 1, 3) = substr(r.family_sound, 1, 3)"
    " and substr(l.family_sound, 1, 3) = substr(r.given_sound, 1, 3)"
    " and l.birth_year = r.birth_year",
    block_on("mother_sound", "birth_year"),
    block_on("mother_sound", "given_sound"),
    block_on("mother_sound", "family_sound"),
    block_on("given", "family", "birthplace"),
    block_on("family_sound", "substr(mother_sound, 1, 6)", "substr(given_sound, 1, 1)"),
    block_on("given_sound", "substr(mother_sound, 1, 6)", "substr(family_sound, 1, 1)"),
    block_on("family", "birth_year", "substr(mother, 1, 4)"),
    block_on("given", "birth_year", "substr(mother, 1, 4)"),
    block_on("family", "birth_year", "birthplace"),
    block_on("given", "birth_year", "birthplace"),
    block_on("given_sound", "family_sound"),
    block_on("sorted_sound"),
    block_on("birth_day", "sex"),
]



def of_two_parties(rule: Rule) -> str:
    """The rule, less pairs of one party; as a comparison, Splink took party for a sign of one person."""
    sql = rule if isinstance(rule, str) else rule.get_blocking_rule("duckdb").blocking_rule_sql
    return f"({sql}) and (l.party is null or r.party is null or l.party <> r.party)"


MODEL = Model(
    comparisons=[
        names(),
        birth(),
        mother(),
        cl.JaroWinklerAtThresholds("birthplace", [0.88, 0.7]).configure(
            term_frequency_adjustments=True
        ),
        cl.ExactMatch("sex"),
        cl.LevenshteinAtThresholds("phone", [1, 2]),
        cl.LevenshteinAtThresholds("document", [1, 2]),
    ],
    blocking=[of_two_parties(rule) for rule in BLOCKING],
    deterministic=[
        block_on("given", "family", "birth_day"),
        block_on("document"),
        block_on("phone", "given"),
    ],
    deterministic_recall=0.6,
    # What its reference calls often adequate while one tries things out. README.md says what more do.
    random_pairs_max=1e7,
    # Among namesakes, expectation-maximisation takes namesakes for the same; among people born on
    # one day, or with one document or phone, it does not.
    training=[block_on("birth_day"), block_on("document"), block_on("phone")],
)


def main() -> None:
    asked = peer.arguments(__doc__).parse_args()
    stopwatch = peer.Stopwatch()
    connection = connect()
    read_people(connection, asked.people)
    link(connection, MODEL, asked.pairs, stopwatch)


if __name__ == "__main__":
    main()
