"""Bytes -> normalized text -> report. Pure: no network, no clock, no database."""
