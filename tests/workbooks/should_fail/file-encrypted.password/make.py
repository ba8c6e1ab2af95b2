"""The form under a password, as Excel encrypts it."""

from __future__ import annotations

import io

from msoffcrypto.format.ooxml import OOXMLFile


def make(form: bytes) -> bytes:
    protected = io.BytesIO()
    OOXMLFile(io.BytesIO(form)).encrypt("123456", protected)
    return protected.getvalue()
