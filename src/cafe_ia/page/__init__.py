"""Pages: the one place that writes HTML.

A page is one file that asks nobody for anything: it opens from a memory stick, prints, and is
read by a screen reader in three languages. Words are escaped by the template engine, and a
policy in the page itself lets no other style or script run.

`frame` is what every page shares; `programme` and `lesson` are the pages; `passage` is a
module's prose, made ready for a template.
"""

from __future__ import annotations

from cafe_ia.page.lesson import lesson_page
from cafe_ia.page.programme import to_html

__all__ = ["lesson_page", "to_html"]
