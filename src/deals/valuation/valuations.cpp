// valuations.cpp — valuations that an organisation keeps, with their reports.
#include <fmt/format.h>

#include "deals/operations.h"
#include "deals/valuation/records.h"
#include "library/disclosure/disclosure.h"
#include "projects/access.h"

namespace greenbank::deals {

struct ValuationKey {
    Id<Valuation> id;
};
Record describe(const ValuationKey*) { return {"valuation_key", "Names a valuation.", {field<&ValuationKey::id>("id", "Its id.")}}; }

struct ValuationView {
    Valuation valuation;
    ValuationReport report;
};
Record describe(const ValuationView*) {
    return {"valuation_view", "A valuation with what it comes to.",
        {field<&ValuationView::valuation>("valuation", "The inputs."), field<&ValuationView::report>("report", "What comes out.")}};
}

namespace {

bool own(const Caller& caller, const Valuation& valuation) { return !valuation.organisation.empty() && valuation.organisation == caller.actor.organisation; }

Result<Valuation> seen_valuation(Transaction& transaction, const Caller& caller, const Id<Valuation>& id) {
    Valuation valuation = TRY(transaction.get(id));
    if (!own(caller, valuation) && !caller.actor.may(advise_deals)) return not_found(record_of<Valuation>(), id.text);
    return valuation;
}
Result<Valuation> own_valuation(Transaction& transaction, const Caller& caller, const Id<Valuation>& id) {
    Valuation valuation = TRY(seen_valuation(transaction, caller, id));
    if (!own(caller, valuation))
        return Error{Failure::forbidden, "valuation.not_yours", "This valuation belongs to another organisation; make one of your own."};
    return valuation;
}

Result<Done> check_technology(Transaction& transaction, const Caller& caller, const Valuation& valuation) {
    if (!valuation.technology) return Done{};
    const auto entry = library::entry_owner(transaction, caller, valuation.technology->text);
    if (!entry) return invalid({{"technology", "valuation.technology", "There is no such technology here."}});
    return Done{};
}

Result<Page<Valuation>> valuation_list(Transaction& transaction, const Caller& caller, const ListOf<Valuation>& list) {
    if (caller.actor.may(advise_deals)) return list_page<Valuation>(transaction, caller, list);
    return list_page<Valuation>(transaction, caller, list, "organisation = $1", {caller.actor.organisation});
}

Result<Valuation> valuation_get(Transaction& transaction, const Caller& caller, const ValuationKey& key) { return seen_valuation(transaction, caller, key.id); }

Result<ValuationView> valuation_report(Store& store, const Caller& caller, const ValuationKey& key) {
    ValuationView view;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        view.valuation = TRY(seen_valuation(transaction, caller, key.id));
        return Done{};
    }));
    view.report = report_of(plan_of(view.valuation), caller.language);
    return view;
}

Result<Reply<Valuation>> valuation_create(Transaction& transaction, const Caller& caller, const Valuation& draft) {
    TRY(check_acts(caller));
    Valuation valuation = draft;
    valuation.id = caller.new_id<Valuation>();
    valuation.organisation = caller.actor.organisation;
    valuation.person_name = TRY(projects::person_name(transaction, caller));
    valuation.created_at = valuation.updated_at = caller.now;
    TRY(check_technology(transaction, caller, valuation));
    TRY(transaction.insert(valuation));
    return Reply<Valuation>{.body = std::move(valuation), .status = 201};
}

Result<Valuation> valuation_update(Transaction& transaction, const Caller& caller, const Patch<Valuation>& patch) {
    TRY(own_valuation(transaction, caller, patch.id));
    Valuation valuation = TRY(apply_patch(transaction, caller, patch));
    valuation.updated_at = caller.now;
    TRY(check_technology(transaction, caller, valuation));
    TRY(transaction.update(valuation));
    return valuation;
}

Result<Done> valuation_delete(Transaction& transaction, const Caller& caller, const ValuationKey& key) {
    return transaction.erase(TRY(own_valuation(transaction, caller, key.id)).id);
}

} // namespace

std::vector<Endpoint> valuation_endpoints() {
    return {
        // clang-format off
        {"valuation_list", Method::get, "/valuations", "Valuations of one's own organisation, or all.", Mode::read, signed_in, call(valuation_list)},
        {"valuation_get", Method::get, "/valuations/{id}", "The inputs of a valuation.", Mode::read, signed_in, call(valuation_get)},
        {"valuation_report", Method::get, "/valuations/{id}/report", "What a valuation comes to: a range by each approach.", Mode::compute, signed_in, call(valuation_report)},
        {"valuation_create", Method::post, "/valuations", "Value a technology.", Mode::write, write_deals, call(valuation_create)},
        {"valuation_update", Method::patch, "/valuations/{id}", "Change the inputs of a valuation.", Mode::write, write_deals, call(valuation_update)},
        {"valuation_delete", Method::remove, "/valuations/{id}", "Delete a valuation.", Mode::write, write_deals, call(valuation_delete)},
        // clang-format on
    };
}

} // namespace greenbank::deals
