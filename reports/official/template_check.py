"""What is wrong with a template before it is used: unknown fields, missing ones, lists printed as text.

The tags are followed as written, branches and loops included, against the shape of the fields; so a
mistake in a branch that this year's results never take is found as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import nodes

from criteria.catalogue import closest
from evidence.problems import Place, Problem, problem
from reports.official.fields import Shape
from reports.official.template_file import ENVIRONMENT, Part, Template, TemplateFault, read_template


@dataclass(frozen=True)
class _Known:
    """What a name stands for: a shape and the path of the field, `khoi.don_vi.ten`."""

    shape: Shape
    path: str


_Scope = Mapping[str, "_Known | None"]  # None: a name whose shape nobody can tell


@dataclass
class _Walk:
    """One pass over a part's tags: the problems found and the fields used."""

    template: Template
    part: Part
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def visit(self, node: nodes.Node, scope: _Scope) -> None:
        """Follows a statement and what is in it."""
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Output):
            for item in node.nodes:
                self._printed(item, scope)
        elif isinstance(node, nodes.Expr):
            self.value(node, scope)
        else:
            inner = dict(scope)
            for child in node.iter_child_nodes():
                self.visit(child, inner)
                if isinstance(child, nodes.Assign) and isinstance(child.target, nodes.Name):
                    inner[child.target.name] = self.value(child.node, inner)

    def value(self, node: nodes.Expr, scope: _Scope) -> _Known | None:
        """What an expression stands for; None where that cannot be told."""
        if isinstance(node, nodes.Name):
            if node.ctx != "load":
                return None
            if node.name not in scope:
                self._unknown(node.name, node.lineno, scope)
                return None
            known = scope[node.name]
        elif isinstance(node, nodes.Getattr):
            known = self._inner(node.node, node.attr, node.lineno, scope)
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            known = self._item(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)
            return None
        if known is not None:
            self.used.add(known.path)
        return known

    def _item(self, node: nodes.Getitem, scope: _Scope) -> _Known | None:
        """`khoi[0]` or `don_vi["ten"]`."""
        assert isinstance(node.arg, nodes.Const)
        if isinstance(node.arg.value, str):
            return self._inner(node.node, node.arg.value, node.lineno, scope)
        whole = self.value(node.node, scope)
        return _Known(whole.shape[0], whole.path) if whole and isinstance(whole.shape, list) else None

    def _inner(self, node: nodes.Expr, name: str, line: int, scope: _Scope) -> _Known | None:
        whole = self.value(node, scope)
        if whole is None:
            return None
        if not isinstance(whole.shape, dict) or name not in whole.shape:
            options = whole.shape if isinstance(whole.shape, dict) else {}
            self._unknown(f"{whole.path}.{name}", line, options, name)
            return None
        return _Known(whole.shape[name], f"{whole.path}.{name}")

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        whole = self.value(node.iter, scope)
        inner = {**scope, "loop": None}
        names = (
            [node.target] if isinstance(node.target, nodes.Name) else list(node.target.find_all(nodes.Name))
        )
        inner |= {item.name: None for item in names}
        if whole is not None and isinstance(whole.shape, list) and isinstance(node.target, nodes.Name):
            inner[node.target.name] = _Known(whole.shape[0], whole.path)
        elif whole is not None and not isinstance(whole.shape, list):
            self._report("template-not-list", node.lineno, whole.path)
        tests = [node.test] if node.test is not None else []
        for child in (*tests, *node.body):
            self.visit(child, inner)
        for child in node.else_:
            self.visit(child, scope)

    def _printed(self, node: nodes.Expr, scope: _Scope) -> None:
        known = self.value(node, scope)
        if known is not None and not isinstance(known.shape, str):
            self._report("template-not-text", node.lineno, known.path)

    def _unknown(self, path: str, line: int, options: Mapping[str, object], name: str = "") -> None:
        near = closest(name or path, options)
        hint = f"gần nhất là “{near}”" if near else "chọn một trường trong danh mục, hoặc bỏ thẻ này"
        self._report("template-unknown-field", line, path, hint)

    def _report(self, code: str, line: int, found: str, expected: str = "") -> None:
        self.problems.append(problem(code, self.template.place(self.part, line), found, expected))


def check_template(path: Path, fields: Mapping[str, Shape], needed: Sequence[str]) -> list[Problem]:
    """Problems of a template file for a kind of document; empty where it can be used."""
    try:
        template = read_template(path)
    except TemplateFault as fault:
        return [fault.problem]
    return list(template_problems(template, fields, needed))


def template_problems(
    template: Template, fields: Mapping[str, Shape], needed: Sequence[str]
) -> Iterator[Problem]:
    """Problems of a template that was read, in the order of the text; missing fields last."""
    used: set[str] = set()
    scope = {name: _Known(shape, name) for name, shape in fields.items()}
    broken = False
    for part in template.parts:
        try:
            template.compile_part(part)
        except TemplateFault as fault:
            broken = True
            yield fault.problem
            continue
        walk = _Walk(template, part)
        walk.visit(ENVIRONMENT.parse(part.source), scope)
        used |= walk.used
        yield from walk.problems
    if not broken:  # a broken part may hold what seems to be missing
        for path in needed:
            if path not in used:
                yield problem(
                    "template-missing-field", Place("", template.name), path, _example(fields, path)
                )


def _example(fields: Mapping[str, Shape], path: str) -> str:
    """How a field is written in a template."""
    first, _, rest = path.partition(".")
    shape = fields[first]
    if not isinstance(shape, list):
        return f"{{{{ {path} }}}}"
    inner = f"dong.{rest}" if rest else "dong"
    return f"{{%p for dong in {first} %}} {{{{ {inner} }}}} {{%p endfor %}}"
