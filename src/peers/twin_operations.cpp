// twin_operations.cpp — pairs that may be one thing: everybody sees what was found the same, staff of the bank decide.
#include "api/call.h"
#include "peers/operations.h"

namespace greenbank::peers {

namespace {

struct TwinDecision {
    Id<Twin> id;
    TwinState state = TwinState::open;
};
Record describe(const TwinDecision*) {
    return {"twin_decision", "What somebody found.",
        {field<&TwinDecision::id>("id", "The pair."), field<&TwinDecision::state>("state", "The same, different, or open again.")}};
}

Result<Page<Twin>> twin_list(Transaction& transaction, const Caller& caller, const ListOf<Twin>& list) {
    if (caller.actor.may(manage_peers)) return list_page<Twin>(transaction, caller, list);
    Page<Twin> page = TRY(list_page<Twin>(transaction, caller, list, "state = 'same'"));
    for (Twin& twin : page.items) twin.decided_by.clear();
    return page;
}

Result<Twin> twin_decide(Transaction& transaction, const Caller& caller, const TwinDecision& decision) {
    Twin twin = TRY(transaction.get(decision.id));
    twin.state = decision.state;
    const bool open = decision.state == TwinState::open;
    twin.decided_by = open ? "" : caller.actor.person;
    twin.decided_at = open ? std::nullopt : std::optional(caller.now);
    TRY(transaction.update(twin));
    return twin;
}

} // namespace

std::vector<Endpoint> twin_endpoints() {
    return {
        // clang-format off
        {"twin_list", Method::get, "/twins", "Harvested entries that may be the same as entries of here.", Mode::read, open_to_all, call(twin_list)},
        {"twin_decide", Method::post, "/twins/{id}/decide", "Say whether two entries are the same.", Mode::write, manage_peers, call(twin_decide)},
        // clang-format on
    };
}

} // namespace greenbank::peers
