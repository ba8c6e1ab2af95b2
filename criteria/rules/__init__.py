"""The rule kinds: one file a kind, found by being in this folder."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from criteria.rules.rule import Exact, Fault, Formula, Input, Rule

__all__ = ["Exact", "Fault", "Formula", "Input", "Rule", "kinds"]


@cache
def kinds() -> dict[str, type[Rule]]:
    """The rule class of each kind, by the name that criteria files use."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    rules = (module.RULE for module in modules if hasattr(module, "RULE"))
    return {rule.KIND: rule for rule in rules}
