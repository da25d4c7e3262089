"""Loading a dossier folder: what comes out, and how every fault is named by file and line."""

from __future__ import annotations

import re

import pytest

from knowledge.load import DossierError, Fault, default_dossier_path, load_dossier, public
from tests.support.dossiers import copy_small, small_dossier

SHIP, LINE = "facts/ship_and_quay.yaml", "facts/line.yaml"


def faults_of(folder) -> list[Fault]:
    with pytest.raises(DossierError) as caught:
        load_dossier(folder)
    return caught.value.faults


def swap(old, new, count=1):
    return lambda text: text.replace(old, new, count)


def lines_with(folder, name, words) -> set[int]:
    lines = (folder / name).read_text("utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if words in line}


def test_a_second_story_loads_without_code():
    dossier = small_dossier()
    assert dossier.name == "dossier_small"
    assert {fact.id for fact in dossier.facts} == {f"F0{n}" for n in range(1, 9)} | {"D01"}
    assert {question.kind.value for question in dossier.questions} == {"answer", "premise", "unknown", "ambiguous"}
    assert dossier.lexicon.concepts["ferry"]["tr"] == ("feribot*", "vapur*")


def test_the_shipped_dossier_loads():
    assert len(load_dossier(default_dossier_path()).facts) > 40


def test_facts_may_stand_in_one_file_and_other_files_be_absent(tmp_path):
    folder = copy_small(tmp_path)
    whole = "\n".join((folder / name).read_text("utf-8") for name in (SHIP, LINE))
    for name in ("timeline", "questions", "claims", "lexicon"):
        (folder / f"{name}.yaml").unlink()
    for path in (folder / "facts").iterdir():
        path.unlink()
    (folder / "facts.yaml").write_text(whole, "utf-8")
    dossier = load_dossier(folder)
    assert sorted(fact.id for fact in dossier.facts) == sorted(fact.id for fact in small_dossier().facts)
    assert (dossier.questions, dossier.timeline, dossier.claims) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "what", "remedy"),
    [
        (SHIP, "kind: claim", "knid: claim", "knid: claim", "unknown key `knid`", "did you mean `kind`?"),
        (SHIP, "as_written: in May", "as_writen: in May", "as_writen", "unknown key `time.as_writen`", "`as_written`?"),
        (SHIP, "kind: claim", "kind: rumour", "kind: rumour", "`kind` cannot be 'rumour'", "use 'event', 'state'"),
        (SHIP, "    says_who: Mayor", "    sayswho: Mayor", "sayswho", "`slots.sayswho` cannot be", "says_who"),
        (SHIP, "title: Tidewater bought a ship", "title: 2031", "title: 2031", "is the number 2031", "quotation marks"),
        (SHIP, "id: F02", "id: fact2", "id: fact2", "`id` is 'fact2'", "in the form"),
        (SHIP, "actors: [FERRIES]", "actors: [FERRYS]", "FERRYS", "FERRYS, which is not in actors", "mean FERRIES?"),
        (SHIP, "speaker: MAYOR", "speaker: KING", "speaker: KING", "KING, which is not in actors", "add it to actors"),
        (SHIP, "cautions: [T02]", "cautions: [T77]", "T77", "T77, which is not in cautions", ""),
        (SHIP, "speaker_actor: HARBOUR_MASTER", "speaker_actor: HM", "speaker_actor: HM", "HM, which is not", ""),
        (SHIP, "resolved: 2031-05", "resolved: 2031-15", "2031-15", "'2031-15' is no EDTF date", "write '2024-12'"),
        (LINE, "derived_from: [F06]", "derived_from: [F66]", "derived_from: [F66]", "F66, which is not in facts", ""),
        (LINE, "- id: F05", "- id: F05\n  supersedes: F99", "supersedes: F99", "`supersedes` names F99", ""),
        (LINE, "- id: F05", "- id: F05\n  retracts: F99", "retracts: F99", "`retracts` names F99", ""),
        ("cautions.yaml", "- id: T03", "- id: T02", "- id: T02", "already used at cautions.yaml:5", "new id"),
        (LINE, "- length of the quay", "- length: of the quay", "length: of", "its colon as a key", "quotation"),
        (LINE, "embargoed: true", "embargoed: maybe", "embargoed: maybe", "`embargoed`: input should", "mend"),
        (LINE, "importance: 5", "importance: 9", "importance: 9", "less than or equal to 5", "(now 9)"),
        (LINE, "importance: 5", "importance: 5\n  importance: 4", "importance: 4", "`importance` twice", "keep one"),
        ("timeline.yaml", "edtf: 2031-02,", "edtf: in winter,", "in winter", "'in winter' is no EDTF date", ""),
        ("timeline.yaml", "facts: [F02]", "facts: [F20]", "F20", "F20, which is not in facts", "did you mean F0"),
        ("questions.yaml", "facts: [F01, F07]", "facts: [F01, F70]", "F70", "F70, which is not in facts", ""),
        ("questions.yaml", "entry: MAYOR", "entry: MAJOR", "entry: MAJOR", "option leads to MAJOR", "what the button"),
        ("claims.yaml", "verdict: stronger", "verdict: false", "verdict: false", "`verdict` cannot be", "supported"),
        ("actors.yaml", "fuse_with: [MAYOR]", "fuse_with: [MAY]", "fuse_with: [MAY]", "MAY, which is not", ""),
        ("source.yaml", "edtf: '2031-03-11'", "edtf: '2031-03-99'", "2031-03-99", "`published.edtf`", ""),
        ("source.yaml", "chars: 6", "chars: 1", "", "past the document's", "correct the offsets"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_what_to_do(tmp_path, name, old, new, at, what, remedy):
    folder = copy_small(tmp_path, {name: swap(old, new)})
    faults = faults_of(folder)
    matching = [fault for fault in faults if what in fault.what and remedy in fault.remedy and fault.file == name]
    assert matching, "\n".join(map(str, faults))
    if at:
        assert {fault.line for fault in matching} & lines_with(folder, name, at)


def test_a_doubled_id_names_the_first_place(tmp_path):
    folder = copy_small(tmp_path, {SHIP: swap("id: F03", "id: F02")})
    first, second = [n for n, text in enumerate((folder / SHIP).read_text().splitlines(), 1) if "id: F02" in text]
    doubled = [fault for fault in faults_of(folder) if "already used" in fault.what]
    assert [str(fault) for fault in doubled] == [
        f"{SHIP}:{second}: id F02 is already used at {SHIP}:{first}, give one of the two a new id"
    ]


def test_a_question_cannot_bear_the_id_of_a_fact(tmp_path):
    folder = copy_small(tmp_path, {"questions.yaml": swap("id: Q01", "id: F01")})
    assert any("F01 is already used" in fault.what for fault in faults_of(folder))


def test_every_fault_is_told_at_once(tmp_path):
    edits = {
        SHIP: swap("speaker: MAYOR", "speaker: KING"),
        LINE: swap("title: Repairs of the quay took eleven weeks", "headline: Repairs"),
        "timeline.yaml": swap("facts: [F05]", "facts: [F55]"),
    }
    faults = faults_of(copy_small(tmp_path, edits))
    assert [(fault.file, fault.what.split(",")[0]) for fault in faults] == [
        (LINE, "`title` is missing"),
        (LINE, "unknown key `headline`"),
        (SHIP, "`speaker` names KING"),
        ("timeline.yaml", "`facts` names F55"),
    ]


def test_a_broken_entry_does_not_make_its_id_unknown_elsewhere(tmp_path):
    faults = faults_of(copy_small(tmp_path, {LINE: swap("predicate: stop", "predicate: []")}))
    assert [fault.what for fault in faults] == ["`predicate`: input should be a valid string"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- id: F01\n  title: [unclosed\n", "not YAML"),
        ("- id: F01\n\ttitle: tab\n", "not YAML"),
        ("id: F01\n", "not a list"),
        ("- just words\n", "the entry"),
        ("- [a]: b\n", "a key that is no word"),
        ("- id: F01\n  title: \x07bell\n", "not YAML"),
    ],
)
def test_text_that_is_no_list_of_facts_is_a_fault(tmp_path, text, what):
    folder = copy_small(tmp_path)
    (folder / LINE).write_text(text, "utf-8")
    assert any(fault.file == LINE and fault.what.startswith(what) for fault in faults_of(folder))


def test_a_file_that_is_not_utf8_is_a_fault(tmp_path):
    folder = copy_small(tmp_path)
    (folder / LINE).write_bytes("- title: Café".encode("latin-1"))
    assert any("not UTF-8" in fault.what for fault in faults_of(folder))


def test_an_unreadable_file_raises_no_dangling_ids(tmp_path):
    folder = copy_small(tmp_path)
    (folder / "cautions.yaml").write_text("- {", "utf-8")
    assert [fault.file for fault in faults_of(folder)] == ["cautions.yaml"]


def test_missing_files_and_folders_are_named(tmp_path):
    assert "no such dossier folder" in faults_of(tmp_path / "nowhere")[0].what
    assert {fault.file for fault in faults_of(tmp_path)} == {"source.yaml", "actors.yaml", "facts.yaml"}


def test_an_alias_of_yaml_gives_its_value_and_a_circle_is_a_fault(tmp_path):
    stop = "actors: [SELM]\n  predicate: stop"
    twice = stop.replace("[", "&who [") + "\n  patient: *who"
    shared = copy_small(tmp_path / "a", {LINE: swap(stop, twice)})
    assert next(fact for fact in load_dossier(shared).facts if fact.id == "F05").patient == ("SELM",)
    circle = copy_small(tmp_path / "b", {LINE: swap("actors: [SELM]\n", "actors: &who [*who]\n")})
    assert any("`actors.0`" in fault.what for fault in faults_of(circle))


def test_plain_dates_and_words_like_no_stay_text(tmp_path):
    edits = {
        LINE: swap("    - reason for the suspension?", "    - no"),
        "source.yaml": swap("'2031-03-11'", "2031-03-11"),
    }
    dossier = load_dossier(copy_small(tmp_path, edits))
    assert dossier.source.published.edtf == "2031-03-11"
    assert "no" in next(fact for fact in dossier.facts if fact.id == "F05").examples.en


def test_a_span_that_ends_before_it_starts_is_a_fault(tmp_path):
    folder = copy_small(tmp_path, {LINE: lambda text: re.sub(r"start: 464, end: 493", "start: 464, end: 464", text)})
    assert ["not after its start" in fault.what for fault in faults_of(folder)] == [True]


def test_readers_see_nothing_of_an_embargoed_fact(tmp_path):
    edits = {
        "questions.yaml": swap("facts: [F01, F07]", "facts: [F01, F08]"),
        "timeline.yaml": swap("facts: [F02]", "facts: [F02, F08]"),
        "claims.yaml": swap("facts: [F02]", "facts: [F08]"),
        "facts/line.yaml": swap("derived_from: [F06]", "derived_from: [F08]"),
    }
    seen = public(load_dossier(copy_small(tmp_path, edits)))
    assert {fact.id for fact in seen.facts} == {f"F0{n}" for n in range(1, 8)}
    assert {question.id for question in seen.questions} == {"Q01", "P01", "A01"}
    assert {point.id for point in seen.timeline} == {"TL1", "TL3", "TL4", "TL5"}
    assert "Evening Star" not in seen.model_dump_json()
    assert "F08" not in seen.model_dump_json()


def test_an_actor_known_only_under_embargo_is_hidden_with_buttons_that_lead_there(tmp_path):
    edits = {SHIP: swap("[HARBOUR_MASTER, PORT_ALDER]", "[HARBOUR_MASTER, PORT_ALDER]\n  embargoed: true")}
    seen = public(load_dossier(copy_small(tmp_path, edits)))
    assert "HARBOUR_MASTER" not in {actor.id for actor in seen.actors}
    assert "A01" not in {question.id for question in seen.questions}
    assert "T02" not in {caution.id for caution in seen.cautions}
    assert seen.actors[0].not_to_confuse_with == ()


def test_the_embargo_follows_a_chain_of_derived_facts(tmp_path):
    edits = {LINE: lambda text: text.replace("[F06]", "[F07]").replace("- id: F07", "- id: F07\n  derived_from: [F08]")}
    seen = public(load_dossier(copy_small(tmp_path, edits)))
    assert {"F07", "D01"}.isdisjoint({fact.id for fact in seen.facts})


def test_a_dossier_without_embargo_is_public_as_it_is():
    seen = public(small_dossier())
    assert public(seen) is seen


def test_a_circle_of_names_does_not_hang_the_embargo(tmp_path):
    edits = {
        LINE: swap("derived_from: [F06]", "derived_from: [D01, F08]"),
        SHIP: swap("  importance: 5", "  supersedes: F08\n  importance: 5"),
    }
    seen = public(load_dossier(copy_small(tmp_path, edits)))
    assert "D01" not in {fact.id for fact in seen.facts}
    assert next(fact for fact in seen.facts if fact.id == "F01").supersedes is None
