// catalogue_under_test.h — a catalogue that has everything DCAT-AP recommends; tests/exchange/catalogue.ttl is its Turtle.
#pragma once

#include "rdf/dcat.h"

namespace greenbank::rdf::dcat {

inline Catalogue catalogue_under_test() {
    const Agent bank{
        "https://bank.example/#bank", {"绿色技术银行（示例）", "Green Technology Bank (sample)", "Банк зелёных технологий (образец)"}, "NonProfitOrganisation"};
    const Agent institute{
        "https://bank.example/organisations/org_1", {"水处理研究院（示例）", "Water Institute (sample)", ""}, "Academia-ScientificOrganisation"};
    const Licence open{"https://creativecommons.org/licenses/by/4.0/", "Attribution"};
    const Place china{"http://publications.europa.eu/resource/authority/country/CHN", 73.5, 18.2, 135.1, 53.6};
    const auto at = [](std::string_view text) { return *parse_time(text); };

    Dataset water{.iri = "https://bank.example/catalogue/water",
        .identifier = "water",
        .title = {"水污染治理技术", "Water technologies", "Технологии водоочистки"},
        .description = {"公开的水处理技术条目。", "Published technologies for water, with their \"figures\".", "Опубликованные технологии."},
        .keywords = {{"污水处理", "wastewater treatment", "очистка сточных вод"}, {"", "membrane", ""}},
        .themes = {"ENVI", "TECH"},
        .publisher = institute,
        .contact = Contact{{"", "Library desk", ""}, "library@bank.example"},
        .landing_page = "https://bank.example/technologies?field=water",
        .languages = {Language::zh, Language::en},
        .place = china,
        .period = Period{parse_date("2023-01-01"), parse_date("2026-11-20")},
        .issued = at("2026-01-01T00:00:00Z"),
        .modified = at("2026-11-20T08:00:00Z")};
    water.distributions = {{.iri = "https://bank.example/catalogue/water#csv",
                               .title = {"CSV 文件", "CSV file", "Файл CSV"},
                               .description = {"每行一项技术。", "One technology a line.", ""},
                               .access_url = "https://bank.example/technologies?field=water",
                               .download_url = "https://bank.example/api/v1/technologies.csv?field=water",
                               .media_type = "text/csv",
                               .format = "CSV",
                               .licence = open,
                               .modified = at("2026-11-20T08:00:00Z"),
                               .size_bytes = 12345},
        {.iri = "https://bank.example/catalogue/water#json",
            .description = {"", "The same as JSON.", ""},
            .access_url = "https://bank.example/api/v1/technologies?field=water",
            .media_type = "application/json",
            .format = "JSON",
            .availability = "STABLE",
            .licence = open}};
    return {.iri = "https://bank.example/catalogue",
        .title = {"绿色技术银行目录", "Catalogue of the Green Technology Bank", "Каталог Банка зелёных технологий"},
        .description = {"公开的绿色技术数据。", "Open data on green technologies.", "Открытые данные о зелёных технологиях."},
        .publisher = bank,
        .homepage = "https://bank.example/",
        .languages = {Language::zh, Language::en, Language::ru},
        .licence = open,
        .place = china,
        .issued = at("2026-01-01T00:00:00Z"),
        .modified = at("2026-11-20T08:00:00Z"),
        .datasets = {std::move(water)}};
}

} // namespace greenbank::rdf::dcat
