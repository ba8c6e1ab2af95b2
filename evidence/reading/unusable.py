"""What stands in a cell that holds no value to be used: text like any other, which knows what it is."""

from __future__ import annotations

from typing import ClassVar


class Unusable(str):
    """What a cell shows that holds no value to be used; `code` of the catalogue says why."""

    code: ClassVar[str]
    __slots__ = ()


class ErrorCell(Unusable):
    """An error, as `#DIV/0!`."""

    code = "cell-error"
    __slots__ = ()


class FormulaCell(Unusable):
    """A formula whose result is not stored in the file."""

    code = "cell-formula-without-value"
    __slots__ = ()


class PercentCell(Unusable):
    """A percentage as it is shown; what is stored is a hundredth of it."""

    code = "cell-became-percent"
    __slots__ = ()


class TwiceCell(Unusable):
    """What two columns of one heading say of one criterion, where they differ."""

    code = "value-in-two-columns"
    __slots__ = ()


class MergedCell(Unusable):
    """The area that one value covers, though each of its rows needs its own."""

    code = "cells-merged"
    __slots__ = ()
