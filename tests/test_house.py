"""The house keeps its shape.

1. Rooms import one way: criteria nothing of ours; evidence criteria; scoring criteria and the answers'
   contract; reports these three; only the front door imports demo, and nobody the front door.
2. The scoring room holds no float, divides only fractions, opens no file, prints nothing.
3. Every public function and class of the rooms says in a docstring what it gives.
4. No module is longer than 400 lines.
5. Every path that ARCHITECTURE.md names is there, and it names every room within a room.
6. No modules import each other in a circle, not even late or for their types.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("criteria", "evidence", "scoring", "reports", "demo")
# the front door and its parts: one command a job, no logic
DOORS = tuple(path.stem for path in sorted(ROOT.glob("cli*.py")))
MAY_IMPORT = {
    "criteria": {"criteria"},
    "evidence": {"evidence", "criteria"},
    "scoring": {"scoring", "criteria", "evidence.answers", "evidence.judgements"},
    "reports": {"reports", "criteria", "evidence", "scoring"},
    "demo": {"demo", "criteria", "evidence", "scoring", "reports"},
    "cli_vietnamese": {"cli_vietnamese", "criteria"},
    **{door: {*DOORS, *ROOMS} for door in DOORS if door != "cli_vietnamese"},
}
LONGEST = 400
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [
        *(ROOT / f"{door}.py" for door in DOORS),
        *(p for room in ROOMS for p in (ROOT / room).rglob("*.py")),
    ]
    if path.is_file()
)
SCORING = [name for name in MODULES if name.startswith("scoring/")]
PUBLIC = [name for name in MODULES if name.split("/")[0] in ("criteria", "evidence", "scoring", "reports")]


def tree_of(module: str) -> ast.Module:
    """The syntax tree of a module given by its path."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Full names of everything imported anywhere in a tree: `from a.b import c` gives `a.b.c`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{name.name}" for name in node.names)


def wrong_ways(room: str, tree: ast.AST) -> set[str]:
    """Imports of ours that a room may not have."""
    ours = {*ROOMS, *DOORS, "tests", "benchmarks"}
    return {
        name
        for name in imported(tree)
        if name.startswith(".")
        or (
            name.split(".")[0] in ours
            and not any(name == may or name.startswith(f"{may}.") for may in MAY_IMPORT[room])
        )
    }


def circle(trees: Mapping[str, ast.AST]) -> list[str]:
    """Modules (dotted names) of which each imports the next, the last the first; empty where none do."""
    above = {
        module: {found for name in imported(tree) for found in _module_of(name, trees)}
        for module, tree in trees.items()
    }
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _module_of(name: str, trees: Mapping[str, ast.AST]) -> Iterator[str]:
    """The module that an imported name is, or stands in."""
    yield from ([at for at in (name, name.rpartition(".")[0]) if at in trees][:1])


FLOATS = {"float", "float16", "float32", "float64", "double", "half", "longdouble", "Float32", "Float64"}
ROUNDED = {"mean", "average", "true_divide", "div", "truediv", "rdiv", "round", "as_float", "pow", "sqrt"}
OUTSIDE = {
    "pathlib", "io", "os", "shutil", "tempfile", "csv", "json", "sys", "logging",
    "openpyxl", "xlsxwriter", "python_calamine", "docxtpl", "click", "yaml", "math", "random", "decimal",
}  # fmt: skip
DEEDS = {"open", "print", "input", "read_text", "write_text", "read_bytes", "write_bytes"}


def impurities(tree: ast.AST) -> set[str]:
    """What the scoring room may not hold: floats, divisions of anything but fractions, files, prints."""
    found = {name for name in imported(tree) if name.split(".")[0] in OUTSIDE}
    for node in ast.walk(tree):
        if _name(node) in FLOATS:
            found.add(_name(node))
        called = _name(node.func) if isinstance(node, ast.Call) else ""
        if called in ROUNDED | DEEDS or called.startswith(("read_", "to_csv", "to_excel", "to_json")):
            found.add(called)
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.add(f"number {node.value}")
        if isinstance(node, ast.Constant) and str(node.value) in FLOATS:
            found.add(f"type {node.value}")
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            left = node.left if isinstance(node, ast.BinOp) else node.target
            if not _is_fraction(left):
                found.add(f"division {ast.unparse(node)}")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            found.add(f"power {ast.unparse(node)}")  # a negative power is a float
    return found


def _name(node: ast.AST) -> str:
    """The name that a node ends in: `mean` of `mean` and of `frame.mean`."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_fraction(node: ast.expr) -> bool:
    """Whether an expression is written as a fraction: `Fraction(...)` or `sum(..., Fraction(0))`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    return node.func.id == "Fraction" or (
        node.func.id == "sum" and len(node.args) == 2 and _is_fraction(node.args[1])
    )


def undocumented(tree: ast.Module) -> set[str]:
    """Public functions, classes and methods without docstring.

    What a rule kind implements is said once, in the protocol `Rule`.
    """
    said_by_rule = {"parse", "inputs", "points", "formula", "describe", "explain", "attainable", "faults"}
    found = set()
    for node in _public(tree):
        inner = list(_public(node)) if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.ClassDef) and "KIND: ClassVar" in ast.unparse(node):
            inner = [item for item in inner if item.name not in said_by_rule]
        found |= {node.name} if not ast.get_docstring(node) else set()
        found |= {f"{node.name}.{item.name}" for item in inner if not ast.get_docstring(item)}
    return found


def _public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef) and not item.name.startswith("_"):
            yield item


def test_the_rooms_were_found() -> None:
    assert {name.split("/")[0] for name in MODULES} >= {"criteria", "evidence", "scoring", "cli.py"}
    assert {"scoring/results.py", "scoring/grades.py", "scoring/ledger.py"} <= set(SCORING)


@pytest.mark.parametrize("module", MODULES)
def test_rooms_import_one_way(module: str) -> None:
    room = module.split("/")[0].removesuffix(".py")
    assert wrong_ways(room, tree_of(module)) == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    dotted = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): name for name in MODULES
    }
    assert circle({module: tree_of(path) for module, path in dotted.items()}) == []


@pytest.mark.parametrize("module", SCORING)
def test_the_scoring_room_is_exact_and_pure(module: str) -> None:
    assert impurities(tree_of(module)) == set()


@pytest.mark.parametrize("module", PUBLIC)
def test_everything_public_has_a_docstring(module: str) -> None:
    tree = tree_of(module)
    assert ast.get_docstring(tree)
    assert undocumented(tree) == set()


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_too_long(module: str) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= LONGEST


def named_paths() -> set[str]:
    """What ARCHITECTURE.md names in backticks and means as a path from the project's folder."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return {name for name in re.findall(r"`([\w./*-]+)`", text) if name.endswith((".py", "/", ".md"))}


def test_what_the_architecture_names_is_there() -> None:
    assert len(named_paths()) > 60
    assert [name for name in sorted(named_paths()) if not any(ROOT.glob(name))] == []


def test_the_architecture_names_every_room() -> None:
    rooms = {path.parent.relative_to(ROOT).as_posix() + "/" for path in ROOT.glob("*/**/__init__.py")}
    ours = {room for room in rooms if room.split("/")[0] in ROOMS}
    assert ours - named_paths() == set()


# the tests above see what they should


@pytest.mark.parametrize(
    ("room", "source", "wrong"),
    [
        ("criteria", "from criteria.exact import divide", set()),
        ("criteria", "import evidence", {"evidence"}),
        ("criteria", "def f():\n    from scoring.results import score", {"scoring.results.score"}),
        ("evidence", "from criteria import exact\nimport pandas", set()),
        ("evidence", "from scoring.grades import reaches", {"scoring.grades.reaches"}),
        ("scoring", "from evidence.answers import Source", set()),
        ("scoring", "from evidence.reading import reader", {"evidence.reading.reader"}),
        ("scoring", "import evidence.reading.workbook", {"evidence.reading.workbook"}),
        ("reports", "from scoring.trace import trace", set()),
        ("reports", "from demo.tay_ninh import make_demo", {"demo.tay_ninh.make_demo"}),
        ("reports", "import cli", {"cli"}),
        ("demo", "from cli import run", {"cli.run"}),
        ("criteria", "from . import exact", {"..exact"}),
        ("criteria", "import criteria_of_others", set()),
    ],
)
def test_a_wrong_import_is_seen(room: str, source: str, wrong: set[str]) -> None:
    assert wrong_ways(room, ast.parse(source)) == wrong


@pytest.mark.parametrize(
    "late",
    ["def f():\n    from a.b import g", "if TYPE_CHECKING:\n    from a import b", "import a.b"],
)
def test_a_circle_is_seen(late: str) -> None:
    sources = {"a.b": "from c import f", "c": "import d", "d": late, "e": "import a.b"}
    trees = {module: ast.parse(source) for module, source in sources.items()}
    assert set(circle(trees)) == {"a.b", "c", "d"}
    del trees["d"]
    assert circle(trees) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 0.5",
        "x = 1e3",
        "x = a / b",
        "x /= 2",
        "x = sum(a) / 2",
        "x = sum(a, 0) / Fraction(2)",
        "x = float(a)",
        "x = a.astype(float)",
        "x = a.astype('float64')",
        "x = np.float64(a)",
        "x = frame['a'].mean()",
        "x = round(a, 2)",
        "x = a ** -1",
        "print(a)",
        "open('a')",
        "pd.read_csv(a)",
        "frame.to_csv(a)",
        "from pathlib import Path",
        "import openpyxl",
        "from xlsxwriter.utility import xl_col_to_name",
    ],
)
def test_an_impurity_is_seen(source: str) -> None:
    assert impurities(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""No float, no print, no open here."""',
        "x = a // b",
        "x = sum(a, Fraction(0)) / len(a)",
        "x = Fraction(1, 3) / 2",
        "x = a.astype('int64') * 1000",
    ],
)
def test_what_is_exact_is_let_through(source: str) -> None:
    assert impurities(ast.parse(source)) == set()


def test_a_missing_docstring_is_seen() -> None:
    source = (
        "def a(): ...\ndef _b(): ...\nclass C:\n    'c'\n    def d(self): ...\n    def __str__(self): ...\n"
    )
    kind = "class K:\n    'k'\n    KIND: ClassVar[str] = 'k'\n    def points(self): ...\n    def other(self): ...\n"
    assert undocumented(ast.parse(source)) == {"a", "C.d"}
    assert undocumented(ast.parse(kind)) == {"K.other"}
