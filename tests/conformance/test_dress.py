"""A report in another dress is judged as before."""

import pytest

from tests.conformance.documents import SETS, documents_of, failures, faults_of, text_of
from tests.conformance.dress import DRESSES, dressed

EVERY_DOCUMENT, EVERY_FAULT = 6, 20
DOCUMENTS = [(name, document) for name in SETS for document in documents_of(name)][::EVERY_DOCUMENT]
BY_HAND = [name for name in SETS if not name.startswith("unseen")]
"""Of the numbers that a script changed some are lost in another dress still (tests/conformance/README.md)."""
EVERY_ONE = [fault for name in BY_HAND for fault in faults_of(name)]
FAULTS = [
    fault
    for fault in EVERY_ONE[::EVERY_FAULT]  # of all, so that one that loses its mark changes no other
    if not (fault.open or fault.previous or "**" in fault.change[0][1])  # a line may end between the two
]


def rules_broken(text):
    """Return the rules that a text breaks."""
    return {finding.rule for finding in failures(text)}


@pytest.mark.parametrize("name", DRESSES)
def test_sound_report_in_another_dress_is_accused_of_nothing(name):
    """Every sixth of the documents."""
    accused = []
    for of_set, document in DOCUMENTS:
        text = text_of(of_set, document)
        accused += [
            (of_set, document, rule)
            for rule in rules_broken(dressed(text, DRESSES[name])) - rules_broken(text)
        ]
    assert not accused


@pytest.mark.parametrize("name", DRESSES)
def test_fault_in_another_dress_is_found(name):
    """Every twentieth of the faults that authors planted by hand."""
    missed = []
    for fault in FAULTS:
        before, after = (
            dressed(text, DRESSES[name]) for text in (text_of(fault.set_name, fault.document), fault.text)
        )
        told, found = ({(item.rule, item.actual) for item in failures(text)} for text in (before, after))
        if before != after and not found - told:  # 我镇 for 我局 is gone where both are 本机关
            missed.append((fault.set_name, fault.document, fault.change))
    assert not missed
