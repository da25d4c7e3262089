"""A second look before a claim is called supported: what its structure hides and the base knows."""

from __future__ import annotations

from knowledge.checking.account import leftover, misowned
from knowledge.checking.base import Base
from knowledge.checking.claimed import Claimed
from knowledge.checking.comparison import Compared, Held
from knowledge.checking.finding import Gap
from knowledge.checking.quoted import unquotable
from knowledge.checking.seats import misplaced
from knowledge.checking.sequence import out_of_order
from knowledge.checking.sides import role_words
from knowledge.checking.worked import claim_key
from knowledge.model import Verdict
from knowledge.understand.index import EntryKind
from knowledge.understand.lexicon import stem

_BESIDE = 2
_Doubt = tuple[Verdict, tuple[Gap, ...]]


def doubts(base: Base, compared: Compared, verdict: Verdict, top: Held) -> _Doubt | None:
    """A verdict to take instead, with the words behind it; None to leave it as it is."""
    limits = base.lexicon.doubt
    if question := _question(compared.claimed):
        return question
    if found := _like_undecided(base, compared, verdict):
        return found
    if compared.undecided and not any(d.kind in _FIRM for d in top.differences):
        return Verdict.CANNOT_TELL, ()
    if verdict in {Verdict.CONTRADICTED, Verdict.STRONGER}:
        return (
            _elsewhere(compared, top, limits["strong_unknown_lead"])
            if all(d.kind in _WEAK for d in top.differences)
            else None
        )
    if verdict is not Verdict.SUPPORTED:
        return None
    steps = (
        _contrast(compared),
        _opinion(base, compared),
        _nameless(base, compared, top),
        misplaced(base, compared.claimed, top.roles, (top.known, *top.beside)),
        _misowned(base, compared),
        _disordered(base, compared, top),
        _twin(base, compared),
        _foreign_name(base, compared),
        _misquoted(base, compared),
        *_by_likeness(base, compared, top),
    )
    return next((step for step in steps if step), None)


_FIRM = {"quantity", "time", "opposite", "attribution", "upgrade", "polarity"}
_WEAK = {"wrong_party", "other_person", "hedge_dropped", "quantity"}


def _question(claimed: Claimed) -> _Doubt | None:
    return (Verdict.CANNOT_TELL, ()) if claimed.text.rstrip("\"'”’) ").endswith(("?", "؟")) else None


def _best(compared: Compared, kind: EntryKind) -> float:
    return max((c.score for c in compared.candidates if c.entry.kind is kind), default=-99.0)


def _elsewhere(compared: Compared, top: Held, lead: float) -> _Doubt | None:
    """Closer to a question that the source does not answer than to any fact."""
    nearest = max(_best(compared, EntryKind.FACT) + lead, _best(compared, EntryKind.PREMISE))
    if _best(compared, EntryKind.UNKNOWN) > nearest:
        return Verdict.NOT_IN_SOURCE, (Gap(_uncovered(compared, top), "not in the article"),)
    return None


def _uncovered(compared: Compared, top: Held) -> str:
    """The reader's words that the nearest fact does not hold; the sentence where it holds them all."""
    claimed = compared.claimed
    covered = {at for m in claimed.mentions for at in range(m.first, m.last + 1)}
    known = top.known.words
    left = [
        n
        for n, token in enumerate(claimed.tokens)
        if n not in covered and token.text in claimed.canonical.content and token.text not in known
    ]
    return (
        claimed.said(left[0], left[-1])
        if left and left[-1] - left[0] < 6
        else claimed.said(left[0], left[0])
        if left
        else claimed.text
    )


def _premise(base: Base, compared: Compared, lead: float) -> _Doubt | None:
    """Closer to a premise known to be false than to any fact."""
    limits = base.lexicon.doubt
    supported = max((n.likeness for n in compared.neighbours if n.claim.verdict is Verdict.SUPPORTED), default=0.0)
    if (
        supported >= limits["supported_like"]
        or _best(compared, EntryKind.PREMISE) <= _best(compared, EntryKind.FACT) + lead
    ):
        return None
    near = [n for n in compared.neighbours if n.claim.verdict in {Verdict.CONTRADICTED, Verdict.STRONGER}]
    verdict = near[0].claim.verdict if near and near[0].likeness >= limits["like"] else Verdict.CONTRADICTED
    entry = next(c.entry for c in compared.candidates if c.entry.kind is EntryKind.PREMISE)
    fact = base.known.get(entry.facts[0]) if entry.facts else None
    return verdict, (Gap(compared.claimed.text, fact.fact.title if fact else entry.title),)


def _like_undecided(base: Base, compared: Compared, verdict: Verdict) -> _Doubt | None:
    """Like a worked claim that the source cannot settle, and liker to it than to any other."""
    if verdict is Verdict.CANNOT_TELL or not compared.neighbours:
        return None
    limits = base.lexicon.doubt
    first = compared.neighbours[0]
    if first.key != claim_key(compared.claimed):
        return None
    others = [n.likeness for n in compared.neighbours if n.claim.verdict is not Verdict.CANNOT_TELL]
    if (
        first.claim.verdict is Verdict.CANNOT_TELL
        and first.likeness >= limits["like"]
        and first.likeness >= max(others, default=0.0) + limits["like_lead"]
    ):
        return Verdict.CANNOT_TELL, ()
    return None


def _twin(base: Base, compared: Compared) -> _Doubt | None:
    """All but the same as a worked claim that is not supported."""
    if not compared.neighbours:
        return None
    limits = base.lexicon.doubt
    first = compared.neighbours[0]
    supported = max((n.likeness for n in compared.neighbours if n.claim.verdict is Verdict.SUPPORTED), default=0.0)
    if (
        first.key == claim_key(compared.claimed)
        and first.claim.verdict is not Verdict.SUPPORTED
        and first.likeness >= limits["twin"]
        and first.likeness >= supported + limits["twin_lead"]
    ):
        return first.claim.verdict, ()
    return None


def _opinion(base: Base, compared: Compared) -> _Doubt | None:
    mark = next((m for m in compared.claimed.marks if m.name == "opinion"), None)
    if mark is None:
        return None
    return Verdict.CANNOT_TELL, (
        Gap(compared.claimed.said(mark.first, mark.last), "a judgement the article does not give"),
    )


def _beside_the_point(base: Base, compared: Compared, top: Held) -> _Doubt | None:
    """The nearest fact's own act is missing, and other words stand in its place."""
    known, acts = top.known, compared.claimed.act_names()
    stand_ins = {act for need in known.needed for act in role_words()["stands_in"].get(need, ())}
    missing = known.needed - acts if not stand_ins & acts else frozenset()
    supported = max((n.likeness for n in compared.neighbours if n.claim.verdict is Verdict.SUPPORTED), default=0.0)
    exempt = known.fact.predicate not in role_words()["identity"]
    if (known.needed and not missing) or (exempt and supported >= base.lexicon.doubt["supported_like"]):
        return None
    if not known.needed and compared.claimed.lang != "en":
        return None
    left = _leftover(compared, top)
    if not left and not (known.needed & acts):
        return None
    return Verdict.NOT_IN_SOURCE, (Gap(_uncovered(compared, top), known.fact.title),)


def _leftover(compared: Compared, top: Held) -> list[int]:
    """Places of content words that neither the facts nor a name cover."""
    claimed = compared.claimed
    covered = {at for m in claimed.mentions for at in range(m.first, m.last + 1)}
    known = top.known.words.union(*(other.words for other in top.beside))
    return [
        at
        for at, token in enumerate(claimed.tokens)
        if at not in covered and token.text in claimed.canonical.content and not {token.text, stem(token.text)} & known
    ]


def _misowned(base: Base, compared: Compared) -> _Doubt | None:
    """A figure told of the wrong side."""
    gap = misowned(base, compared.claimed)
    return (Verdict.CONTRADICTED, (gap,)) if gap else None


def _by_likeness(base: Base, compared: Compared, top: Held) -> tuple[_Doubt | None, ...]:
    """What else a claim may be: weighed lightly where the facts account for every word of it."""
    limits, left = base.lexicon.doubt, _left_over(base, compared, top)
    aligned = left is None and bool(compared.claimed.act_names() & top.known.acts)
    slack = limits["aligned"] if aligned else 0.0
    return (
        _elsewhere(compared, top, limits["unknown_lead"] + slack),
        _premise(base, compared, limits["premise_lead"] + slack),
        None
        if aligned and not top.known.needed - compared.claimed.act_names()
        else _beside_the_point(base, compared, top),
        _idle(base, compared, top),
        left,
    )


def _idle(base: Base, compared: Compared, top: Held) -> _Doubt | None:
    """A fragment without anything done in it; only a name and its place may do without."""
    acts = compared.claimed.act_names()
    if not top.known.needed or acts or any(base.sides.place(actor) for actor in top.known.fact.patient):
        return None
    return Verdict.NOT_IN_SOURCE, (Gap(compared.claimed.text, top.known.fact.title),)


def _left_over(base: Base, compared: Compared, top: Held) -> _Doubt | None:
    """A word that no fact accounts for."""
    gap = leftover(base, compared.claimed, (top.known, *top.beside))
    return (Verdict.NOT_IN_SOURCE, (gap,)) if gap else None


def _disordered(base: Base, compared: Compared, top: Held) -> _Doubt | None:
    """Two events in an order that the facts do not bear out."""
    verdict = out_of_order(base, compared.claimed, (top.known, *top.beside))
    return (verdict, (Gap(compared.claimed.text, top.known.fact.title),)) if verdict else None


def _misquoted(base: Base, compared: Compared) -> _Doubt | None:
    """Words in quotation marks that the source does not quote."""
    gap = unquotable(base, compared.claimed)
    return (Verdict.STRONGER, (gap,)) if gap else None


def _contrast(compared: Compared) -> _Doubt | None:
    mark = next((m for m in compared.claimed.marks if m.name == "contrast"), None)
    if mark is None or not compared.held:
        return None
    end = min(mark.last + 2, len(compared.claimed.tokens) - 1)
    return Verdict.CONTRADICTED, (Gap(compared.claimed.said(mark.first, end), compared.held[0].known.fact.title),)


def _nameless(base: Base, compared: Compared, top: Held) -> _Doubt | None:
    """A pronoun or a shared name that leaves open who is meant."""
    canonical, claimed = compared.claimed.canonical, compared.claimed
    for ids in canonical.ambiguous:
        if not set(ids) & set(canonical.actors) and len(set(ids) & set(top.known.actors)) != 1:
            mention = next(m for m in claimed.mentions if m.ids == ids)
            return Verdict.CANNOT_TELL, (Gap(claimed.said(mention.first, mention.last), base.sides.names(ids)),)
    people = [a for a in canonical.actors if base.sides.person(a)]
    pronouns = base.reader.lexicon.pronouns["person"][claimed.lang]
    at = next((n for n, word in enumerate(claimed.words) if word in pronouns), None)
    if at is not None and not people and not _by_office(claimed, at):
        return Verdict.CANNOT_TELL, (Gap(claimed.said(at, at), "nobody is named"),)
    return None


def _by_office(claimed: Claimed, at: int) -> bool:
    """Whether a pronoun goes back to somebody named by country and office: «the South Korean minister … his»."""
    offices = [act.first for act in claimed.acts if act.name == "minister" and act.first < at]
    return any(0 <= office - m.last <= _BESIDE for office in offices for m in claimed.mentions)


def _foreign_name(base: Base, compared: Compared) -> _Doubt | None:
    """A capitalised name that neither the facts nor the word lists know."""
    claimed = compared.claimed
    if claimed.lang != "en" or not compared.held:
        return None
    raw = [claimed.said(n, n) for n in range(len(claimed.tokens))]
    if sum(word[0].isupper() for word in raw) > 0.6 * len(raw):
        return None
    covered = {at for m in claimed.mentions for at in range(m.first, m.last + 1)}
    known = frozenset().union(*(held.known.words for held in compared.held))
    for at, word in enumerate(raw):
        if at in covered or not word[0].isupper() or not word.isalpha():
            continue
        folded = claimed.tokens[at].text
        if not base.reader.lexicon.knows(folded, "en") and not {folded, stem(folded)} & known:
            return Verdict.NOT_IN_SOURCE, (Gap(word, "not named"),)
    return None
