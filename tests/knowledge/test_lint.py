"""Lint: what the desk must not say, and what a dossier must not lack."""

from __future__ import annotations

import pytest

from knowledge.lint import lint, load_checked
from knowledge.load import DossierError, load_marked
from knowledge.rules import load_rules
from tests.support.dossiers import SMALL, copy_small

SHIP, LINE = "facts/ship_and_quay.yaml", "facts/line.yaml"


def swap(old, new):
    return lambda text: text.replace(old, new, 1)


def found(tmp_path, name, old, new):
    return lint(load_marked(copy_small(tmp_path, {name: swap(old, new)})))


def test_the_second_story_has_no_fault():
    assert lint(load_marked(SMALL)) == []


STATEMENT = "could be back in service in May."
ERRORS = [
    ("source.yaml", "start: 31, end: 118", "start: 20, end: 118", "passage 2 starts at 20, inside", "in order"),
    (SHIP, STATEMENT, "will be back in service in May.", "`statement` says 'will' (R4)", "keep the source's hedge"),
    (SHIP, STATEMENT, "is promised.", "'promised' (R4)", "keep the source's hedge"),
    (SHIP, "who: Tidewater Ferries.", "who: Tidewater Ferries confirmed it.", "says 'confirmed' (R3)", "announced"),
    (SHIP, "title: Tidewater bought a ship", "title: Tidewater reveals a ship", "'reveals' (R3)", "write announced"),
    (LINE, "why: A storm.", "why: The terrorists.", "'terrorists' (R5)", "put it in quotation marks"),
    ("questions.yaml", "lead: The night ferry, stopped", "lead: The deal on the ferry, stopped", "says 'deal'", ""),
    ("cautions.yaml", "note: The article gives", "note: The article admits", "`note` says 'admits'", ""),
    ("timeline.yaml", "Storm stops", "Storm slams", "`display` says 'slams'", ""),
    ("actors.yaml", "role: Harbour master", "role: Master who pledged it", "`role` says 'pledged'", ""),
    (SHIP, "statement: Mayor Ines Halvorsen said the", "statement: The", "does not name Ines", "name the speaker"),
    (SHIP, "speaker: PORT_ALDER", "speaker: null", "second-hand but nobody speaks", "add `speaker`"),
    (SHIP, "label: one-sided", "label: stated", "label stated does not go with attribution second-hand", "one-sided"),
    (LINE, "attribution: none", "attribution: presupposed", "not go with attribution presupposed", "presupposed"),
    (SHIP, "{text: fit for use", "{text: fit for a king", "'fit for a king' is in no statement", "quote it"),
    (LINE, "  sum: '31,000 / 52 = about 600'\n", "", "derived without its sum", "R13"),
    (LINE, "  derived_from: [F06]\n", "", "derived without its sum", "`derived_from`"),
    (LINE, "label: derived", "label: stated", "derived but labelled stated", "label it derived"),
    ("timeline.yaml", "; timing unreliable, check", "", "cannot be relied on, unflagged", "timing unreliable"),
    ("timeline.yaml", "label: time-unreliable", "label: external", "labelled external", "R11"),
    ("timeline.yaml", "facts: [F02]", "facts: [F08]", "names F08, which is under embargo", "R23"),
    ("questions.yaml", "facts: [F01, F07]", "facts: [F01, F08]", "names F08, which is under embargo", "R23"),
    ("claims.yaml", "verdict: supported, facts: [F01]", "verdict: supported, facts: [F08]", "under embargo", "R23"),
    (LINE, "derived_from: [F06]", "derived_from: [F08]", "names F08, which is under embargo", "R23"),
    ("questions.yaml", "facts: [F02]\n  actors: [FERRIES]", "facts: []", "premise that rests on nothing", "its facts"),
    ("questions.yaml", "    - {label: 'Ines Halvorsen, the mayor', entry: MAYOR}\n", "", "without two options", "R18"),
    (LINE, "- How long did the repairs take?", "- Why was the ferry suspended", "is also one of F04", "answered best"),
    (LINE, "derived_from: [F06]", "derived_from: [D01]", "`derived_from` leads back to D01", "break the circle"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "what", "remedy"), ERRORS)
def test_a_fault_keeps_the_bot_from_starting(tmp_path, name, old, new, what, remedy):
    faults = [fault for fault in found(tmp_path, name, old, new) if not fault.warning]
    assert [fault for fault in faults if what in fault.what and remedy in fault.remedy], faults
    with pytest.raises(DossierError) as refused:
        load_checked(tmp_path / "ferry")
    assert refused.value.faults == faults


WARNINGS = [
    (LINE, "    ko: [수리는 얼마나 걸렸나요?]\n", "", "0 examples in ko, 1 are expected", "add 1 more"),
    (LINE, "      - weeks of repair\n", "", "9 examples in en, 10 are expected", "add 1 more"),
    (LINE, "      - weeks of repair\n", "      - duration of the works\n", "is also one of F04", ""),
    (LINE, "embargoed: true", "embargoed: false", "no span", "add the passage"),
    (
        LINE,
        "title: About 600 passengers a week",
        "title: About 31,000 passengers a year",
        "is also that of",
        "tell apart",
    ),
    (SHIP, "importance: 4", "importance: 4\n  perishable: true", "does not say as of when", "R10"),
    (LINE, "- weeks of repair\n", "- Duration of the... WÖRKS!\n", "is also one of F04", ""),
    ("questions.yaml", "lead: Not in the article. It", "lead: It", "lead of an unknown does not say so", "R14"),
]


@pytest.mark.parametrize(("name", "old", "new", "what", "remedy"), WARNINGS)
def test_a_warning_lets_the_bot_start(tmp_path, name, old, new, what, remedy):
    faults = found(tmp_path, name, old, new)
    assert [fault for fault in faults if what in fault.what and remedy in fault.remedy and fault.warning], faults
    assert "warning: " in str(faults[0])
    assert load_checked(tmp_path / "ferry").facts


def test_a_fault_stands_at_the_line_of_the_words(tmp_path):
    fault = found(tmp_path, SHIP, STATEMENT, "will be back in service in May.")[0]
    lines = (tmp_path / "ferry" / SHIP).read_text("utf-8").splitlines()
    assert "will be back" in lines[fault.line - 1]
    assert str(fault).startswith(f"{SHIP}:{fault.line}: `statement` says 'will' (R4), keep")


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ('The mayor called it a "deal".', []),
        ("She called them 'terrorists', the paper says.", []),
        ("She called them ‘terrorists’, the paper says.", []),
        ("The mayor's deal isn't hers.", ["deal"]),
        ("It is a self-claimed title of goodwill and ordeal.", []),
        ("They WILL come.", ["WILL"]),
        ("He pledges it. She confirms it.", ["confirms", "pledges"]),
    ],
)
def test_banned_words_count_in_the_desks_own_voice_only(text, banned):
    assert [hit for _, hit in load_rules().offences(text, may_deny=False)] == banned


def test_a_denial_may_name_what_the_article_does_not_say():
    rules = load_rules()
    assert not list(rules.offences("The article mentions no contract.", may_deny=True))
    assert list(rules.offences("The article mentions no contract.", may_deny=False))
    assert list(rules.offences("It is not signed. The contract is.", may_deny=True))
    assert list(rules.offences("It does not name the terrorists.", may_deny=True))


def test_a_derived_fact_needs_no_speaker_of_its_own(tmp_path):
    assert found(tmp_path, LINE, "attribution: none\n  label: derived", "attribution: explicit\n  label: derived") == []


def test_two_actors_may_not_share_a_strong_name(tmp_path):
    strong = found(tmp_path / "a", "actors.yaml", "kind: short}", "kind: short}\n    - {value: Tówn-Hall, kind: odd}")
    assert [(fault.what, fault.warning) for fault in strong] == [("'town hall' is also a name of FERRIES", False)]
    shy = "kind: short}\n    - {value: Town Hall, kind: odd, weak: true}"
    weak = found(tmp_path / "b", "actors.yaml", "kind: short}", shy)
    assert weak == []


def test_supersession_may_not_run_in_a_circle(tmp_path):
    folder = copy_small(
        tmp_path,
        {
            SHIP: swap("- id: F01", "- id: F01\n  supersedes: F04"),
            LINE: swap("- id: F04", "- id: F04\n  supersedes: F01"),
        },
    )
    assert [fault.what for fault in lint(load_marked(folder))] == [
        "`supersedes` leads back to F04",
        "`supersedes` leads back to F01",
    ]


def test_a_file_that_nothing_reads_is_named(tmp_path):
    folder = copy_small(tmp_path)
    (folder / "fact.yaml").write_text("[]", "utf-8")
    assert [str(fault) for fault in lint(load_marked(folder))] == [
        "fact.yaml:1: warning: not a file of a dossier, so nothing reads it, rename or remove it"
    ]
