// filters.cpp — criteria out of queries and events, and whether a footprint meets them.
#include "pact/filters.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "pact/tree.h"

namespace greenbank::pact {

namespace {

constexpr std::size_t values_max = 200;

bool one_of(const std::vector<std::string>& wanted, const std::vector<std::string>& held) {
    if (wanted.empty()) return true;
    return std::ranges::any_of(held, [&](const std::string& one) { return std::ranges::find(wanted, small_letters(one)) != wanted.end(); });
}

/// A country holds its subdivisions.
bool within(const std::vector<std::string>& wanted, const std::string& place) {
    if (wanted.empty()) return true;
    const std::string held = small_letters(place);
    return std::ranges::any_of(wanted, [&](const std::string& one) { return held == one || (one.size() == 2 && held.starts_with(one + "-")); });
}

struct Lists {
    std::string_view name;
    std::vector<std::string> Criteria::*list;
};
constexpr Lists lists[] = {{"productid", &Criteria::product_ids}, {"companyid", &Criteria::company_ids}, {"geography", &Criteria::geographies},
    {"classification", &Criteria::classifications}, {"status", &Criteria::statuses}};
struct Times {
    std::string_view name;
    std::optional<Time> Criteria::*time;
};
constexpr Times times[] = {{"validon", &Criteria::valid_on}, {"validafter", &Criteria::valid_after}, {"validbefore", &Criteria::valid_before}};

/// False: no criterion of that name. An empty value is none.
Result<bool> take(Criteria& criteria, const std::string& name, const std::string& value) {
    const std::string small = small_letters(name);
    for (const Lists& one : lists)
        if (small == one.name) {
            std::vector<std::string>& list = criteria.*one.list;
            if (list.size() == values_max) return bad_request(fmt::format("At most {} values of {} are taken.", values_max, name));
            if (!value.empty()) list.push_back(small_letters(value));
            return true;
        }
    for (const Times& one : times)
        if (small == one.name) {
            if (value.empty()) return true;
            criteria.*one.time = read_time(value);
            if (!(criteria.*one.time)) return bad_request(fmt::format("{} must be a point in time such as 2026-11-20T00:00:00Z.", name));
            return true;
        }
    return false;
}

} // namespace

bool Criteria::empty() const {
    return product_ids.empty() && company_ids.empty() && geographies.empty() && classifications.empty() && statuses.empty() && !valid_on && !valid_after &&
           !valid_before && categories.empty() && !created_from && !created_after && !created_until && !created_before && !created_on;
}

bool matches(const Criteria& criteria, const ProductFootprint& it) {
    const Time from = valid_from(it), until = valid_until(it);
    return one_of(criteria.product_ids, it.product_ids) && one_of(criteria.company_ids, it.company_ids) && within(criteria.geographies, it.geography) &&
           one_of(criteria.classifications, it.classifications) && one_of(criteria.categories, {it.cpc}) &&
           one_of(criteria.statuses, {it.active ? "active" : "deprecated"}) &&
           (!criteria.valid_on || (from <= *criteria.valid_on && *criteria.valid_on <= until)) && (!criteria.valid_after || from > *criteria.valid_after) &&
           (!criteria.valid_before || until < *criteria.valid_before) && (!criteria.created_from || it.created >= *criteria.created_from) &&
           (!criteria.created_after || it.created > *criteria.created_after) && (!criteria.created_until || it.created <= *criteria.created_until) &&
           (!criteria.created_before || it.created < *criteria.created_before) && (!criteria.created_on || it.created == *criteria.created_on);
}

Result<ListAsk> read_list_ask(const std::vector<std::pair<std::string, std::string>>& query, Protocol protocol) {
    ListAsk ask;
    for (const auto& [name, value] : query) {
        if (small_letters(name) == "limit") {
            std::size_t limit = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
            if (value.empty() || error != std::errc{} || end != value.data() + value.size()) return bad_request("limit must be a whole number.");
            ask.limit = limit;
        } else if (name == "cursor") {
            ask.cursor = value;
        } else if (protocol == Protocol::v2 && name == "$filter") {
            if (!value.empty()) ask.criteria = TRY(read_odata(value));
        } else if (protocol == Protocol::v2 || !TRY(take(ask.criteria, name, value))) {
            return bad_request(fmt::format("There is no filter {} here.", name.substr(0, 60)));
        }
    }
    return ask;
}

Result<Criteria> read_criteria(const ValueTree& data, Protocol protocol) {
    Criteria criteria;
    const ValueTree* held = protocol == Protocol::v2 ? data.find("pf") : &data;
    if (!is_object(held)) return bad_request("data.pf must be an object.");
    const std::string_view ids = protocol == Protocol::v2 ? "productIds" : "productId";
    for (const auto& [name, value] : held->members) {
        const std::string key = name == ids ? "productid" : protocol == Protocol::v2 && name == "companyIds" ? "companyid" : name;
        if (key == "comment" || is_null(&value)) continue;
        std::vector<const ValueTree*> values;
        if (is_list(&value))
            for (const ValueTree& item : value.items) values.push_back(&item);
        else values.push_back(&value);
        for (const ValueTree* item : values) {
            const auto text = text_of(item);
            if (!text || text->empty()) {
                if (protocol == Protocol::v2 && key != "productid") continue; // it describes a product there, with members of other kinds
                return bad_request(fmt::format("data.{} must be a text, or a list of texts.", name.substr(0, 60)));
            }
            if (!TRY(take(criteria, key, *text)) && protocol == Protocol::v3) return bad_request(fmt::format("There is no criterion {}.", name.substr(0, 60)));
        }
    }
    if (criteria.empty()) return bad_request("Say which footprint is wanted: by productId, companyId, geography, classification, status or validity.");
    return criteria;
}

} // namespace greenbank::pact
