// catalogue_pdf.h — a technology, and a whole catalogue, as PDF.
#pragma once

#include "api/api.h"
#include "library/publishing/documents.h"
#include "parties/parties.h"

namespace greenbank::library {

struct PublicAddress;

/// Each document is a leaf of the log, and has a QR code that leads to its proof.
std::vector<Endpoint> paper_endpoints(const PublicAddress& address, const parties::TransparencyLog& log);

} // namespace greenbank::library
