"""A short chaos run: everything goes wrong at once, and the workspace still gets each message once."""

from __future__ import annotations

import pytest

from tests.chaos.chaos import run


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_each_message_arrives_once_whatever_goes_wrong(engine: str) -> None:
    outcome = await run(engine, "all", seed=7, size=40)
    assert (outcome.lost, outcome.doubled, outcome.strange) == (0, 0, 0), outcome
    assert outcome.digests == 40
    assert outcome.struck


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_replicas_are_restarted_one_after_the_other_without_a_gap(engine: str) -> None:
    outcome = await run(engine, "rolling", seed=7, size=40)
    assert (outcome.lost, outcome.doubled, outcome.strange, outcome.not_taken) == (0, 0, 0, 0), outcome
    assert outcome.gap == 0
