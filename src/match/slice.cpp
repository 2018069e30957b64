// slice.cpp — what the match brings to the bank: the whole API of the slice on a screen.
#include "api/call.h"
#include "library/library.h"
#include "match/files.h"
#include "match/following.h"

namespace greenbank::match {

namespace {

Result<library::Need> need_seen(Transaction& transaction, const Caller& caller, const Id<library::Need>& id) {
    library::Need need = TRY(transaction.get(id));
    if (!library::may_see(caller, need.state, need.owner)) return not_found(record_of<library::Need>(), id.text);
    return library::listed_need(caller, std::move(need));
}

/// The names of the few holders that are shown.
Result<Done> name_holders(Transaction& transaction, MatchList& list) {
    std::map<std::string, Text> names;
    for (MatchItem& item : list.items) {
        if (!item.holder) continue;
        const auto known = names.find(item.holder->text);
        if (known == names.end()) {
            const auto holder = TRY(transaction.find_one<library::Organisation>("id = $1", {item.holder->text}));
            names[item.holder->text] = holder ? holder->name : Text{};
        }
        if (const Text& name = names[item.holder->text]; !name.empty()) item.holder_name = name;
    }
    return Done{};
}

} // namespace

Slice slice(Matcher& matcher) {
    const auto need_matches = [&matcher](Transaction& transaction, const Caller& caller, const MatchesRequest& request) -> Result<MatchList> {
        const library::Need need = TRY(need_seen(transaction, caller, request.id));
        MatchList list = matcher.matches(need, static_cast<std::size_t>(request.top), caller.language);
        TRY(name_holders(transaction, list));
        return list;
    };
    const auto need_exclusions = [&matcher](Transaction& transaction, const Caller& caller, const ExclusionsRequest& request) -> Result<Page<Exclusion>> {
        const library::Need need = TRY(need_seen(transaction, caller, request.id));
        return matcher.exclusions(need, request.rule, static_cast<std::size_t>(request.limit), request.cursor, caller.language);
    };
    const auto match_preview = [&matcher](Store& store, const Caller& caller, const PreviewRequest& request) -> Result<MatchList> {
        MatchList list = matcher.matches(request.need, static_cast<std::size_t>(request.top), caller.language);
        TRY(store.read([&](Transaction& transaction) { return name_holders(transaction, list); }));
        return list;
    };
    const auto match_weights = [&matcher](Transaction&, const Caller&) -> Result<WeightsEdition> { return matcher.edition(); };
    return {
        .name = "match",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints =
            {
                // clang-format off
                {"need_matches", Method::get, "/needs/{id}/matches", "The best technologies for a need, each with every reason.", Mode::read, open_to_all, call(need_matches)},
                {"need_exclusions", Method::get, "/needs/{id}/exclusions", "What rules exclude for a need, and why.", Mode::read, open_to_all, call(need_exclusions)},
                {"match_preview", Method::post, "/match", "Match a need while it is being written; nothing is stored.", Mode::compute, open_to_all, call(match_preview)},
                {"match_weights", Method::get, "/match/weights", "The edition of the weights in use.", Mode::read, open_to_all, call(match_weights)},
                // clang-format on
            },
        .jobs = {},
        .commands = {match_command()},
        .followings = {following(matcher)},
    };
}

} // namespace greenbank::match
