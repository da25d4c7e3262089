"""Group commit: calls that come while a transaction runs share the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batch(Generic[Item, Result]):
    """Hands concurrent items to `run` together; a lone item does not wait for company.

    `run` returns as many results in the same order; when it raises, every caller of that round gets the error.
    """

    def __init__(self, run: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]], limit: int = 200) -> None:
        self._run = run
        self._limit = limit
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._task: asyncio.Task[None] | None = None

    async def submit(self, item: Item) -> Result:
        """The result for this item once its transaction has been committed."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain())
        return await future

    async def _drain(self) -> None:
        while self._waiting:
            round_, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
            await self._serve([pair for pair in round_ if not pair[1].done()])

    async def _serve(self, pairs: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        if not pairs:
            return
        try:
            results = await self._run([item for item, _ in pairs])
        except Exception as error:  # noqa: BLE001 - every caller gets it
            for _, future in pairs:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(pairs, results, strict=True):
            if not future.done():
                future.set_result(result)
