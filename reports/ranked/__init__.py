"""The ranked workbook, a module a sheet."""
