// admission.h — a technology's way into a catalogue edition: declare → first review → recommend → expert selection →
// publish → renew or withdraw, with return for correction and rejection. Pure: people, days and counts are arguments.
// The order is that of the 2024 call for the Green Technology Promotion Catalogue (National Development and Reform Commission):
// self-declaration, first review, recommendation, experts, publication.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"
#include "kernel/time.h"

namespace greenbank::library {

enum class AdmissionState { declared, returned, reviewed, recommended, selected, published, rejected, withdrawn };
enum class AdmissionAction { declare, give_back, correct, review, recommend, select, reject, publish, renew, withdraw };
/// Whose action it is: the holder's side asks, the bank's side decides; either may withdraw.
enum class AdmissionPart { holder, bank, either };

struct AdmissionTransition {
    std::optional<AdmissionState> from; // nothing: before there is an admission
    AdmissionAction action;
    AdmissionState to;
    AdmissionPart part;
};
std::span<const AdmissionTransition> admission_transitions();
/// The actions that may follow, in the order of the table.
std::vector<AdmissionAction> admission_actions(std::optional<AdmissionState> from);
/// Nothing more may happen.
bool is_final(AdmissionState state);
/// Whose turn it is: nothing where nobody's (published, rejected, withdrawn).
std::optional<AdmissionPart> admission_next(AdmissionState state);

/// What was done before, oldest first.
struct AdmissionPast {
    AdmissionAction action;
    std::string person;
};

/// Who acts now.
struct AdmissionPerson {
    std::string person;
    bool for_holder = false; // acts for the organisation that holds the technology
    bool in_holder = false;  // is a member of it at all
    bool may_decide = false; // has the bank's right to decide
};

/// May this person take this step? The bank may also declare and correct for a holder. Four eyes: nobody of the holder
/// decides; who declared or corrected does not review; who reviewed does not recommend; who selected does not publish; who
/// declared, published or renewed last does not renew.
Result<AdmissionState> admission_step(
    std::optional<AdmissionState> from, AdmissionAction action, const AdmissionPerson& person, std::span<const AdmissionPast> past, bool commented);

enum class AdmissionClass { demonstration, promotion };
/// What a class asks for and gives: data, with its source.
struct AdmissionRule {
    AdmissionClass class_ = AdmissionClass::demonstration;
    std::int64_t cases_min = 0;
    std::int64_t running_years_min = 0; // of each of those cases, on the day of declaration
    std::int64_t validity_years = 0;
};
/// Since when a case runs: a day, or only a year, which counts from its last day.
struct RunningCase {
    std::optional<Date> since;
    std::int64_t year = 0;
};
/// How many cases have run long enough on that day.
std::int64_t cases_running(std::span<const RunningCase> cases, std::int64_t years, Date on);
/// Failure::conflict "admission.cases" where the class asks for more.
Result<Done> check_class(const AdmissionRule& rule, std::span<const RunningCase> cases, Date on);

/// The same day so many years on; 29 February becomes 28 February where there is none.
Date years_after(Date date, std::int64_t years);
/// The last day of validity of what is published or renewed on `on`: an early renewal loses nothing, a late one gains nothing.
Date valid_until(const AdmissionRule& rule, Date on, std::optional<Date> until_now);
/// A renewal is taken from one year before the end; Failure::conflict "admission.too_early".
Result<Done> check_renewal(Date on, Date until_now);

/// What the experts said, where they were asked.
struct PanelOutcome {
    bool closed = false;
    bool quorate = false;
    double mean = 0, minimum = 0; // both on the scale of the scoring system
};
/// Selecting needs a closed, quorate panel that reached the minimum, unless the edition decides in a meeting.
Result<Done> check_selection(bool panel_needed, const std::optional<PanelOutcome>& panel);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::AdmissionState> {
    static constexpr std::string_view name = "admission_state";
    static constexpr std::string_view values[] = {"declared", "returned", "reviewed", "recommended", "selected", "published", "rejected", "withdrawn"};
};
template <> struct Choices<library::AdmissionAction> {
    static constexpr std::string_view name = "admission_action";
    static constexpr std::string_view values[] = {"declare", "return", "correct", "review", "recommend", "select", "reject", "publish", "renew", "withdraw"};
};
template <> struct Choices<library::AdmissionPart> {
    static constexpr std::string_view name = "admission_part";
    static constexpr std::string_view values[] = {"holder", "bank", "either"};
};
template <> struct Choices<library::AdmissionClass> {
    static constexpr std::string_view name = "admission_class";
    static constexpr std::string_view values[] = {"demonstration", "promotion"};
};
} // namespace greenbank
