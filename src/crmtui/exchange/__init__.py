"""File formats: bytes and rows to records, and back."""
