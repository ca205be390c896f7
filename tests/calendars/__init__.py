"""Calendars written by this library (`written`) and by other programs (`foreign`)."""
