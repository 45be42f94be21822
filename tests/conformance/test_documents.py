"""Whole reports by authors who had not read the rules: nobody is accused, and no fault is lost again."""

import pytest

from tests.conformance.documents import (
    SETS,
    documents_of,
    failures,
    faults_of,
    is_found,
    mistakes_of,
    text_of,
)

WITH_FAULTS = [name for name in SETS if any(True for _fault in faults_of(name))]


@pytest.mark.parametrize("name", SETS)
def test_sound_documents_have_no_mistakes_but_their_authors(name):
    """What is found in them was judged by hand to be wrong."""
    found = {document: failures(text_of(name, document)) for document in documents_of(name)}
    told = {document: sorted({item.rule for item in items}) for document, items in found.items() if items}
    assert told == mistakes_of(name), [item.message for items in found.values() for item in items]


@pytest.mark.parametrize("name", WITH_FAULTS)
def test_planted_faults_are_found_but_those_marked_open(name):
    """One that is found for the first time loses its mark."""
    wrong = [fault for fault in faults_of(name) if is_found(fault) == fault.open]
    assert not wrong, [(fault.document, fault.kind, fault.change[0]) for fault in wrong]


@pytest.mark.parametrize("name", WITH_FAULTS)
def test_every_change_of_a_fault_is_made(name):
    """Its old words stand in the document."""
    unmade = [fault for fault in faults_of(name) if fault.text == text_of(name, fault.document)]
    assert not unmade
