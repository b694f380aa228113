"""Plain SELECTs into frozen records; no ORM."""
