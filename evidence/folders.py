"""Names of what lies in a round's folder."""

from __future__ import annotations

ROUND_FILE = "dot.yaml"
FORMS, RECEIVED, RETURNED, RESULTS = "bieu-mau", "nop", "tra-lai", "ket-qua"
EARLIER = "ban-truoc"  # below nop/: what was sent before what stands in nop/ now
OUTSIDE = "chi-so"  # results made elsewhere, as indices
KEPT = ".danvan"  # what may be deleted at any time
FOLDERS = (FORMS, RECEIVED, "tham-dinh", RETURNED, RESULTS)
TABLE_NAMES = ("bang-diem.xlsx", "bang-diem.csv")
