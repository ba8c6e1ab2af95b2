"""What happens in a process that works on strangers' files, and what travels to it."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from evidence.reading import limits

T = TypeVar("T")
Call: TypeAlias = tuple[Any, ...]

SECONDS = 1.0  # a batch takes up no call after so long


@dataclass(frozen=True)
class Context:
    """What all calls of a kind share, packed for the journey to another process."""

    digest: str
    packed: bytes = field(compare=False, repr=False)

    @classmethod
    def of(cls, value: object) -> Context:
        """The context of a value that can be pickled."""
        packed = pickle.dumps(value)
        return cls(hashlib.blake2b(packed, digest_size=16).hexdigest(), packed)

    def open(self) -> Any:
        """The value, unpacked once in each process."""
        return _opened(self)


@lru_cache(maxsize=4)
def _opened(context: Context) -> Any:
    return pickle.loads(context.packed)


@dataclass(frozen=True)
class Known:
    """Stands for a context on the way to a process that should have it."""

    digest: str


_contexts: dict[str, Context] = {}


def in_turn(
    function: Callable[..., T], calls: Sequence[Call], contexts: Mapping[str, Context]
) -> list[T] | None:
    """The results of the first calls, up to one that fails or as far as time goes.

    None where a context is not known here. A lone call that fails raises.
    """
    _contexts.update(contexts)
    if len(_contexts) > _MOST_CONTEXTS:
        for digest in [digest for digest in _contexts if digest not in contexts][: -_MOST_CONTEXTS + 1]:
            del _contexts[digest]
    wanted = {value.digest for call in calls for value in call if isinstance(value, Known)}
    if not wanted <= _contexts.keys():
        return None
    results: list[T] = []
    begun = time.monotonic()
    for call in calls:
        whole = (_contexts[value.digest] if isinstance(value, Known) else value for value in call)
        try:
            results.append(function(*whole))
        except Exception:
            if len(calls) == 1:
                raise
            break  # it is called again alone, which tells what ails it
        if time.monotonic() - begun > SECONDS:
            break
    return results


_MOST_CONTEXTS = 4
_MADE_BEFORE_GC = 50_000  # objects: a form makes some thousands, and leaves no cycles


def begin(module: str) -> None:
    """Makes a process ready: loads the module whose functions it will call, then limits its memory."""
    import_module(module)
    _silence()
    gc.freeze()  # what is loaded stays: there is nothing to be looked for in it
    gc.set_threshold(_MADE_BEFORE_GC)
    _limit_memory()


def _silence() -> None:
    """Lets nothing reach the terminal: a parser that ends itself prints where, which helps nobody there."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def _limit_memory() -> None:
    """Lets the process take no more memory than `limits.MEMORY` beyond what it has.

    Linux counts the address space, so the limit is set from what is taken already. Windows and macOS
    have no such limit for a process of one's own: there the guard and the time limit must do.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + limits.MEMORY
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
