"""URL -> stored bytes. The only package that imports Scrapy."""
