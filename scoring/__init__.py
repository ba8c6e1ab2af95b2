"""WHAT it comes to: exact points, grades, ranks, targets, reasons. Pure: no file, no workbook."""
