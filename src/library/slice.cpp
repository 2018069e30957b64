// slice.cpp — what the library brings to the bank: every endpoint on one screen.
#include "api/migrations.h"
#include "library/assessment/admissions.h"
#include "library/assessment/panels.h"
#include "library/assessment/verifications.h"
#include "library/classes/classification.h"
#include "library/entries.h"
#include "library/finding/finding.h"
#include "library/finding/saved_searches.h"
#include "library/finding/search_files.h"
#include "library/finding/search_misses.h"
#include "library/following.h"
#include "library/imports/imports.h"
#include "library/library_checks.h"
#include "library/overview.h"
#include "library/policies/policies.h"
#include "library/publishing/catalogue_pdf.h"
#include "library/publishing/exports.h"
#include "library/publishing/publication.h"
#include "library/sample.h"
#include "library/thesaurus/thesaurus_exchange.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile library_migrations[];
extern const std::size_t library_migrations_count;
} // namespace embedded

namespace library {

Record describe(const Key<Technology>*) { return {"technology_key", "Names a technology.", {field<&Key<Technology>::id>("id", "Its id.")}}; }
Record describe(const Key<Need>*) { return {"need_key", "Names a need.", {field<&Key<Need>::id>("id", "Its id.")}}; }
Record describe(const Key<CapitalOffer>*) { return {"capital_offer_key", "Names a capital offer.", {field<&Key<CapitalOffer>::id>("id", "Its id.")}}; }

template <class T> static Record withdrawal_record(std::string_view name) {
    return {name, "Takes an entry out of sight.",
        {field<&Withdrawal<T>::id>("id", "Its id."),
            field<&Withdrawal<T>::reason>("reason", "Why; those who follow an old link read it.", {.min = 1, .max = 500})}};
}
Record describe(const Withdrawal<Technology>*) { return withdrawal_record<Technology>("technology_withdrawal"); }
Record describe(const Withdrawal<Need>*) { return withdrawal_record<Need>("need_withdrawal"); }
Record describe(const Withdrawal<CapitalOffer>*) { return withdrawal_record<CapitalOffer>("capital_offer_withdrawal"); }

struct ReferenceRequest {
    std::string name;
};
Record describe(const ReferenceRequest*) {
    return {
        "reference_request", "Which vocabulary.", {field<&ReferenceRequest::name>("name", "classes, indicators, countries, traits or units.", {.max = 40})}};
}

struct ReferenceView {
    std::string name, edition, source;
    std::vector<Term> items;
};
Record describe(const ReferenceView*) {
    return {"reference_view", "A shared vocabulary.",
        {field<&ReferenceView::name>("name", "Its name."), field<&ReferenceView::edition>("edition", "Which edition."),
            field<&ReferenceView::source>("source", "Where it is from."), field<&ReferenceView::items>("items", "Its entries.", {.max = 10'000})}};
}

static Result<ReferenceView> reference_get(Transaction&, const Caller&, const ReferenceRequest& request) {
    const Vocabulary* vocabulary = reference().find(request.name);
    if (!vocabulary)
        return Error{Failure::not_found, "reference.unknown", "There is no such list; there are classes, indicators, countries, traits and units."};
    return ReferenceView{vocabulary->name, vocabulary->edition, vocabulary->source, vocabulary->terms};
}

Slice slice(search::Index& index, MissLog& misses, NoticeDesk& notices, const PublicAddress& address, const parties::TransparencyLog& log) {
    Slice slice{
        .name = "library",
        .migrations = migrations_of("library", embedded::library_migrations, embedded::library_migrations_count),
        .records = {&record_of<Technology>(), &record_of<Need>(), &record_of<CapitalOffer>(), &record_of<EntryVersion>(), &record_of<Edition>(),
            &record_of<Admission>(), &record_of<Verification>(), &record_of<AssessmentStep>(), &record_of<Expert>(), &record_of<Panel>(),
            &record_of<PanelSeat>(), &record_of<Import>(), &record_of<ThesaurusConcept>(), &record_of<SavedSearch>(), &record_of<SearchNotice>(),
            &record_of<SearchMiss>(), &record_of<DisclosureAgreement>(), &record_of<DisclosureGrant>(), &record_of<DisclosureRead>(),
            &record_of<EntryDocument>(), &record_of<Policy>()},
        .rights =
            {
                {write_entries, "Enter and change technologies, needs and capital offers of one's own organisation.",
                    {"editor", "manager", "officer", "administrator"}},
                {publish_entries, "Publish and withdraw them.", {"manager", "officer", "administrator"}},
                {manage_library, "See and change all entries of the library.", {"officer", "administrator"}},
                {assess_entries, "Review, recommend, select and publish in the catalogue; run panels of experts; publish verification statements.",
                    {"officer", "administrator"}},
                {edit_thesaurus, "Edit the thesaurus that search and matching follow; see which searches found nothing.", {"officer", "administrator"}},
                {disclose_entries, "Ask for, sign and end non-disclosure agreements; admit others to what is hidden; attach documents.",
                    {"manager", "officer", "administrator"}},
                {advise_on_entries, "See what only advisers of the bank may see of an entry.", {"officer", "administrator"}},
                {perform_verification, "Verify technologies for one's own organisation, if it is an assessor.", {"editor", "manager"}},
            },
        .endpoints =
            {
                // clang-format off
                {"technology_list", Method::get, "/technologies", "Technologies.", Mode::read, open_to_all, call(entry_list<Technology>)},
                {"technology_get", Method::get, "/technologies/{id}", "One technology.", Mode::read, open_to_all, call(entry_get<Technology>)},
                {"technology_create", Method::post, "/technologies", "Enter a technology as a draft.", Mode::write, write_entries, call(entry_create<Technology>)},
                {"technology_update", Method::patch, "/technologies/{id}", "Change a technology.", Mode::write, write_entries, call(entry_update<Technology>)},
                {"technology_publish", Method::post, "/technologies/{id}/publish", "Let everybody see a technology.", Mode::write, publish_entries, call(entry_publish<Technology>)},
                {"technology_withdraw", Method::post, "/technologies/{id}/withdraw", "Take a technology out of sight.", Mode::write, publish_entries, call(entry_withdraw<Technology>)},
                {"technology_delete", Method::remove, "/technologies/{id}", "Delete a technology that is not published.", Mode::write, write_entries, call(entry_delete<Technology>)},

                {"need_list", Method::get, "/needs", "Needs.", Mode::read, open_to_all, call(entry_list<Need>)},
                {"need_get", Method::get, "/needs/{id}", "One need.", Mode::read, open_to_all, call(entry_get<Need>)},
                {"need_create", Method::post, "/needs", "Enter a need as a draft.", Mode::write, write_entries, call(entry_create<Need>)},
                {"need_update", Method::patch, "/needs/{id}", "Change a need.", Mode::write, write_entries, call(entry_update<Need>)},
                {"need_publish", Method::post, "/needs/{id}/publish", "Let everybody see a need.", Mode::write, publish_entries, call(entry_publish<Need>)},
                {"need_withdraw", Method::post, "/needs/{id}/withdraw", "Take a need out of sight.", Mode::write, publish_entries, call(entry_withdraw<Need>)},
                {"need_delete", Method::remove, "/needs/{id}", "Delete a need that is not published.", Mode::write, write_entries, call(entry_delete<Need>)},

                {"capital_offer_list", Method::get, "/capital-offers", "Capital offers.", Mode::read, open_to_all, call(entry_list<CapitalOffer>)},
                {"capital_offer_get", Method::get, "/capital-offers/{id}", "One capital offer.", Mode::read, open_to_all, call(entry_get<CapitalOffer>)},
                {"capital_offer_create", Method::post, "/capital-offers", "Enter a capital offer as a draft.", Mode::write, write_entries, call(entry_create<CapitalOffer>)},
                {"capital_offer_update", Method::patch, "/capital-offers/{id}", "Change a capital offer.", Mode::write, write_entries, call(entry_update<CapitalOffer>)},
                {"capital_offer_publish", Method::post, "/capital-offers/{id}/publish", "Let everybody see a capital offer.", Mode::write, publish_entries, call(entry_publish<CapitalOffer>)},
                {"capital_offer_withdraw", Method::post, "/capital-offers/{id}/withdraw", "Take a capital offer out of sight.", Mode::write, publish_entries, call(entry_withdraw<CapitalOffer>)},
                {"capital_offer_delete", Method::remove, "/capital-offers/{id}", "Delete a capital offer that is not published.", Mode::write, write_entries, call(entry_delete<CapitalOffer>)},

                {"home_get", Method::get, "/home", "The bank at one look.", Mode::read, open_to_all, call([](Transaction& transaction, const Caller& caller) -> Result<Overview> { return overview(transaction, caller); })},
                {"reference_get", Method::get, "/reference/{name}", "A shared vocabulary.", Mode::read, open_to_all, call(reference_get)},
                // clang-format on
            },
        .jobs = {},
        .checks = library_checks(),
        .samples = sample_sets(),
        .followings = {following(index, notices)},
        .routines = {{"search_misses_keep", [&misses](Store& store, Time now, std::uint64_t) { return misses.flush(store, now); }},
            {"notices_make", [&notices](Store& store, Time now, std::uint64_t) { return notices.follow(store, now); }}},
    };
    for (Endpoint& endpoint : publication_endpoints(address)) slice.endpoints.push_back(std::move(endpoint));
    for (Endpoint& endpoint : paper_endpoints(address, log)) slice.endpoints.push_back(std::move(endpoint));
    for (Endpoint& endpoint : export_endpoints(index)) slice.endpoints.push_back(std::move(endpoint));
    for (Endpoint& endpoint : import_place_endpoints()) slice.endpoints.push_back(std::move(endpoint));
    for (Endpoint& endpoint : import_endpoints()) slice.endpoints.push_back(std::move(endpoint));
    for (JobKind& job : import_jobs()) slice.jobs.push_back(std::move(job));
    for (const auto& endpoints : {version_endpoints(), technology_assessment_endpoints(), edition_endpoints(), admission_endpoints(), verification_endpoints(),
             expert_endpoints(), panel_endpoints(), disclosure_endpoints(), agreement_endpoints(), policy_endpoints(), policy_answer_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    for (Endpoint& endpoint : finding_endpoints(index, misses)) slice.endpoints.push_back(std::move(endpoint));
    for (const auto& endpoints : {saved_search_endpoints(address), search_miss_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    for (Endpoint& endpoint : thesaurus_endpoints(index)) slice.endpoints.push_back(std::move(endpoint));
    for (Endpoint& endpoint : thesaurus_exchange_endpoints(address)) slice.endpoints.push_back(std::move(endpoint));
    for (JobKind& job : thesaurus_exchange_jobs(address)) slice.jobs.push_back(std::move(job));
    for (Endpoint& endpoint : classification_endpoints()) slice.endpoints.push_back(std::move(endpoint));
    for (JobKind& job : finding_jobs(index)) slice.jobs.push_back(std::move(job));
    return slice;
}

} // namespace library
} // namespace greenbank
