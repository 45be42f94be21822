"""Generated reports: nothing is found in sound ones, every planted fault is.

`python benchmarks/rules.py` does the same with thousands.
"""

from tests.conformance.score import faulty_reports, sound_reports

SOUND, FAULTY = 60, 60


def test_nothing_is_found_in_sound_reports():
    """Every sentence of sentences.yml may be in them."""
    assert [scored.said for scored in sound_reports(SOUND, seed=2026) if scored.failures] == []


def test_planted_faults_are_found():
    """One wrong number, sentence, cell, section or table each; 95 % is what the rules promise."""
    missed = [scored.said for scored in faulty_reports(FAULTY, seed=2026) if not scored.is_found]
    assert len(missed) <= FAULTY * 0.05, missed
