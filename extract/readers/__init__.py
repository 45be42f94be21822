"""One reader per document format: bytes -> normalized text with anchors."""
