// request_states.h — the life of a request for help, as a table: who may take which step from where. Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::services {

enum class RequestState { submitted, eligible, not_eligible, ranked, plan_proposed, plan_agreed, running, delivered, closed, withdrawn, refused };
enum class RequestAction {
    submit,
    correct,
    find_eligible,
    find_not_eligible,
    rank,
    propose_plan,
    agree_plan,
    return_plan,
    start,
    deliver,
    return_delivery,
    close,
    withdraw,
    refuse
};
enum class RequestPart { asker, provider, desk };

struct RequestTransition {
    std::optional<RequestState> from;
    RequestAction action;
    RequestState to;
    std::vector<RequestPart> parts; // any of these
    bool reason_needed = false;
};
std::span<const RequestTransition> request_transitions();
bool is_final(RequestState state);
/// Whose turn it is; nothing where nobody's.
std::optional<RequestPart> request_next(RequestState state);
/// States in which somebody is at work on the request or has promised to be.
bool takes_capacity(RequestState state);

struct RequestPerson {
    bool asker = false, provider = false, desk = false; // acts for that part
};
/// Failure::conflict where the step does not follow from the state (the sentence names those that do), Failure::forbidden where it is
/// not this person's, Failure::invalid where a reason is missing.
Result<RequestState> request_step(std::optional<RequestState> from, RequestAction action, const RequestPerson& person, bool has_reason);
std::vector<RequestAction> request_actions(RequestState from, const RequestPerson& person);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::RequestState> {
    static constexpr std::string_view name = "request_state";
    static constexpr std::string_view values[] = {
        "submitted", "eligible", "not_eligible", "ranked", "plan_proposed", "plan_agreed", "running", "delivered", "closed", "withdrawn", "refused"};
};
template <> struct Choices<services::RequestAction> {
    static constexpr std::string_view name = "request_action";
    static constexpr std::string_view values[] = {"submit", "correct", "find_eligible", "find_not_eligible", "rank", "propose_plan", "agree_plan",
        "return_plan", "start", "deliver", "return_delivery", "close", "withdraw", "refuse"};
};
template <> struct Choices<services::RequestPart> {
    static constexpr std::string_view name = "request_part";
    static constexpr std::string_view values[] = {"asker", "provider", "desk"};
};
} // namespace greenbank
