"""What `--to` prints: one module a format, each a function from a document to lines or text.

Owns the shapes; refuses to write anywhere. Every function here returns text that is safe on a terminal.
"""
