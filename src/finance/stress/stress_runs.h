// stress_runs.h — a stress of the bank's own book, as the page, the sample bank and the paper ask for it.
#pragma once

#include "finance/operations.h"
#include "finance/stress/records.h"

namespace greenbank::finance {

Record describe(const ById<StressRun>*);

/// The book as it stands on a day, struck by what is asked; nothing is stored.
Result<StressRun> run_stress(Transaction& transaction, const StressAsk& ask, Date day);
/// Stored with the sample bank: chapter 12 of the story.
SampleStep stress_sample();

} // namespace greenbank::finance
