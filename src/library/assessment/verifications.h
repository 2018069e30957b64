// verifications.h — operations of a verification after ISO 14034, and what of it shows on the technology.
#pragma once

#include "library/assessment/steps.h"
#include "library/entries.h"

namespace greenbank::library {

/// Verify technologies for one's own organisation, which must be an assessor.
inline constexpr Right perform_verification{"verification.perform"};

std::vector<Endpoint> verification_endpoints();
/// A technology's readiness, statements and admissions at one look.
std::vector<Endpoint> technology_assessment_endpoints();

} // namespace greenbank::library
