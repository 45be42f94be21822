"""Totals in prose and the parts that divide them: where a list begins and ends, and whether it adds up.

`part_lists` reads “A，其中 a、b、c” (its `openers`, `runs` of parts, `labels`, `gaps` and `totals`);
`complements`, `remainders`, `far_ways`, `totals_behind` and `whole_rows` read what is divided without it.
"""
