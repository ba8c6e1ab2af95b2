"""A web page with a table, saved under the name of a workbook as some programs do."""

from __future__ import annotations


def make(form: bytes) -> bytes:
    return b"<html><body><table><tr><td>8,5</td></tr></table></body></html>"
