"""Splink, trained and run in the order its documentation gives, whatever the settings.

First the probability that two random records match, from deterministic rules; then u by random
sampling; then m by expectation-maximisation, once for each training rule; then prediction over the
union of the blocking rules. (Splink's topic guide "Training rationale".)
"""

import logging
from dataclasses import dataclass

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_creator import ComparisonCreator

import peer

SEED = 1

Rule = BlockingRuleCreator | str


@dataclass
class Model:
    """What distinguishes one configuration from another."""

    comparisons: list[ComparisonCreator]
    blocking: list[Rule]
    # Rules that, where they hold, are nearly always right, and the share of true pairs they find.
    deterministic: list[Rule]
    deterministic_recall: float
    # Pairs drawn at random to learn from them how often any two agree.
    random_pairs_max: float
    # Each teaches the comparisons that it does not itself use.
    training: list[Rule]


def connect() -> duckdb.DuckDBPyConnection:
    """DuckDB in memory, with as many threads as this run has processors."""
    connection = duckdb.connect()
    connection.execute(f"set threads = {peer.cores()}")
    # Without accents, capitals and hyphens; empty is unknown.
    connection.execute(
        """create macro plain(text) as nullif(trim(regexp_replace(
        regexp_replace(strip_accents(lower(text)), '[^a-z0-9 ]', ' ', 'g'), ' +', ' ', 'g')), '')"""
    )
    return connection


def link(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    pairs_path: str,
    stopwatch: peer.Stopwatch,
) -> None:
    """Learns from the table `people`, writes the pairs, prints the answer."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=model.comparisons,
        blocking_rules_to_generate_predictions=model.blocking,
        # Not asked for, and faster without (topic guide "Drivers of performance").
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(DuckDBAPI(connection=connection).register("people"), settings)
    linker.training.estimate_probability_two_random_records_match(
        model.deterministic, recall=model.deterministic_recall
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=model.random_pairs_max, seed=SEED)
    for rule in model.training:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    training = stopwatch.lap()

    blocked = linker.inference.compute_blocked_pairs_for_predict()
    compared = connection.execute(f"select count(*) from {blocked.physical_name}").fetchall()[0][0]
    linker.table_management.register_blocked_pairs_for_predict(blocked)
    predicted = linker.inference.predict(threshold_match_probability=peer.LEAST)
    connection.execute(
        f"""copy (
            select record_id_l record_a, record_id_r record_b, match_probability probability
            from {predicted.physical_name}
        ) to '{pairs_path}' (header)"""
    )
    peer.answer(training=training, predicting=stopwatch.lap(), compared=compared)
