"""Who a text names: the longest name, in any script, with its endings cut, and who is not in the story."""

from __future__ import annotations

import pytest

from knowledge.model import Alias
from knowledge.names import Names, alias_words
from knowledge.understand.lexicon import Lexicon
from knowledge.understand.text import clean, language, tokens
from tests.support.dossiers import public_small_dossier


def named(reader, text: str) -> list[str]:
    return reader.canonicaliser.read(text).actors


def outside(reader, text: str) -> list[str]:
    return reader.canonicaliser.read(text).outside


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Did Ines Halvorsen speak?", ["MAYOR"]),
        ("mayor halvorsen", ["MAYOR"]),
        ("the mayor and Piet Halvorsen", ["MAYOR", "HARBOUR_MASTER"]),
        ("the harbour master of Port Alder", ["HARBOUR_MASTER", "PORT_ALDER"]),
        ("TIDEWATER FERRIES", ["FERRIES"]),
        ("Tidewater's ship", ["FERRIES"]),
        ("harbour-master", ["HARBOUR_MASTER"]),
        ("the ship", []),
    ],
)
def test_names_and_roles_are_found(ferry, text, actors):
    assert named(ferry, text) == actors


def test_the_longest_name_wins_over_a_shorter_one_inside_it(ferry):
    found = ferry.canonicaliser.read("what did Ines Halvorsen say")
    assert found.actors == ["MAYOR"]
    assert found.ambiguous == []


def test_a_name_shared_by_two_is_neither_of_them(ferry):
    found = ferry.canonicaliser.read("what did Halvorsen say")
    assert found.actors == []
    assert found.ambiguous == [("MAYOR", "HARBOUR_MASTER")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("타이드워터는 배를 샀나요", "FERRIES"),
        ("타이드워터가", "FERRIES"),
        ("이네스 할보르센이 말했나요", "MAYOR"),
        ("시장은", "MAYOR"),
        ("وتايدووتر", "FERRIES"),
        ("لتايدووتر", "FERRIES"),
        ("إينيس هالفورسن", "MAYOR"),
        ("belediye başkanının sözü ne", "MAYOR"),
        ("Liman müdürü ne dedi", "HARBOUR_MASTER"),
        ("liman müdürüne ne oldu", "HARBOUR_MASTER"),
        ("Selm'de ne var", "SELM"),
    ],
)
def test_particles_clitics_and_endings_are_cut(ferry, text, actor):
    assert named(ferry, text) == [actor]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Does France run a ferry?", "!FR"),
        ("New Zealand's ferries", "!NZ"),
        ("브라질은 뭐라고 했나요", "!BR"),
        ("ماذا قالت البرازيل", "!BR"),
        ("Brezilya ne dedi", "!BR"),
        ("and NATO?", "!NATO"),
    ],
)
def test_countries_and_people_outside_the_story_are_known_as_such(ferry, text, code):
    assert outside(ferry, text) == [code]


@pytest.mark.parametrize("text", ["a jersey for the guinea pig", "수단과 방법", "가나다", "what in the world"])
def test_countries_that_are_everyday_words_are_not_names(ferry, text):
    assert outside(ferry, text) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("tell us about Cuba", ["CUBA"]),
        ("give us the main points", []),
        ("US sanctions", ["USA"]),
        ("the us and cuba", ["USA", "CUBA"]),
        ("tell US firms", ["USA"]),
        ("send us what the us said", ["USA"]),
    ],
)
def test_us_is_a_pronoun_after_a_verb_of_telling(story, text, actors):
    assert named(story, text) == actors


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("조태열 장관은", "CHO"),
        ("Jolani", "SHARAA"),
        ("al-Golani", "SHARAA"),
        ("Küba'nın", "CUBA"),
        ("وكوبا", "CUBA"),
        ("بسوريا", "SYR"),
    ],
)
def test_the_shipped_story_knows_its_people_by_every_name(story, text, actor):
    assert named(story, text) == [actor]


def test_the_story_s_own_country_is_not_outside(story):
    assert outside(story, "Syria and Brazil") == ["!BR"]


def test_a_mention_says_which_words_it_covers():
    dossier = public_small_dossier()
    text = clean("Did Mayor Halvorsen, of France, speak?")
    mentions = Names(dossier, Lexicon()).find(tokens(text), text, language(text))
    assert [(m.ids, m.first, m.last, m.outside) for m in mentions] == [
        (("MAYOR",), 1, 2, False),
        (("!FR",), 4, 4, True),
    ]


def test_an_alias_added_to_the_data_is_found_at_once():
    dossier = public_small_dossier()
    text = clean("What did the Iron Lady of Selm say?")
    assert [m.ids for m in Names(dossier, Lexicon()).find(tokens(text), text, "en")] == [("SELM",)]
    mayor = dossier.actors[0]
    more = mayor.model_copy(update={"aliases": (*mayor.aliases, Alias(value="Iron Lady of Selm", kind="nickname"))})
    names = Names(dossier.model_copy(update={"actors": (more, *dossier.actors[1:])}), Lexicon())
    assert [m.ids for m in names.find(tokens(text), text, "en")] == [("MAYOR",)]


def test_a_name_in_the_story_is_not_an_outsider_s():
    dossier = public_small_dossier()
    place = dossier.actors[4]
    assert place.id == "SELM"
    named_france = place.model_copy(update={"aliases": (*place.aliases, Alias(value="France", kind="place"))})
    actors = tuple(named_france if actor.id == "SELM" else actor for actor in dossier.actors)
    names = Names(dossier.model_copy(update={"actors": actors}), Lexicon())
    (mention,) = names.find(tokens("France"), "France", "en")
    assert mention.ids == ("SELM",)
    assert not mention.outside


def test_an_alias_is_stored_as_a_text_would_show_it():
    assert alias_words("Port Alder\u2019s Town-Hall") == ("port", "alder", "town", "hall")
    assert names_vocabulary() >= {"halvorsen", "tidewater", "할보르센"}


def names_vocabulary() -> set[str]:
    return Names(public_small_dossier(), Lexicon()).vocabulary()
