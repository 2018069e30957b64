// dcat.cpp — catalogues to graphs.
#include "rdf/dcat.h"

#include <algorithm>

#include <fmt/format.h>

#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace greenbank::rdf::dcat {

namespace {

constexpr std::string_view authority_base = "http://publications.europa.eu/resource/authority/";
constexpr std::string_view wkt_literal = "http://www.opengis.net/ont/geosparql#wktLiteral";

Term dcat(std::string_view local) { return iri(name_in(dcat_space, local)); }
Term dct(std::string_view local) { return iri(name_in(dct_space, local)); }
Term foaf(std::string_view local) { return iri(name_in(foaf_space, local)); }
Term skos(std::string_view local) { return iri(name_in(skos_space, local)); }
Term vcard(std::string_view local) { return iri(name_in(vcard_space, local)); }
const Term& type() {
    static const Term term = iri(rdf("type"));
    return term;
}

/// Where an authority keeps its concepts, and its name.
struct Scheme {
    std::string base, iri, title;
};
Scheme scheme_of(Authority authority) {
    const auto office = [](std::string_view table, std::string title) {
        return Scheme{name_in(authority_base, table) + "/", name_in(authority_base, table), std::move(title)};
    };
    const auto adms = [](std::string_view table, std::string title) {
        return Scheme{fmt::format("http://purl.org/adms/{}/", table), fmt::format("http://purl.org/adms/{}/1.0", table), std::move(title)};
    };
    switch (authority) {
    case Authority::theme: return office("data-theme", "Data theme");
    case Authority::file_type: return office("file-type", "File type");
    case Authority::availability: return office("planned-availability", "Planned availability");
    case Authority::licence_type: return adms("licencetype", "ADMS licence types");
    case Authority::publisher_type: return adms("publishertype", "ADMS publisher types");
    }
    return {};
}

class CatalogueWriter {
public:
    Result<Graph> write(const Catalogue& catalogue) {
        graph_.prefixes = {{"dcat", std::string(dcat_space)}, {"dcatap", std::string(dcatap_space)}, {"dct", std::string(dct_space)},
            {"foaf", std::string(foaf_space)}, {"skos", std::string(skos_space)}, {"vcard", std::string(vcard_space)}, {"xsd", std::string(xsd_space)},
            {"theme", scheme_of(Authority::theme).base}, {"filetype", scheme_of(Authority::file_type).base}, {"language", name_in(authority_base, "language/")},
            {"geo", "http://www.opengis.net/ont/geosparql#"}};
        write_catalogue(catalogue);
        if (!problems_.empty()) return invalid(std::move(problems_));
        return std::move(graph_);
    }

private:
    // Checks.

    std::optional<Term> required_iri(const std::string& text, const std::string& field) { return checked_iri(text, field, problems_); }

    void required_text(const Term& subject, const Term& property, const Text& text, std::string field) {
        graph_.add(subject, property, text);
        if (text.empty()) problems_.push_back({std::move(field), "rdf.missing", "DCAT-AP demands this."});
    }

    // Things that many refer to.

    void link(
        const Term& subject, const Term& property, const std::string& target, const std::string& field, std::string_view space, std::string_view class_name) {
        if (target.empty()) return;
        const auto object = checked_iri(target, field, problems_);
        if (!object) return;
        graph_.add(subject, property, *object);
        if (!class_name.empty()) graph_.add(*object, type(), iri(name_in(space, class_name)));
    }

    void link_code(const Term& subject, const Term& property, Authority authority, const std::string& code, std::string field) {
        if (code.empty()) return;
        const auto known = codes(authority);
        const auto found = std::find_if(known.begin(), known.end(), [&](const Code& one) { return one.code == code; });
        if (found == known.end()) {
            problems_.push_back({std::move(field), "rdf.code_unknown", "The code {code} is not known.", {{"code", code}}});
            return;
        }
        const Scheme scheme = scheme_of(authority);
        const Term concept_ = iri(scheme.base + code);
        graph_.add(subject, property, concept_);
        graph_.add(concept_, type(), skos("Concept"));
        if (authority == Authority::file_type) graph_.add(concept_, type(), dct("MediaTypeOrExtent"));
        graph_.add(concept_, skos("prefLabel"), literal(std::string(found->label), "en"));
        graph_.add(concept_, skos("inScheme"), add_scheme(scheme.iri, scheme.title));
    }

    Term add_scheme(const std::string& scheme_iri, const std::string& title) {
        Term scheme = iri(scheme_iri);
        graph_.add(scheme, type(), skos("ConceptScheme"));
        graph_.add(scheme, dct("title"), literal(title, "en"));
        return scheme;
    }

    void link_language(const Term& subject, Language language) {
        const std::string_view code = language == Language::zh ? "ZHO" : language == Language::ru ? "RUS" : "ENG";
        const Term object = iri(fmt::format("{}language/{}", authority_base, code));
        graph_.add(subject, dct("language"), object);
        graph_.add(object, type(), dct("LinguisticSystem"));
        graph_.add(object, skos("inScheme"), iri(name_in(authority_base, "language")));
    }

    void link_agent(const Term& subject, const Agent& agent, const std::string& field) {
        const auto object = required_iri(agent.iri, field + ".iri");
        if (!object) return;
        graph_.add(subject, dct("publisher"), *object);
        graph_.add(*object, type(), foaf("Agent"));
        required_text(*object, foaf("name"), agent.name, field + ".name");
        link_code(*object, dct("type"), Authority::publisher_type, agent.type, field + ".type");
    }

    void link_licence(const Term& subject, const Licence& licence, const std::string& field) {
        const auto object = required_iri(licence.iri, field + ".iri");
        if (!object) return;
        graph_.add(subject, dct("license"), *object);
        graph_.add(*object, type(), dct("LicenseDocument"));
        link_code(*object, dct("type"), Authority::licence_type, licence.type, field + ".type");
    }

    void link_place(const Term& subject, const Place& place, const std::string& field) {
        const auto object = required_iri(place.iri, field + ".iri");
        if (!object) return;
        graph_.add(subject, dct("spatial"), *object);
        graph_.add(*object, type(), dct("Location"));
        const auto [w, s, e, n] = std::tuple(place.west, place.south, place.east, place.north);
        graph_.add(*object, dcat("bbox"), typed(fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", w, s, e, n), std::string(wkt_literal)));
        graph_.add(*object, dcat("centroid"), typed(fmt::format("POINT({} {})", (w + e) / 2, (s + n) / 2), std::string(wkt_literal)));
        const std::size_t slash = place.iri.rfind('/');
        if (place.iri.starts_with(authority_base)) graph_.add(*object, skos("inScheme"), iri(place.iri.substr(0, slash)));
    }

    void add_dates(const Term& subject, const std::optional<Time>& issued, const std::optional<Time>& modified) {
        if (issued) graph_.add(subject, dct("issued"), typed(*issued));
        if (modified) graph_.add(subject, dct("modified"), typed(*modified));
    }

    // The three classes.

    void write_catalogue(const Catalogue& catalogue) {
        const auto subject = required_iri(catalogue.iri, "iri");
        if (!subject) return;
        graph_.add(*subject, type(), dcat("Catalog"));
        required_text(*subject, dct("title"), catalogue.title, "title");
        required_text(*subject, dct("description"), catalogue.description, "description");
        link_agent(*subject, catalogue.publisher, "publisher");
        link(*subject, foaf("homepage"), catalogue.homepage, "homepage", foaf_space, "Document");
        link_licence(*subject, catalogue.licence, "licence");
        if (catalogue.place) link_place(*subject, *catalogue.place, "place");
        for (const Language language : catalogue.languages) link_language(*subject, language);
        add_dates(*subject, catalogue.issued, catalogue.modified);
        const Scheme themes = scheme_of(Authority::theme);
        graph_.add(*subject, dcat("themeTaxonomy"), add_scheme(themes.iri, themes.title));
        for (std::size_t i = 0; i < catalogue.datasets.size(); ++i)
            if (const auto dataset = write_dataset(catalogue.datasets[i], fmt::format("datasets[{}].", i))) graph_.add(*subject, dcat("dataset"), *dataset);
    }

    std::optional<Term> write_dataset(const Dataset& dataset, const std::string& field) {
        const auto subject = required_iri(dataset.iri, field + "iri");
        if (!subject) return {};
        graph_.add(*subject, type(), dcat("Dataset"));
        required_text(*subject, dct("title"), dataset.title, field + "title");
        required_text(*subject, dct("description"), dataset.description, field + "description");
        if (!dataset.identifier.empty()) graph_.add(*subject, dct("identifier"), literal(dataset.identifier));
        for (const Text& keyword : dataset.keywords) graph_.add(*subject, dcat("keyword"), keyword);
        for (const std::string& theme : dataset.themes) link_code(*subject, dcat("theme"), Authority::theme, theme, field + "themes");
        if (dataset.publisher) link_agent(*subject, *dataset.publisher, field + "publisher");
        if (dataset.contact) write_contact(*subject, *dataset.contact, field + "contact.email");
        link(*subject, dcat("landingPage"), dataset.landing_page, field + "landing_page", foaf_space, "Document");
        for (const Language language : dataset.languages) link_language(*subject, language);
        if (dataset.place) link_place(*subject, *dataset.place, field + "place");
        if (dataset.period) write_period(*subject, *dataset.period);
        add_dates(*subject, dataset.issued, dataset.modified);
        for (std::size_t i = 0; i < dataset.distributions.size(); ++i)
            if (const auto one = write_distribution(dataset.distributions[i], fmt::format("{}distributions[{}].", field, i)))
                graph_.add(*subject, dcat("distribution"), *one);
        return subject;
    }

    void write_contact(const Term& subject, const Contact& contact, const std::string& field) {
        const Term node = graph_.blank();
        graph_.add(subject, dcat("contactPoint"), node);
        graph_.add(node, type(), vcard("Kind"));
        graph_.add(node, vcard("fn"), contact.name);
        if (!contact.email.empty()) link(node, vcard("hasEmail"), "mailto:" + contact.email, field, {}, {});
    }

    void write_period(const Term& subject, const Period& period) {
        const Term node = graph_.blank();
        graph_.add(subject, dct("temporal"), node);
        graph_.add(node, type(), dct("PeriodOfTime"));
        if (period.begin) graph_.add(node, dcat("startDate"), typed(*period.begin));
        if (period.end) graph_.add(node, dcat("endDate"), typed(*period.end));
    }

    std::optional<Term> write_distribution(const Distribution& distribution, const std::string& field) {
        const auto subject = required_iri(distribution.iri, field + "iri"), access = required_iri(distribution.access_url, field + "access_url");
        if (!subject || !access) return {};
        graph_.add(*subject, type(), dcat("Distribution"));
        graph_.add(*subject, dcat("accessURL"), *access);
        graph_.add(*subject, dct("title"), distribution.title);
        graph_.add(*subject, dct("description"), distribution.description);
        link(*subject, dcat("downloadURL"), distribution.download_url, field + "download_url", {}, {});
        if (!distribution.media_type.empty())
            link(*subject, dcat("mediaType"), "https://www.iana.org/assignments/media-types/" + distribution.media_type, field + "media_type", dct_space,
                "MediaType");
        link_code(*subject, dct("format"), Authority::file_type, distribution.format, field + "format");
        link_code(*subject, iri(name_in(dcatap_space, "availability")), Authority::availability, distribution.availability, field + "availability");
        if (distribution.licence) link_licence(*subject, *distribution.licence, field + "licence");
        add_dates(*subject, distribution.issued, distribution.modified);
        if (distribution.size_bytes) graph_.add(*subject, dcat("byteSize"), typed(std::to_string(*distribution.size_bytes), xsd("decimal")));
        return subject;
    }

    Graph graph_;
    Problems problems_;
};

} // namespace

Result<Graph> graph_of(const Catalogue& catalogue) { return CatalogueWriter().write(catalogue); }

} // namespace greenbank::rdf::dcat
