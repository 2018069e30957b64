// records.h — carbon labels of products, and the classes that they are compared in.
#pragma once

#include "carbon/engine/label_states.h"
#include "carbon/products/records.h"

namespace greenbank::carbon {

struct GradeLimit {
    std::string grade;
    double ratio_max = 1;
};
/// A class of products with the value that others are held against.
struct LabelClass {
    static constexpr std::string_view id_prefix = "labelclass";
    Id<LabelClass> id;
    std::string code;
    Text title;
    double value = 1; // kgCO2e per unit
    std::string unit = "kg";
    std::vector<GradeLimit> grades; // best first
    FactorStatus status = FactorStatus::sample;
    std::string source;
    bool sample = false;
    std::int64_t version = 1;
};

struct CarbonLabel {
    static constexpr std::string_view id_prefix = "label";
    Id<CarbonLabel> id;
    std::optional<std::string> number;
    Id<Organisation> owner;
    Id<ProductSystem> system;
    Id<Footprint> footprint;
    Text title;
    std::string product_class;
    double amount = 1;
    std::string unit;
    Boundary boundary = Boundary::cradle_to_gate;
    double value = 0; // kgCO2e for the functional unit
    std::optional<double> low, high;
    std::vector<NamedAmount> by_stage;
    GwpEdition gwp = GwpEdition::ar6;
    std::optional<double> quality;
    double primary_share = 0;
    bool cut_off_kept = true;
    std::optional<double> class_value; // for the same amount
    std::optional<std::string> grade;
    std::optional<FactorStatus> class_status;
    Id<Organisation> reviewer, verifier;
    std::string submitted_by, reviewed_by; // people, for four eyes
    LabelState state = LabelState::draft;
    std::optional<Date> issued_on, valid_until;
    std::optional<std::string> statement, proof; // SHA-256 of what the log holds; the end of its link
    std::optional<Id<CarbonLabel>> replaces;
    std::optional<std::string> reason; // of the withdrawal
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};

Record describe(const GradeLimit*);
Record describe(const LabelClass*);
Record describe(const CarbonLabel*);

/// What the log keeps of a published label: JSON, the same bytes whenever it is made.
std::string statement_of(const CarbonLabel& label, const std::string& footprint_digest);

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::LabelState> {
    static constexpr std::string_view name = "label_state";
    static constexpr std::string_view values[] = {"draft", "submitted", "reviewed", "verified", "published", "withdrawn"};
};
template <> struct Choices<carbon::LabelAction> {
    static constexpr std::string_view name = "label_action";
    static constexpr std::string_view values[] = {"submit", "review", "verify", "give_back", "publish", "withdraw"};
};
} // namespace greenbank
