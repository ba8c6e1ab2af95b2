"""A form with a connection to a database."""

from __future__ import annotations

from tests.workbooks.editing import with_parts


def make(form: bytes) -> bytes:
    return with_parts(form, xl__connections_dot_xml=b"<connections/>")
