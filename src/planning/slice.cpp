// slice.cpp — what planning brings to the bank.
#include "api/migrations.h"
#include "planning/plan_files.h"
#include "planning/planning.h"
#include "planning/sharing/operations.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile planning_migrations[];
extern const std::size_t planning_migrations_count;
} // namespace embedded

namespace planning {

Slice slice(ledger::Book& book, energy::Archive& archive, const library::PublicAddress& address, const parties::TransparencyLog& log) {
    Slice slice{
        .name = "planning",
        .migrations = migrations_of("planning", embedded::planning_migrations, embedded::planning_migrations_count),
        .records = {&record_of<Study>(), &record_of<StudyColumn>(), &record_of<EnergyPlan>(), &record_of<PlanColumn>(), &record_of<PlanExploration>(),
            &record_of<CrossBorderStudy>(), &record_of<ZoneMember>(), &record_of<ZoneRelease>(), &record_of<EnergyObligation>()},
        .rights =
            {
                {write_plans, "Enter studies of one's own organisation and have them planned.", {"editor", "manager", "officer", "administrator"}},
                {sign_obligations, "Accept and pay what an emergency made one's organisation owe.", {"manager", "officer", "administrator"}},
                {help_plans, "See and help with studies and plans of every organisation.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {plan_job(), exploration_job(), cross_border_job()},
        .commands = {island_command(), dispatch_command(), network_command(), sharing_command()},
        .checks = {obligations_check()},
        .samples = {sample_set<Study>("planning/studies"), sample_set<EnergyPlan>("planning/plans"), sample_set<CrossBorderStudy>("planning/cross_border"),
            sample_set<ZoneMember>("planning/zone_members")},
        .sample_steps = {sample_plans(), sample_cross_border()},
    };
    for (const auto& endpoints : {study_endpoints(), plan_endpoints(), plan_paper_endpoints(address, log), plan_order_endpoints(archive),
             exploration_endpoints(), cross_border_endpoints(), zone_endpoints(), obligation_endpoints(book)})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace planning
} // namespace greenbank
