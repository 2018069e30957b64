// deals.cpp — the pipeline: deals as their parties and advisers see them, and the funnel they make.
#include <map>

#include <fmt/format.h>

#include "deals/contracts/records.h"
#include "deals/interest/records.h"
#include "deals/operations.h"
#include "deals/pipeline/access.h"
#include "deals/pipeline/steps.h"
#include "library/disclosure/disclosure.h"
#include "projects/access.h"

namespace greenbank::deals {

struct DealKey {
    Id<Deal> id;
};
Record describe(const DealKey*) { return {"deal_key", "Names a deal.", {field<&DealKey::id>("id", "Its id.")}}; }

struct DealEnd {
    Id<Deal> id;
    LossReason reason = LossReason::silence;
    std::optional<std::string> comment;
};
Record describe(const DealEnd*) {
    return {"deal_end", "Ends a deal without a contract.",
        {field<&DealEnd::id>("id", "The deal."), field<&DealEnd::reason>("reason", "Why."),
            field<&DealEnd::comment>("comment", "In words.", {.min = 1, .max = 2000})}};
}

/// A non-disclosure agreement of the library between the two.
struct DealAgreement {
    Id<library::DisclosureAgreement> id;
    library::AgreementState state = library::AgreementState::requested;
    Time since;
};
Record describe(const DealAgreement*) {
    return {"deal_agreement", "A non-disclosure agreement between the two.",
        {field<&DealAgreement::id>("id", "Its id."), field<&DealAgreement::state>("state", "Where it stands."),
            field<&DealAgreement::since>("since", "Since when.")}};
}

struct DealContract {
    Id<Contract> id;
    std::string number;
    ContractKind kind = ContractKind::memorandum;
    ContractState state = ContractState::drafted;
    Money amount;
};
Record describe(const DealContract*) {
    return {"deal_contract", "A contract of the deal.",
        {field<&DealContract::id>("id", "Its id."), field<&DealContract::number>("number", "Its number."), field<&DealContract::kind>("kind", "What kind."),
            field<&DealContract::state>("state", "Where it stands."), field<&DealContract::amount>("amount", "For how much.")}};
}

struct DealView {
    Deal deal;
    std::vector<DealStep> steps;
    std::vector<DealAgreement> agreements;
    std::vector<DealContract> contracts;
    bool may_change = false;
};
Record describe(const DealView*) {
    return {"deal_view", "A deal with its way, its agreements and its contracts.",
        {field<&DealView::deal>("deal", "The deal."), field<&DealView::steps>("steps", "Stage by stage.", {.max = 200}),
            field<&DealView::agreements>("agreements", "Non-disclosure agreements between the two.", {.max = 50}),
            field<&DealView::contracts>("contracts", "Its contracts.", {.max = 50}),
            field<&DealView::may_change>("may_change", "The caller may say what is next, or end it.")}};
}

struct FunnelQuestion {
    std::optional<library::TechnologyField> field;
    std::optional<std::string> country;
    std::optional<CooperationKind> cooperation;
    std::optional<std::string> kind;
    std::optional<Date> from;
};
Record describe(const FunnelQuestion*) {
    return {"funnel_question", "Which deals to count.",
        {field<&FunnelQuestion::field>("field", "Of this field of technology."),
            field<&FunnelQuestion::country>("country", "Asked for from this country.", {.min = 2, .max = 2}),
            field<&FunnelQuestion::cooperation>("cooperation", "Of this kind of cooperation."),
            field<&FunnelQuestion::kind>("kind", "About a technology, a need or a capital_offer.", {.max = 40}),
            field<&FunnelQuestion::from>("from", "Begun on this day or later.")}};
}

struct FunnelStage {
    DealStage stage = DealStage::interest;
    std::int64_t reached = 0, now = 0, lost = 0, standing = 0;
    std::optional<double> conversion;
    std::optional<std::int64_t> days_median, days_oldest;
};
Record describe(const FunnelStage*) {
    return {"funnel_stage", "One stage of the funnel.",
        {field<&FunnelStage::stage>("stage", "The stage."), field<&FunnelStage::reached>("reached", "Came so far or further."),
            field<&FunnelStage::now>("now", "Are there."), field<&FunnelStage::lost>("lost", "Ended there."),
            field<&FunnelStage::standing>("standing", "Stand still: there for more than twice the median, and thirty days."),
            field<&FunnelStage::conversion>("conversion", "Of those that reached the stage before.", {.unit = "%"}),
            field<&FunnelStage::days_median>("days_median", "Median stay of those that left.", {.unit = "d"}),
            field<&FunnelStage::days_oldest>("days_oldest", "The longest stay of those that are there.", {.unit = "d"})}};
}

struct FunnelView {
    std::int64_t deals = 0, open = 0, lost = 0, completed = 0;
    std::vector<FunnelStage> stages;
};
Record describe(const FunnelView*) {
    return {"funnel", "How far deals come, how long they stay, and what stands still.",
        {field<&FunnelView::deals>("deals", "How many began."), field<&FunnelView::open>("open", "Are under way."),
            field<&FunnelView::lost>("lost", "Were lost."), field<&FunnelView::completed>("completed", "Were performed."),
            field<&FunnelView::stages>("stages", "Stage by stage.")}};
}

std::string seen_deals(const Caller& caller, std::vector<Value>& parameters) {
    if (caller.actor.may(advise_deals)) return "";
    parameters.emplace_back(caller.actor.organisation);
    return fmt::format("seeker = ${0} OR owner = ${0}", parameters.size());
}

Result<Deal> own_deal(Transaction& transaction, const Caller& caller, const Id<Deal>& id) {
    Deal deal = TRY(transaction.get(id));
    const std::optional seeker(deal.seeker), owner(deal.owner);
    if (!caller.actor.may(advise_deals) && !library::acts_for(caller, seeker) && !library::acts_for(caller, owner))
        return not_found(record_of<Deal>(), id.text);
    return deal;
}

namespace {

bool may_change(const Caller& caller) { return caller.actor.may(write_deals) || caller.actor.may(advise_deals); }

Result<DealView> view_of(Transaction& transaction, const Caller& caller, Deal deal) {
    DealView view{.steps = TRY(transaction.find<DealStep>("trail = $1 ORDER BY at, id LIMIT 200", {deal.trail})), .may_change = may_change(caller)};
    for (const auto& one : TRY(transaction.find<library::DisclosureAgreement>(
             "(owner = $1 AND recipient = $2) OR (owner = $2 AND recipient = $1) ORDER BY id LIMIT 50", {deal.owner.text, deal.seeker.text})))
        view.agreements.push_back({one.id, one.state, one.since});
    for (const Contract& one :
        TRY(transaction.find<Contract>("deal = $1 OR " + json_holds("further_deals", 2) + " ORDER BY id LIMIT 50", {deal.id.text, json_value(deal.id.text)})))
        view.contracts.push_back({one.id, one.number, one.kind, one.state, one.amount});
    view.deal = std::move(deal);
    return view;
}

Result<Page<Deal>> deal_list(Transaction& transaction, const Caller& caller, const ListOf<Deal>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_deals(caller, parameters);
    return list_page<Deal>(transaction, caller, list, where, std::move(parameters));
}

Result<DealView> deal_get(Transaction& transaction, const Caller& caller, const DealKey& key) {
    return view_of(transaction, caller, TRY(own_deal(transaction, caller, key.id)));
}

/// Two that met elsewhere, entered by an officer.
Result<Reply<DealView>> deal_create(Transaction& transaction, const Caller& caller, const Deal& draft) {
    Deal deal = draft;
    deal.id = caller.new_id<Deal>();
    deal.trail = deal.id.text;
    deal.adviser = caller.actor.person;
    deal.adviser_name = TRY(projects::person_name(transaction, caller));
    deal.country = TRY(transaction.get(deal.seeker)).country;
    TRY(transaction.get(deal.owner));
    if (!deal.entry.empty()) {
        const auto entry = TRY(library::entry_owner(transaction, caller, deal.entry));
        deal.kind = entry.kind;
    }
    deal.since = deal.created_at = deal.updated_at = caller.now;
    TRY(transaction.insert(deal));
    TRY(enter_stage(transaction, caller, deal.trail, DealStage::contact));
    return Reply<DealView>{.body = TRY(view_of(transaction, caller, std::move(deal))), .status = 201};
}

/// What is next, by whom and until when; everything else is what it began with.
Result<DealView> deal_update(Transaction& transaction, const Caller& caller, const Patch<Deal>& patch) {
    const Deal before = TRY(own_deal(transaction, caller, patch.id));
    if (!may_change(caller)) return Error{Failure::forbidden, "deal.may_not", "Ask an editor of your organisation, or the adviser, to change this deal."};
    Deal deal = TRY(apply_patch(transaction, caller, patch));
    Problems problems;
    for (const auto& [field, same] :
        {std::pair("seeker", deal.seeker == before.seeker), {"owner", deal.owner == before.owner}, {"entry", deal.entry == before.entry}})
        if (!same) problems.push_back({field, "deal.fixed", "A deal stays between the same two, about the same entry; begin another one."});
    if (!problems.empty()) return invalid(std::move(problems));
    deal.updated_at = caller.now;
    TRY(transaction.update(deal));
    return view_of(transaction, caller, std::move(deal));
}

Result<DealView> deal_end(Transaction& transaction, const Caller& caller, const DealEnd& end) {
    Deal deal = TRY(own_deal(transaction, caller, end.id));
    if (!caller.actor.may(sign_deals) && !caller.actor.may(advise_deals))
        return Error{Failure::forbidden, "deal.may_not_end", "A manager of one of the two, or the adviser, ends a deal."};
    TRY(check_expected(caller, deal));
    if (deal.outcome != DealOutcome::open) return Error{Failure::conflict, "deal.over", "This deal has ended already."};
    const Rows alive = TRY(transaction.query(
        "SELECT number FROM contract WHERE deal = $1 AND state NOT IN ('completed', 'terminated', 'settled', 'withdrawn') LIMIT 1", {deal.id.text}));
    if (!alive.empty())
        return Error{Failure::conflict, "deal.has_contract", "Contract {number} of this deal is alive; withdraw or end it first.",
            {{"number", as_text(alive.single())}}};
    deal.outcome = DealOutcome::lost;
    deal.loss_reason = end.reason;
    deal.comment = end.comment;
    deal.updated_at = caller.now;
    TRY(transaction.update(deal));
    TRY(lose(transaction, caller, deal.trail));
    return view_of(transaction, caller, std::move(deal));
}

/// Interests and deals that the caller sees and that are asked for, by the name of their steps.
Result<std::map<std::string, Trail>> trails_of(Transaction& transaction, const Caller& caller, const FunnelQuestion& asked) {
    const auto question = [&](std::string where, std::vector<Value>& parameters) {
        const auto also = [&](const char* column, const std::string& value) {
            parameters.emplace_back(value);
            where += fmt::format("{}{} = ${}", where.empty() ? "" : " AND ", column, parameters.size());
        };
        if (!where.empty()) where = "(" + where + ")";
        if (asked.field) also("field", std::string(name_of(*asked.field)));
        if (asked.country) also("country", *asked.country);
        if (asked.cooperation) also("cooperation", std::string(name_of(*asked.cooperation)));
        if (asked.kind) also("kind", *asked.kind);
        return where.empty() ? std::string("1 = 1") : where;
    };
    std::map<std::string, Trail> trails;
    std::vector<Value> parameters;
    // What an organisation only offers stands in its funnel once it was forwarded; before, it is not told of it.
    std::string where = caller.actor.may(advise_deals) ? "" : "organisation = $1 OR (owner = $1 AND forwarded_at IS NOT NULL)";
    if (!where.empty()) parameters.emplace_back(caller.actor.organisation);
    where = question(std::move(where), parameters);
    for (const auto& row : TRY(transaction.query("SELECT id FROM interest WHERE " + where, parameters)).rows) trails[as_text(row[0])];
    parameters.clear();
    where = question(seen_deals(caller, parameters), parameters);
    for (const auto& row : TRY(transaction.query("SELECT trail FROM deal WHERE " + where, parameters)).rows) trails[as_text(row[0])];
    for (const DealStep& step : TRY(transaction.find<DealStep>("ORDER BY at, id"))) {
        const auto trail = trails.find(step.trail);
        if (trail == trails.end()) continue;
        if (step.lost) trail->second.lost_at = step.at;
        else trail->second.entries.push_back({step.stage, step.at});
    }
    if (asked.from) std::erase_if(trails, [&](const auto& one) { return one.second.entries.empty() || date_of(one.second.entries.front().at) < *asked.from; });
    return trails;
}

Result<FunnelView> deal_funnel(Transaction& transaction, const Caller& caller, const FunnelQuestion& asked) {
    std::vector<Trail> trails;
    for (auto& [name, trail] : TRY(trails_of(transaction, caller, asked))) trails.push_back(std::move(trail));
    const Funnel funnel = funnel_of(trails, caller.now);
    FunnelView view{.deals = funnel.deals, .open = funnel.open, .lost = funnel.lost, .completed = funnel.completed, .stages = {}};
    for (std::size_t i = 0; i < deal_stages; ++i) {
        const StageFigures& one = funnel.stages[i];
        FunnelStage stage{.stage = static_cast<DealStage>(i), .reached = one.reached, .now = one.now, .lost = one.lost, .standing = one.standing};
        if (one.conversion) stage.conversion = static_cast<double>(*one.conversion) / 10;
        stage.days_median = one.days_median;
        stage.days_oldest = one.days_oldest;
        view.stages.push_back(stage);
    }
    return view;
}

} // namespace

std::vector<Endpoint> deal_endpoints() {
    return {
        // clang-format off
        {"deal_list", Method::get, "/deals", "Deals: of one's own organisation, or all.", Mode::read, signed_in, call(deal_list)},
        {"deal_funnel", Method::get, "/deals/funnel", "How far deals come, stage by stage, and what stands still.", Mode::read, signed_in, call(deal_funnel)},
        {"deal_get", Method::get, "/deals/{id}", "One deal with its way, agreements and contracts.", Mode::read, signed_in, call(deal_get)},
        {"deal_create", Method::post, "/deals", "Enter a deal of two that met elsewhere.", Mode::write, advise_deals, call(deal_create)},
        {"deal_update", Method::patch, "/deals/{id}", "Say what is next, by whom, and until when.", Mode::write, signed_in, call(deal_update)},
        {"deal_end", Method::post, "/deals/{id}/end", "End a deal without a contract, with the reason.", Mode::write, signed_in, call(deal_end)},
        // clang-format on
    };
}

} // namespace greenbank::deals
