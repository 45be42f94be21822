"""The public archive in a browser: Datasette with our own pages, templates and static files."""
