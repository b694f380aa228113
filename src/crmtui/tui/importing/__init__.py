"""The steps of an import on screen: columns, values, matching, trial, and what became of it."""
