"""What is worked out of a dossier, kept beside it between starts: never stale, and never needed."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

FOLDER = ".kept"
_OWN = Path(__file__).parent
_READ = {".py", ".yaml", ".json", ".txt"}
# What the tables lean on beside our own code: stems, country names, spelling, the schema's checks.
_LIBRARIES = ("snowballstemmer", "babel", "rapidfuzz", "pydantic", "pyyaml")


def key_of(folder: Path) -> bytes:
    """A digest that is another one as soon as the dossier, this package, a library or Python is."""
    digest = hashlib.sha256(_code())
    _add(digest, folder)
    return digest.digest()


@lru_cache(maxsize=1)
def _code() -> bytes:
    digest = hashlib.sha256(f"{sys.version} {[version(name) for name in _LIBRARIES]}".encode())
    _add(digest, _OWN, leave=_OWN / "dossiers")
    return digest.digest()


def _add(digest: hashlib._Hash, folder: Path, leave: Path | None = None) -> None:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _READ and FOLDER not in path.parts and leave not in path.parents:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)} {len(content)} ".encode() + content)


def kept(folder: Path, name: str, key: bytes) -> bytes | None:
    """What was kept under that name with the very same key, whole and unchanged; None where there is none."""
    try:
        raw = (folder / FOLDER / name).read_bytes()
    except OSError:
        return None
    body = raw[hashlib.sha256().digest_size :]
    return body if raw.startswith(_seal(key, body)) else None


def keep(folder: Path, name: str, key: bytes, body: bytes) -> None:
    """Keep it for the next start; two processes may do so at once, and a folder that takes nothing is no fault."""
    path = folder / FOLDER / name
    own = path.with_name(f"{name}.{os.getpid()}.{threading.get_ident()}")
    try:
        path.parent.mkdir(exist_ok=True)
        own.write_bytes(_seal(key, body) + body)
        own.replace(path)
    except OSError:
        return


def _seal(key: bytes, body: bytes) -> bytes:
    return hashlib.sha256(key + body).digest()
