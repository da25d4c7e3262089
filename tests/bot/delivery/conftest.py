"""Both engines for every scenario."""

from tests.support.stores import (  # noqa: F401 - fixtures
    engine,
    postgres_base,
    postgres_template,
    sqlite_template,
    store_url,
)
