// roles_library.cpp — the rows of the library.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_library(Stage& stage, Probes& rows) {
    rows.insert({
        {"oai_get", {200, at("//oai?verb=Identify")}},
        {"oai_schema", {200, at("//oai/greenbank.xsd")}},
        {"catalogue_json_ld", {200, at("//catalog.jsonld")}},
        {"catalogue_turtle", {200, at("//catalog.ttl")}},
        {"thesaurus_json_ld", {200, at("//thesaurus.jsonld")}},
        {"thesaurus_turtle", {200, at("//thesaurus.ttl")}},
        {"thesaurus_rdf", {200, at("//thesaurus.rdf")}},
        {"sitemap", {200, at("//sitemap.xml")}},
        {"sitemap_technology", {200, at("//sitemap-technology.xml")}},
        {"sitemap_need", {200, at("//sitemap-need.xml")}},
        {"sitemap_capital_offer", {200, at("//sitemap-capital_offer.xml")}},
        {"robots", {200, at("//robots.txt")}},
        {"oai_post", {200, at("//oai"), "verb=Identify"}},
        {"technology_pdf", {404, at("/technologies/tech_nobody/pdf")}},
        {"edition_pdf", {404, at("/editions/edition_nobody/pdf")}},
        {"technology_export", {200, at("/technologies/export?format=csv")}},
        {"need_export", {200, at("/needs/export?format=json")}},
        {"capital_offer_export", {200, at("/capital-offers/export")}},
        {"organisation_export", {200, at("/organisations/export")}},
        {"search_export", {200, at("/search/export?text=water")}},
        {"import_place_list", {200, at("/import-places?kind=technology")}},
        {"import_template", {200, at("/import-template?kind=need")}},
        {"import_create", {422, at("/imports"), "{}"}},
        {"import_list", {200, at("/imports")}},
        {"import_get", {404, at("/imports/import_nobody")}},
        {"import_update", {404, at("/imports/import_nobody"), "{}"}},
        {"import_check", {404, at("/imports/import_nobody/check")}},
        {"import_run", {404, at("/imports/import_nobody/run")}},
        {"import_undo", {404, at("/imports/import_nobody/undo")}},
        {"home_get", {200, at("/home")}},
        {"reference_get", {200, at("/reference/units")}},
        {"class_tree_list", {200, at("/class-trees")}},
        {"class_tree_get", {200, at("/class-trees/fields")}},
        {"class_walk_get", {200, at("/class-trees/fields/walk?code=water")}},
        {"class_suggest", {422, at("/class-suggestions"), "{}"}},
        {"patent_class_get", {200, at("/patent-classes?symbols=Y02E10%2F50")}},
        {"search_get", {200, at("/search")}},
        {"search_suggest", {200, at("/search/suggest?text=w")}},
        {"search_rebuild", {200, at("/search/rebuild")}},
        {"search_miss_list", {200, at("/search-misses")}},
        {"search_miss_delete", {404, at("/search-misses/miss_nobody")}},
        {"saved_search_list", {200, at("/saved-searches")}},
        {"saved_search_get", {404, at("/saved-searches/search_nobody")}},
        {"saved_search_create", {422, at("/saved-searches"), "{}"}},
        {"saved_search_update", {404, at("/saved-searches/search_nobody"), "{}"}},
        {"saved_search_delete", {404, at("/saved-searches/search_nobody")}},
        {"saved_search_feed_open", {404, at("/saved-searches/search_nobody/feed")}},
        {"saved_search_feed_close", {404, at("/saved-searches/search_nobody/feed")}},
        {"saved_search_feed", {404, at("/feeds/nobody")}},
        {"notice_list", {200, at("/notices")}},
        {"notice_seen", {422, at("/notices/seen"), "{}"}},
        {"concept_list", {200, at("/concepts")}},
        {"concept_tree", {200, at("/concept-tree")}},
        {"concept_get", {200, at("/concepts/concept_water_field")}},
        {"concept_usage", {200, at("/concepts/concept_water_field/usage")}},
        {"concept_create", {422, at("/concepts"), "{}"}},
        {"concept_update", {412, at("/concepts/concept_water_field"), R"({"scope_note":{"en":"x"}})", "", 404, {{"If-Match", "\"999\""}}}},
        {"concept_publish", {409, at("/concepts/concept_water_field/publish")}},
        {"concept_withdraw", {412, at("/concepts/concept_water_field/withdraw"), "", "", 404, {{"If-Match", "\"999\""}}}},
        {"concept_delete", {409, at("/concepts/concept_water_field")}},
        {"concept_merge", {422, at("/concepts/concept_water_field/merge"), "{}"}},
        {"concept_resolve", {409, at("/concepts/concept_water_field/resolve"), "{\"take_reference\":false}"}},
        {"concept_version_list", {200, at("/concepts/concept_water_field/versions")}},
        {"concept_version_get", {200, at("/concepts/concept_water_field/versions/1")}},
        {"concept_version_compare", {200, at("/concepts/concept_water_field/difference")}},
        {"thesaurus_check", {404, at("/thesaurus-check"), R"({"file":"file_nobody"})"}},
        {"thesaurus_import", {404, at("/thesaurus-import"), R"({"file":"file_nobody","fingerprint":"x"})"}},
    });
    for (const auto& [noun, path] :
        {std::pair<std::string, std::string>("technology", "/technologies"), {"need", "/needs"}, {"capital_offer", "/capital-offers"}}) {
        const auto draft = [&stage, path = path](const std::string& verb) { return [&stage, path, verb](bool own) { return stage.drafts[path][own] + verb; }; };
        const auto open = [&stage, path = path](
                              const std::string& verb) { return [&stage, path, verb](bool own) { return stage.published[path][own] + verb; }; };
        rows[noun + "_list"] = {200, at(path)};
        rows[noun + "_get"] = {200, draft(""), "", "bank.library"};
        rows[noun + "_create"] = {422, at(path), "{}"};
        rows[noun + "_update"] = {412, open(""), R"({"title":{"en":"y"}})", "bank.library", 403, {{"If-Match", "\"999\""}}};
        rows[noun + "_publish"] = {409, open("/publish"), "", "bank.library", 403};
        rows[noun + "_withdraw"] = {409, draft("/withdraw"), "", "bank.library", 404};
        rows[noun + "_delete"] = {409, open(""), "", "bank.library", 403};
        rows[noun + "_version_list"] = {200, draft("/versions"), "", "bank.library"};
        rows[noun + "_version_get"] = {200, draft("/versions/1"), "", "bank.library"};
        rows[noun + "_version_compare"] = {200, draft("/difference"), "", "bank.library"};
    }
}

const RoleRows library(add_library);

} // namespace

} // namespace greenbank::testing
