// given_up.cpp — plans whose job ended without computing them (cancelled while it waited, or begun too often) wait no longer.
#include <fmt/format.h>

#include "api/jobs.h"
#include "planning/studies/operations.h"

namespace greenbank::planning {

namespace {

constexpr std::string_view given_up = "state = 'queued' AND job IN (SELECT id FROM job WHERE state IN ('cancelled', 'failed'))";

template <class T> Result<Done> end_waiting(Transaction& transaction, Time now) {
    for (T& one : TRY(transaction.find<T>(std::string(given_up) + " ORDER BY id LIMIT 100"))) {
        one.state = PlanState::failed;
        one.updated_at = now;
        TRY(transaction.update(one));
    }
    return Done{};
}

Result<Done> end_waiting_ones(Store& store, Time now, std::uint64_t) {
    bool any = false;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        for (const std::string_view table : {"energy_plan", "plan_exploration"})
            any = any || !TRY(transaction.query(fmt::format("SELECT id FROM {} WHERE {} LIMIT 1", table, given_up))).empty();
        return Done{};
    }));
    if (!any) return Done{};
    return store.write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false; // that the job was cancelled is in the audit trail
        TRY(end_waiting<EnergyPlan>(transaction, now));
        return end_waiting<PlanExploration>(transaction, now);
    });
}

} // namespace

Routine given_up_routine() { return {"plans_given_up", end_waiting_ones}; }

} // namespace greenbank::planning
