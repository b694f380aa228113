"""Calendars (iCalendar, RFC 5545) read as contacts and actions to be, and written."""
