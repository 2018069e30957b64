// triage.h — which requests for help come first, after the criteria of the UN's Climate Technology Centre and Network: eligible or
// not, points of priority, balance over regions, fields and kinds. Pure; the words and the reasons stand in the records.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/time.h"

namespace greenbank::services {

enum class Eligibility { open, eligible, not_eligible };
/// Answers of the desk to all criteria, none where one is not answered yet. One "no" decides; all must be "yes".
Eligibility judge_eligibility(std::span<const std::optional<bool>> answers);

/// How far a request meets a criterion of priority.
enum class Grade { no, partly, fully };
/// What the balance looks at: nobody, no field and no kind of help takes all.
enum class BalanceAxis { region, field, kind };
inline constexpr std::size_t balance_axes = 3;

struct TriageRules {
    std::vector<std::int64_t> priority_points; // of a criterion that is fully met
    std::array<std::int64_t, balance_axes> balance_points{};
    std::int64_t places = 1;              // of one round
    std::int64_t share_percent_max = 100; // of these that one region, field or kind may take
};

/// Half of the points, rounded down, where a criterion is partly met.
std::int64_t points_of(std::int64_t points, Grade grade);

using BalanceKey = std::array<std::string, balance_axes>; // region, field, kind

struct QueuedRequest {
    std::string id;
    Time submitted_at; // of two alike the earlier comes first
    Eligibility eligibility = Eligibility::open;
    std::vector<Grade> priority; // one for each criterion of the rules
    BalanceKey balance;
};

struct RankedRequest {
    std::string id;
    std::int64_t rank = 0, score_points = 0;
    std::vector<std::int64_t> priority_points;               // these and
    std::array<std::int64_t, balance_axes> balance_points{}; // these sum to the score
    bool in_round = false;
    std::optional<BalanceAxis> held_by; // out of this round because its region, field or kind has its share
};

/// Eligible requests in the order in which they are helped. One after the other is taken: the highest sum of priority and balance,
/// where the balance is worth the more the smaller the part of those taken before and of `running` that has the same region
/// (field, kind). Within a round no region, field or kind takes more than its share while others wait. The order in which requests
/// are given changes nothing; a higher grade never lowers a rank.
std::vector<RankedRequest> rank_queue(const TriageRules& rules, std::vector<QueuedRequest> queue, std::span<const BalanceKey> running);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::Eligibility> {
    static constexpr std::string_view name = "eligibility";
    static constexpr std::string_view values[] = {"open", "eligible", "not_eligible"};
};
template <> struct Choices<services::Grade> {
    static constexpr std::string_view name = "priority_grade";
    static constexpr std::string_view values[] = {"no", "partly", "fully"};
};
template <> struct Choices<services::BalanceAxis> {
    static constexpr std::string_view name = "balance_axis";
    static constexpr std::string_view values[] = {"region", "field", "kind"};
};
} // namespace greenbank
