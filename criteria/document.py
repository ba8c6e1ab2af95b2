"""A legal document by number and date, and days as official documents write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DocumentRef:
    """A legal document by number and date, as printed; `certainty` is `stated` or `inferred`."""

    number: str | None
    date: date | None
    issuer: str = ""
    note: str = ""
    certainty: str = "stated"

    def __str__(self) -> str:
        when = f" ngày {vietnamese_date(self.date)}" if self.date else ""
        return f"{self.number or '(chưa rõ số)'}{when}" + (f" của {self.issuer}" if self.issuer else "")

    @property
    def named(self) -> str:
        """The document with the word for its kind, which its number tells (`QĐ`: quyết định)."""
        number = self.number or ""
        if not number[:1].isdigit():
            issuer = f" của {self.issuer}" if self.issuer else ""
            return f"văn bản{issuer}, {number or 'chưa rõ số'}"
        code = number.rpartition("/")[2].partition("-")[0]
        return f"{_KINDS.get(code, 'Văn bản')} số {self}"


_KINDS = {"QĐ": "Quyết định", "KH": "Kế hoạch", "NQ": "Nghị quyết", "NĐ": "Nghị định"}


def vietnamese_date(day: date) -> str:
    """Day/month/year; day and month under 10 and month 1, 2 with a zero, as official documents do."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
