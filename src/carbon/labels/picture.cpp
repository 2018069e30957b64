// picture.cpp — the label as it is printed on a product (SVG) and the sheet behind it (PDF).
#include <cmath>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/words.h"
#include "carbon/labels/labels.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "paper/qr.h"
#include "xml/write.h"

namespace greenbank::carbon {

namespace {

std::string value_text(double value) { return value != 0 && std::abs(value) < 0.1 ? fmt::format("{:.2g}", value) : fmt::format("{:.2f}", value); }

std::string link_of(const library::PublicAddress& address, const CarbonLabel& label) { return address.base + "/carbon/labels/" + label.id.text; }

Result<LabelView> published(Transaction& transaction, const Caller& caller, const LabelKey& key) {
    LabelView view = TRY(label_view(transaction, caller, key));
    if (!view.carbon_label.number) return Error{Failure::conflict, "label.not_published", "A label has a picture once it is published."};
    return view;
}

Result<Response> label_picture(const library::PublicAddress& address, Transaction& transaction, const Caller& caller, const LabelKey& key) {
    const LabelView view = TRY(published(transaction, caller, key));
    return Response{.content_type = "image/svg+xml",
        .body = label_svg(view, link_of(address, view.carbon_label), caller.language),
        .headers = {{"Content-Disposition", fmt::format("inline; filename=\"{}.svg\"", *view.carbon_label.number)}}};
}

Result<Response> label_pdf(const library::PublicAddress& address, Transaction& transaction, const Caller& caller, const LabelKey& key) {
    const LabelView view = TRY(published(transaction, caller, key));
    const CarbonLabel& label = view.carbon_label;
    const Language language = caller.language;
    const auto of = [&](std::string_view name) { return word(fmt::format("field.carbon_label.{}", name), language); };
    paper::Document document{.front = library::front(caller, std::string(label.title.best(language)), label.sample), .blocks = {}};
    document.front.title_page = false;
    document.front.numbered = false;
    document.front.contents_levels = 0;
    document.front.subtitle = *label.number;
    paper::Facts facts{.title = word("label.sheet", language), .facts = {}};
    facts.facts.push_back({of("number"), *label.number});
    facts.facts.push_back({of("value"), fmt::format("{} kgCO2e / {} {}", value_text(label.value), label.amount, label.unit)});
    if (label.low && label.high)
        facts.facts.push_back({word("label.interval", language), fmt::format("{} – {} kgCO2e", value_text(*label.low), value_text(*label.high))});
    if (label.grade) facts.facts.push_back({of("grade"), *label.grade});
    if (label.class_value)
        facts.facts.push_back({of("class_value"), value_text(*label.class_value) + " kgCO2e", {},
            label.class_status == FactorStatus::official      ? paper::Status::official
            : label.class_status == FactorStatus::unconfirmed ? paper::Status::unconfirmed
                                                              : paper::Status::sample});
    facts.facts.push_back({of("boundary"), word(fmt::format("choice.footprint_boundary.{}", name_of(label.boundary)), language)});
    facts.facts.push_back({of("gwp"), word(fmt::format("choice.gwp_edition.{}", name_of(label.gwp)), language)});
    if (label.quality) facts.facts.push_back({of("quality"), fmt::format("{:.2f}", *label.quality)});
    facts.facts.push_back({of("primary_share"), fmt::format("{:.0f} %", 100 * label.primary_share)});
    facts.facts.push_back({of("owner"), std::string(view.owner_name.best(language))});
    facts.facts.push_back({of("reviewer"), std::string(view.reviewer_name.best(language))});
    facts.facts.push_back({of("verifier"), std::string(view.verifier_name.best(language))});
    if (label.issued_on) facts.facts.push_back({of("issued_on"), to_text(*label.issued_on)});
    if (label.valid_until) facts.facts.push_back({of("valid_until"), to_text(*label.valid_until)});
    facts.facts.push_back({of("state"), word(fmt::format("choice.label_state.{}", name_of(label.state)), language)});
    if (label.statement) facts.facts.push_back({of("statement"), *label.statement});
    document.blocks.push_back(std::move(facts));
    paper::Table table{.title = of("by_stage"), .columns = {{word("choice.life_stage", language)}, {"kgCO2e", paper::Align::right}}, .rows = {}};
    table.columns[0].title = of("by_stage");
    for (const NamedAmount& one : label.by_stage) table.rows.push_back({{word("choice.life_stage." + one.name, language), value_text(one.amount)}});
    document.blocks.push_back(std::move(table));
    document.blocks.push_back(library::online(caller, link_of(address, label)));
    if (label.proof) document.blocks.push_back(paper::Proof{word("document.proof", language), address.base + "/proof/" + *label.proof});
    return inline_pdf(TRY(paper::to_pdf(document)), *label.number);
}

} // namespace

std::string label_svg(const LabelView& view, const std::string& link, Language language) {
    const CarbonLabel& label = view.carbon_label;
    xml::Writer svg = xml::Writer::document();
    const auto text = [&](int x, int y, int size, std::string_view words, std::string_view colour = "#12372a", bool strong = false,
                          std::string_view anchor = "start") {
        svg.begin("text")
            .attribute("x", std::to_string(x))
            .attribute("y", std::to_string(y))
            .attribute("font-size", std::to_string(size))
            .attribute("fill", colour);
        svg.attribute("text-anchor", anchor);
        if (strong) svg.attribute("font-weight", "700");
        svg.text(words).end();
    };
    svg.begin("svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("viewBox", "0 0 360 220")
        .attribute("width", "360")
        .attribute("height", "220")
        .attribute("role", "img");
    svg.attribute("font-family", "'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif");
    const std::string said = fmt::format("{}: {} kgCO2e / {} {}", label.title.best(language), value_text(label.value), label.amount, label.unit);
    svg.element("title", said);
    svg.begin("rect")
        .attribute("x", "1")
        .attribute("y", "1")
        .attribute("width", "358")
        .attribute("height", "218")
        .attribute("rx", "14")
        .attribute("fill", "#ffffff")
        .attribute("stroke", "#1b7f5c")
        .attribute("stroke-width", "2")
        .end();
    // Two halves of a leaf round the figure's place.
    svg.begin("path").attribute("d", "M24 112 C24 60 66 34 118 34 C118 86 76 112 24 112 Z").attribute("fill", "#d8f0e2").end();
    svg.begin("path")
        .attribute("d", "M24 112 C50 84 78 62 118 34")
        .attribute("fill", "none")
        .attribute("stroke", "#1b7f5c")
        .attribute("stroke-width", "2")
        .end();
    text(71, 84, 18, "CO2", "#12372a", true, "middle");
    text(132, 46, 13, word("label.title", language), "#1b7f5c", true);
    text(132, 86, 34, value_text(label.value), "#12372a", true);
    text(132, 108, 13, fmt::format("kgCO2e / {} {}", label.amount, label.unit));
    if (label.grade) {
        svg.begin("rect")
            .attribute("x", "292")
            .attribute("y", "26")
            .attribute("width", "46")
            .attribute("height", "46")
            .attribute("rx", "10")
            .attribute("fill", "#1b7f5c")
            .end();
        text(315, 59, 28, *label.grade, "#ffffff", true, "middle");
    }
    std::string title(label.title.best(language));
    if (length_in_characters(title) > 26) {
        std::size_t bytes = 0;
        for (std::size_t characters = 0; bytes < title.size() && characters < 25; ++bytes)
            if ((static_cast<unsigned char>(title[bytes]) & 0xC0) != 0x80) ++characters;
        while (bytes < title.size() && (static_cast<unsigned char>(title[bytes]) & 0xC0) == 0x80) ++bytes;
        title = title.substr(0, bytes) + "…";
    }
    text(24, 138, 14, title, "#12372a", true);
    text(24, 158, 11, word(fmt::format("choice.footprint_boundary.{}", name_of(label.boundary)), language), "#40564d");
    text(24, 176, 11, fmt::format("{} · {}", label.number.value_or(""), label.valid_until ? "≤ " + to_text(*label.valid_until) : std::string()), "#40564d");
    const std::string note = label.state == LabelState::withdrawn ? word("choice.label_state.withdrawn", language)
                             : label.sample                       ? word("label.sample", language)
                                                                  : std::string();
    if (!note.empty()) text(24, 202, 13, note, "#b3261e", true);
    const paper::QrMatrix qr = paper::qr_matrix(link);
    if (qr.side > 0) {
        const double module = 84.0 / static_cast<double>(qr.side);
        std::string path;
        for (std::size_t y = 0; y < qr.side; ++y)
            for (std::size_t x = 0; x < qr.side; ++x)
                if (qr.dark[y * qr.side + x])
                    path += fmt::format("M{:.2f} {:.2f}h{:.2f}v{:.2f}h-{:.2f}z", 256 + static_cast<double>(x) * module, 120 + static_cast<double>(y) * module,
                        module, module, module);
        svg.begin("path").attribute("d", path).attribute("fill", "#000000").attribute("shape-rendering", "crispEdges").end();
    }
    svg.end();
    return svg.take();
}

std::vector<Endpoint> label_picture_endpoints(const library::PublicAddress& address) {
    return {
        // clang-format off
        {"carbon_label_svg", Method::get, "/carbon-labels/{id}/svg", "A label as it is printed on the product.", Mode::read, open_to_all, as_file("image/svg+xml", call(address, label_picture))},
        {"carbon_label_pdf", Method::get, "/carbon-labels/{id}/pdf", "The sheet behind a label.", Mode::read, open_to_all, as_file("application/pdf", call(address, label_pdf))},
        // clang-format on
    };
}

} // namespace greenbank::carbon
