"""Released schema steps, in order."""
