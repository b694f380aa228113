"""Validated changes through SQLModel, and bulk writing."""
