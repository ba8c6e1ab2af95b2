"""The appraiser's workbook: written, read back, and the workbooks of all appraisers merged."""
