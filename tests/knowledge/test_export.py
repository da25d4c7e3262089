"""Export: other tools get the public part only, with every flag in place."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml

from knowledge.export import Format, export, facts_yaml
from knowledge.load import load_dossier
from knowledge.model import Fact
from tests.support.dossiers import copy_small, public_small_dossier, small_dossier


def rows(dossier):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(export(dossier, Format.CSV)))}


@pytest.mark.parametrize("form", list(Format))
def test_no_form_carries_an_embargoed_fact(form):
    text = export(small_dossier(), form)
    assert "F07" in text
    assert "F08" not in text
    assert "Evening Star" not in text


@pytest.mark.parametrize("form", list(Format))
def test_the_same_dossier_gives_the_same_text(form, tmp_path):
    again = load_dossier(copy_small(tmp_path)).model_copy(update={"name": "dossier_small"})
    assert export(again, form) == export(small_dossier(), form)


@pytest.mark.parametrize("form", list(Format))
def test_a_time_that_cannot_be_relied_on_keeps_its_flag(form, tmp_path):
    bare = copy_small(tmp_path, {"timeline.yaml": lambda text: text.replace("; timing unreliable, check", "")})
    text = export(load_dossier(bare), form)
    at = text.index('"last week"' if form is Format.YAML else "last week")
    assert "timing unreliable, check" in text[at : at + 90]


def test_timelinejs_has_points_in_order_and_eras_apart(tmp_path):
    era = "- {id: TL6, type: era, edtf: 1990~/2031-01, display: 'Forty-one years of <night> boats', label: derived, facts: [F05]}\n"  # noqa: E501
    open_start = "- {id: TL7, type: event, edtf: ../2031-01, display: Repairs, label: derived, facts: [F04]}\n"
    dossier = load_dossier(copy_small(tmp_path, {"timeline.yaml": lambda text: era + open_start + text}))
    story = json.loads(export(dossier, Format.TIMELINEJS))
    assert [event["unique_id"] for event in story["events"]] == ["TL7", "TL1", "TL2", "TL3", "TL4", "TL5"]
    assert story["eras"] == [
        {
            "start_date": {"year": 1990},
            "end_date": {"year": 2031, "month": 1},
            "display_date": "about 1990 to January 2031; derived",
            "text": {"headline": "Forty-one years of &lt;night&gt; boats"},
        }
    ]
    first, unreliable, monday, may = (story["events"][index] for index in (0, 3, 4, 5))
    assert first["start_date"] == {"year": 2031, "month": 1}
    assert "end_date" not in first
    assert unreliable["end_date"] == {"year": 2031, "month": 3, "day": 8}
    assert unreliable["display_date"] == "2 March 2031 to 8 March 2031 (uncertain); timing unreliable, check"
    assert monday["display_date"] == "10 March 2031; the date is not in the article"
    assert may["display_date"].startswith("from May 2031 on")
    assert "(attributed, F01)" in monday["text"]["text"]


def test_csv_has_a_row_for_every_public_fact():
    table = rows(small_dossier())
    assert list(table) == [fact.id for fact in public_small_dossier().facts]
    assert table["F03"] | {"statement": ""} == {
        "id": "F03",
        "title": "Quay called 'fit for use'",
        "statement": "",
        "kind": "claim",
        "label": "one-sided",
        "attribution": "second-hand",
        "speaker": "PORT_ALDER",
        "actors": "HARBOUR_MASTER PORT_ALDER",
        "time_as_written": "",
        "time_resolved": "",
        "time_basis": "",
        "place": "paragraph 1, sentence 4",
        "derived_from": "",
        "sum": "",
        "cautions": "T02",
        "source": "doc:ferry",
        "version": "2031.1",
    }
    assert table["D01"]["sum"] == "31,000 / 52 = about 600"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_is_never_a_formula(start, tmp_path):
    def edit(text: str) -> str:
        return text.replace("title: Tidewater bought a ship", f"title: '{start}cmd()'")

    table = rows(load_dossier(copy_small(tmp_path, {"facts/ship_and_quay.yaml": edit})))
    assert table["F02"]["title"] == f"'{start}cmd()"


def test_jsonld_links_claims_to_speakers_origins_and_places():
    graph = {node["@id"]: node for node in json.loads(export(small_dossier(), Format.JSONLD))["@graph"]}
    quay, weekly, article = graph["#F03"], graph["#D01"], graph["doc:ferry"]
    assert quay["@type"] == ["Claim", "prov:Entity"]
    assert quay["prov:wasAttributedTo"] == [{"@id": "#PORT_ALDER"}]
    assert quay["oa:hasSelector"] == [{"@type": "oa:TextPositionSelector", "oa:start": 376, "oa:end": 494}]
    assert weekly["prov:wasDerivedFrom"] == [{"@id": "#F06"}]
    assert (article["datePublished"], article["desk:dateBasis"]) == ("2031-03-11", "external")
    assert graph["#MAYOR"]["@type"] == ["Person", "prov:Agent"]
    links = json.dumps(list(graph.values()))
    assert all(f'"#{name}"' in links for name in ("MAYOR", "FERRIES", "SELM"))
    assert "reviewRating" not in links


def test_facts_written_as_yaml_load_back_as_they_were(tmp_path):
    facts = small_dossier().facts
    assert tuple(Fact.model_validate(entry) for entry in yaml.safe_load(facts_yaml(facts))) == facts
    folder = copy_small(tmp_path)
    (folder / "facts" / "line.yaml").unlink()
    (folder / "facts" / "ship_and_quay.yaml").write_text(facts_yaml(facts), "utf-8")
    assert load_dossier(folder).facts == facts
