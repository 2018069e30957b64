// operations.cpp — what operations of several subjects share.
#include "deals/operations.h"

#include "kernel/embedded.h"
#include "parties/acting.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile deals_reference[];
extern const std::size_t deals_reference_count;
} // namespace embedded

namespace deals {

std::string_view reference_file(std::string_view name) {
    for (const EmbeddedFile& file : std::span(embedded::deals_reference, embedded::deals_reference_count))
        if (std::string_view(file.path).ends_with(name)) return file.bytes();
    return {};
}

std::string json_value(std::string_view id) {
    std::string pattern = "%\"";
    for (const char c : id) {
        if (c == '_' || c == '%' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + "\"%";
}

Result<Done> check_acts(const Caller& caller) {
    TRY(parties::acting_organisation(caller));
    return Done{};
}

Result<KeptFile> taken_file(Transaction& transaction, const Caller& caller, const Id<KeptFile>& id) {
    KeptFile file = TRY(own_file(transaction, caller, id));
    constexpr std::int64_t far = 9'000'000'000'000'000; // microseconds: in the year 2255
    TRY(transaction.execute("UPDATE kept_file SET expires_at = $1 WHERE id = $2", {far, file.id.text}));
    return file;
}

} // namespace deals
} // namespace greenbank
