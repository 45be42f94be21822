"""Settings of the Scrapy project: polite, closed to the outside, and kept in the archive alone.

Our own settings (`-s NAME=VALUE` works for them too) stand at the end.
"""

from __future__ import annotations

import os
import socket

BOT_NAME = "nianbao"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# Who we are. Operators are asked to set NIANBAO_CONTACT to an address that somebody reads.
CONTACT = os.environ.get("NIANBAO_CONTACT") or f"postmaster@{socket.gethostname()}"
USER_AGENT = f"Mozilla/5.0 (compatible; nianbao/0.1; +{CONTACT})"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# Nobody steers a running crawl from outside.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,  # not even imported: a web server's weight
    "scrapy.extensions.corestats.CoreStats": None,  # ours are counted with the run
    "scrapy.extensions.logcount.LogCount": None,
    "crawler.settled.Settled": 0,
}

# The frontier, the guards and the courtesy are ours (robots.txt, redirects and retries included).
SCHEDULER = "crawler.scheduler.FrontierScheduler"
DOWNLOAD_HANDLERS = {
    "http": "crawler.download.PoliteDownloadHandler",
    "https": "crawler.download.PoliteDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.AdmissionMiddleware": 10,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,  # ours are counted with the run
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # callbacks yield no requests
}
ITEM_PIPELINES = {"crawler.pipelines.ArchivePipeline": 100}
COOKIES_ENABLED = False
ROBOTSTXT_OBEY = False  # obeyed by our own admission, which keeps robots.txt as a capture
DOWNLOAD_DELAY = 0  # the pause is the portal's pace, kept by crawler.courtesy
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # a slot is a host and port
CONCURRENT_ITEMS = 1  # a response yields one item; Scrapy starts as many tasks for each of them
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads a callback's source again for every response

# Caps: a page that never ends, or never comes, is an error and not a hanging crawl.
DOWNLOAD_TIMEOUT = 60
DNS_TIMEOUT = 20
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = False  # many portals' certificates are expired; their pages are public

LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.logs.Lines"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0

# Our own.
FRESH_S = 20 * 3600  # documents younger than this are not asked for again
RETRY_LIMIT = 2  # times that an error is tried again in one run
RETRY_PAUSE_S = 1.0  # before the first retry, in seconds; doubled each time
HOST_FAILURE_LIMIT = 3  # times in a row that a host may be unreachable before it is left alone
REDIRECT_LIMIT = 6
PORTALS_AT_ONCE = 24
