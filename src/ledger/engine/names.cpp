// names.cpp — kinds and assets as text.
#include "ledger/engine/transfer.h"

namespace greenbank::ledger {

std::string_view to_text(Kind kind) {
    static constexpr std::string_view names[kind_count] = {"posted", "pending", "post", "void", "reverse", "expire"};
    return names[static_cast<std::size_t>(kind)];
}

std::string to_text(const Asset& asset) { return asset.key.empty() ? asset.code : asset.code + "/" + asset.key; }

} // namespace greenbank::ledger
