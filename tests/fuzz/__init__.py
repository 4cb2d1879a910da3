"""Random Vietnamese reports, damaged files and repeated phrases against the readers (see budget.py for how many)."""
