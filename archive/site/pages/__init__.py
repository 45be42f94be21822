"""The pages: one module each, `routes` of (pattern, view); the plugin finds them by their files."""
