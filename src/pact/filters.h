// filters.h — which footprints are asked for: the query of version 3, the criteria of a request event, the $filter of version 2.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kernel/result.h"
#include "pact/footprint.h"

namespace greenbank::pact {

/// Within one list any value will do, every list that is not empty must hold; texts are compared without regard to case.
struct Criteria {
    std::vector<std::string> product_ids, company_ids, geographies, classifications, statuses; // in small letters
    std::optional<Time> valid_on, valid_after, valid_before;
    // of version 2
    std::vector<std::string> categories;
    std::optional<Time> created_from, created_after, created_until, created_before, created_on;

    bool empty() const;
};

bool matches(const Criteria& criteria, const ProductFootprint& footprint);

/// What GET /3/footprints and /2/footprints ask.
struct ListAsk {
    Criteria criteria;
    std::optional<std::size_t> limit;
    std::string cursor;
};
Result<ListAsk> read_list_ask(const std::vector<std::pair<std::string, std::string>>& query, Protocol protocol);

/// The criteria of a RequestCreatedEvent: `data` of version 3, `data.pf` of version 2.
Result<Criteria> read_criteria(const ValueTree& data, Protocol protocol);

/// `created ge '2026-01-01T00:00:00Z' and pcf/geographyCountry eq 'CN'`, `productIds/any(productId:(productId eq 'urn:…'))`.
Result<Criteria> read_odata(std::string_view filter);

} // namespace greenbank::pact
