// compiled_in.cpp — words, reference data and the sample bank, as they lie in the program.
#include <chrono>

#include "api/words.h"
#include "app/bank.h"
#include "library/disclosure.h"
#include "library/panels.h"
#include "library/policies.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile words[];
extern const std::size_t words_count;
extern const EmbeddedFile reference_data[];
extern const std::size_t reference_data_count;
extern const EmbeddedFile sample_data[];
extern const std::size_t sample_data_count;
} // namespace embedded

namespace app {

const library::Reference& compiled_in_reference() {
    static const library::Reference reference = [] {
        std::map<std::string, std::string_view> files;
        for (const EmbeddedFile& file : std::span(embedded::reference_data, embedded::reference_data_count))
            files.emplace(split(file.path, '/').back(), file.bytes());
        auto read = library::read_reference(files);
        require(static_cast<bool>(read), read ? "" : read.error().message.c_str());
        return std::move(read).value();
    }();
    return reference;
}

void load_compiled_in_data() {
    load_words({embedded::words, embedded::words_count});
    library::set_reference(&compiled_in_reference());
}

static std::vector<EmbeddedFile> files_in(std::string_view folder) {
    std::vector<EmbeddedFile> files;
    for (const EmbeddedFile& file : std::span(embedded::sample_data, embedded::sample_data_count))
        if (std::string_view(file.path).starts_with(folder)) files.push_back(file);
    return files;
}

std::vector<SampleStep> sample_steps(ledger::Book& book) {
    return {ledger::sample_step(
        book, {files_in("data/sample/ledger/assets"), files_in("data/sample/ledger/accounts"), files_in("data/sample/ledger/transfers")})};
}

std::vector<SampleSet> sample_sets() {
    return {
        // An organisation that somebody has joined in the meantime stays.
        sample_set<parties::Organisation>(files_in("data/sample/organisations/"),
            "UPDATE organisation SET sample = false WHERE sample = true AND (id IN (SELECT organisation FROM "
            "membership) OR id IN (SELECT organisation FROM invitation) OR id IN (SELECT owner FROM account))"),
        sample_set<library::Technology>(files_in("data/sample/technologies/"), {},
            "INSERT INTO entry_tombstone (id, kind, field, updated_at) SELECT id, 'technology', field, $1 FROM technology WHERE sample = true AND state <> "
            "'draft' ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at"),
        sample_set<library::Need>(files_in("data/sample/needs/"), {},
            "INSERT INTO entry_tombstone (id, kind, field, updated_at) SELECT id, 'need', field, $1 FROM need WHERE sample = true AND state <> 'draft' ON "
            "CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at"),
        sample_set<library::CapitalOffer>(files_in("data/sample/capital/"), {},
            "INSERT INTO entry_tombstone (id, kind, field, updated_at) SELECT id, 'capital_offer', NULL, $1 FROM capital_offer WHERE sample = true AND state "
            "<> 'draft' ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at"),
        sample_set<library::Edition>(files_in("data/sample/editions/")), sample_set<library::Admission>(files_in("data/sample/admissions/")),
        sample_set<library::Verification>(files_in("data/sample/verifications/")), sample_set<library::AssessmentStep>(files_in("data/sample/steps/")),
        sample_set<library::Expert>(files_in("data/sample/experts/")), sample_set<library::Panel>(files_in("data/sample/panels/panels")),
        sample_set<library::PanelSeat>(files_in("data/sample/panels/seats")), sample_set<library::Policy>(files_in("data/sample/policies/")),
        sample_set<library::DisclosureAgreement>(files_in("data/sample/agreements/")),
        sample_set<ledger::ExchangeRate>(files_in("data/sample/ledger/rates")), sample_set<ledger::TransferOrder>(files_in("data/sample/ledger/orders")),
        sample_set<library::EntryVersion>({}), // of sample entries that were changed
    };
}

Time clock_now() { return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()}; }

} // namespace app
} // namespace greenbank
