// alliance.cpp — islands that compare themselves in public: their last balance, and whether a certificate of this bank holds. And the sample's certificates.
#include "cities/certificates/certificates.h"
#include "cities/territories/territories.h"
#include "cities/zero_plans/zero_plans.h"
#include "library/assessment/steps.h"
#include "parties/log/transparency_log.h"

namespace greenbank::cities {

struct AllianceRow {
    Territory territory;
    std::optional<BalanceSummary> balance;
    std::optional<std::string> source; // of a balance that others published
    std::optional<Id<IslandCertificate>> certificate;
    std::optional<std::string> number;
    std::optional<Date> valid_until;
    std::optional<ZeroSummary> plan;
};
Record describe(const AllianceRow*) {
    using R = AllianceRow;
    return {"alliance_row", "An island of the alliance.",
        {field<&R::territory>("territory", "The island."), field<&R::balance>("balance", "Its last final inventory."),
            field<&R::source>("source", "Where that was published."), field<&R::certificate>("certificate", "Its certificate that holds today."),
            field<&R::number>("number", "Its number."), field<&R::valid_until>("valid_until", "Its last day."),
            field<&R::plan>("plan", "Its newest plan to zero.")}};
}
struct Alliance {
    std::vector<AllianceRow> islands;
    std::int64_t net_kg = 0, certified = 0;
};
Record describe(const Alliance*) {
    return {"island_alliance", "The alliance of zero-carbon islands.",
        {field<&Alliance::islands>("islands", "Its islands.", {.max = 500}), field<&Alliance::net_kg>("net_kg", "Their balances together.", {.unit = "kgCO2e"}),
            field<&Alliance::certified>("certified", "How many have a certificate that holds.")}};
}

namespace {

constexpr std::int64_t newest_only = 1'000'000;

Result<Alliance> alliance_get(Transaction& transaction, const Caller& caller) {
    Alliance alliance;
    for (Territory& territory : TRY(transaction.find<Territory>("alliance = true AND kind = 'island' AND state = 'published' ORDER BY id LIMIT 500"))) {
        AllianceRow row{.territory = std::move(territory)};
        const auto plan = TRY(newest_zero_plan(transaction, row.territory.id));
        const auto years = TRY(final_years(transaction, row.territory.id, plan ? plan->base_year : newest_only));
        if (!years.empty()) {
            row.balance = years.front().summary;
            row.source = years.front().inventory.source;
            alliance.net_kg += row.balance->net_kg.value_or(0);
        }
        if (plan) row.plan = TRY(zero_summary_of(transaction, *plan, years));
        if (const auto one = TRY(certificate_on(transaction, row.territory.id, date_of(caller.now)))) {
            row.certificate = one->id;
            row.number = one->number;
            row.valid_until = one->valid_until;
            ++alliance.certified;
        }
        alliance.islands.push_back(std::move(row));
    }
    return alliance;
}

} // namespace

std::vector<Endpoint> alliance_endpoints() {
    return {{"island_alliance_get", Method::get, "/island-alliance", "Islands that compare their balances in public.", Mode::read, open_to_all,
        call(alliance_get)}};
}

/// Certificates of the sample take their figures from their inventories; those that are issued are stated in the log as anybody's, once.
SampleStep sample_certificates(const parties::TransparencyLog& log) {
    const auto load = [&log](Transaction& transaction, const SampleFiles&, Time now) -> Result<std::int64_t> {
        for (IslandCertificate& one :
            TRY(transaction.find<IslandCertificate>("sample = true AND proof IS NULL AND state IN ('issued', 'verified') ORDER BY id"))) {
            if (!one.outcomes.empty()) continue;
            TRY(take_plan(transaction, one));
            TRY(take_figures(transaction, one, date_of(now)));
            if (one.state == CertificateState::issued) TRY(issue(transaction, log, one, now, one.number.value_or("ZCI-SAMPLE")));
            TRY(transaction.update(one));
        }
        return std::int64_t{0}; // the set has counted them
    };
    return {load, [](Transaction&, const SampleFiles&, Time) -> Result<std::int64_t> { return std::int64_t{0}; }};
}

} // namespace greenbank::cities
