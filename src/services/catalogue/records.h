// records.h — services that organisations offer through the bank, and the rules of the desk.
#pragma once

#include "library/records.h"

namespace greenbank::services {

using library::State;
using library::TechnologyField;
using parties::Organisation;

enum class ServiceKind { consulting, patent, assessment, pilot_base, incubation, training, talent, policy, legal, finance };
/// What one price is for.
enum class PriceUnit { hour, day, case_, person, month };

struct Service {
    static constexpr std::string_view id_prefix = "service";
    Id<Service> id;
    Id<Organisation> provider;
    ServiceKind kind = ServiceKind::consulting;
    Text title, summary, description;
    std::vector<TechnologyField> fields; // none: all of them
    std::vector<std::string> languages;  // ISO 639-1
    std::vector<std::string> countries;  // where it is given; WORLD
    bool free = false;
    std::optional<Money> price;
    std::optional<PriceUnit> price_per;
    std::optional<std::int64_t> duration_days;
    std::int64_t capacity = 1; // requests at once
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Service*);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::ServiceKind> {
    static constexpr std::string_view name = "service_kind";
    static constexpr std::string_view values[] = {
        "consulting", "patent", "assessment", "pilot_base", "incubation", "training", "talent", "policy", "legal", "finance"};
};
template <> struct Choices<services::PriceUnit> {
    static constexpr std::string_view name = "price_unit";
    static constexpr std::string_view values[] = {"hour", "day", "case", "person", "month"};
};
} // namespace greenbank
