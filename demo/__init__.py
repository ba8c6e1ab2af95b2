"""The example round of TP Tây Ninh 2023, with invented answers that say so."""
