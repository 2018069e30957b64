// claims.cpp — what a cover pays follows from telemetry, from a stated measurement, or from the market's closes; the insurer decides, the ledger pays.
#include <cmath>
#include <numeric>

#include "finance/insurance/insurance.h"
#include "finance/products/money.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<InsuranceClaim>*) { return {"insurance_claim_key", "Names a claim.", {field<&ById<InsuranceClaim>::id>("id", "Its id.")}}; }
struct InsuranceClaimRequest {
    Id<InsuranceCover> cover;
    std::optional<Date> from;
    std::optional<double> measured;
    std::optional<std::string> source;
};
Record describe(const InsuranceClaimRequest*) {
    using Asked = InsuranceClaimRequest;
    return {"insurance_claim_request", "Claims on a cover.",
        {field<&Asked::cover>("cover", "Which cover."), field<&Asked::from>("from_day", "Of an indicator: the first day of the period that was short."),
            field<&Asked::measured>("measured", "What was measured in it; absent: what the cover's channel says.", {.min = 0}),
            field<&Asked::source>("source", "Who has measured, and where that is written.", {.min = 1, .max = 500})}};
}
struct InsuranceClaimRefusal {
    Id<InsuranceClaim> id;
    std::string reason;
};
Record describe(const InsuranceClaimRefusal*) {
    return {"insurance_claim_refusal", "Refuses a claim.",
        {field<&InsuranceClaimRefusal::id>("id", "Its id."),
            field<&InsuranceClaimRefusal::reason>("reason", "Why; the insured reads this.", {.min = 1, .max = 1000})}};
}

namespace {

Result<Page<InsuranceClaim>> claim_list(Transaction& transaction, const Caller& caller, const ListOf<InsuranceClaim>& list) {
    if (caller.actor.may(run_finance)) return list_page<InsuranceClaim>(transaction, caller, list);
    return list_page<InsuranceClaim>(transaction, caller, list, "$1 <> '' AND (insurer = $1 OR insured = $1)", {caller.actor.organisation});
}
Result<InsuranceClaim> claim_get(Transaction& transaction, const Caller& caller, const ById<InsuranceClaim>& key) {
    InsuranceClaim claim = TRY(transaction.get(key.id));
    const std::string& own = caller.actor.organisation;
    if (caller.actor.may(run_finance) || (!own.empty() && (own == claim.insurer.text || own == claim.insured.text))) return claim;
    return not_found(record_of<InsuranceClaim>(), key.id.text);
}

Result<Done> by_measurement(
    Transaction& transaction, energy::Archive& archive, const InsuranceCover& cover, const InsuranceClaimRequest& asked, Date today, InsuranceClaim& claim) {
    const PerformanceTerms& terms = *cover.performance;
    if (!asked.from) return invalid({{"from_day", "insurance.period", "Say on which day the period that was short began."}});
    claim.from = *asked.from;
    claim.until = Date{asked.from->days + static_cast<std::int32_t>(terms.period_days) - 1};
    if (claim.from < cover.begins_on || claim.until > cover.ends_on)
        return invalid({{"from_day", "insurance.outside", "The period lies within the days of the cover: {from} to {until}.",
            {{"from", to_text(cover.begins_on)}, {"until", to_text(cover.ends_on)}}}});
    if (claim.until > today) return invalid({{"from_day", "insurance.not_over", "The period is not over yet; claim once it is."}});
    for (const InsuranceClaim& other : TRY(transaction.find<InsuranceClaim>("cover = $1 AND state <> 'refused'", {cover.id.text})))
        if (other.from <= claim.until && claim.from <= other.until)
            return Error{Failure::conflict, "insurance.claimed", "There is a claim for these days already."};
    claim.source = asked.source.value_or("");
    claim.measured = asked.measured;
    if (!claim.measured && terms.channel) {
        claim.measured = TRY(measured_between(transaction, archive, *terms.channel, terms.unit, claim.from, claim.until));
        claim.source = "telemetry: " + terms.channel->text;
    }
    if (!claim.measured) return invalid({{"measured", "insurance.not_measured", "Say what was measured; no channel tells it."}});
    if (claim.source.empty()) return invalid({{"source", "insurance.source", "Say who has measured, and where that is written."}});
    claim.amount.minor = std::llround(payout(cover_of(cover, terms), *claim.measured));
    return Done{};
}

/// Has that day come where the tonnes are traded? East of Greenwich it comes earlier than with us.
Result<bool> has_come(Transaction& transaction, const CarbonTerms& terms, const std::string& currency, Date day) {
    return !TRY(transaction.query("SELECT 1 FROM market_day WHERE market IN (SELECT id FROM market WHERE product = $1 AND currency = $2) AND day >= $3 LIMIT 1",
                    {terms.product.text, currency, to_text(day)}))
                .empty();
}

Result<Done> by_prices(Transaction& transaction, const InsuranceCover& cover, Date today, InsuranceClaim& claim) {
    const CarbonTerms& terms = *cover.carbon;
    if (today < cover.ends_on && !TRY(has_come(transaction, terms, cover.limit.currency, cover.ends_on)))
        return Error{Failure::conflict, "insurance.not_ended", "The price counts on {day}; claim then.", {{"day", to_text(cover.ends_on)}}};
    if (!TRY(transaction.query("SELECT 1 FROM insurance_claim WHERE cover = $1 AND state <> 'refused'", {cover.id.text})).empty())
        return Error{Failure::conflict, "insurance.claimed", "There is a claim for these days already."};
    claim.from = cover.begins_on;
    claim.until = cover.ends_on;
    const bool average = terms.structure == CarbonCoverKind::average_put;
    const Date from = average ? cover.begins_on : Date{cover.ends_on.days - 366}; // a put looks at the last close there is
    const auto closes = TRY(closes_of(transaction, terms.product, cover.limit.currency, from, cover.ends_on));
    if (closes.empty()) return Error{Failure::conflict, "insurance.no_close", "The market has no close of these tonnes in those days."};
    const std::vector<double> settlements(closes.begin(), closes.end());
    claim.settlement = Money{closes.back(), cover.limit.currency};
    if (average) claim.settlement->minor = std::llround(std::accumulate(settlements.begin(), settlements.end(), 0.0) / static_cast<double>(settlements.size()));
    claim.source = average ? "market: mean of " + std::to_string(closes.size()) + " closes" : "market: last close";
    claim.amount.minor = std::llround(payout(cover_of(cover, terms), settlements));
    return Done{};
}

Result<Reply<InsuranceClaim>> claim_create(energy::Archive& archive, Transaction& transaction, const Caller& caller, const InsuranceClaimRequest& asked) {
    const InsuranceCover cover = TRY(cover_seen(transaction, caller, asked.cover));
    if (cover.insured.text != caller.actor.organisation)
        return Error{Failure::forbidden, "insurance.not_insured", "This is for the organisation that is insured."};
    if (cover.state != CoverState::active) return Error{Failure::conflict, "insurance.not_active", "This cover is not in force; take it first."};
    auto made_by_name = TRY(projects::person_name(transaction, caller));
    InsuranceClaim claim{.id = caller.new_id<InsuranceClaim>(),
        .cover = cover.id,
        .insurer = cover.insurer,
        .insured = cover.insured,
        .from = {},
        .until = {},
        .measured = {},
        .settlement = {},
        .amount = {0, cover.limit.currency},
        .source = "",
        .made_by = caller.actor.person,
        .made_by_name = std::move(made_by_name),
        .checked_by_name = "",
        .created_at = caller.now,
        .updated_at = caller.now};
    const Date today = date_of(caller.now);
    if (cover.kind == CoverKind::performance) TRY(by_measurement(transaction, archive, cover, asked, today, claim));
    else TRY(by_prices(transaction, cover, today, claim));
    if (claim.amount.minor <= 0) return Error{Failure::conflict, "insurance.nothing_due", "By its terms the cover pays nothing for this."};
    TRY(transaction.insert(claim));
    return Reply<InsuranceClaim>{.body = std::move(claim), .status = 201};
}

Result<InsuranceClaim> claim_to_decide(Transaction& transaction, const Caller& caller, const Id<InsuranceClaim>& id) {
    InsuranceClaim claim = TRY(claim_get(transaction, caller, {id}));
    if (claim.insurer.text != caller.actor.organisation)
        return Error{Failure::forbidden, "insurance.not_insurer", "This is for the organisation that insures."};
    TRY(check_expected(caller, claim));
    if (claim.state != ClaimState::waiting) return Error{Failure::conflict, "finance.claim_decided", "This claim is decided; load it again."};
    claim.checked_by_name = TRY(projects::person_name(transaction, caller));
    claim.checked_at = claim.updated_at = caller.now;
    return claim;
}

Result<InsuranceClaim> claim_approve(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<InsuranceClaim>& key) {
    InsuranceClaim claim = TRY(claim_to_decide(transaction, caller, key.id));
    InsuranceCover cover = TRY(transaction.get(claim.cover));
    claim.amount.minor = std::min(claim.amount.minor, cover.limit.minor - cover.paid.minor); // others may have been paid since
    if (claim.amount.minor <= 0)
        return Error{Failure::conflict, "insurance.limit_spent", "The limit of this cover is spent; refuse the claim with that reason."};
    claim.state = ClaimState::paid;
    const auto insurer = TRY(deposit_of(transaction, claim.insurer, claim.amount.currency)),
               insured = TRY(deposit_of(transaction, claim.insured, claim.amount.currency));
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        claim.transfer = TRY(post_steps(turn, caller, claim.amount.currency, {{insurer, insured, claim.amount.minor, cover.number + " · claim"}})).front();
    }
    cover.paid.minor += claim.amount.minor;
    cover.updated_at = caller.now;
    TRY(transaction.update(cover));
    TRY(transaction.update(claim));
    return claim;
}

Result<InsuranceClaim> claim_refuse(Transaction& transaction, const Caller& caller, const InsuranceClaimRefusal& refusal) {
    InsuranceClaim claim = TRY(claim_to_decide(transaction, caller, refusal.id));
    claim.state = ClaimState::refused;
    claim.reason = refusal.reason;
    TRY(transaction.update(claim));
    return claim;
}

} // namespace

std::vector<Endpoint> insurance_claim_endpoints(ledger::Book& book, energy::Archive& archive) {
    return {
        // clang-format off
        {"insurance_claim_list", Method::get, "/insurance-claims", "Claims by one's organisation, and on it.", Mode::read, signed_in, call(claim_list)},
        {"insurance_claim_get", Method::get, "/insurance-claims/{id}", "One claim.", Mode::read, signed_in, call(claim_get)},
        {"insurance_claim_create", Method::post, "/insurance-claims", "Claim on a cover: what it pays is computed.", Mode::write, sign_finance, call(archive, claim_create)},
        {"insurance_claim_approve", Method::post, "/insurance-claims/{id}/approve", "Pay a claim by the ledger.", Mode::write, sign_finance, call(book, claim_approve)},
        {"insurance_claim_refuse", Method::post, "/insurance-claims/{id}/refuse", "Refuse a claim with a reason.", Mode::write, sign_finance, call(claim_refuse)},
        // clang-format on
    };
}

} // namespace greenbank::finance
