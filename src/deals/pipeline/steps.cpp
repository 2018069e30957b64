// steps.cpp — entering stages.
#include "deals/pipeline/steps.h"

#include "api/nobody.h"

namespace greenbank::deals {

namespace {

Result<std::optional<DealStep>> last_step(Transaction& transaction, const std::string& trail) {
    return transaction.find_one<DealStep>("trail = $1 ORDER BY at DESC, id DESC LIMIT 1", {trail});
}

} // namespace

Result<Done> enter_stage(Transaction& transaction, const Caller& caller, const std::string& trail, DealStage stage) {
    const auto last = TRY(last_step(transaction, trail));
    if (last && last->stage == stage && !last->lost) return Done{};
    return transaction.insert(DealStep{.id = caller.new_id<DealStep>(), .trail = trail, .stage = stage, .at = caller.now});
}

Result<Done> lose(Transaction& transaction, const Caller& caller, const std::string& trail) {
    const auto last = TRY(last_step(transaction, trail));
    if (!last || last->lost) return Done{};
    return transaction.insert(DealStep{.id = caller.new_id<DealStep>(), .trail = trail, .stage = last->stage, .lost = true, .at = caller.now});
}

Result<Done> advance(Transaction& transaction, const Caller& caller, Deal deal, DealStage stage) {
    if (deal.outcome != DealOutcome::open || deal.stage == stage) return Done{};
    deal.stage = stage;
    deal.since = deal.updated_at = caller.now;
    if (stage == DealStage::completed) deal.outcome = DealOutcome::won;
    TRY(transaction.update(deal));
    return enter_stage(transaction, caller, deal.trail, stage);
}

Result<Done> note_disclosures(Store& store, Time now, std::uint64_t seed) {
    constexpr const char* signed_between =
        "outcome = 'open' AND stage = 'contact' AND EXISTS (SELECT 1 FROM disclosure_agreement a WHERE a.state = 'signed' AND "
        "((a.owner = deal.owner AND a.recipient = deal.seeker) OR (a.owner = deal.seeker AND a.recipient = deal.owner))) LIMIT 50";
    std::vector<Deal> due;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        due = TRY(transaction.find<Deal>(signed_between));
        return Done{};
    }));
    if (due.empty()) return Done{};
    const Caller caller = nobody(now, seed);
    return store.write([&](Transaction& transaction) -> Result<Done> {
        for (Deal& deal : TRY(transaction.find<Deal>(signed_between))) TRY(advance(transaction, caller, std::move(deal), DealStage::disclosure));
        return Done{};
    });
}

} // namespace greenbank::deals
