"""The version of everything between bytes and report.

Raise it with every change of a reader, the parser or a data file of theirs that can change what is
read: stored originals are then due again (`nianbao process`), and nothing is crawled anew.
"""

EXTRACT_VERSION = 6
