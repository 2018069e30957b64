// documents_on_paper.h — a technology, and a whole catalogue, as PDF.
#pragma once

#include "api/api.h"

namespace greenbank::library {

struct PublicAddress;

std::vector<Endpoint> paper_endpoints(const PublicAddress& address);

} // namespace greenbank::library
