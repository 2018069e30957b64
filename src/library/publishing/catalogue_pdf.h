// catalogue_pdf.h — a technology, and a whole catalogue, as PDF.
#pragma once

#include "api/api.h"
#include "parties/parties.h"

namespace greenbank::library {

struct PublicAddress;

/// Each document is a leaf of the log, and has a QR code that leads to its proof.
std::vector<Endpoint> paper_endpoints(const PublicAddress& address, const parties::TransparencyLog& log);

/// What a document of the library says of itself in the log: JSON with its kind, subject, version, title, and the digest of all it states.
struct DocumentStatement {
    std::string kind, id; // "technology", "edition"
    std::int64_t version = 1;
    Text title;
    std::string stated; // its bytes are hashed (SHA-256)
};
std::string to_content(const DocumentStatement& statement);

} // namespace greenbank::library
