"""A dossier as a JSON-LD graph: schema.org claims, PROV origins, Web Annotation places."""

from __future__ import annotations

from typing import Any

from knowledge.model import Actor, Dossier, Fact, Source

Node = dict[str, Any]
CONTEXT = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "desk": "urn:syria-desk:",
}
TYPES = {
    "Person": "Person",
    "PublicBody": "GovernmentOrganization",
    "Country": "Country",
    "Organization": "Organization",
    "Group": "Organization",
    "Place": "Place",
    "Note": "Thing",
}


def graph(dossier: Dossier) -> Node:
    """The article, its actors and a Claim for every fact; no rating, since the desk calls nothing true or false."""
    nodes = [_article(dossier.source)]
    nodes += [_actor(actor) for actor in dossier.actors]
    nodes += [_claim(fact, dossier.source) for fact in dossier.facts]
    return {"@context": CONTEXT, "@graph": nodes}


def _article(source: Source) -> Node:
    node = {
        "@id": source.id,
        "@type": ["Article", "prov:Entity"],
        "headline": source.title,
        "inLanguage": source.language,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "datePublished": source.published.edtf,
        "desk:dateBasis": source.published.basis,
        "version": source.version,
        "sha256": source.sha256,
    }
    return _without_empty(node)


def _actor(actor: Actor) -> Node:
    names = [{"@value": name, "@language": lang} for lang, name in actor.names.items()]
    node = {
        "@id": f"#{actor.id}",
        "@type": [TYPES[actor.type], "prov:Agent"],
        "name": actor.name,
        "alternateName": [actor.source_spelling] * (actor.source_spelling != actor.name) + names,
        "description": actor.role,
    }
    return _without_empty(node)


def _claim(fact: Fact, source: Source) -> Node:
    node = {
        "@id": f"#{fact.id}",
        "@type": ["Claim", "prov:Entity"],
        "name": fact.title,
        "text": fact.statement,
        "about": _links(fact.actors),
        "appearance": {"@id": source.id},
        "author": _links((fact.speaker,) if fact.speaker else ()),
        "prov:wasAttributedTo": _links((fact.speaker,) if fact.speaker else ()),
        "prov:hadPrimarySource": {"@id": source.id},
        "prov:wasDerivedFrom": _links(fact.derived_from),
        "prov:wasRevisionOf": _links((fact.supersedes,) if fact.supersedes else ()),
        "temporalCoverage": fact.time.resolved if fact.time else None,
        "desk:timeAsWritten": fact.time.as_written if fact.time else None,
        "desk:timeBasis": fact.time.basis if fact.time else None,
        "desk:kind": fact.kind.value,
        "desk:label": fact.label.value,
        "desk:attribution": fact.attribution.value,
        "desk:sum": fact.sum,
        "oa:hasSelector": [
            {"@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end} for span in fact.spans
        ],
    }
    return _without_empty(node)


def _links(names: tuple[str, ...]) -> list[Node]:
    return [{"@id": f"#{name}"} for name in names]


def _without_empty(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, [], "")}
