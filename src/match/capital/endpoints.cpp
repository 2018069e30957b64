// endpoints.cpp — money for a project or a need, as its reader may see both.
#include <fmt/format.h>

#include "api/call.h"
#include "library/disclosure/disclosure.h"
#include "match/capital/capital.h"
#include "match/seen.h"
#include "projects/projects.h"

namespace greenbank::match {

namespace {

constexpr std::size_t offers_max = 5000;

/// Published offers, of others what everybody may see.
Result<std::vector<library::CapitalOffer>> offers_seen(Transaction& transaction, const Caller& caller) {
    auto offers = TRY(transaction.find<library::CapitalOffer>(fmt::format("state = 'published' ORDER BY id LIMIT {}", offers_max)));
    for (library::CapitalOffer& offer : offers) offer = library::listed(caller, std::move(offer));
    return offers;
}

Result<CapitalMatchList> answer(Transaction& transaction, const Caller& caller, const Matcher& matcher, const CapitalSeeker& seeker) {
    CapitalMatchList list = capital_matches(*matcher.moment()->judging, seeker, TRY(offers_seen(transaction, caller)), caller.language);
    Names names;
    for (CapitalMatchItem& item : list.items) item.provider_name = TRY(names.of(transaction, item.provider));
    return list;
}

} // namespace

std::vector<Endpoint> capital_endpoints(Matcher& matcher) {
    const auto of_project = [&matcher](Transaction& transaction, const Caller& caller,
                                const CapitalQuestion<projects::Project>& question) -> Result<CapitalMatchList> {
        const projects::Project project = TRY(projects::shown(transaction, caller, TRY(projects::project_seen(transaction, caller, question.id))));
        return answer(transaction, caller, matcher, TRY(seeker_of(project, question.terms())));
    };
    const auto of_need = [&matcher](
                             Transaction& transaction, const Caller& caller, const CapitalQuestion<library::Need>& question) -> Result<CapitalMatchList> {
        return answer(transaction, caller, matcher, TRY(seeker_of(TRY(need_seen(transaction, caller, question.id)), question.terms())));
    };
    return {
        // clang-format off
        {"project_capital", Method::get, "/projects/{id}/capital", "Which money a project may ask for, and why.", Mode::read, open_to_all, call(of_project)},
        {"need_capital", Method::get, "/needs/{id}/capital", "Which money a need may ask for, and why.", Mode::read, open_to_all, call(of_need)},
        // clang-format on
    };
}

} // namespace greenbank::match
