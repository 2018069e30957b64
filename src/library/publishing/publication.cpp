// publication.cpp — the addresses outside the API, and what each says.
#include "library/publishing/publication.h"

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "library/entries.h"
#include "library/publishing/oai_repository.h"
#include "library/thesaurus/thesaurus_exchange.h"
#include "oai/provider.h"
#include "oai/tree.h"
#include "parties/secrets.h"
#include "rdf/dcat.h"
#include "rdf/json_ld.h"
#include "rdf/rdf_xml.h"
#include "rdf/schema_org.h"
#include "rdf/sitemap.h"
#include "rdf/turtle.h"

namespace greenbank::library {

std::string PublicAddress::host() const {
    std::string_view rest = base;
    if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) rest.remove_prefix(scheme + 3);
    const std::string host(rest.substr(0, rest.find_first_of(":/")));
    const bool is_number = host.find_first_not_of("0123456789.") == std::string::npos;
    return oai::is_repository_identifier(host) && !is_number ? host : "greenbank.example";
}

namespace {

constexpr std::string_view xml_type = "text/xml; charset=utf-8";

// ---- harvesters -------------------------------------------------------------------------------------------------

Result<Raw> oai_answer(Store& store, const Caller& caller, const PublicAddress& address, const oai::Arguments& arguments) {
    const std::string key = TRY(store.identity()); // known to nobody outside, and lost only with the database
    const OaiRepository repository(store, address, caller.now);
    const oai::ProviderSettings settings{
        .base_url = address.base + "/oai", .checksum = [key](std::string_view bytes) { return parties::token_hash(key + '\n' + std::string(bytes)); }};
    auto answer = TRY(oai::answer(repository, settings, arguments, repository.as_of()));
    return Raw{std::string(xml_type), std::move(answer), {{"Cache-Control", "no-cache"}}};
}

Result<Raw> oai_get(Store& store, const Caller& caller, const PublicAddress& address, const Request& request) {
    return oai_answer(store, caller, address, request.query);
}

Result<Raw> oai_post(Store& store, const Caller& caller, const PublicAddress& address, const Request& request) {
    auto arguments = oai::read_arguments(request.body);
    if (!arguments) return oai_answer(store, caller, address, {{"", ""}}); // badVerb and badArgument are the protocol's to say
    return oai_answer(store, caller, address, arguments.value());
}

Result<Raw> oai_schema(Store&, const Caller&, const PublicAddress&, const Request&) {
    return Raw{std::string(xml_type), oai::write_tree_schema("technology", full_format_space), {{"Cache-Control", "public, max-age=86400"}}};
}

// ---- data portals -----------------------------------------------------------------------------------------------

const rdf::dcat::Place earth{"http://sws.geonames.org/6295630/"};

rdf::dcat::Agent agent_of(const Organisation* centre, const PublicAddress& address) {
    return {address.base + "/", centre ? centre->name : Text{"绿色技术银行", "Green Technology Bank", "Банк зелёных технологий"}, "NonProfitOrganisation"};
}

Result<rdf::Graph> catalogue_graph(Store& store, const Caller& caller, const PublicAddress& address) {
    rdf::dcat::Catalogue catalogue{.iri = address.base + "/catalog",
        .title = {"绿色技术库", "Library of green technologies", "Библиотека зелёных технологий"},
        .description = {"绿色技术、技术需求和资金供给的公开目录。", "The public catalogue of green technologies, needs and capital.",
            "Открытый каталог зелёных технологий, потребностей и предложений капитала."},
        .publisher = {},
        .homepage = address.base + "/library",
        .languages = {Language::zh, Language::en, Language::ru},
        .licence = {"https://creativecommons.org/licenses/by/4.0/", "Attribution"},
        .place = earth,
        .issued = {},
        .modified = {},
        .datasets = {}};
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        const auto centre = TRY(transaction.find_one<Organisation>("kind = 'centre' ORDER BY id LIMIT 1", {}));
        catalogue.publisher = agent_of(centre ? &*centre : nullptr, address);
        catalogue.datasets.clear();
        for (const auto& [table, path] : {std::pair("technology", "technologies"), {"need", "needs"}, {"capital_offer", "capital-offers"}}) {
            const Rows times =
                TRY(transaction.query(fmt::format("SELECT MIN(created_at), MAX(updated_at), COUNT(*) FROM {} WHERE state = 'published'", table)));
            const bool any = as_integer(times.rows[0][2]) > 0;
            const Text name = *find_word(fmt::format("publication.{}", table));
            rdf::dcat::Dataset dataset{.iri = fmt::format("{}/catalog/{}", address.base, path),
                .identifier = table,
                .title = name,
                .description = *find_word(fmt::format("publication.{}.help", table)),
                .keywords = {name},
                .themes = {"ENVI", "ENER", "TECH"},
                .publisher = catalogue.publisher,
                .contact = {{{catalogue.publisher.name}, ""}},
                .landing_page = address.base + "/library",
                .languages = catalogue.languages,
                .place = earth,
                .period = {},
                .issued = any ? Time{as_integer(times.rows[0][0])} : caller.now,
                .modified = any ? Time{as_integer(times.rows[0][1])} : caller.now,
                .distributions = {}};
            dataset.period = {date_of(*dataset.issued), date_of(*dataset.modified)};
            for (const auto& [format, media_type, file_type] : {std::tuple("csv", "text/csv", "CSV"),
                     {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"}, {"json", "application/json", "JSON"}}) {
                const std::string file = fmt::format("{}/api/v1/{}/export?format={}&state=published", address.base, path, format);
                dataset.distributions.push_back({.iri = fmt::format("{}/catalog/{}/{}", address.base, path, format),
                    .title = {fmt::format("{}（{}）", name.zh, file_type), fmt::format("{} ({})", name.en, file_type),
                        fmt::format("{} ({})", name.ru, file_type)},
                    .description = dataset.description,
                    .access_url = file,
                    .download_url = file,
                    .media_type = media_type,
                    .format = file_type,
                    .licence = catalogue.licence,
                    .issued = dataset.issued,
                    .modified = dataset.modified});
            }
            catalogue.issued = catalogue.issued ? std::min(*catalogue.issued, *dataset.issued) : dataset.issued;
            catalogue.modified = catalogue.modified ? std::max(*catalogue.modified, *dataset.modified) : dataset.modified;
            catalogue.datasets.push_back(std::move(dataset));
        }
        return Done{};
    }));
    return rdf::dcat::graph_of(catalogue);
}

// ---- vocabularies -----------------------------------------------------------------------------------------------

enum class Syntax { turtle, json_ld, rdf_xml };

Result<Raw> raw_of(const rdf::Graph& graph, Syntax syntax) {
    switch (syntax) {
    case Syntax::turtle: return Raw{"text/turtle; charset=utf-8", rdf::write_turtle(graph), {}};
    case Syntax::json_ld: return Raw{"application/ld+json", rdf::write_json_ld(graph), {}};
    case Syntax::rdf_xml: {
        std::string xml = TRY(rdf::write_rdf_xml(graph));
        return Raw{"application/rdf+xml", std::move(xml), {}};
    }
    }
    return Raw{};
}

// ---- search engines ---------------------------------------------------------------------------------------------

constexpr std::pair<std::string_view, std::string_view> entry_pages[] = {
    {"technology", "/library/technologies/"}, {"need", "/needs/"}, {"capital_offer", "/capital/"}};

Result<std::vector<rdf::SitemapUrl>> sitemap_part(Store& store, const PublicAddress& address, std::size_t part) {
    std::vector<rdf::SitemapUrl> urls;
    const auto [table, page] = entry_pages[part];
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        urls.clear();
        for (const auto& row :
            TRY(transaction.query(
                    fmt::format("SELECT id, updated_at FROM {} WHERE state = 'published' ORDER BY updated_at DESC, id LIMIT {}", table, rdf::sitemap_urls_max)))
                .rows)
            urls.push_back({fmt::format("{}{}{}", address.base, page, as_text(row[0])), Time{as_integer(row[1])}, {}});
        return Done{};
    }));
    return urls;
}

Result<Raw> sitemap_index(Store& store, const Caller&, const PublicAddress& address, const Request&) {
    std::vector<rdf::SitemapUrl> files;
    for (std::size_t part = 0; part < std::size(entry_pages); ++part) {
        const auto urls = TRY(sitemap_part(store, address, part));
        if (!urls.empty()) files.push_back({fmt::format("{}/sitemap-{}.xml", address.base, entry_pages[part].first), urls.front().modified, {}});
    }
    return Raw{std::string(xml_type), rdf::write_sitemap_index(files), {}};
}

using Answering = Result<Raw> (*)(Store&, const Caller&, const PublicAddress&, const Request&);

template <Syntax syntax> Result<Raw> catalogue_get(Store& store, const Caller& caller, const PublicAddress& address, const Request&) {
    return raw_of(TRY(catalogue_graph(store, caller, address)), syntax);
}
template <Syntax syntax> Result<Raw> thesaurus_get(Store& store, const Caller&, const PublicAddress& address, const Request&) {
    return raw_of(TRY(thesaurus_graph(store, address)), syntax);
}
template <std::size_t part> Result<Raw> sitemap_get(Store& store, const Caller&, const PublicAddress& address, const Request&) {
    const auto addresses = TRY(sitemap_part(store, address, part));
    return Raw{std::string(xml_type), rdf::write_sitemap(addresses), {}};
}

Result<Raw> robots_get(Store&, const Caller&, const PublicAddress& address, const Request&) {
    return Raw{"text/plain; charset=utf-8", fmt::format("User-agent: *\nDisallow: /api/\nSitemap: {}/sitemap.xml\n", address.base), {}};
}

} // namespace

std::vector<Endpoint> publication_endpoints(const PublicAddress& address) {
    const auto harvest = [&address](Answering function) { // its arguments are the protocol's
        return call([&address, function](
                        Store& store, const Caller& caller, const Request& request) -> Result<Raw> { return function(store, caller, address, request); });
    };
    const auto answer = [&address](Answering function) {
        return call([&address, function](Store& store, const Caller& caller, const Request& request) -> Result<Raw> {
            TRY(bind_nothing(request));
            return function(store, caller, address, request);
        });
    };
    return {
        // clang-format off
        {"oai_get", Method::get, "//oai", "OAI-PMH 2.0 for harvesters.", Mode::compute, open_to_all, harvest(oai_get)},
        {"oai_post", Method::post, "//oai", "OAI-PMH 2.0, arguments as a form.", Mode::compute, open_to_all, harvest(oai_post)},
        {"oai_schema", Method::get, "//oai/greenbank.xsd", "The schema of the full format.", Mode::compute, open_to_all, answer(oai_schema)},
        {"catalogue_json_ld", Method::get, "//catalog.jsonld", "The catalogue as DCAT-AP, JSON-LD.", Mode::compute, open_to_all, answer(catalogue_get<Syntax::json_ld>)},
        {"catalogue_turtle", Method::get, "//catalog.ttl", "The catalogue as DCAT-AP, Turtle.", Mode::compute, open_to_all, answer(catalogue_get<Syntax::turtle>)},
        {"thesaurus_json_ld", Method::get, "//thesaurus.jsonld", "The thesaurus as SKOS, JSON-LD.", Mode::compute, open_to_all, answer(thesaurus_get<Syntax::json_ld>)},
        {"thesaurus_turtle", Method::get, "//thesaurus.ttl", "The thesaurus as SKOS, Turtle.", Mode::compute, open_to_all, answer(thesaurus_get<Syntax::turtle>)},
        {"thesaurus_rdf", Method::get, "//thesaurus.rdf", "The thesaurus as SKOS, RDF/XML.", Mode::compute, open_to_all, answer(thesaurus_get<Syntax::rdf_xml>)},
        {"sitemap", Method::get, "//sitemap.xml", "What search engines may look at.", Mode::compute, open_to_all, answer(sitemap_index)},
        {"sitemap_technology", Method::get, "//sitemap-technology.xml", "Pages of technologies.", Mode::compute, open_to_all, answer(sitemap_get<0>)},
        {"sitemap_need", Method::get, "//sitemap-need.xml", "Pages of needs.", Mode::compute, open_to_all, answer(sitemap_get<1>)},
        {"sitemap_capital_offer", Method::get, "//sitemap-capital_offer.xml", "Pages of capital offers.", Mode::compute, open_to_all, answer(sitemap_get<2>)},
        {"robots", Method::get, "//robots.txt", "Where search engines may go.", Mode::compute, open_to_all, answer(robots_get)},
        // clang-format on
    };
}

Result<std::optional<std::string>> landing_script(Store& store, const PublicAddress& address, std::string_view path, Language language) {
    std::optional<std::string> script;
    for (const auto& [table, page] : entry_pages) {
        if (!path.starts_with(page)) continue;
        const std::string id(path.substr(page.size())), url = address.base + std::string(path);
        if (!is_id(id, table == "technology" ? "tech" : table == "need" ? "need" : "cap")) return script;
        TRY(store.read([&, table = table](Transaction& transaction) -> Result<Done> {
            const auto organisation = [&](const std::optional<Id<Organisation>>& owner) -> Result<std::optional<rdf::schema_org::Organization>> {
                std::optional<rdf::schema_org::Organization> made;
                if (!owner) return made;
                if (const auto found = TRY(transaction.find_one<Organisation>("id = $1", {owner->text})))
                    made = {fmt::format("{}/organisations/{}", address.base, found->id.text), found->name.best(language), "", "", found->country};
                return made;
            };
            if (table == "technology") {
                auto entry = TRY(transaction.find_one<Technology>("id = $1 AND state = 'published'", {id}));
                if (!entry) return Done{};
                entry = teaser(std::move(*entry));
                rdf::schema_org::Product product{url, url, entry->title.best(language), entry->summary.best(language)};
                product.category = word(fmt::format("choice.technology_field.{}", name_of(entry->field)), language);
                product.maker = TRY(organisation(entry->holder));
                for (const Figure& figure : entry->figures) {
                    const Term* indicator = reference().indicators.find(figure.indicator);
                    product.properties.push_back({indicator ? indicator->name.best(language) : figure.indicator, figure.low, figure.unit});
                }
                script = rdf::schema_org::script_of(product);
            } else if (table == "need") {
                auto entry = TRY(transaction.find_one<Need>("id = $1 AND state = 'published'", {id}));
                if (!entry) return Done{};
                entry = teaser(std::move(*entry));
                rdf::schema_org::Demand demand{url, url, entry->title.best(language), entry->summary.best(language)};
                demand.seeker = TRY(organisation(entry->owner));
                if (entry->budget) demand.budget = {{}, entry->budget};
                demand.countries = {entry->country};
                demand.valid_through = entry->deadline;
                script = rdf::schema_org::script_of(demand);
            } else {
                auto entry = TRY(transaction.find_one<CapitalOffer>("id = $1 AND state = 'published'", {id}));
                if (!entry) return Done{};
                entry = teaser(std::move(*entry));
                rdf::schema_org::Offer offer{url, url, entry->title.best(language), entry->summary.best(language)};
                offer.seller = TRY(organisation(entry->provider));
                for (const std::string& country : entry->countries)
                    if (country.size() == 2) offer.countries.push_back(country);
                script = rdf::schema_org::script_of(offer);
            }
            return Done{};
        }));
        if (script) script = fmt::format("<script type=\"application/ld+json\">{}</script>", *script);
        return script;
    }
    return script;
}

} // namespace greenbank::library
