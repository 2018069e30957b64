// documents.h — what every document on paper has: a front, where it stands online, and its proof in the log.
#pragma once

#include "api/api.h"
#include "paper/paper.h"
#include "parties/parties.h"

namespace greenbank::library {

struct PublicAddress;

/// What a document of the library says of itself in the log: JSON with its kind, subject, version, title, and the digest of all it states.
struct DocumentStatement {
    std::string kind, id; // "technology", "edition"
    std::int64_t version = 1;
    Text title;
    std::string stated; // its bytes are hashed (SHA-256)
};
std::string to_content(const DocumentStatement& statement);

/// With the bank's name, today's date, and the sample mark where it belongs.
paper::Front front(const Caller& caller, std::string title, bool sample);
/// Where a document's proof is; nothing where the log cannot be written just now: a page without a code is better than none.
std::optional<paper::Block> proof_of(
    Store& store, const Caller& caller, const PublicAddress& address, const parties::TransparencyLog& log, const DocumentStatement& statement, bool is_public);
paper::Block online(const Caller& caller, const std::string& link);

} // namespace greenbank::library
