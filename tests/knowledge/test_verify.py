"""Verify: whether a copy of the source still carries the facts."""

from __future__ import annotations

import shutil

import pytest

from knowledge.verify import SourceMissingError, passage_of, passages_at, source_text, verify
from tests.support.dossiers import SMALL_SOURCES, small_dossier

TEXT = (SMALL_SOURCES / "ferry.txt").read_text("utf-8")


def copy_with(folder, text):
    (folder / "ferry.txt").write_text(text, "utf-8")
    return folder


def test_the_second_story_rests_on_its_source():
    found = verify(small_dossier(), SMALL_SOURCES)
    assert found.holds
    assert (found.carried, found.substantive, found.passages, list(found.problems())) == (8, 8, 8, [])


def test_a_changed_word_names_the_sentence_and_the_facts(tmp_path):
    found = verify(small_dossier(), copy_with(tmp_path, TEXT.replace("31,000", "32,000")))
    assert not found.holds
    assert list(found.problems()) == [
        "the document is not the one that was read: its SHA-256 differs",
        "paragraph 2, sentence 1: the passage is no longer in the document",
        "F06: the passage in paragraph 2, sentence 1 is no longer in the document",
        "D01: the passage in paragraph 2, sentence 1 is no longer in the document",
    ]


def test_a_moved_passage_says_where_it_is_now(tmp_path):
    found = verify(small_dossier(), copy_with(tmp_path, "UPDATED\n" + TEXT))
    moved = {drift.fact: drift.moved_to for drift in found.changed if drift.fact == "F07"}
    assert moved == {"F07": TEXT.index("The ticket office") + len("UPDATED\n")}
    assert not any("no longer" in problem for problem in found.problems())
    assert "F07: the passage in paragraph 2, sentence 2 is now at character" in "\n".join(found.problems())


def test_another_ending_of_the_file_changes_the_document_but_no_passage(tmp_path):
    found = verify(small_dossier(), copy_with(tmp_path, TEXT + "\n"))
    assert (found.holds, found.changed) == (False, ())


def test_a_sentence_without_a_fact_is_told():
    dossier = small_dossier()
    facts = tuple(fact for fact in dossier.facts if fact.id != "F07")
    found = verify(dossier.model_copy(update={"facts": facts}), SMALL_SOURCES)
    assert found.uncarried == ("paragraph 2, sentence 2",)
    assert (found.carried, found.substantive, found.holds) == (7, 8, False)
    assert list(found.problems()) == ["paragraph 2, sentence 2: no fact carries this sentence"]


def test_a_derived_fact_carries_no_sentence():
    dossier = small_dossier()
    facts = tuple(fact for fact in dossier.facts if fact.id != "F06")
    assert verify(dossier.model_copy(update={"facts": facts}), SMALL_SOURCES).uncarried == ("paragraph 2, sentence 1",)


def test_a_half_carried_sentence_shows_the_rest():
    dossier = small_dossier()
    facts = tuple(
        fact.model_copy(update={"spans": (fact.spans[0].model_copy(update={"end": fact.spans[0].end - 60}),)})
        if fact.id == "F02"
        else fact
        for fact in dossier.facts
    )
    found = verify(dossier.model_copy(update={"facts": facts}), SMALL_SOURCES)
    end = TEXT.index("4.2 million crowns.") + len("4.2 million crowns.")
    assert [str(stretch) for stretch in found.stretches] == [
        f"paragraph 1, sentence 3: characters {end - 60} to {end} are carried by no fact"
    ]


def test_words_that_the_source_does_not_quote_are_told():
    dossier = small_dossier()
    fact = next(fact for fact in dossier.facts if fact.id == "F03")
    loose = fact.model_copy(update={"quotes": (fact.quotes[0].model_copy(update={"text": "weeks of repairs"}),)})
    found = verify(dossier.model_copy(update={"facts": (*dossier.facts, loose)}), SMALL_SOURCES)
    assert found.unquoted == ("F03: “weeks of repairs” is not in quotation marks in the source",)
    assert not found.holds


def test_a_quotation_must_stand_in_the_passages_of_its_own_fact():
    dossier = small_dossier()
    quay, yearly = (next(fact for fact in dossier.facts if fact.id == name) for name in ("F03", "F06"))
    borrowed = yearly.model_copy(update={"quotes": quay.quotes})
    found = verify(dossier.model_copy(update={"facts": (*dossier.facts, borrowed)}), SMALL_SOURCES)
    assert found.unquoted == ("F06: “fit for use” is not in quotation marks in the source",)


def test_without_a_copy_there_is_nothing_to_verify(tmp_path):
    with pytest.raises(SourceMissingError, match=r"no copy of ferry\.txt in"):
        verify(small_dossier(), tmp_path)


def test_text_is_given_only_if_it_is_the_very_document(tmp_path):
    assert source_text(small_dossier(), SMALL_SOURCES) == TEXT
    assert source_text(small_dossier(), tmp_path) is None
    assert source_text(small_dossier(), copy_with(tmp_path, TEXT + " ")) is None
    shutil.copy(SMALL_SOURCES / "ferry.txt", tmp_path)
    assert source_text(small_dossier(), tmp_path) == TEXT


def test_a_source_file_name_cannot_leave_the_folder(tmp_path):
    dossier = small_dossier()
    elsewhere = dossier.model_copy(update={"source": dossier.source.model_copy(update={"file": "../ferry.txt"})})
    (tmp_path / "inner").mkdir()
    copy_with(tmp_path, TEXT)
    assert source_text(elsewhere, tmp_path / "inner") is None


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Night ferry to Selm to return", "headline"),
        ("The boat that the January storm", "standfirst"),
        ("could sail again", "paragraph 1, sentence 1"),
        ("31,000 passengers", "paragraph 2, sentence 1"),
        ("in May. The line was stopped", "paragraph 1, sentences 1 to 2"),
    ],
)
def test_a_span_is_named_by_paragraph_and_sentence(words, place):
    start = TEXT.index(words)
    assert passage_of(small_dossier(), (start, start + len(words))) == place


def test_a_span_that_only_borders_on_a_sentence_is_not_in_it():
    gap = TEXT.index(" The line was stopped")
    assert passage_of(small_dossier(), (gap, gap + 9)) == "paragraph 1, sentence 2"
    assert passage_of(small_dossier(), (gap - 9, gap + 1)) == "paragraph 1, sentence 1"


def test_a_span_outside_every_sentence_is_named_by_characters():
    assert passage_of(small_dossier(), (29, 30)) == "characters 29 to 30"
    assert passages_at(small_dossier(), 29, 30) == ()
