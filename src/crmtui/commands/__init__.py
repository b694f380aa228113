"""What the user wants to change: one function for each thing; each opens and commits its unit of work."""
