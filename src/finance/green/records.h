// records.h — a green identification: which class by which standard and grade, the score card's answers, who has looked, which taxonomies know it.
#pragma once

#include "finance/engine/green_card.h"
#include "finance/products/records.h"

namespace greenbank::finance {

enum class GreenState { proposed, confirmed, refused };
/// Where emissions come from, after the options of the PCAF standard; how good the data is follows.
enum class PcafOption { verified, reported, energy, production, revenue, assets };

Record describe(const GreenAnswer*);

struct GreenDocument {
    std::string name, reference;
};
Record describe(const GreenDocument*);

/// A class of an edition that covers the same, as far as cross-walks tell.
struct GreenRecognition {
    std::string tree, edition, code;
    Text edition_title, class_name;
    std::string relation; // exact, close, broader, narrower, related; "named" of the class itself
    std::string standing; // public, unconfirmed, sample
};
Record describe(const GreenRecognition*);

struct GreenIdentification {
    static constexpr std::string_view id_prefix = "green";
    Id<GreenIdentification> id;
    Text title;
    Id<Organisation> organisation;
    Text organisation_name;
    std::optional<Id<projects::Project>> project;
    std::optional<Id<Loan>> loan;
    std::string tree = "gbepc", edition, class_code; // edition empty: the one in force that day, else the newest
    std::optional<std::string> standard;
    std::optional<std::int64_t> grade;
    Date day;
    std::vector<GreenDocument> documents;
    std::vector<GreenAnswer> answers;
    std::vector<std::string> bars; // items that bar, which hold
    std::optional<Money> equity_and_debt;
    std::optional<double> emissions_tonnes, reduction_tonnes; // a year, CO2e
    std::optional<PcafOption> pcaf_option;
    bool rule_met = true;
    std::optional<std::string> rule; // what was asked: "GB 18613 ≤ 1"
    double score = 0;
    GreenShade shade = GreenShade::none;
    std::vector<GreenRecognition> recognised; // in force on the day
    GreenState state = GreenState::proposed;
    std::optional<std::string> reason;
    std::string made_by, made_by_name, checked_by_name;
    std::optional<Time> checked_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const GreenIdentification*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::GreenShade> {
    static constexpr std::string_view name = "green_shade";
    static constexpr std::string_view values[] = {"none", "light", "medium", "dark"};
};
template <> struct Choices<finance::GreenState> {
    static constexpr std::string_view name = "green_state";
    static constexpr std::string_view values[] = {"proposed", "confirmed", "refused"};
};
template <> struct Choices<finance::PcafOption> {
    static constexpr std::string_view name = "pcaf_option";
    static constexpr std::string_view values[] = {"verified", "reported", "energy", "production", "revenue", "assets"};
};
} // namespace greenbank
