"""WHAT is signed and sent: the ranked workbook, the record for programs, the tables on the terminal."""
