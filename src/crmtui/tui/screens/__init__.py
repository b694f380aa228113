"""One screen a room of the workbench."""
