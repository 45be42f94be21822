"""Spiders: one small module per CMS family, all on `crawler.spiders.base`."""
