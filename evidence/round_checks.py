"""What only shows when all that came in for a round is looked at together; the one call for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence.dossier.checks import CitedFiles, dossier_problems
from evidence.dossier.digest import Digest
from evidence.dossier.twins import twin_problems
from evidence.problems import Problem
from evidence.round import Round


def round_problems(round_: Round, digests: Sequence[Digest]) -> Iterator[Problem]:
    """Problems of the dossiers in `nop/`, and of what two units both give as their own.

    `digests` of all forms that were taken; reads the documents' folders and changes nothing.
    """
    cited: list[CitedFiles] = []
    yield from dossier_problems(round_, digests, cited)
    yield from twin_problems(round_, digests, cited)
