"""What many tests need: the example round, made once and never changed, and a copy to change."""

from __future__ import annotations

import dataclasses
import gc
import os
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from criteria import reading
from criteria.text_yaml import parse
from demo.tay_ninh import PLAN, make_demo
from evidence.round import Round, load_round, new_round
from tests.libreoffice import HAS_LIBREOFFICE


def pytest_configure() -> None:
    """Where LibreOffice must be there, its tests fail instead of being skipped."""
    gc.set_threshold(50_000, 20, 50)  # as `cli.main` does: a tenth of the time goes by otherwise
    if os.environ.get("DANVAN_NEEDS_LIBREOFFICE") and not HAS_LIBREOFFICE:
        raise pytest.UsageError("DANVAN_NEEDS_LIBREOFFICE is set, but LibreOffice is not installed")


# modules whose tests share what is dear to make: one worker makes it
DEAR = {
    "tests/criteria/test_importer_office.py",
    "tests/demo/test_demo.py",
    "tests/demo/test_life.py",
    "tests/evidence/test_appraisal_office.py",
    "tests/evidence/test_cache.py",
    "tests/evidence/test_cluster.py",
    "tests/evidence/test_every_point.py",
    "tests/reports/test_recalculated.py",
    "tests/reports/test_signed_and_sent.py",
    "tests/test_text_everywhere.py",
    "tests/test_text_only.py",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Gives the tests of each of these modules to one worker, all others to whoever is free."""
    from xdist.scheduler import LoadScopeScheduling

    class ByDearModule(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.partition("::")[0]
            return module if module in DEAR else nodeid

    return ByDearModule(config, log)


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """The YAML of shipped decisions and plans is parsed once a worker, not for every round that is loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "parse", lru_cache(maxsize=32)(parse))
        yield


@pytest.fixture(scope="session")
def demo_round(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The example round as `danvan demo` makes it; tests only read it."""
    return make_demo(tmp_path_factory.mktemp("demo") / "tay-ninh-2023")


@pytest.fixture
def demo_copy(demo_round: Round, tmp_path: Path) -> Round:
    """A copy of the example round that a test may change."""
    folder = tmp_path / demo_round.folder.name
    shutil.copytree(demo_round.folder, folder)
    return load_round(folder)


@pytest.fixture(scope="session")
def tay_ninh(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The round of the plan of TP Tây Ninh 2023, in which nobody has sent anything."""
    return new_round(tmp_path_factory.mktemp("blank") / "tay-ninh-2023", PLAN)


@pytest.fixture
def empty_round(tay_ninh: Round, tmp_path: Path) -> Round:
    """The same round in a folder of the test's own, to which forms may be sent.

    What the office itself brings is there: the table of the index, for every unit.
    """
    (tmp_path / "nop").mkdir()
    (tmp_path / "chi-so").mkdir()
    lines = ["Mã đơn vị;Giá trị", *(f"{unit.code};95" for unit in tay_ninh.units)]
    (tmp_path / "chi-so" / "cchc.csv").write_text("\n".join(lines), encoding="utf-8")
    return dataclasses.replace(tay_ninh, folder=tmp_path)
