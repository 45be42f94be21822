"""The prose of a report made even for reading: its sentences, and the numbers they count."""
