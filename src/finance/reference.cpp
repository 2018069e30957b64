// reference.cpp — files that were compiled in.
#include "finance/reference.h"

#include <span>

#include "kernel/csv.h"
#include "kernel/embedded.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile finance_reference[];
extern const std::size_t finance_reference_count;
} // namespace embedded

namespace finance {

std::vector<std::vector<std::string>> reference_rows(std::string_view file) {
    for (const EmbeddedFile& one : std::span(embedded::finance_reference, embedded::finance_reference_count)) {
        if (!std::string_view(one.path).ends_with("/" + std::string(file))) continue;
        auto csv = parse_csv(one.bytes());
        require(static_cast<bool>(csv), "a reference file of finance cannot be read");
        return std::move(csv).value().rows;
    }
    require(false, "a reference file of finance is not in the program");
    return {};
}

} // namespace finance
} // namespace greenbank
