"""Everything SQL: the file, reading, writing, the journal."""
