// operations.cpp — who acts, and what organisations are called.
#include "finance/operations.h"

namespace greenbank::finance {

Result<Text> name_of_organisation(Transaction& transaction, const Id<parties::Organisation>& id) { return TRY(transaction.get(id)).name; }

Result<parties::Organisation> named_organisation(Transaction& transaction, const Id<parties::Organisation>& id, const char* field) {
    auto found = TRY(transaction.find_one<parties::Organisation>("id = $1", {id.text}));
    if (!found) return invalid({{field, "insurance.nobody", "The bank knows no such organisation."}});
    return std::move(*found);
}

} // namespace greenbank::finance
