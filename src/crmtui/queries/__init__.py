"""What the user wants to see: one function for each thing."""
