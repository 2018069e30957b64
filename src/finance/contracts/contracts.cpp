// contracts.cpp — names, numbers and movements; fixings as the desk enters them.
#include "finance/contracts/contracts.h"

#include "finance/products/running.h"
#include "projects/access.h"

namespace greenbank::finance {

std::string contract_number(std::string_view letters, const std::string& id) {
    return std::string(letters) + "-" + id.substr(id.size() - std::min<std::size_t>(8, id.size()));
}

std::string in_all_languages(const Text& text) {
    std::vector<std::string> parts;
    for (const std::string& one : {text.zh, text.en, text.ru})
        if (!one.empty()) parts.push_back(one);
    return join(parts, " / ");
}

Error not_yours(const char* code, const char* sentence) { return {Failure::forbidden, code, sentence}; }

Result<ContractMovement> move_money(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Pay& pay, const std::vector<MoneyStep>& steps) {
    const std::string& currency = pay.amount.currency;
    auto payer_name = TRY(name_of_organisation(transaction, pay.payer));
    auto payee_name = TRY(name_of_organisation(transaction, pay.payee));
    auto person_name = TRY(projects::person_name(transaction, caller));
    ContractMovement movement{.id = caller.new_id<ContractMovement>(),
        .contract = pay.contract,
        .kind = pay.kind,
        .day = date_of(caller.now),
        .payer = pay.payer,
        .payee = pay.payee,
        .payer_name = std::move(payer_name),
        .payee_name = std::move(payee_name),
        .project = pay.project,
        .amount = pay.amount,
        .interest = {pay.interest, currency},
        .principal = {pay.principal, currency},
        .fee = {pay.fee, currency},
        .transfers = {},
        .note = pay.note,
        .person_name = std::move(person_name),
        .created_at = caller.now};
    movement.transfers = TRY(post_steps(turn, caller, currency, steps));
    TRY(transaction.insert(movement));
    return movement;
}

Result<std::vector<RateFrom>> rates_of(Transaction& transaction, const std::optional<BenchmarkName>& benchmark, double rate, Date first) {
    if (!benchmark) return std::vector<RateFrom>{{first, ppm_of(rate)}};
    std::vector<RateFrom> rates;
    for (const BenchmarkFixing& one : TRY(transaction.find<BenchmarkFixing>("benchmark = $1 ORDER BY day, created_at, id", {std::string(name_of(*benchmark))})))
        rates.push_back({one.day, ppm_of(one.rate + rate)});
    if (rates.empty() || first < rates.front().from)
        return Error{Failure::conflict, "financing.no_fixing", "No {benchmark} of {day} or before is known here; the desk for finance enters it first.",
            {{"benchmark", std::string(name_of(*benchmark))}, {"day", to_text(first)}}};
    return rates;
}

namespace {

Result<Page<BenchmarkFixing>> fixing_list(Transaction& transaction, const Caller& caller, const ListOf<BenchmarkFixing>& list) {
    return list_page<BenchmarkFixing>(transaction, caller, list);
}
Result<Reply<BenchmarkFixing>> fixing_create(Transaction& transaction, const Caller& caller, const BenchmarkFixing& draft) {
    BenchmarkFixing fixing = draft;
    fixing.id = caller.new_id<BenchmarkFixing>();
    if (fixing.day > date_of(caller.now)) return invalid({{"day", "financing.fixing_future", "A rate of a day that has not come is not known."}});
    if (!TRY(transaction.query(
                 "SELECT 1 FROM benchmark_fixing WHERE benchmark = $1 AND day = $2", {std::string(name_of(fixing.benchmark)), to_text(fixing.day)}))
             .empty())
        return Error{Failure::conflict, "financing.fixing_twice", "The rate of this day is entered already; contracts refer to it."};
    fixing.created_at = caller.now;
    TRY(transaction.insert(fixing));
    return Reply<BenchmarkFixing>{.body = std::move(fixing), .status = 201};
}
Result<Page<ContractMovement>> movement_list(Transaction& transaction, const Caller& caller, const ListOf<ContractMovement>& list) {
    if (caller.actor.may(run_finance)) return list_page<ContractMovement>(transaction, caller, list);
    return list_page<ContractMovement>(transaction, caller, list, "$1 <> '' AND (payer = $1 OR payee = $1)", {caller.actor.organisation});
}

} // namespace

std::vector<Endpoint> contract_endpoints() {
    return {
        // clang-format off
        {"benchmark_fixing_list", Method::get, "/benchmark-fixings", "Published rates that contracts refer to.", Mode::read, signed_in, call(fixing_list)},
        {"benchmark_fixing_create", Method::post, "/benchmark-fixings", "Enter a published rate with its source.", Mode::write, run_finance, call(fixing_create)},
        {"contract_movement_list", Method::get, "/contract-movements", "What moved on lines, leases, guarantees and funds, to or from one's organisation.", Mode::read, signed_in, call(movement_list)},
        // clang-format on
    };
}

} // namespace greenbank::finance
