// example_documents.h — documents for tests, benches and eyes: a report with every kind of block, and entries of a catalogue. All figures are made up.
#pragma once

#include "kernel/random.h"
#include "paper/paper.h"

namespace greenbank::paper {

Document example_report(Language language);

/// One technology of a catalogue: heading, summary, facts, figures. The same number, the same entry.
std::vector<Block> example_entry(std::size_t number, Language language);
Front example_catalogue(Language language);

} // namespace greenbank::paper
