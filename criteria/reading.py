"""A YAML file of ours held against its schema: the document, or all findings with line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from criteria import schema as schemas
from criteria.catalogue import FileFaults, Finding, closest, finding
from criteria.rules.rule import NUMBER
from criteria.text_yaml import Document, Path, YamlFault, parse

_EXPECTED_BY_PATTERN = {
    NUMBER["pattern"]: "một số không âm dưới một tỷ, tối đa ba chữ số thập phân, ví dụ 8,5",
    schemas.DATE["pattern"]: "ngày theo dạng năm-tháng-ngày, ví dụ 2022-08-19",
    schemas.YEAR["pattern"]: "năm gồm bốn chữ số",
    schemas.HASH["pattern"]: "mã băm gồm 64 ký tự 0-9, a-f",
    schemas.ID["pattern"]: "mã gồm chữ không dấu, chữ số, dấu chấm, gạch ngang, không có dấu cách",
}
_TYPE_NAMES = {
    "object": "một khối các mục “khóa: giá trị”",
    "array": "một danh sách",
    "string": "một giá trị, không được bỏ trống",
    "null": "bỏ trống",
}


def read_text(path: FilePath) -> str:
    """Text of a UTF-8 file with line ends as LF; raises FileFaults where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise FileFaults([finding("file-missing", path.name, 1, 1, name=str(path))]) from error
    except UnicodeDecodeError as error:
        raise FileFaults([finding("file-encoding", path.name, 1, 1)]) from error


def read_document(text: str, name: str, schema: dict[str, Any]) -> Document:
    """Document of a YAML text that fits the schema; raises FileFaults with every misfit."""
    try:
        document = parse(text)
    except YamlFault as fault:
        found = finding(fault.code, name, fault.mark.line, fault.mark.column, **fault.detail)
        raise FileFaults([found]) from fault
    errors = Draft202012Validator(schema).iter_errors(document.value)
    findings = [*_schema_findings(errors, document, name), *_value_findings(document, name)]
    if findings:
        findings.sort(key=lambda item: (item.line, item.column, item.code))
        raise FileFaults(dict.fromkeys(findings))
    return document


def _schema_findings(errors: Iterable[ValidationError], document: Document, name: str) -> Iterator[Finding]:
    for error in errors:
        if error.validator in ("anyOf", "oneOf") and error.context:
            yield from _alternative(error, document, name)
        elif error.validator == "additionalProperties":
            yield from _unknown_keys(error, document, name)
        else:
            code, detail = _misfit(error)
            mark = document.mark(tuple(error.absolute_path))
            yield finding(code, name, mark.line, mark.column, **detail)


def _misfit(error: ValidationError) -> tuple[str, dict[str, str]]:
    """Catalogue code and details of one schema error."""
    rule: Any = error.validator_value
    names = [part for part in error.absolute_path if isinstance(part, str)]
    key = names[-1] if names else "tệp"
    found = "" if error.instance is None else str(error.instance)[:80]
    if error.validator == "required":
        missing = re.match(r"'(.*?)' is a required", error.message)
        where = f"“{key}”" if names else "Tệp"
        return "schema-required", {"where": where, "key": missing[1] if missing else "?"}
    if error.validator in ("enum", "const"):
        options = rule if error.validator == "enum" else [rule]
        detail = {"key": key, "found": found, "known": ", ".join(options)}
        return "schema-choice", {**detail, "nearest": closest(found, options) or ""}
    if error.validator == "pattern":
        expected = _EXPECTED_BY_PATTERN.get(str(rule), "giá trị đúng dạng")
        return "schema-form", {"key": key, "found": found, "expected": expected}
    if error.validator == "type":
        types = [rule] if isinstance(rule, str) else rule
        return "schema-type", {"key": key, "expected": " hoặc ".join(_TYPE_NAMES[t] for t in types)}
    if error.validator in ("oneOf", "maxProperties", "minProperties"):
        known = [item["required"][0] for item in rule] if error.validator == "oneOf" else []
        known = known or list(_properties(error))
        return "schema-one-of", {"key": key, "known": ", ".join(known)}
    bound = "ít nhất" if str(error.validator).startswith("min") else "nhiều nhất"
    unit = "ký tự" if str(error.validator).endswith("Length") else "mục"
    return "schema-size", {"key": key, "expected": f"{bound} {rule} {unit}"}


def _properties(error: ValidationError) -> Iterable[str]:
    schema: Any = error.schema
    return list(schema.get("properties", ()))


def _alternative(error: ValidationError, document: Document, name: str) -> Iterator[Finding]:
    """Findings of the alternative that comes nearest: the one whose errors lie deepest, then fewest."""
    branches: dict[Any, list[ValidationError]] = {}
    for child in error.context or ():
        branches.setdefault(child.schema_path[0], []).append(child)
    best = min(
        branches.values(),
        key=lambda group: (
            any(child.validator == "type" and not child.path for child in group),
            len(group),
        ),
    )
    yield from _schema_findings(best, document, name)


def _unknown_keys(error: ValidationError, document: Document, name: str) -> Iterator[Finding]:
    path: Path = tuple(error.absolute_path)
    schema: Any = error.schema
    instance: Any = error.instance
    known = list(schema["properties"])
    where = f"“{path[-1]}”" if path and isinstance(path[-1], str) else "Mục này"
    for key in instance:
        if key not in known:
            mark = document.key_marks.get((*path, key), document.mark(path))
            # a comma in a text between { and } ends the text, and what follows becomes a key
            cut = instance[key] is None and not re.fullmatch(r"[a-z_]+", key)
            yield finding(
                "text-cut" if cut else "schema-unknown-key",
                name,
                mark.line,
                mark.column,
                where=where,
                key=key,
                known=", ".join(known),
                nearest=closest(key, known) or "",
            )


def _value_findings(document: Document, name: str) -> Iterator[Finding]:
    """Values in the right form that mean nothing: days that no calendar has."""
    for path, mark in document.marks.items():
        value = _at(document, path)
        if isinstance(value, str) and re.fullmatch(schemas.DATE["pattern"], value):
            try:
                date.fromisoformat(value)
            except ValueError:
                yield finding("date-invalid", name, mark.line, mark.column, found=value)


def _at(document: Document, path: Path) -> Any:
    value: Any = document.value
    for part in path:
        value = value[part]
    return value
