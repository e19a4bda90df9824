"""WHAT one is entitled to: conditions, dated values, verdicts."""
