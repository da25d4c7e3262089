"""City and country names to time zones, in the desk's languages, from the CLDR that Babel ships."""

from __future__ import annotations

import unicodedata
import zoneinfo
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz, process

LANGUAGES = ("en", "ko", "ar", "tr")
ABBREVIATIONS = {
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    "kst": "Asia/Seoul",
    "jst": "Asia/Tokyo",
    "trt": "Europe/Istanbul",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "bst": "Europe/London",
    "eet": "Europe/Athens",
    "msk": "Europe/Moscow",
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "ct": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
}
# Big cities, and a country under its old name, whose zone carries another's name.
NEIGHBOURS = {
    "turkey": "Europe/Istanbul",
    "korea": "Asia/Seoul",
    "washington": "America/New_York",
    "washington dc": "America/New_York",
    "boston": "America/New_York",
    "san francisco": "America/Los_Angeles",
    "aleppo": "Asia/Damascus",
    "homs": "Asia/Damascus",
    "busan": "Asia/Seoul",
    "ankara": "Europe/Istanbul",
    "izmir": "Europe/Istanbul",
    "geneva": "Europe/Zurich",
    "barcelona": "Europe/Madrid",
    "munich": "Europe/Berlin",
    "milan": "Europe/Rome",
    "beijing": "Asia/Shanghai",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "tel aviv": "Asia/Jerusalem",
    "mecca": "Asia/Riyadh",
    "jeddah": "Asia/Riyadh",
    "abu dhabi": "Asia/Dubai",
}
REGIONS = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
GOOD_ENOUGH = 84
OFFER = 76


def fold(text: str) -> str:
    """Text for comparing: lower case, no accents, one space; İ and ı as i."""
    decomposed = unicodedata.normalize("NFKD", text.replace("İ", "i").replace("ı", "i").casefold())
    bare = "".join(mark for mark in decomposed if unicodedata.category(mark) != "Mn")
    return " ".join(unicodedata.normalize("NFC", bare).replace("_", " ").replace(".", "").split())


def zone_named(name: str) -> str | None:
    """The zone that is called exactly so: a zone's id, a city, a one-zone country, an abbreviation."""
    return _names().get(fold(name))


def nearest_zones(name: str, limit: int = 3) -> list[tuple[str, str]]:
    """Names that look like this one, best first, each with its zone."""
    names = _names()
    hits = process.extract(fold(name), names.keys(), scorer=fuzz.ratio, limit=limit * 3, score_cutoff=OFFER)
    found: dict[str, str] = {}
    for hit, _, _ in hits:
        found.setdefault(names[hit], hit)
    return [(hit, zone) for zone, hit in found.items()][:limit]


def is_near(name: str, other: str) -> bool:
    """Whether one is plainly a misspelling of the other."""
    return fuzz.ratio(fold(name), fold(other)) >= GOOD_ENOUGH


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    zones = zoneinfo.available_timezones()
    names = {fold(abbreviation): zone for abbreviation, zone in ABBREVIATIONS.items()}
    for zone in sorted(zones):
        if zone.partition("/")[0] in REGIONS:
            names.setdefault(fold(zone.rpartition("/")[2]), zone)
            names[fold(zone)] = zone
    for language in LANGUAGES:
        locale = Locale.parse(language)
        names |= {fold(city): zone for zone, city in _cities(locale) if zone in zones}
        names |= {fold(country): zone for country, zone in _one_zone_countries(locale)}
    return names | NEIGHBOURS


def _cities(locale: Locale) -> Iterable[tuple[str, str]]:
    canonical = {"Asia/Calcutta": "Asia/Kolkata", "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Katmandu": "Asia/Kathmandu"}
    for zone, data in locale.time_zones.items():
        if "city" in data and not zone.startswith("Etc/"):
            yield canonical.get(zone, zone), data["city"]


def _one_zone_countries(locale: Locale) -> Iterable[tuple[str, str]]:
    zones_of: dict[str, list[str]] = {}
    for zone, territory in get_global("zone_territories").items():
        zones_of.setdefault(territory, []).append(zone)
    for territory, zones in zones_of.items():
        if len(zones) == 1 and territory in locale.territories:
            yield locale.territories[territory], zones[0]
