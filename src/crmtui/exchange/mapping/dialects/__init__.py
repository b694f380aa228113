"""The exports of programs that account managers come from: which columns they have, and what those mean."""
