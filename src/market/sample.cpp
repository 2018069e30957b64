// sample.cpp — the journals of sample markets go before their markets do.
#include "market/sample.h"

#include <fmt/format.h>

namespace greenbank::market {

SampleStep sample_step() {
    return {.load = [](Transaction&, const SampleFiles&, Time) -> Result<std::int64_t> { return std::int64_t{0}; },
        .remove = [](Transaction& transaction, const SampleFiles&, Time) -> Result<std::int64_t> {
            std::int64_t removed = 0;
            for (const char* table : {"market_trade", "market_command", "market_unit"})
                removed += TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE market IN (SELECT id FROM market WHERE sample = true)", table)));
            return removed;
        }};
}

} // namespace greenbank::market
