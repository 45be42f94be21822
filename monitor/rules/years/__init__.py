"""Years in prose: those that must be the report's own, those of plans, and those left over from last year."""
