// records.h — what is spent on living nature, needed and planned; products whose outcomes are measured by evidence.
#pragma once

#include "finance/engine/biodiversity.h"
#include "finance/products/records.h"

namespace greenbank::finance {

/// The nine kinds of expenditure of the BIOFIN workbook (recalled; status of each line says how sure its tag is).
enum class BiodiversityTag {
    access_and_benefit_sharing,
    awareness,
    biosafety,
    green_economy,
    planning,
    pollution,
    protected_areas,
    restoration,
    sustainable_use
};
enum class OutcomeState { waiting, confirmed, refused };

struct BiodiversityLine {
    static constexpr std::string_view id_prefix = "biodiversityline";
    Id<BiodiversityLine> id;
    BiodiversityPart part = BiodiversityPart::spent;
    BiodiversityTag tag = BiodiversityTag::restoration;
    Text title;
    std::string country;
    Text place;
    std::int64_t year_from = 2026, year_until = 2026;
    Money amount;                          // in each year
    double share = 100;                    // % for biodiversity
    std::optional<std::string> instrument; // of what is planned: how it is paid for
    std::string source;
    ledger::RateStatus status = ledger::RateStatus::unconfirmed;
    Id<Organisation> organisation;
    Text organisation_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const BiodiversityLine*);

/// An outcome that is promised, such as hectares restored, and what was measured of it.
struct OutcomeIndicator {
    std::string name; // "hectares_restored"
    std::string unit;
    double baseline = 0, target = 0;
};
Record describe(const OutcomeIndicator*);
struct OutcomeMeasurement {
    std::int64_t indicator = 0; // its place
    double value = 0;
    Date day;
    std::string evidence; // which paper or data set, and where it lies
    std::string made_by, made_by_name, checked_by_name;
    OutcomeState state = OutcomeState::waiting;
    std::optional<std::string> reason; // of a refusal
};
Record describe(const OutcomeMeasurement*);

struct BiodiversityProduct {
    static constexpr std::string_view id_prefix = "biodiversityproduct";
    Id<BiodiversityProduct> id;
    Text title;
    std::string contract; // the loan, bond, lease or fund behind it, by its id
    Id<projects::Project> project;
    Text project_title;
    Id<Organisation> organisation;
    Text organisation_name;
    Money amount;
    std::vector<OutcomeIndicator> indicators;
    std::vector<OutcomeMeasurement> measurements;
    Date begins_on, ends_on;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const BiodiversityProduct*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::BiodiversityPart> {
    static constexpr std::string_view name = "biodiversity_part";
    static constexpr std::string_view values[] = {"spent", "needed", "planned"};
};
template <> struct Choices<finance::BiodiversityTag> {
    static constexpr std::string_view name = "biodiversity_tag";
    static constexpr std::string_view values[] = {
        "access_and_benefit_sharing", "awareness", "biosafety", "green_economy", "planning", "pollution", "protected_areas", "restoration", "sustainable_use"};
};
template <> struct Choices<finance::OutcomeState> {
    static constexpr std::string_view name = "outcome_state";
    static constexpr std::string_view values[] = {"waiting", "confirmed", "refused"};
};
} // namespace greenbank
