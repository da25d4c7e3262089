"""Follow-ups in a thread: a bare question word, a pronoun, "what about X", "the other one"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.model import Slot
from knowledge.understand import thread
from knowledge.understand.canonical import Canonical
from knowledge.understand.reading import Frame, Outcome, Reading
from knowledge.understand.thread_asides import aside
from knowledge.understand.thread_details import detail
from knowledge.understand.thread_slots import bare_slot

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

_SHORT = 3
_SURE = {Outcome.DIRECT, Outcome.CORRECT}
_SETTLED = {*_SURE, Outcome.DECLINE}
_ORDER = frozenset({"before", "after"})
_FILLERS = frozenset("say source why announce begin count no_comment react".split())
_MOST_SWAPS = 4
_BODIES = {"Organization", "Group", "PublicBody"}
_DROPPING = {"ko", "ar", "tr"}


def read(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """The follow-up's reading, or None where the message is a full question of its own."""
    found = _plain(reader, _without_openers(reader, _spoken(reader, found, frame)))
    return (
        _pick(reader, found, frame)
        or detail(reader, found, frame)
        or aside(reader, found, frame)
        or _the_other(reader, found, frame)
        or bare_slot(reader, found, frame)
        or _what_about(reader, found, frame)
        or _pronoun(reader, found, frame)
        or _dropped(reader, found, frame)
        or _leaning(reader, found, frame)
    )


def _without_openers(reader: Reader, found: Canonical) -> Canonical:
    """The message without the thanks, connectives and excuses around it; as it is where nothing else is left."""
    openers, closers = thread.words("openers", found.lang), thread.words("closers", found.lang)
    first = next((i for i, word in enumerate(found.words) if word not in openers), None)
    if first is None:
        return found
    last = max((i for i, word in enumerate(found.words) if word not in closers), default=first)
    if first == 0 and last == len(found.words) - 1:
        return found
    text = found.text[found.tokens[first].start : found.tokens[max(first, last)].end]
    return reader.canonicaliser.read(text, lang=found.lang)


def _spoken(reader: Reader, found: Canonical, frame: Frame) -> Canonical:
    """A few words that could be of any language, in the thread's own."""
    if found.lang == frame.lang or found.lang != "en" or len(found.words) > _SHORT:
        return found
    lexicon, words = reader.lexicon, found.text.casefold().strip("?!. ").split()
    english = any(word in lexicon.everyday or word in lexicon.stop["en"] for word in words)
    return found if english else reader.canonicaliser.read(found.text, lang=frame.lang)


def _plain(reader: Reader, found: Canonical) -> Canonical:
    """The message with words that say nothing of their own in a thread out of its content."""
    idle = {word for word in found.words if _idle(reader, word, found)}
    if not idle:
        return found
    content = [word for word in found.content if word not in idle]
    unknown = [word for word in found.unknown if word not in idle]
    empty = _meant(reader, idle, found) - _meant(reader, set(found.words) - idle, found)
    return replace(found, content=content, unknown=unknown, concepts=found.concepts - empty)


def _meant(reader: Reader, words: set[str], found: Canonical) -> set[str]:
    return {concept for word in words for concept in reader.lexicon.concepts(word, found.lang)}


def _idle(reader: Reader, word: str, found: Canonical) -> bool:
    """A filler, what asks for names, or in Korean a question word with its endings."""
    asks = found.slot is not None and found.lang == "ko" and word[:2] in reader.lexicon.question_words["ko"]
    return asks or word in thread.words("identity", found.lang) or thread.is_one(reader, word, found.lang, "fillers")


def _pick(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """A name said in reply to a question with buttons: the option that is about it."""
    if not frame.asked_back or len(found.actors) != 1 or found.concepts or found.slot or len(found.content) > 1:
        return None
    actor = found.actors[0]
    entries = [reader.index.by_id[option] for option in frame.options if option in reader.index.by_id]
    about = [entry for entry in entries if actor in entry.actors]
    if not about:
        return None
    best = min(about, key=lambda entry: (entry.id != actor, len(entry.actors)))
    return replace(reader.of_entry(found, best), follow_up=True, reasons=("picks one of the two that were offered",))


def _the_other(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    said = set(found.words)
    if len(found.words) > _SHORT + 1 or found.actors or found.outside or found.concepts - _FILLERS - _ORDER:
        return None
    other, first = thread.every_word("other"), thread.every_word("first")
    if not said & (other | first):
        return None
    options = list(frame.options) if said & first else _others(frame)
    second = said & thread.every_word("second") and len(options) > 1 and frame.asked_back
    entry = reader.index.by_id.get(options[1 if second else 0]) if options else None
    if entry is None:
        return None
    reasons = ("the other of the two that were named or offered",)
    return replace(reader.of_entry(found, entry, frame.slot), follow_up=True, reasons=reasons)


def _others(frame: Frame) -> list[str]:
    """What "the other one" may mean: the other option of a question back, else the other person of the last answer."""
    if frame.asked_back:
        return list(frame.options)
    people = [person for person in frame.people if person not in frame.named]
    return people or [option for option in frame.options if option != frame.entry]


def _what_about(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """A new name alone: the last question is asked of it, in the place that makes the surest question."""
    named = [*found.actors, *found.outside]
    rest = found.concepts - {"say"}
    if not named or rest or len(found.content) > 2 or found.slot not in {None, Slot.WHAT} or not frame.question:
        return None
    if len(found.words) > 8 or (len(found.words) == len(named) and not frame.entry):
        return None
    if found.content and found.slot is Slot.WHAT:
        alone = reader.decide(found)
        if alone.outcome is Outcome.DIRECT:
            return replace(alone, follow_up=True)
    previous = reader.canonicaliser.read(frame.question, lang=frame.lang)
    places, carried = _places(reader, previous, found), thread.carried(found)
    if not reader.lexicon.pronouns["person"][previous.lang].isdisjoint(previous.words):
        previous = thread.with_people(reader, previous, [actor for actor in frame.named if actor in reader.actors])
    readings = [reader.decide(thread.swapped(previous, found, out), carried) for out in places]
    best = max(readings, key=lambda r: (r.outcome in _SETTLED, r.confidence))
    fact = reader.facts.get(best.entry or "")
    if fact and best.entry == frame.entry and not thread.concerns(reader, fact, found.actors):
        best = replace(reader.of_entry(found, reader.index.by_id[fact.id]), outcome=Outcome.DECLINE)
    elif found.outside and not _knows(reader, best, found):
        best = replace(best, outcome=Outcome.DECLINE, entry=None, facts=())
    elif best.outcome not in _SETTLED and found.actors:
        alone = reader.decide(found)
        card = reader.actors.get(alone.entry or "")
        best = alone if alone.outcome in _SURE and (card is None or card.type == "Person") else _near(best, found)
    return replace(best, follow_up=True)


def _near(best: Reading, found: Canonical) -> Reading:
    """A reading that is not quite sure but is about the new name: in a thread that is enough."""
    top = best.candidates[0].entry if best.candidates else None
    about = top is not None and top.kind in thread.ANSWERS and set(found.actors) <= top.actors
    if best.outcome is not Outcome.SUGGEST or not about or best.mismatches or best.confidence < thread.ENOUGH:
        return best
    return replace(best, outcome=Outcome.DIRECT, reasons=("the last question, asked of a new name",))


def _places(reader: Reader, previous: Canonical, found: Canonical) -> list[list[str]]:
    """Which actors of the last question a new name may replace: one of its kind, or every one."""
    if found.outside:
        return [list(previous.actors)]
    kinds = {_kind(reader, actor) for actor in found.actors}
    alike = [[actor] for actor in previous.actors if _kind(reader, actor) in kinds]
    return [*alike[-_MOST_SWAPS:], [actor for row in alike for actor in row]]


def _kind(reader: Reader, actor: str) -> str:
    """What an actor may stand in for: a party for a family, a ministry for a government."""
    kind = reader.actors[actor].type
    return "body" if kind in _BODIES else kind


def _knows(reader: Reader, reading: Reading, found: Canonical) -> bool:
    """Whether the entry that was read is asked about the outsider at all."""
    entry = reader.index.by_id.get(reading.entry or "")
    return entry is not None and any(name in entry.profile for name in found.outside)


def _pronoun(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """A person's pronoun: the one person spoken of put in; a question back where there are two."""
    pronouns, things = (reader.lexicon.pronouns[kind][found.lang] for kind in ("person", "thing"))
    said = pronouns.intersection(found.words)
    if not said or _after_a_name(reader, found, said):
        return None
    if found.actors and said <= things:
        return None
    persons = [person for person in frame.persons if person not in found.actors]
    if len(persons) > 1:
        alone = reader.decide(found)
        if alone.outcome is Outcome.DECLINE:
            return replace(alone, follow_up=True)
        if told := _told_of_one(reader, found, persons):
            return told
        reasons = ("a pronoun that could be either person of the last answer",)
        people = tuple(persons[:2])
        return Reading(found, Outcome.CLARIFY, "ask", people=people, slot=found.slot, follow_up=True, reasons=reasons)
    if not persons:
        return None
    named = thread.with_people(reader, found, persons)
    plain, leant = reader.decide(named), thread.lean(reader, named, frame)
    return replace(plain if plain.outcome in _SURE else leant, follow_up=True)


def _told_of_one(reader: Reader, found: Canonical, persons: list[str]) -> Reading | None:
    """The answer to a question about one of several people, where only one of them gives it a sure one."""
    readings = [reader.decide(thread.with_people(reader, found, [person])) for person in persons]
    sure = [reading for reading in readings if reading.outcome in _SURE]
    return replace(sure[0], follow_up=True) if len(sure) == 1 and found.concepts - _FILLERS else None


def _dropped(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """A verb without its person, in a language that leaves pronouns out: the one person spoken of is meant."""
    if found.lang not in _DROPPING or len(frame.persons) != 1 or found.actors or found.outside or not found.concepts:
        return None
    if len(found.content) > _SHORT or found.slot not in {None, Slot.WHAT, Slot.WHOM, Slot.WHERE}:
        return None
    reading = reader.decide(thread.with_people(reader, found, frame.persons))
    facts = [reader.facts[i] for i in reading.facts[:1] if i in reader.facts]
    by = any(frame.persons[0] in (*fact.agent, fact.speaker) for fact in facts)
    return replace(reading, follow_up=True) if reading.outcome in _SURE and by else None


def _after_a_name(reader: Reader, found: Canonical, said: frozenset[str]) -> bool:
    """Whether a pronoun stands after a person's name, and so may mean them; before it, it means somebody else."""
    at = next(i for i, word in enumerate(found.words) if word in said)
    return any(reader.actors[m.ids[0]].type == "Person" for m in found.mentions if not m.outside and m.first < at)


def _leaning(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """A message that names nobody, or points back: read alone and in the thread, whichever is surer."""
    points = not reader.lexicon.pronouns["thing"][found.lang].isdisjoint(found.words)
    if not points and not found.slot and not (found.content or found.actors or found.outside):
        return None
    if frame.entry is None or found.ambiguous or ((found.actors or found.outside) and not points):
        alone = reader.decide(found)
        if alone.outcome is Outcome.SUGGEST and frame.entry:
            leant = thread.lean(reader, found, frame)
            return replace(leant, follow_up=True) if leant.outcome is not Outcome.SUGGEST else None
        return alone if found.text != frame.question else None
    if points and (meant := _body(reader, found, frame)):
        return meant
    alone = reader.decide(found)
    background = found if found.actors else thread.in_context(reader, found, frame)
    leant = thread.lean(reader, background, frame)
    if alone.outcome in _SURE and (leant.entry == alone.entry or leant.outcome is Outcome.CLARIFY):
        return alone
    elsewhere = (
        alone.outcome is Outcome.CORRECT and not found.actors and not {*alone.facts} & {*frame.facts, frame.entry}
    )
    if leant.outcome not in _SETTLED and alone.outcome in _SETTLED and not elsewhere:
        return alone
    return replace(leant, follow_up=True)


def _body(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """ "It" or "them" of the one organisation spoken of, where that makes a surely answered question."""
    entry = reader.index.by_id.get(frame.entry or "")
    spoken = [a for a in (*frame.named, *(entry.actors if entry else ())) if a in reader.actors]
    bodies = list(dict.fromkeys(a for a in spoken if reader.actors[a].type == "Organization"))
    if len(bodies) != 1 or found.actors or found.outside or not found.concepts - _FILLERS:
        return None
    reading = reader.decide(thread.with_people(reader, found, bodies, "thing"))
    about = any(bodies[0] in (*reader.facts[i].agent, *reader.facts[i].patient) for i in reading.facts[:1])
    return replace(reading, follow_up=True) if reading.outcome is Outcome.DIRECT and about else None
