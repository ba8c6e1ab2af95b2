"""Makes the Word templates that come with the program; run from the project's folder after a change.

python -m reports.templates.build
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document

from reports.official.template_file import zipped
from reports.templates import styles
from reports.templates.documents import DOCUMENTS

HERE = Path(__file__).parent
_MADE = datetime(2000, 1, 1)  # the day of the run is no content


def build(name: str) -> bytes:
    """The template of this name as a .docx file, the same bytes at every run."""
    title, compose = DOCUMENTS[name]
    document = Document()
    styles.set_up(document, title)
    document.core_properties.created = document.core_properties.modified = _MADE
    compose(document)
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return zipped({entry: archive.read(entry) for entry in archive.namelist()})


def main() -> None:
    """Writes every template anew."""
    for name in DOCUMENTS:
        (HERE / f"{name}.docx").write_bytes(build(name))


if __name__ == "__main__":
    main()
