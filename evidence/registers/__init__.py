"""CSV registers that commands add to and people mend: receipts, facts, objections, decisions."""
