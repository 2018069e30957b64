// records.cpp — descriptions of the exchange.
#include "carbon/exchange/records.h"

#include <set>

#include <fmt/format.h>

namespace greenbank::carbon {

namespace {

void check_partner(const void* value, Problems& problems) {
    const auto& partner = *static_cast<const PactPartner*>(value);
    if (partner.address) {
        const std::string& address = *partner.address;
        bool safe = address.starts_with("https://");
        for (const char* here : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) safe = safe || address.starts_with(here);
        if (!safe || address.ends_with('/') || address.find_first_of(" \t\r\n#?\"<>") != std::string::npos)
            problems.push_back(
                {"address", "pact.address", "Write the address of the partner's server, such as https://partner.example, without a slash at its end."});
    }
    const auto clean = [](const std::optional<std::string>& text) {
        return !text || std::ranges::none_of(*text, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127; });
    };
    if (!clean(partner.client_there) || (partner.client_there && partner.client_there->find(':') != std::string::npos))
        problems.push_back({"client_there", "pact.client", "A client id has neither spaces nor a colon."});
    if (!clean(partner.secret_there)) problems.push_back({"secret_there", "pact.secret", "A secret has no spaces."});
}

void check_urns(const std::vector<std::string>& list, const char* field, Problems& problems) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!pact::is_urn(list[i]) || list[i].find_first_of(" ,\t\r\n") != std::string::npos)
            problems.push_back({fmt::format("{}[{}]", field, i), "pact.urn", "Write a URN such as urn:gtin:4712345060507."});
        else if (!seen.insert(pact::small_letters(list[i])).second)
            problems.push_back({fmt::format("{}[{}]", field, i), "pact.twice", "This stands here twice."});
    }
}

void check_shared(const void* value, Problems& problems) {
    const auto& shared = *static_cast<const SharedFootprint*>(value);
    check_urns(shared.company_ids, "company_ids", problems);
    check_urns(shared.product_ids, "product_ids", problems);
    check_urns(shared.classifications, "classifications", problems);
    if (!pact::is_geography(shared.geography))
        problems.push_back(
            {"geography", "pact.geography", "Write a country (CN), a part of one (CN-ZJ), a region of the United Nations (Eastern Asia), or nothing."});
    if (shared.reference_from && shared.reference_until && *shared.reference_until <= *shared.reference_from)
        problems.push_back({"reference_until", "pact.period", "The end lies before the beginning."});
    if (shared.valid_from.has_value() != shared.valid_until.has_value())
        problems.push_back({"valid_until", "pact.validity", "Give both days of the validity, or neither: then it is three years from the end of the data."});
    else if (shared.valid_from && *shared.valid_until <= *shared.valid_from)
        problems.push_back({"valid_until", "pact.period", "The end lies before the beginning."});
}

Time midnight(Date date) { return Time{std::int64_t{date.days} * days(1).microseconds}; }

} // namespace

Record describe(const PactPartner*) {
    using P = PactPartner;
    return {"pact_partner", "A partner with whom footprints are exchanged by PACT.",
        {
            field<&P::id>("id", "Id.", {.read_only = true}),
            field<&P::owner>("owner", "Whose partner it is.", {.read_only = true, .filter = true}),
            field<&P::name>("name", "Its name.", {.min = 1, .max = 200, .sort = true}),
            field<&P::address>("address", "Its server: what is said to it goes there. Absent: it only asks.", {.min = 8, .max = 500}),
            field<&P::unknown_requests>("unknown_requests", "What becomes of its requests for products that nothing is shared of.", {.defaulted = true}),
            field<&P::paused>("paused", "It is neither answered nor told anything.", {.defaulted = true, .filter = true}),
            field<&P::protocol>("protocol", "The version that its server speaks: 3; 2 where it speaks 2.2 or 2.3.", {.min = 2, .max = 3, .defaulted = true}),
            field<&P::client_id>("client_id", "What it calls itself when it signs in here.", {.max = 80, .read_only = true}),
            field<&P::secret_hash>("secret_hash", "Hash of its secret.", {.max = 200, .read_only = true, .secret = true}),
            field<&P::client_there>("client_there", "What we call ourselves when we sign in there.", {.min = 1, .max = 300}),
            field<&P::secret_there>("secret_there", "Our secret there; it is never shown again.", {.min = 1, .max = 500, .secret = true}),
            field<&P::seen_at>("seen_at", "When it last signed in here.", {.read_only = true}),
            field<&P::reached_at>("reached_at", "When it last took what we said.", {.read_only = true}),
            field<&P::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&P::created_at>("created_at", "Since when.", {.read_only = true}),
            field<&P::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&P::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_partner};
}
Record describe(const PactToken*) {
    using T = PactToken;
    return {"pact_token", "A token that a partner holds.",
        {field<&T::id>("id", "Id.", {.read_only = true}), field<&T::partner>("partner", "Who holds it.", {.read_only = true}),
            field<&T::token_hash>("token_hash", "Its hash.", {.max = 200, .unique = true, .read_only = true, .secret = true}),
            field<&T::expires_at>("expires_at", "Until when.", {.read_only = true})}};
}
Record describe(const SourceNamed*) {
    return {"source_named", "A source of emission factors.",
        {field<&SourceNamed::name>("name", "Its name.", {.max = 500}), field<&SourceNamed::version>("version", "Its edition.", {.max = 200})}};
}
Record describe(const SharedFootprint*) {
    using S = SharedFootprint;
    return {"shared_footprint", "A footprint as partners may fetch it.",
        {
            field<&S::id>("id", "Id.", {.read_only = true}),
            field<&S::uuid>("uuid", "Its id in the exchange.", {.max = 36, .unique = true, .read_only = true}),
            field<&S::owner>("owner", "Whose product it is.", {.read_only = true, .filter = true}),
            field<&S::footprint>("footprint", "The footprint that it states.", {.filter = true}),
            field<&S::replaces>("replaces", "The one whose place it takes."),
            field<&S::preceding>("preceding", "All before it.", {.max = 1000, .read_only = true}),
            field<&S::state>("state", "The newest, or one that another took the place of.", {.read_only = true, .filter = true}),
            field<&S::partners>("partners", "Who may see it; none named: all partners.", {.max = 200, .defaulted = true}),
            field<&S::company_name>("company_name", "The company; empty: the organisation's name.", {.max = 300, .defaulted = true}),
            field<&S::product_name>("product_name", "Its trade name; empty: that of the product system.", {.max = 300, .defaulted = true, .sort = true}),
            field<&S::description>("description", "The product; empty: as the product system says.", {.max = 6000, .defaulted = true}),
            field<&S::comment>("comment", "What a reader should know of the calculation.", {.max = 4000, .defaulted = true}),
            field<&S::company_ids>("company_ids", "URNs of the company.", {.min = 1, .max = 50}),
            field<&S::product_ids>("product_ids", "URNs of the product: what partners ask by.", {.min = 1, .max = 200}),
            field<&S::classifications>("classifications", "URNs of classes.", {.max = 50, .defaulted = true}),
            field<&S::cpc>("cpc", "UN CPC code; needed by partners that speak version 2.", {.max = 40, .defaulted = true}),
            field<&S::unit>("unit", "Declared unit.", {.max = 40, .read_only = true}),
            field<&S::amount>("amount", "How many of it.", {.max = 40, .read_only = true}),
            field<&S::mass_kg>("mass_kg", "Mass of the declared unit; absent: it is counted in kilograms, or has none.", {.unit = "kg", .min = 0}),
            field<&S::reference_from>("reference_from", "First day of the data; absent: the year of the product system."),
            field<&S::reference_until>("reference_until", "The day after the last."),
            field<&S::valid_from>("valid_from", "From when it may be used; absent: from the end of the data."),
            field<&S::valid_until>("valid_until", "Until when; absent: three years."),
            field<&S::geography>("geography", "Where: CN, CN-ZJ, Eastern Asia; empty: as the product system says.", {.max = 60, .defaulted = true}),
            field<&S::boundary_processes>(
                "boundary_processes", "Processes within the boundary; empty: those of the product system.", {.max = 6000, .defaulted = true}),
            field<&S::fossil_carbon>("fossil_carbon", "Fossil carbon in the declared unit.", {.unit = "kg", .min = 0, .defaulted = true}),
            field<&S::biogenic_carbon>("biogenic_carbon", "Biogenic carbon in the declared unit.", {.unit = "kg", .min = 0}),
            field<&S::packaging_included>("packaging_included", "Packaging is within the boundary.", {.defaulted = true}),
            field<&S::without_uptake>("without_uptake", "Without what plants took up.", {.max = 60, .read_only = true}),
            field<&S::with_uptake>("with_uptake", "All together.", {.max = 60, .read_only = true}),
            field<&S::fossil>("fossil", "Of fossil origin.", {.max = 60, .read_only = true}),
            field<&S::land_use_change>("land_use_change", "Of changes of land use.", {.max = 60, .read_only = true}),
            field<&S::biogenic_uptake>("biogenic_uptake", "What plants took up.", {.max = 60, .read_only = true}),
            field<&S::biogenic_other>("biogenic_other", "Other gases of biogenic origin.", {.max = 60, .read_only = true}),
            field<&S::characterization>("characterization", "Whose warming potentials.", {.max = 10, .read_only = true}),
            field<&S::exempted_percent>("exempted_percent", "Left out.", {.max = 60, .read_only = true}),
            field<&S::exempted_reason>("exempted_reason", "And why.", {.max = 2000, .defaulted = true}),
            field<&S::allocation>("allocation", "How it was divided among products.", {.max = 4000, .read_only = true}),
            field<&S::primary_share_percent>("primary_share_percent", "Share that measured data bring.", {.max = 60, .read_only = true}),
            field<&S::factor_sources>("factor_sources", "Where emission factors are from.", {.max = 200, .read_only = true}),
            field<&S::quality_technology>("quality_technology", "Quality of the data: technology.", {.max = 60, .read_only = true}),
            field<&S::quality_area>("quality_area", "Quality of the data: area.", {.max = 60, .read_only = true}),
            field<&S::quality_time>("quality_time", "Quality of the data: time.", {.max = 60, .read_only = true}),
            field<&S::verifier>("verifier", "Who verified the label of this footprint.", {.max = 300, .read_only = true}),
            field<&S::verified_on>("verified_on", "When that was published.", {.read_only = true}),
            field<&S::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&S::created_at>("created_at", "When it was shared.", {.read_only = true, .sort = true}),
            field<&S::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&S::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_shared};
}
Record describe(const ReceivedFootprint*) {
    using R = ReceivedFootprint;
    return {"received_footprint", "A partner's footprint as it came.",
        {
            field<&R::id>("id", "Id.", {.read_only = true}),
            field<&R::owner>("owner", "Who received it.", {.read_only = true, .filter = true}),
            field<&R::partner>("partner", "From whom.", {.read_only = true, .filter = true}),
            field<&R::uuid>("uuid", "Its id in the exchange.", {.max = 36, .read_only = true}),
            field<&R::state>("state", "The newest, or one that another took the place of.", {.read_only = true, .filter = true}),
            field<&R::company_name>("company_name", "The company.", {.max = 20'000, .read_only = true}),
            field<&R::product_name>("product_name", "The product.", {.max = 20'000, .read_only = true, .sort = true}),
            field<&R::product_ids>("product_ids", "Its URNs.", {.max = 200, .read_only = true}),
            field<&R::unit>("unit", "Declared unit.", {.max = 40, .read_only = true}),
            field<&R::amount>("amount", "How many of it.", {.max = 100, .read_only = true}),
            field<&R::with_uptake>("with_uptake", "All greenhouse gases of it.", {.max = 100, .read_only = true}),
            field<&R::without_uptake>("without_uptake", "Without what plants took up.", {.max = 100, .read_only = true}),
            field<&R::geography>("geography", "Where.", {.max = 100, .read_only = true, .filter = true}),
            field<&R::valid_from>("valid_from", "From when it may be used.", {.read_only = true}),
            field<&R::valid_until>("valid_until", "Until when.", {.read_only = true, .sort = true}),
            field<&R::received_at>("received_at", "When it came.", {.read_only = true, .sort = true}),
            field<&R::document>("document", "All of it, JSON as PACT has it.", {.max = 2'000'000, .read_only = true}),
        }};
}
Record describe(const PactRequest*) {
    using R = PactRequest;
    return {"pact_request", "A request for the footprint of a product.",
        {
            field<&R::id>("id", "Id.", {.read_only = true}),
            field<&R::owner>("owner", "Whose it is.", {.read_only = true, .filter = true}),
            field<&R::partner>("partner", "The partner.", {.filter = true}),
            field<&R::partner_name>("partner_name", "Its name.", {.max = 200, .read_only = true}),
            field<&R::direction>("direction", "Received from it, or sent to it.", {.read_only = true, .filter = true}),
            field<&R::protocol>("protocol", "Version of the protocol.", {.read_only = true}),
            field<&R::event>("event", "Id of the event that asked.", {.max = 500, .read_only = true}),
            field<&R::product_ids>("product_ids", "URNs of the product.", {.min = 1, .max = 50}),
            field<&R::comment>("comment", "What is needed, and by when.", {.max = 4000, .defaulted = true}),
            field<&R::criteria>("criteria", "All that was asked, JSON.", {.max = 20'000, .read_only = true}),
            field<&R::state>("state", "How it stands.", {.read_only = true, .filter = true}),
            field<&R::footprints>("footprints", "What it was answered with.", {.max = 1000, .read_only = true}),
            field<&R::code>("code", "Why it was rejected.", {.max = 500, .read_only = true}),
            field<&R::message>("message", "The same in words.", {.max = 4000, .read_only = true}),
            field<&R::created_at>("created_at", "When.", {.read_only = true, .sort = true}),
            field<&R::answered_at>("answered_at", "When it was answered.", {.read_only = true}),
            field<&R::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}
Record describe(const PactMessage*) {
    using M = PactMessage;
    return {"pact_message", "What is to be said to a partner.",
        {
            field<&M::id>("id", "Id.", {.read_only = true}),
            field<&M::owner>("owner", "Who says it.", {.read_only = true, .filter = true}),
            field<&M::partner>("partner", "To whom.", {.read_only = true, .filter = true}),
            field<&M::partner_name>("partner_name", "Its name.", {.max = 200, .read_only = true}),
            field<&M::kind>("kind", "What.", {.read_only = true, .filter = true}),
            field<&M::protocol>("protocol", "Version of the protocol.", {.read_only = true}),
            field<&M::body>("body", "The words.", {.max = 8'000'000, .read_only = true, .secret = true}),
            field<&M::request>("request", "The request that it answers or is.", {.read_only = true}),
            field<&M::state>("state", "Waiting, sent, or given up.", {.read_only = true, .filter = true}),
            field<&M::attempts>("attempts", "How often it was tried.", {.read_only = true}),
            field<&M::answer>("answer", "What came of the last attempt.", {.max = 1000, .read_only = true}),
            field<&M::created_at>("created_at", "Since when.", {.read_only = true, .sort = true}),
            field<&M::next_at>("next_at", "When it is tried next.", {.read_only = true, .sort = true}),
            field<&M::expires_at>("expires_at", "When it is given up.", {.read_only = true}),
            field<&M::ended_at>("ended_at", "When it was sent or given up.", {.read_only = true}),
        }};
}

pact::ProductFootprint on_the_wire(const SharedFootprint& it) {
    pact::ProductFootprint out{.id = it.uuid, .preceding = it.preceding, .created = it.created_at, .active = it.state == SharedState::active};
    if (it.valid_from) out.valid_from = midnight(*it.valid_from);
    if (it.valid_until) out.valid_until = midnight(*it.valid_until);
    out.company_name = it.company_name;
    out.company_ids = it.company_ids;
    out.description = it.description;
    out.product_ids = it.product_ids;
    out.classifications = it.classifications;
    out.cpc = it.cpc;
    out.name = it.product_name;
    out.comment = it.comment;
    out.unit = it.unit;
    out.amount = it.amount;
    out.mass_kg = pact::decimal_of(it.mass_kg.value_or(0));
    if (it.reference_from) out.reference_start = midnight(*it.reference_from);
    if (it.reference_until) out.reference_end = midnight(*it.reference_until);
    out.geography = it.geography;
    out.boundary_processes = it.boundary_processes;
    out.without_uptake = it.without_uptake;
    out.with_uptake = it.with_uptake;
    out.fossil = it.fossil;
    out.land_use_change = it.land_use_change;
    out.biogenic_uptake = it.biogenic_uptake;
    out.biogenic_other = it.biogenic_other;
    out.fossil_carbon = pact::decimal_of(it.fossil_carbon);
    if (it.biogenic_carbon) out.biogenic_carbon = pact::decimal_of(*it.biogenic_carbon);
    out.packaging_included = it.packaging_included;
    out.characterization = {it.characterization};
    out.standards = {"ISO14067"};
    out.exempted_percent = it.exempted_percent;
    out.exempted_reason = it.exempted_reason;
    out.allocation = it.allocation;
    for (const SourceNamed& one : it.factor_sources) out.factor_sources.push_back({one.name, one.version});
    out.primary_share_percent = it.primary_share_percent;
    if (it.quality_technology && it.quality_area && it.quality_time)
        out.quality = pact::DataQuality{*it.quality_technology, *it.quality_area, *it.quality_time};
    if (it.verifier && it.verified_on) out.verification = pact::Verification{*it.verifier, "ISO 14064-3", midnight(*it.verified_on)};
    return out;
}

} // namespace greenbank::carbon
