"""The bundled sample portal, and the demo run of the whole main job against it.

`site/` holds the portal's pages (written by tests/monitor/demo/build/build_site.py), `portal` serves
them on loopback, `mailbox` is a mail server that keeps what it gets, `settings` writes the
configuration, `run` calls the real commands and `summary` prints what a supervisor wants to see.
"""
