// insurance.h — what covers and claims share: who sees which, and the price.
#pragma once

#include "finance/insurance/records.h"
#include "finance/operations.h"

namespace greenbank::finance {

Result<InsuranceCover> cover_seen(Transaction& transaction, const Caller& caller, const Id<InsuranceCover>& id);
/// By what was measured, or by the market's closes up to that day; refused where either is missing.
Result<CoverQuote> quote_of(Transaction& transaction, energy::Archive& archive, const InsuranceCover& cover, Date day);
/// Closes of a product in a currency within two days, in order, in minor units.
Result<std::vector<std::int64_t>> closes_of(
    Transaction& transaction, const Id<market::CarbonProduct>& product, const std::string& currency, Date from, Date until);
/// What a channel brought in all from the beginning of one day to the end of another, in the terms' unit; nothing where nothing was measured.
Result<std::optional<double>> measured_between(
    Transaction& transaction, energy::Archive& archive, const Id<energy::Channel>& channel, const std::string& unit, Date from, Date until);

} // namespace greenbank::finance
