"""The JSON Schemas of what commands print: they fit the output, say what every key is, and let nothing by.

Bar 6 of the appraisal's work: `--json` of `score`, `compare` and `verify` is validated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import cli
from evidence.round import load_round
from reports.outcome import outcome
from reports.outputs import write_outputs
from reports.record import results_json
from reports.schema_files import FOLDER, output_schema, schema_names
from tests.reports.rounds import EXAMPLES, tay_ninh
from tests.reports.small_folder import make_round, write_points


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command prints, as JSON."""
    capsys.readouterr()
    cli.run([str(argument) for argument in arguments])
    return json.loads(capsys.readouterr().out)


def check(command: str, value: Any) -> None:
    """Fails where a value does not fit the command's schema."""
    errors = Draft202012Validator(output_schema(command)).iter_errors(value)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def objects(schema: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a schema with its path."""
    if isinstance(schema, dict):
        yield path, schema
        for key, part in schema.items():
            yield from objects(part, f"{path}.{key}")
    elif isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from objects(part, f"{path}[{index}]")


@pytest.mark.parametrize("command", schema_names())
def test_the_schema_is_sound_and_describes_every_key(command: str) -> None:
    schema = output_schema(command)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for path, part in objects(schema):
        for key, value in (
            part.get("properties", {}).items() if isinstance(part.get("properties"), dict) else ()
        ):
            assert value.get("description"), f"{path}.{key}"
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False, path
        assert "number" not in str(part.get("type")), f"{path}: decimals are text"
        reference = part.get("$ref")
        assert reference is None or reference.removeprefix("#/$defs/") in schema["$defs"], path
    used = json.dumps(schema)
    assert all(f'"#/$defs/{name}"' in used for name in schema["$defs"])


def test_there_is_a_schema_for_each() -> None:
    assert {"score", "compare", "verify"} <= set(schema_names())
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.schema.json" for name in schema_names()}
    with pytest.raises(KeyError):
        output_schema("không-có")


def test_records_of_every_kind_of_round() -> None:
    check("score", results_json(*tay_ninh()))
    check("score", results_json(*tay_ninh(appraised=False)))
    for name in ("hue-cchc-2021", "binh-duong-cchc-2017"):
        found = outcome(load_round(EXAMPLES / name))
        check("score", results_json(found.round, found.results))


def test_what_score_prints_with_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_round(tmp_path / "nho")
    first = printed(capsys, "score", folder, "--json")
    assert first["changes"] == []
    write_points(folder, [["A", "9", "6", "4"], ["B", "10", "6", "4"]])
    second = printed(capsys, "score", folder, "--json")
    assert {change["code"] for change in second["changes"]} == {"A", "B", "C"}
    for value in (first, second):
        check("score", value)


def test_what_compare_and_verify_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = make_round(tmp_path / "cu"), make_round(tmp_path / "moi", "A 8 6 4\nBC 9 KPS 4", 2024)
    (new / "sap-nhap.csv").write_text(
        "Ngày hiệu lực;Loại;Mã cũ;Mã mới\n01/07/2024;sáp nhập;B;BC\n01/07/2024;sáp nhập;C;BC\nhôm qua;đổi tên;X;Y\n",
        encoding="utf-8",
    )
    for folder in (old, new):
        write_outputs(outcome(load_round(folder)))
    compared = printed(capsys, "compare", old, new, "--json")
    check("compare", compared)
    assert [item["code"] for item in compared["problems"]] == ["mergers-day"]
    assert cli.run(["close", str(old)]) == 0
    sound = printed(capsys, "verify", old, "--json")
    check("verify", sound)
    assert sound["sound"] and sound["paper_matches"] is None
    path = old / "ket-qua" / "results.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"95"', '"99"'), encoding="utf-8")
    (old / "nop").mkdir()
    (old / "nop" / "A.xlsx").write_bytes(b"x")
    broken = printed(capsys, "verify", old, "--json", "--head", "0" * 32)
    check("verify", broken)
    codes = [item["code"] for item in broken["differences"]]
    assert codes[:3] == ["head-differs", "file-changed", "file-added"] and "result-differs" in codes
    (old / "ket-qua" / "niem-phong.json").write_bytes(b"{")
    check("verify", printed(capsys, "verify", old, "--json"))


def test_a_key_more_or_a_number_for_a_decimal_is_seen() -> None:
    record = results_json(*tay_ninh())
    validator = Draft202012Validator(output_schema("score"))
    for change in ({"thêm": 1}, {"provisional": "yes"}):
        assert not validator.is_valid({**record, **change})
    assert not validator.is_valid({**record, "units": [{**record["units"][0], "max": 100}]})
