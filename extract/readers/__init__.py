"""Readers: bytes -> normalized text. One module a format, found here, chosen by the bytes."""
