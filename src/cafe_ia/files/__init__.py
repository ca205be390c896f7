"""Record files: the one door through which YAML comes in and goes out."""

from cafe_ia.files.reading import Reading, find_programmes, load_programme, read_programme

__all__ = ["Reading", "find_programmes", "load_programme", "read_programme"]
