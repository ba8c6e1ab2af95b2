"""A decision's annex (Word, Excel, PDF) as a draft criteria file and a workbook to review it with."""

from __future__ import annotations

from criteria.importer.annex import Draft, import_annex
from criteria.importer.drafting import Matched
from criteria.importer.review import write_review
from criteria.importer.slips import Remark, Sum
from criteria.importer.source import UnusableAnnex

__all__ = ["Draft", "Matched", "Remark", "Sum", "UnusableAnnex", "import_annex", "write_review"]
