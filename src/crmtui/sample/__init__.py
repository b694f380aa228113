"""The sample workspace: a supplier of plant automation and its customers, invented for trying things on.

`data/` holds the story as TOML, one file an account; `reader.records` turns it into rows of the domain, with
dates relative to today. Nothing here touches a database.
"""
