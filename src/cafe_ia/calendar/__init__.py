"""Sessions to iCalendar and back (RFC 5545, 5546, 6868, 7986).

`ics` supplies the containers and the content lines of what is written, `icalendar` the grammar
and the value types of what is read; everything that neither gets right is here.
"""

from cafe_ia.calendar.reading import Imported, from_ics
from cafe_ia.calendar.writing import to_ics, write_ics

__all__ = ["Imported", "from_ics", "to_ics", "write_ics"]
