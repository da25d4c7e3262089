"""Entries, and how likely each is from its examples."""

from __future__ import annotations

import math

import pytest

from handlers.intents import specs
from knowledge.model import Examples, Wording
from knowledge.understand.index import (
    CANDIDATES,
    EntryKind,
    Index,
    IntentSpec,
    entries_of,
    facts_about,
    kin_of,
    people_of,
)
from knowledge.understand.reader import Reader
from tests.support.dossiers import public_small_dossier, small_dossier


def best(reader: Reader, text: str) -> str:
    vector = reader.index.vector(reader.canonicaliser.read(text).features)
    return reader.index.entries[reader.index.nearest(vector)[0][0]].id


def test_everything_that_can_be_answered_has_an_entry(ferry):
    kinds = {entry.id: entry.kind for entry in ferry.index.entries}
    assert kinds["F01"] is EntryKind.FACT
    assert kinds["Q01"] is EntryKind.ANSWER
    assert kinds["P01"] is EntryKind.PREMISE
    assert kinds["U01"] is EntryKind.UNKNOWN
    assert kinds["A01"] is EntryKind.AMBIGUOUS
    assert kinds["MAYOR"] is EntryKind.ACTOR
    assert kinds["/timeline"] is EntryKind.INTENT


def test_an_embargoed_fact_has_none_even_where_the_dossier_still_holds_it():
    assert any(fact.id == "F08" for fact in small_dossier().facts)
    entries = entries_of(small_dossier(), ())
    assert "F08" not in {entry.id for entry in entries}
    assert all("F08" not in entry.facts for entry in entries)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("why was the ferry suspended", "F05"),
        ("how many weeks was the quay under repair", "F04"),
        ("what did tidewater pay for the vessel", "F02"),
        ("수리는 얼마나 걸렸나요", "F04"),
        ("كم كان عدد الركاب", "F06"),
        ("bilet gişesi açıldı mı", "F07"),
    ],
)
def test_the_nearest_profile_is_that_of_the_entry_asked_for(ferry, text, entry):
    assert best(ferry, text) == entry


def test_a_vector_has_unit_length_and_rare_features_weigh_more(ferry):
    vector = ferry.index.vector(ferry.canonicaliser.read("storm of the ferry company").features)
    assert math.isclose(sum(weight**2 for weight in vector.values()), 1.0)
    idf = ferry.index.idf
    assert idf["@MAYOR"] < ferry.index.unseen + 0.2
    assert idf["w:storm"] > idf["?what"]


def test_no_more_entries_come_back_than_are_ranked(ferry):
    vector = ferry.index.vector(
        ferry.canonicaliser.read("what did the mayor say about the ferry, when and why").features
    )
    assert 1 < len(ferry.index.nearest(vector)) <= CANDIDATES
    assert len(ferry.index.nearest(vector, most=2)) == 2
    assert ferry.index.nearest({}) == []


def test_readers_wordings_join_the_examples_of_their_entry():
    dossier = public_small_dossier()
    wording = Wording(entry="F04", lang="en", text="mojito masonry saga")
    told = dossier.model_copy(update={"wordings": (wording,)})
    entry = next(e for e in entries_of(told, ()) if e.id == "F04")
    assert wording.text in entry.examples.en
    assert entry.wordings == {wording.text}
    assert best(Reader(told, ()), "the mojito masonry saga") == "F04"


def test_commands_are_indexed_by_the_ways_of_asking_for_them():
    spec = IntentSpec("regatta", ("regatta",), {"en": ["line up the yachts"]})
    reader = Reader(public_small_dossier(), (spec,))
    assert best(reader, "please line up the yachts") == "/regatta"


def test_examples_may_be_held_out():
    dossier = public_small_dossier()
    reader = Reader(dossier, ())
    entries = entries_of(dossier, ())
    none: dict[str, dict[str, list[str]]] = {entry.id: {} for entry in entries}
    bare = Index(entries, reader.canonicaliser, kin_of(dossier), people_of(dossier), none)
    assert len(bare.by_id["F04"].lengths) == 0
    assert len(reader.index.by_id["F04"].lengths) == 13


def test_an_actor_s_facts_are_those_where_it_acts_first():
    dossier = public_small_dossier()
    ferries = next(actor for actor in dossier.actors if actor.id == "FERRIES")
    assert [fact.id for fact in facts_about(ferries, dossier.facts)] == ["F02"]
    port = next(actor for actor in dossier.actors if actor.id == "PORT_ALDER")
    assert [fact.id for fact in facts_about(port, dossier.facts)] == ["F01", "F03", "F04"]


def test_an_embargoed_fact_is_not_among_an_actor_s():
    dossier = small_dossier()
    ferries = next(actor for actor in dossier.actors if actor.id == "FERRIES")
    assert [fact.id for fact in facts_about(ferries, dossier.facts)] == ["F02"]


def test_who_is_a_person_and_who_stands_for_a_state(story):
    assert people_of(public_small_dossier()) == {"MAYOR", "HARBOUR_MASTER"}
    kin = kin_of(story.dossier)
    assert kin["SYR"] == "SY"
    assert "CHO" not in kin


def test_an_entry_with_hundreds_of_examples_is_still_found():
    dossier = public_small_dossier()
    many = tuple(f"oddity {number} of the quay" for number in range(400))
    repair = next(fact for fact in dossier.facts if fact.id == "F04")
    more = repair.model_copy(update={"examples": Examples(en=(*repair.examples.en, *many))})
    facts = tuple(more if fact.id == "F04" else fact for fact in dossier.facts)
    reader = Reader(dossier.model_copy(update={"facts": facts}), specs())
    assert reader.read("oddity 399 of the quay").entry == "F04"
