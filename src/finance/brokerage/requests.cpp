// requests.cpp — asking for money, and seeing the offers side by side.
#include "finance/brokerage/brokerage.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<FinancingRequest>*) { return {"financing_request_key", "Names a request.", {field<&ById<FinancingRequest>::id>("id", "Its id.")}}; }

struct FinancingRequestView {
    FinancingRequest request;
    std::vector<FinancingOffer> offers; // cheapest first
    bool is_own = false;
    std::int64_t talks_left = 0;
};
Record describe(const FinancingRequestView*) {
    using View = FinancingRequestView;
    return {"financing_request_view", "A request and the offers that the caller may see.",
        {field<&View::request>("request", "The request."), field<&View::offers>("offers", "Offers, the cheapest first.", {.max = 200}),
            field<&View::is_own>("is_own", "The caller's organisation asks."), field<&View::talks_left>("talks_left", "So many more may talk at once.")}};
}

Result<FinancingRequest> request_seen(Transaction& transaction, const Caller& caller, const Id<FinancingRequest>& id) {
    FinancingRequest request = TRY(transaction.get(id));
    const bool own = !caller.actor.organisation.empty() && request.organisation.text == caller.actor.organisation;
    if (own || caller.actor.may(run_finance)) return request;
    if (request.state == RequestState::open && caller.actor.may(write_finance)) return request;
    const bool offered =
        !TRY(transaction.query("SELECT 1 FROM financing_offer WHERE request = $1 AND organisation = $2", {id.text, caller.actor.organisation})).empty();
    if (offered && !caller.actor.organisation.empty()) return request;
    return not_found(record_of<FinancingRequest>(), id.text);
}

Result<Done> let_talk(Transaction& transaction, const Caller& caller, const Id<FinancingRequest>& request) {
    const std::int64_t talks_max = TRY(transaction.get(request)).talks_max;
    std::int64_t talking = 0;
    for (FinancingOffer& offer : TRY(transaction.find<FinancingOffer>("request = $1 ORDER BY created_at, id", {request.text}))) {
        talking += offer.state == OfferState::talking;
        if (offer.state != OfferState::queued || talking >= talks_max) continue;
        offer.state = OfferState::talking;
        offer.updated_at = caller.now;
        TRY(transaction.update(offer));
        ++talking;
    }
    return Done{};
}

namespace {

Result<FinancingRequestView> view_of(Transaction& transaction, const Caller& caller, FinancingRequest request) {
    FinancingRequestView view{.request = std::move(request), .offers = {}};
    view.is_own = view.request.organisation.text == caller.actor.organisation && !caller.actor.organisation.empty();
    view.offers = TRY(transaction.find<FinancingOffer>("request = $1 ORDER BY created_at, id", {view.request.id.text}));
    std::int64_t talking = 0;
    for (const FinancingOffer& offer : view.offers) talking += offer.state == OfferState::talking;
    view.talks_left = std::max<std::int64_t>(0, view.request.talks_max - talking);
    if (!view.is_own && !caller.actor.may(run_finance)) // competitors do not read each other's terms
        std::erase_if(view.offers, [&](const FinancingOffer& offer) { return offer.organisation.text != caller.actor.organisation; });
    std::stable_sort(view.offers.begin(), view.offers.end(),
        [](const FinancingOffer& a, const FinancingOffer& b) { return a.all_in_rate.value_or(1e9) < b.all_in_rate.value_or(1e9); });
    return view;
}

Result<Page<FinancingRequest>> financing_request_list(Transaction& transaction, const Caller& caller, const ListOf<FinancingRequest>& list) {
    if (caller.actor.may(run_finance)) return list_page<FinancingRequest>(transaction, caller, list);
    std::string where = "$1 <> '' AND (organisation = $1 OR id IN (SELECT request FROM financing_offer WHERE organisation = $1)";
    if (caller.actor.may(write_finance)) where += " OR state = 'open'";
    return list_page<FinancingRequest>(transaction, caller, list, where + ")", {caller.actor.organisation});
}

Result<FinancingRequestView> financing_request_get(Transaction& transaction, const Caller& caller, const ById<FinancingRequest>& key) {
    return view_of(transaction, caller, TRY(request_seen(transaction, caller, key.id)));
}

Result<Reply<FinancingRequest>> financing_request_create(Transaction& transaction, const Caller& caller, const FinancingRequest& draft) {
    FinancingRequest request = draft;
    request.id = caller.new_id<FinancingRequest>();
    request.organisation = TRY(acting_organisation(caller));
    request.organisation_name = TRY(name_of_organisation(transaction, request.organisation));
    if (request.project) {
        const auto project = TRY(transaction.find_one<projects::Project>("id = $1", {request.project->text}));
        if (!project || !project->owner || project->owner->text != caller.actor.organisation)
            return invalid({{"project", "finance.not_own_project", "Money is asked for a project of one's own organisation."}});
    }
    if (request.wanted_by && *request.wanted_by < date_of(caller.now))
        return invalid({{"wanted_by", "finance.past", "This day has passed; name one that lies ahead."}});
    request.created_at = request.updated_at = caller.now;
    TRY(transaction.insert(request));
    return Reply<FinancingRequest>{.body = std::move(request), .status = 201};
}

Result<FinancingRequest> financing_request_withdraw(Transaction& transaction, const Caller& caller, const ById<FinancingRequest>& key) {
    FinancingRequest request = TRY(request_seen(transaction, caller, key.id));
    if (request.organisation.text != caller.actor.organisation)
        return Error{Failure::forbidden, "finance.not_asker", "This is for the organisation that asked."};
    TRY(check_expected(caller, request));
    if (request.state != RequestState::open) return Error{Failure::conflict, "finance.request_closed", "This request is no longer open."};
    for (FinancingOffer& offer : TRY(transaction.find<FinancingOffer>("request = $1 AND state IN ('queued', 'talking')", {request.id.text}))) {
        offer.state = OfferState::declined;
        offer.reason = "The request was withdrawn.";
        offer.updated_at = caller.now;
        TRY(transaction.update(offer));
    }
    request.state = RequestState::withdrawn;
    request.updated_at = caller.now;
    TRY(transaction.update(request));
    return request;
}

} // namespace

std::vector<Endpoint> request_endpoints() {
    return {
        // clang-format off
        {"financing_request_list", Method::get, "/financing-requests", "Requests: one's own, and open ones for who may make offers.", Mode::read, signed_in, call(financing_request_list)},
        {"financing_request_get", Method::get, "/financing-requests/{id}", "A request with the offers that the caller may see, the cheapest first.", Mode::read, signed_in, call(financing_request_get)},
        {"financing_request_create", Method::post, "/financing-requests", "Ask institutions for money.", Mode::write, write_finance, call(financing_request_create)},
        {"financing_request_withdraw", Method::post, "/financing-requests/{id}/withdraw", "Withdraw a request.", Mode::write, write_finance, call(financing_request_withdraw)},
        // clang-format on
    };
}

} // namespace greenbank::finance
