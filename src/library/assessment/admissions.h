// admissions.h — operations on a technology's way into an edition; the engine decides, these load and save.
#pragma once

#include "library/assessment/steps.h"
#include "library/entries.h"

namespace greenbank::library {

/// Who may see an admission: all, once it was published; before, the holder, the bank, and experts of its panels.
Result<bool> may_see_admission(Transaction& transaction, const Caller& caller, const Admission& admission);

/// Publishes what was selected: records the technology's version, so that the edition shows it as it was admitted.
Result<Admission> publish_admission(Transaction& transaction, const Caller& caller, Admission admission);

std::vector<Endpoint> admission_endpoints();
std::vector<Endpoint> edition_endpoints();

} // namespace greenbank::library
