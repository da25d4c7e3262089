"""The evaluation itself: what counts as right, what is held out, and the router on data of CLINC150's shape."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import numpy as np
import pytest

from handlers.desk import Desk
from knowledge.model import LANGUAGES
from knowledge.understand.lexicon import Lexicon
from tests.eval.clinc import Data, balanced, features, report
from tests.eval.fit import labelled
from tests.eval.questions import Item, judge, load
from tests.eval.run import misses, run, table, wilson
from tests.support.dossiers import SMALL
from tests.support.intents_data import write

NOW = datetime(2031, 3, 14, 9, tzinfo=UTC)


def item(q: str, expect: str, *facts: str, must=(), must_not=(), held: bool = False) -> Item:
    return Item(q, "en", "fact", tuple(expect.split()), facts, must, must_not, "sample", held)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The ferry story."""
    return Desk.load(SMALL, loaded=NOW)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Figures of a small file, by the name of the line."""
    path = write(tmp_path_factory.mktemp("clinc") / "small.json")
    lines = list(report(path))
    found = {line[:34].strip(): float(line[34:].split()[0]) for line in lines if re.match(r"\s*[01]\.\d{3}", line[34:])}
    threshold = next(line for line in lines if line.startswith("threshold"))
    assert any("p50" in line and "p99" in line for line in lines)
    return found | {"threshold": float(re.findall(r"[\d.]+", threshold)[0])}


@pytest.mark.parametrize(
    ("asked", "right", "first"),
    [
        (item("How much did the ship cost?", "answered", "F02"), True, True),
        (item("How much did the ship cost?", "answered", "F05"), False, False),
        (item("How much did the ship cost?", "declined"), False, False),
        (item("How much did the ship cost?", "answered", "F02", must=("4.2 million|x",)), True, True),
        (item("How much did the ship cost?", "answered", "F02", must=("5 million",)), False, True),
        (item("How much did the ship cost?", "answered", "F02", must_not=("Tidewater",)), False, True),
        (item("What does a ticket cost?", "declined"), True, False),
        (item("Why did Tidewater build a new ship?", "corrected", "F02"), True, True),
    ],
)
def test_an_answer_is_right_when_status_facts_and_words_are(desk, asked, right, first):
    (judged,) = run(desk, [[asked]])
    assert (judged.right, judged.first) == (right, first)
    assert judged.third or not judged.first


def test_the_turns_of_a_thread_share_a_frame(desk):
    turns = [item("How much did the ship cost?", "answered", "F02"), item("when?", "answered", "F02")]
    assert [judged.right for judged in run(desk, [turns])] == [True, True]
    assert [judged.right for judged in run(desk, [[turns[1]]])] == [False]


def test_the_table_counts_answers_that_should_not_have_been(desk):
    wrong = item("How much did the ship cost?", "declined")
    judged = run(desk, [[wrong], [item("What does a ticket cost?", "declined")]])
    line = next(line for line in table(judged) if line.startswith("unanswerable answered directly"))
    assert "0.500" in line
    assert "1/2" in line
    assert [wrong.q in line for line in misses(judged, 5)] == [True]


def test_an_interval_holds_the_share_and_narrows_with_more_questions():
    low, high = wilson(9, 10)
    assert low < 0.9 < high
    assert wilson(900, 1000)[0] > low
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_reply_is_judged_by_what_it_shows(desk):
    asked = item("How much did the ship cost?", "answered", "F02", must=("crowns",))
    reply = desk.answer(asked.q, now=NOW)
    assert judge(asked, reply, "4.2 million crowns").right
    assert not judge(asked, reply, "4.2 million").right


def test_the_question_sets_are_large_and_hold_many_that_must_not_be_answered():
    items = [item for turns in load() for item in turns]
    assert len(items) >= 600
    assert sum(item.unanswerable or item.premise for item in items) >= 200
    assert {item.lang for item in items} == {"en", "ko", "ar", "tr"}
    assert len({item.file for item in items if item.held}) >= 6


def test_the_held_out_questions_are_taught_nowhere(story):
    singles = [turns[0] for turns in load() if len(turns) == 1]
    held = {one.q.strip().lower() for one in singles if one.held}
    taught = {one.q.strip().lower() for one in singles if not one.held}
    for entry in story.index.entries:
        for lang in LANGUAGES:
            taught |= {text.strip().lower() for text in getattr(entry.examples, lang)}
    assert len(held) > 300
    assert len(held & taught) <= len(held) * 0.05


def test_the_fit_learns_only_from_questions_with_one_clear_outcome():
    items = [item("a", "answered", "F02"), item("b", "clarify"), item("c", "declined suggested"), item("d", "command")]
    assert [(row.text, row.groups, row.facts) for row in labelled(items)] == [
        ("a", ("direct",), ("F02",)),
        ("c", ("unknown",), ()),
    ]


def test_the_router_finds_the_intents_of_a_small_file_and_sends_strangers_away(told):
    assert told["in-scope accuracy, no threshold"] > 0.9
    assert told["in-scope accuracy, thresholded"] > 0.8
    assert told["out-of-scope recall"] > 0.7
    assert 0.0 < told["threshold"] < 1.0


def test_labels_that_mean_nothing_are_not_found(tmp_path):
    path = write(tmp_path / "small.json")
    data = json.loads(path.read_text())
    names = sorted({intent for _, intent in data["train"]})
    for split in ("val", "test"):
        data[split] = [[text, names[(names.index(intent) + 5) % len(names)]] for text, intent in data[split]]
    path.write_text(json.dumps(data))
    line = next(line for line in report(path) if line.startswith("in-scope accuracy, no threshold"))
    assert float(line[34:].split()[0]) < 0.1


def test_a_file_of_another_shape_is_refused(tmp_path):
    (tmp_path / "odd.json").write_text(json.dumps({"train": [["a", "b"]], "val": [["a", "b"]]}))
    with pytest.raises(ValueError, match="no test, oos_train, oos_val, oos_test"):
        Data.load(tmp_path / "odd.json")


def test_the_splits_of_the_small_file_share_no_question(tmp_path):
    data = json.loads(write(tmp_path / "small.json").read_text())
    texts = [text for split in data.values() for text, _ in split]
    assert len(texts) == len(set(texts))


def test_the_limit_balances_accuracy_and_recall():
    right, sure = np.array([1.0, 1.0, 1.0, 0.0]), np.array([0.97, 0.8, 0.6, 0.3])
    assert balanced(right, sure, np.array([0.1, 0.2, 0.5])) == 0.6
    assert balanced(right, sure, np.array([0.9, 0.9, 0.9])) == 0.97


def test_a_question_s_features_are_those_of_the_desk_and_its_characters():
    found = features("When was the meeting announced?", Lexicon())
    assert {"?when", "~announce", "~meet", "w:meet", "p:the meet", "g: meet"} <= set(found)
    assert features("", Lexicon()) == {}
