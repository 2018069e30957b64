// sample.cpp — reports of the sample's periods are computed as anybody's, and what was verified goes into the log.
#include "carbon/reductions/sample.h"

#include "carbon/reductions/reductions.h"

namespace greenbank::carbon {

SampleStep sample_reductions(const parties::TransparencyLog& log) {
    const auto load = [&log](Transaction& transaction, const SampleFiles&, Time now) -> Result<std::int64_t> {
        std::int64_t loaded = 0;
        for (MonitoringPeriod& period : TRY(transaction.find<MonitoringPeriod>("sample = true AND state = 'accepted' AND verified IS NULL ORDER BY id"))) {
            const ReductionProject project = TRY(transaction.get(period.reduction));
            period.report = TRY(report_of(transaction, project, period));
            const Time verified_at = period.steps.empty() ? now : period.steps.back().at;
            const std::string name = period.id.text.substr(std::string(MonitoringPeriod::id_prefix).size() + 1);
            TRY(keep_verified(transaction, log, project, period, Id<VerifiedReduction>("verified_" + name), Language::en, verified_at));
            TRY(transaction.update(period));
            ++loaded;
        }
        return loaded;
    };
    return {load, [](Transaction&, const SampleFiles&, Time) -> Result<std::int64_t> { return std::int64_t{0}; }};
}

} // namespace greenbank::carbon
