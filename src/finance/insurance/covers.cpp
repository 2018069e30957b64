// covers.cpp — offering a cover, taking it by paying its premium, and asking what one should cost.
#include "finance/insurance/insurance.h"
#include "finance/products/money.h"

namespace greenbank::finance {

Record describe(const ById<InsuranceCover>*) { return {"insurance_cover_key", "Names a cover.", {field<&ById<InsuranceCover>::id>("id", "Its id.")}}; }

Result<InsuranceCover> cover_seen(Transaction& transaction, const Caller& caller, const Id<InsuranceCover>& id) {
    InsuranceCover cover = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (caller.actor.may(run_finance) || (!own.empty() && (own == cover.insurer.text || own == cover.insured.text))) return cover;
    return not_found(record_of<InsuranceCover>(), id.text);
}

namespace {

Result<Page<InsuranceCover>> cover_list(Transaction& transaction, const Caller& caller, const ListOf<InsuranceCover>& list) {
    if (caller.actor.may(run_finance)) return list_page<InsuranceCover>(transaction, caller, list);
    return list_page<InsuranceCover>(transaction, caller, list, "$1 <> '' AND (insurer = $1 OR insured = $1)", {caller.actor.organisation});
}
Result<InsuranceCover> cover_get(Transaction& transaction, const Caller& caller, const ById<InsuranceCover>& key) {
    return cover_seen(transaction, caller, key.id);
}

/// What no cover of that content may be without: a project and a product that are there, and a channel that measures.
Result<Done> check_parts(Transaction& transaction, const InsuranceCover& cover) {
    if (cover.project && !TRY(transaction.find_one<projects::Project>("id = $1", {cover.project->text})))
        return invalid({{"project", "insurance.no_project", "The bank has no such project."}});
    if (cover.kind == CoverKind::carbon_price && !TRY(transaction.find_one<market::CarbonProduct>("id = $1", {cover.carbon->product.text})))
        return invalid({{"carbon.product", "insurance.no_product", "The registry has no such tonnes."}});
    if (cover.kind == CoverKind::performance && cover.performance->channel) {
        const auto channel = TRY(transaction.find_one<energy::Channel>("id = $1", {cover.performance->channel->text}));
        if (!channel || channel->organisation != cover.insured)
            return invalid({{"performance.channel", "insurance.no_channel", "The insured has no such channel."}});
    }
    return Done{};
}

Result<Reply<InsuranceCover>> cover_create(energy::Archive& archive, Transaction& transaction, const Caller& caller, const InsuranceCover& draft) {
    InsuranceCover cover = draft;
    cover.id = caller.new_id<InsuranceCover>();
    cover.insurer = TRY(acting_organisation(caller));
    if (cover.insurer == cover.insured) return invalid({{"insured", "insurance.oneself", "A cover is given to another organisation."}});
    if (cover.begins_on < date_of(caller.now)) return invalid({{"begins_on", "finance.past", "This day has passed; name one that lies ahead."}});
    cover.insurer_name = TRY(name_of_organisation(transaction, cover.insurer));
    cover.insured_name = TRY(named_organisation(transaction, cover.insured, "insured")).name;
    if (cover.kind == CoverKind::performance) cover.carbon.reset();
    else cover.performance.reset();
    TRY(check_parts(transaction, cover));
    cover.number = "C-" + cover.id.text.substr(cover.id.text.size() - std::min<std::size_t>(8, cover.id.text.size()));
    cover.paid = {0, cover.limit.currency};
    cover.quote = TRY(quote_of(transaction, archive, cover, date_of(caller.now)));
    cover.premium = cover.quote->premium;
    cover.created_at = cover.updated_at = caller.now;
    TRY(transaction.insert(cover));
    return Reply<InsuranceCover>{.body = std::move(cover), .status = 201};
}

Result<InsuranceCover> offered(Transaction& transaction, const Caller& caller, const Id<InsuranceCover>& id) {
    InsuranceCover cover = TRY(cover_seen(transaction, caller, id));
    TRY(check_expected(caller, cover));
    if (cover.state != CoverState::offered) return Error{Failure::conflict, "insurance.not_offered", "This cover is taken or withdrawn already."};
    cover.updated_at = caller.now;
    return cover;
}

Result<InsuranceCover> cover_withdraw(Transaction& transaction, const Caller& caller, const ById<InsuranceCover>& key) {
    InsuranceCover cover = TRY(offered(transaction, caller, key.id));
    if (cover.insurer.text != caller.actor.organisation)
        return Error{Failure::forbidden, "insurance.not_insurer", "This is for the organisation that insures."};
    cover.state = CoverState::withdrawn;
    TRY(transaction.update(cover));
    return cover;
}

Result<InsuranceCover> cover_accept(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<InsuranceCover>& key) {
    InsuranceCover cover = TRY(offered(transaction, caller, key.id));
    if (cover.insured.text != caller.actor.organisation)
        return Error{Failure::forbidden, "insurance.not_insured", "This is for the organisation that is insured."};
    if (cover.ends_on < date_of(caller.now)) return Error{Failure::conflict, "insurance.over", "The last day of this cover has passed."};
    cover.state = CoverState::active;
    const auto insured = TRY(deposit_of(transaction, cover.insured, cover.premium.currency)),
               insurer = TRY(deposit_of(transaction, cover.insurer, cover.premium.currency));
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const auto ids = TRY(post_steps(turn, caller, cover.premium.currency, {{insured, insurer, cover.premium.minor, cover.number + " · premium"}}));
        if (!ids.empty()) cover.premium_transfer = ids.front();
    }
    TRY(transaction.update(cover));
    return cover;
}

} // namespace

std::vector<Endpoint> cover_endpoints(ledger::Book& book, energy::Archive& archive) {
    const auto quote = [&archive](Transaction& transaction, const Caller& caller, const InsuranceCover& draft) -> Result<CoverQuote> {
        TRY(check_parts(transaction, draft));
        return quote_of(transaction, archive, draft, date_of(caller.now));
    };
    return {
        // clang-format off
        {"insurance_cover_list", Method::get, "/insurance-covers", "Covers by one's organisation, and for it.", Mode::read, signed_in, call(cover_list)},
        {"insurance_cover_get", Method::get, "/insurance-covers/{id}", "One cover.", Mode::read, signed_in, call(cover_get)},
        {"insurance_cover_price", Method::post, "/insurance-prices", "What a cover should cost; nothing is kept.", Mode::read, write_finance, call(quote)},
        {"insurance_cover_create", Method::post, "/insurance-covers", "Offer a cover; its premium is computed.", Mode::write, write_finance, call(archive, cover_create)},
        {"insurance_cover_withdraw", Method::post, "/insurance-covers/{id}/withdraw", "Withdraw a cover that nobody has taken.", Mode::write, write_finance, call(cover_withdraw)},
        {"insurance_cover_accept", Method::post, "/insurance-covers/{id}/accept", "Take a cover: the premium is paid by the ledger.", Mode::write, sign_finance, call(book, cover_accept)},
        // clang-format on
    };
}

} // namespace greenbank::finance
