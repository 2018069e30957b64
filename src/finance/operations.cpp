// operations.cpp — who acts, and what organisations are called.
#include "finance/operations.h"

namespace greenbank::finance {

Result<Text> name_of_organisation(Transaction& transaction, const Id<parties::Organisation>& id) { return TRY(transaction.get(id)).name; }

} // namespace greenbank::finance
