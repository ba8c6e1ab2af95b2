"""The JSON Schemas (draft 2020-12) of what commands print with `--json`, kept beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "schemas"


def schema_names() -> list[str]:
    """Commands whose output has a schema."""
    return sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json"))


def output_schema(command: str) -> dict[str, Any]:
    """Schema of the output of `danvan COMMAND --json`; raises KeyError for a command without one."""
    path = FOLDER / f"{command}.schema.json"
    if not path.is_file():
        raise KeyError(command)
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema
