"""Readers that share no code with the library: what they understand is what people will get."""
