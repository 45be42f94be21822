"""The rules: every inconsistency that a careful inspector would find, with its proof and its basis.

Theory. A rule is one function over one report (and, where it is known, the body and its earlier
reports). It yields an `Outcome` for each thing that is wrong (`fail`) or cannot be decided
(`cannot_tell`); what passes is silent. The engine turns outcomes into findings, so that the same
finding feeds the alert, the archive's page, the statistics and the test.

Precision comes first: a supervisor who is wrong once stops using the tool. A rule that meets a cell
which was not read, a sentence that can be read in two ways or a body that it does not know says
nothing or `cannot_tell`, never `fail`.

Rules are found, not listed: a module of this package that holds functions under `@rule` is enough. What
the rules on prose share lies in packages: `prose` cuts it into sentences and finds what they count,
`lists` reads totals with their parts, `claims` what is said of tables 3 and 4,
`years` which years are named.
`docs/rules.md` is written from them by `python -m monitor.rules.docs`.
"""
