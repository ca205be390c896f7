"""A programme for other people's programs: schema.org for search engines, CSV for spreadsheets.

Both say what a page says to a person, to a reader that is a machine: the same records give the
same bytes.
"""

from cafe_ia.exchange.linked import to_jsonld
from cafe_ia.exchange.table import to_csv

__all__ = ["to_csv", "to_jsonld"]
