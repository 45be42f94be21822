"""The garbage collector leaves alone what a crawl's program loaded."""

import gc

from crawler import settled


def test_program_is_kept_out_of_collections_by_the_first_crawl_of_a_process():
    """What comes later, of other crawls too, is collected as ever."""
    settled._freeze.cache_clear()
    before = gc.get_freeze_count()
    try:
        settled.Settled.from_crawler(None)
        frozen = gc.get_freeze_count()
        assert frozen > before
        later = [[] for _ in range(1000)]
        settled.Settled.from_crawler(None)
        assert gc.get_freeze_count() <= frozen
        assert later
    finally:
        gc.unfreeze()
