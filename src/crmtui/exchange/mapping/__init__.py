"""What the columns of a file mean: which noun it holds, which field each column fills, and why."""
