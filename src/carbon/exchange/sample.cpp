// sample.cpp — the sample's kelp is shared with a buyer abroad; its figures are derived as anybody's.
#include <fmt/format.h>

#include "carbon/exchange/exchange.h"
#include "carbon/exchange/operations.h"
#include "json/json.h"

namespace greenbank::carbon {

namespace {

/// data/sample/carbon/exchange/shared.json
struct SampleShared {
    Id<SharedFootprint> id;
    std::string uuid;
    Id<Footprint> footprint;
    std::vector<std::string> company_ids, product_ids, classifications;
    std::string cpc, geography;
    bool packaging_included = false;
    Time created_at;
};
Record describe(const SampleShared*) {
    using S = SampleShared;
    return {"sample_shared", "A shared footprint of the sample bank.",
        {field<&S::id>("id", "Id."), field<&S::uuid>("uuid", "In the exchange."), field<&S::footprint>("footprint", "Which footprint."),
            field<&S::company_ids>("company_ids", "URNs."), field<&S::product_ids>("product_ids", "URNs."),
            field<&S::classifications>("classifications", "URNs."), field<&S::cpc>("cpc", "UN CPC."), field<&S::geography>("geography", "Where."),
            field<&S::packaging_included>("packaging_included", "With packaging."), field<&S::created_at>("created_at", "Since when.")}};
}

Result<std::int64_t> load(Transaction& transaction, const SampleFiles& files, Time) {
    std::int64_t loaded = 0;
    for (const EmbeddedFile& file : files_in(files, "carbon/exchange/shared")) {
        auto read = list_from_json<SampleShared>(file.bytes());
        if (!read) {
            read.error().message = fmt::format("{}: {}", file.path, read.error().message);
            return read.error();
        }
        for (const SampleShared& one : read.value()) {
            if (TRY(transaction.find_one<SharedFootprint>("id = $1", {one.id.text}))) continue;
            const Footprint footprint = TRY(transaction.get(one.footprint));
            SharedFootprint shared;
            shared.id = one.id;
            shared.uuid = one.uuid;
            shared.owner = footprint.owner;
            shared.footprint = footprint.id;
            shared.company_ids = one.company_ids;
            shared.product_ids = one.product_ids;
            shared.classifications = one.classifications;
            shared.cpc = one.cpc;
            shared.geography = one.geography;
            shared.packaging_included = one.packaging_included;
            shared.sample = true;
            shared.created_at = shared.updated_at = one.created_at;
            TRY(derive(transaction, shared, Language::en));
            TRY(transaction.insert(shared));
            ++loaded;
        }
    }
    return loaded;
}

Result<std::int64_t> remove(Transaction& transaction, const SampleFiles&, Time) {
    std::int64_t removed =
        TRY(transaction.execute("DELETE FROM shared_footprint WHERE sample = true OR footprint IN (SELECT id FROM footprint WHERE sample = true OR system IN "
                                "(SELECT id FROM product_system WHERE sample = true))"));
    for (const char* table : {"pact_token", "pact_message", "pact_request", "received_footprint"})
        removed += TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE partner IN (SELECT id FROM pact_partner WHERE sample = true)", table)));
    return removed;
}

} // namespace

SampleStep sample_exchange() { return {load, remove}; }

} // namespace greenbank::carbon
