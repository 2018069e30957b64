// offers.cpp — making, declining and accepting offers; an accepted one becomes a loan.
#include <cmath>

#include <fmt/format.h>

#include "finance/brokerage/brokerage.h"
#include "finance/contracts/contracts.h"
#include "finance/engine/loan_arithmetic.h"
#include "finance/products/pools.h"

namespace greenbank::finance {

Record describe(const ById<FinancingOffer>*) { return {"financing_offer_key", "Names an offer.", {field<&ById<FinancingOffer>::id>("id", "Its id.")}}; }

struct OfferRefusal {
    Id<FinancingOffer> id;
    std::string reason;
};
Record describe(const OfferRefusal*) {
    return {"financing_offer_refusal", "Declines an offer.",
        {field<&OfferRefusal::id>("id", "Its id."), field<&OfferRefusal::reason>("reason", "Why; who made it reads this.", {.min = 1, .max = 1000})}};
}

namespace {

/// Interest by the day between the days that were agreed.
bool pay_as_agreed(const FinancingOffer& offer, Date day, LoanTerms& terms, std::vector<LoanRow>& rows) {
    std::vector<LoanPeriod> periods;
    Date from = day;
    for (const PlannedPrincipal& one : offer.custom_schedule) {
        if (one.due <= from) return false;
        const double years = static_cast<double>(one.due.days - from.days) / 365;
        double rate = terms.rate;
        for (const AgreedRate& step : offer.rate_steps)
            if (static_cast<std::size_t>(step.after_payments) <= periods.size()) rate = step.rate / 100;
        periods.push_back({from, one.due, one.due, years, {{years, rate}}});
        terms.custom.push_back({one.due, static_cast<double>(one.amount.minor)});
        from = one.due;
    }
    return !periods.empty() && repay(terms, periods, rows).flaw == PricingFlaw::none;
}

} // namespace

std::optional<double> all_in_rate(const FinancingOffer& offer, Date day, double base) {
    static const Pricing pricing;
    const Date start = day;
    LoanTerms terms{.dates = {.start = start, .end = months_after(start, offer.months), .frequency = static_cast<int>(offer.frequency)},
        .principal = static_cast<double>(offer.amount.minor),
        .rate = (base + offer.rate) / 100,
        .repayment = offer.repayment,
        .grace_periods = static_cast<int>(offer.grace_periods),
        .decimals = 0};
    std::vector<LoanRow> rows;
    if (offer.repayment == Repayment::custom ? !pay_as_agreed(offer, day, terms, rows) : pricing.schedule(terms, rows).flaw != PricingFlaw::none) return {};
    if (offer.repayment != Repayment::custom && !offer.rate_steps.empty()) {
        for (const AgreedRate& step : offer.rate_steps)
            if (step.after_payments < static_cast<std::int64_t>(rows.size()))
                terms.steps.push_back({rows[static_cast<std::size_t>(step.after_payments - 1)].to, step.rate / 100});
        if (pricing.schedule(terms, rows).flaw != PricingFlaw::none) return {};
    }
    std::vector<Date> days = {start};
    std::vector<double> amounts = {static_cast<double>(offer.amount.minor - offer.fee.minor)};
    for (const LoanRow& row : rows) {
        days.push_back(row.to);
        amounts.push_back(-row.payment);
    }
    const auto rate = effective_rate(days, amounts);
    return rate ? std::optional(std::round(*rate * 1e8) / 1e6) : std::nullopt;
}

namespace {

Result<FinancingOffer> offer_seen(Transaction& transaction, const Caller& caller, const Id<FinancingOffer>& id) {
    FinancingOffer offer = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (caller.actor.may(run_finance) || (!own.empty() && (own == offer.organisation.text || own == offer.applicant.text))) return offer;
    return not_found(record_of<FinancingOffer>(), id.text);
}

Error closed_error() { return {Failure::conflict, "finance.offer_closed", "This offer is no longer open."}; }

bool is_open(const FinancingOffer& offer) { return offer.state == OfferState::queued || offer.state == OfferState::talking; }

Result<FinancingOffer> offer_to_answer(Transaction& transaction, const Caller& caller, const Id<FinancingOffer>& id) {
    FinancingOffer offer = TRY(offer_seen(transaction, caller, id));
    if (offer.applicant.text != caller.actor.organisation) return Error{Failure::forbidden, "finance.not_asker", "This is for the organisation that asked."};
    TRY(check_expected(caller, offer));
    if (!is_open(offer)) return closed_error();
    return offer;
}

Result<Page<FinancingOffer>> financing_offer_list(Transaction& transaction, const Caller& caller, const ListOf<FinancingOffer>& list) {
    if (caller.actor.may(run_finance)) return list_page<FinancingOffer>(transaction, caller, list);
    return list_page<FinancingOffer>(transaction, caller, list, "$1 <> '' AND (organisation = $1 OR applicant = $1)", {caller.actor.organisation});
}

Result<FinancingOffer> financing_offer_get(Transaction& transaction, const Caller& caller, const ById<FinancingOffer>& key) {
    return offer_seen(transaction, caller, key.id);
}

Result<Reply<FinancingOffer>> financing_offer_create(Transaction& transaction, const Caller& caller, const FinancingOffer& draft) {
    const FinancingRequest request = TRY(request_seen(transaction, caller, draft.request));
    FinancingOffer offer = draft;
    offer.id = caller.new_id<FinancingOffer>();
    offer.organisation = TRY(acting_organisation(caller));
    if (request.state != RequestState::open) return Error{Failure::conflict, "finance.request_closed", "This request is no longer open."};
    if (request.organisation == offer.organisation) return Error{Failure::conflict, "finance.own_request", "Nobody lends to itself."};
    if (offer.amount.currency != request.amount.currency)
        return invalid({{"amount", "finance.request_currency", "The request is in {currency}.", {{"currency", request.amount.currency}}}});
    if (offer.pool && !TRY(transaction.find_one<RiskPool>("id = $1", {offer.pool->text})))
        return invalid({{"pool", "finance.no_pool", "The bank has no such pool."}});
    for (const FinancingOffer& other : TRY(transaction.find<FinancingOffer>("request = $1 AND organisation = $2", {request.id.text, offer.organisation.text})))
        if (is_open(other)) return Error{Failure::conflict, "finance.offered", "Your organisation has an open offer here; withdraw it first."};
    offer.fee.currency = offer.amount.currency;
    offer.organisation_name = TRY(name_of_organisation(transaction, offer.organisation));
    offer.applicant = request.organisation;
    const Date today = date_of(caller.now);
    const auto fixings = offer.benchmark ? TRY(rates_of(transaction, offer.benchmark, 0, today)) : std::vector<RateFrom>();
    if (offer.repayment == Repayment::custom) {
        Problems problems; // what does not hang on the day was checked when it was read
        check_schedule(offer.custom_schedule, offer.amount, today, problems);
        if (!problems.empty()) return invalid(problems);
        for (offer.months = 1; months_after(today, offer.months) < offer.custom_schedule.back().due;) ++offer.months;
    }
    offer.all_in_rate = all_in_rate(offer, today, static_cast<double>(rate_on(fixings, today)) / 10'000);
    offer.created_at = offer.updated_at = caller.now;
    TRY(transaction.insert(offer));
    TRY(let_talk(transaction, caller, request.id));
    return Reply<FinancingOffer>{.body = TRY(transaction.get(offer.id)), .status = 201};
}

Result<FinancingOffer> financing_offer_withdraw(Transaction& transaction, const Caller& caller, const ById<FinancingOffer>& key) {
    FinancingOffer offer = TRY(offer_seen(transaction, caller, key.id));
    if (offer.organisation.text != caller.actor.organisation)
        return Error{Failure::forbidden, "finance.not_lender", "This is for the organisation that lends."};
    TRY(check_expected(caller, offer));
    if (!is_open(offer)) return closed_error();
    offer.state = OfferState::withdrawn;
    offer.updated_at = caller.now;
    TRY(transaction.update(offer));
    TRY(let_talk(transaction, caller, offer.request));
    return offer;
}

Result<FinancingOffer> financing_offer_decline(Transaction& transaction, const Caller& caller, const OfferRefusal& refusal) {
    FinancingOffer offer = TRY(offer_to_answer(transaction, caller, refusal.id));
    offer.state = OfferState::declined;
    offer.reason = refusal.reason;
    offer.updated_at = caller.now;
    TRY(transaction.update(offer));
    TRY(let_talk(transaction, caller, offer.request));
    return offer;
}

Loan loan_of(const FinancingOffer& offer, const FinancingRequest& request, double base, const Caller& caller) {
    Loan loan{.id = caller.new_id<Loan>(),
        .request = request.id,
        .project = request.project,
        .lender = offer.organisation,
        .borrower = offer.applicant,
        .lender_name = offer.organisation_name,
        .borrower_name = request.organisation_name,
        .amount = offer.amount};
    loan.number = "L-" + loan.id.text.substr(loan.id.text.size() - std::min<std::size_t>(8, loan.id.text.size()));
    const std::string& currency = offer.amount.currency;
    loan.drawn = loan.principal = loan.late = loan.provision = {0, currency};
    loan.fee = offer.fee;
    loan.benchmark = offer.benchmark;
    loan.rate = offer.rate;
    loan.penalty = (base + offer.rate) / 2; // a half more on what is late
    loan.custom_schedule = offer.custom_schedule;
    loan.months = offer.months;
    loan.frequency = offer.frequency;
    loan.grace_periods = offer.grace_periods;
    loan.repayment = offer.repayment;
    loan.margin_steps = offer.margin_steps;
    loan.rate_steps = offer.rate_steps;
    loan.pool = offer.pool;
    loan.created_at = loan.updated_at = caller.now;
    return loan;
}

Result<Reply<Loan>> financing_offer_accept(Transaction& transaction, const Caller& caller, const ById<FinancingOffer>& key) {
    FinancingOffer offer = TRY(offer_to_answer(transaction, caller, key.id));
    if (offer.state != OfferState::talking)
        return Error{Failure::conflict, "finance.offer_queued", "This offer waits its turn; decline one that is talked about first."};
    FinancingRequest request = TRY(transaction.get(offer.request));
    if (request.state != RequestState::open) return Error{Failure::conflict, "finance.request_closed", "This request is no longer open."};
    const Date today = date_of(caller.now);
    const auto fixings = offer.benchmark ? TRY(rates_of(transaction, offer.benchmark, 0, today)) : std::vector<RateFrom>();
    if (offer.repayment == Repayment::custom && offer.custom_schedule.front().due <= today)
        return Error{Failure::conflict, "finance.schedule_passed", "The first due day of this offer has passed; ask for a new one."};
    const Loan loan = loan_of(offer, request, static_cast<double>(rate_on(fixings, today)) / 10'000, caller);
    if (loan.pool) TRY(cover_loan(transaction, caller, *loan.pool, loan.amount));
    for (FinancingOffer& other : TRY(transaction.find<FinancingOffer>("request = $1 AND state IN ('queued', 'talking')", {request.id.text}))) {
        const bool chosen = other.id == offer.id;
        other.state = chosen ? OfferState::accepted : OfferState::declined;
        if (!chosen) other.reason = "已接受另一报价。/ Another offer was accepted. / Принято другое предложение."; // read in three languages
        other.updated_at = caller.now;
        TRY(transaction.update(other));
    }
    request.state = RequestState::chosen;
    request.loan = loan.id;
    request.updated_at = caller.now;
    TRY(transaction.update(request));
    TRY(transaction.insert(loan));
    return Reply<Loan>{.body = loan, .status = 201};
}

} // namespace

std::vector<Endpoint> offer_endpoints() {
    return {
        // clang-format off
        {"financing_offer_list", Method::get, "/financing-offers", "Offers by one's organisation, and to it.", Mode::read, signed_in, call(financing_offer_list)},
        {"financing_offer_get", Method::get, "/financing-offers/{id}", "One offer.", Mode::read, signed_in, call(financing_offer_get)},
        {"financing_offer_create", Method::post, "/financing-offers", "Offer money for a request; the first three may talk, the others wait.", Mode::write, write_finance, call(financing_offer_create)},
        {"financing_offer_withdraw", Method::post, "/financing-offers/{id}/withdraw", "Withdraw an offer of one's own organisation.", Mode::write, write_finance, call(financing_offer_withdraw)},
        {"financing_offer_decline", Method::post, "/financing-offers/{id}/decline", "Decline an offer with a reason; who waits longest talks next.", Mode::write, sign_finance, call(financing_offer_decline)},
        {"financing_offer_accept", Method::post, "/financing-offers/{id}/accept", "Accept an offer: it becomes a loan, the others are declined.", Mode::write, sign_finance, call(financing_offer_accept)},
        // clang-format on
    };
}

} // namespace greenbank::finance
