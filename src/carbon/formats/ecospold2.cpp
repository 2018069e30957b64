// ecospold2.cpp — EcoSpold 2 in and out.
#include <algorithm>
#include <cmath>

#include "carbon/engine/pedigree.h"
#include "carbon/formats/formats.h"
#include "carbon/formats/xml_parts.h"
#include "xml/write.h"

namespace greenbank::carbon {

namespace {

constexpr std::string_view pedigree_names[] = {"reliability", "completeness", "temporalCorrelation", "geographicalCorrelation", "furtherTechnologyCorrelation"};

Uncertainty uncertainty_of(const xml::Element& owner) {
    const xml::Element* const uncertainty = part(&owner, "uncertainty");
    if (const xml::Element* one = part(uncertainty, "lognormal")) {
        const double variance = real_attribute(one, "varianceWithPedigreeUncertainty", real_attribute(one, "variance"));
        if (variance > 0) return {Spread::lognormal, real_attribute(one, "mu"), std::sqrt(variance)};
    }
    if (const xml::Element* one = part(uncertainty, "normal")) {
        const double variance = real_attribute(one, "varianceWithPedigreeUncertainty", real_attribute(one, "variance"));
        if (variance > 0) return {Spread::normal, real_attribute(one, "meanValue"), std::sqrt(variance)};
    }
    for (const auto& [name, spread] : {std::pair{"triangular", Spread::triangular}, {"uniform", Spread::uniform}})
        if (const xml::Element* one = part(uncertainty, name); one && real_attribute(one, "minValue") < real_attribute(one, "maxValue"))
            return {spread, real_attribute(one, "minValue"), real_attribute(one, "maxValue")};
    return {};
}
std::string pedigree_of(const xml::Element& owner) {
    const xml::Element* const matrix = part(&owner, "uncertainty", "pedigreeMatrix");
    if (!matrix) return {};
    std::string text = "(";
    for (const std::string_view name : pedigree_names) {
        if (text.size() > 1) text += ';';
        const std::string score = attribute_of(matrix, name);
        text += score.empty() ? "n" : score;
    }
    return text + ")";
}
void write_uncertainty(xml::Writer& xml, const Uncertainty& how, const std::string& pedigree) {
    const auto scores = parse_pedigree(pedigree);
    if (how.spread == Spread::none && !scores) return;
    xml.begin("uncertainty");
    switch (how.spread) {
    case Spread::none: xml.begin("undefined").attribute("minValue", "0").attribute("maxValue", "0").attribute("standardDeviation95", "0").end(); break;
    case Spread::lognormal:
        xml.begin("lognormal").attribute("meanValue", real_text(std::exp(how.p1))).attribute("mu", real_text(how.p1));
        xml.attribute("variance", real_text(how.p2 * how.p2)).attribute("varianceWithPedigreeUncertainty", real_text(how.p2 * how.p2)).end();
        break;
    case Spread::normal:
        xml.begin("normal").attribute("meanValue", real_text(how.p1)).attribute("variance", real_text(how.p2 * how.p2));
        xml.attribute("varianceWithPedigreeUncertainty", real_text(how.p2 * how.p2)).end();
        break;
    case Spread::triangular:
    case Spread::uniform:
        xml.begin(how.spread == Spread::uniform ? "uniform" : "triangular")
            .attribute("minValue", real_text(how.p1))
            .attribute("maxValue", real_text(how.p2))
            .end();
        break;
    }
    if (scores) {
        xml.begin("pedigreeMatrix");
        for (std::size_t i = 0; i < scores->size(); ++i)
            if ((*scores)[i] > 0) xml.attribute(pedigree_names[i], std::to_string((*scores)[i]));
        xml.end();
    }
    xml.end();
}
/// Comments of one exchange, a line each.
std::string comments(const xml::Element& owner) {
    std::string text;
    for (const xml::Element& one : owner.children)
        if (one.name == "comment") {
            if (!text.empty()) text += '\n';
            text += text_of(&one);
        }
    return text;
}

ExchangeItem read_exchange(const xml::Element& one, bool elementary, FlowBook& flows) {
    ExchangeItem item;
    const std::string in = text_of(part(&one, "inputGroup")), out = text_of(part(&one, "outputGroup"));
    item.input = !in.empty();
    item.reference = out == "0";
    item.avoided = out == "1";
    item.amount = amount_of(attribute_of(&one, "amount"));
    item.unit = text_of(part(&one, "unitName"));
    item.formula = attribute_of(&one, "mathematicalRelation");
    item.uncertainty = uncertainty_of(one);
    item.pedigree = pedigree_of(one);
    item.note = comments(one);
    item.provider = attribute_of(&one, "activityLinkId");
    FlowItem flow;
    flow.id = sound_id(attribute_of(&one, elementary ? "elementaryExchangeId" : "intermediateExchangeId"));
    flow.name = text_of(part(&one, "name"));
    flow.kind = elementary ? FlowKind::elementary : out == "3" ? FlowKind::waste : FlowKind::product;
    flow.unit = item.unit;
    flow.cas = attribute_of(&one, "casNumber");
    flow.formula = attribute_of(&one, "formula");
    if (elementary) {
        flow.category = text_of(part(&one, "compartment", "compartment"));
        if (const std::string sub = text_of(part(&one, "compartment", "subcompartment")); !sub.empty()) flow.category += "/" + sub;
    }
    item.flow = flows.number_of(flow);
    return item;
}

ProcessItem read_activity(const xml::Element& set, FlowBook& flows) {
    ProcessItem item;
    const xml::Element* const about = part(&set, "activityDescription");
    const xml::Element* const activity = part(about, "activity");
    item.id = sound_id(attribute_of(activity, "id"));
    item.name = text_of(part(activity, "activityName"));
    item.unit_process = attribute_of(activity, "type") != "2";
    for (const xml::Element& text : part(activity, "generalComment") ? part(activity, "generalComment")->children : std::vector<xml::Element>{}) {
        const std::string words = text_of(&text);
        if (words.empty()) continue;
        if (!item.description.empty()) item.description += '\n';
        item.description += words;
    }
    item.category = text_of(part(about, "classification", "classificationValue"));
    item.location = text_of(part(about, "geography", "shortname"));
    item.valid_from = attribute_of(part(about, "timePeriod"), "startDate");
    item.valid_until = attribute_of(part(about, "timePeriod"), "endDate");
    std::int64_t number = 0;
    if (const xml::Element* const data = part(&set, "flowData"))
        for (const xml::Element& one : data->children) {
            if (one.name == "intermediateExchange" || one.name == "elementaryExchange") {
                item.exchanges.push_back(read_exchange(one, one.name == "elementaryExchange", flows));
                item.exchanges.back().number = ++number;
                // A named amount is a parameter, too.
                if (const std::string name = attribute_of(&one, "variableName"); !name.empty())
                    item.parameters.push_back({name, item.exchanges.back().amount, item.exchanges.back().formula, {}, ""});
            } else if (one.name == "parameter")
                item.parameters.push_back({attribute_of(&one, "variableName"), amount_of(attribute_of(&one, "amount")),
                    attribute_of(&one, "mathematicalRelation"), uncertainty_of(one), text_of(part(&one, "name"))});
        }
    return item;
}

void write_exchange(xml::Writer& xml, const ExchangeItem& one, const FlowItem& flow) {
    const bool elementary = flow.kind == FlowKind::elementary;
    xml.begin(elementary ? "elementaryExchange" : "intermediateExchange");
    xml.attribute("id", id_of_text(fmt::format("{} {}", flow.id, one.number))).attribute("amount", real_text(one.amount));
    xml.attribute(elementary ? "elementaryExchangeId" : "intermediateExchangeId", flow.id);
    if (!one.formula.empty()) xml.attribute("mathematicalRelation", one.formula);
    if (!one.provider.empty()) xml.attribute("activityLinkId", one.provider);
    if (!flow.cas.empty()) xml.attribute("casNumber", flow.cas);
    if (!flow.formula.empty()) xml.attribute("formula", flow.formula);
    xml.element("name", flow.name).element("unitName", one.unit);
    for (const std::string_view line : split(one.note, '\n'))
        if (!line.empty()) xml.element("comment", line);
    write_uncertainty(xml, one.uncertainty, one.pedigree);
    if (elementary && !flow.category.empty()) {
        const std::size_t slash = flow.category.find('/');
        xml.begin("compartment").element("compartment", flow.category.substr(0, slash));
        if (slash != flow.category.npos) xml.element("subcompartment", flow.category.substr(slash + 1));
        xml.end();
    }
    if (one.input) xml.element("inputGroup", elementary ? "4" : "5");
    else xml.element("outputGroup", one.reference ? "0" : one.avoided ? "1" : elementary ? "4" : flow.kind == FlowKind::waste ? "3" : "2");
    xml.end();
}

} // namespace

Result<Done> read_ecospold2(std::string_view bytes, const std::string& path, ReadInventory& into, FlowBook& flows) {
    const xml::Document document = TRY(read_data_set(bytes, path));
    for (const xml::Element& set : document.root.children) {
        if (set.name != "activityDataset" && set.name != "childActivityDataset") continue;
        ProcessItem item = read_activity(set, flows);
        // An activity with several products has a data set for each of them, by one id.
        if (!flows.is_new_process(item.id))
            for (const ExchangeItem& one : item.exchanges)
                if (one.reference) {
                    item.id += "_" + into.inventory.flows[one.flow].id;
                    break;
                }
        into.inventory.processes.push_back(std::move(item));
    }
    return Done{};
}

std::vector<WrittenItem> write_ecospold2(const Inventory& inventory) {
    std::vector<WrittenItem> out;
    for (const ProcessItem& process : inventory.processes) {
        xml::Writer xml = xml::Writer::document();
        xml.begin("ecoSpold").attribute("xmlns", "http://www.EcoInvent.org/EcoSpold02").begin("activityDataset").begin("activityDescription");
        xml.begin("activity").attribute("id", process.id).attribute("type", process.unit_process ? "1" : "2").attribute("specialActivityType", "0");
        xml.element("activityName", process.name).begin("generalComment");
        int index = 0;
        for (const std::string_view line : split(process.description, '\n'))
            if (!line.empty()) xml.begin("text").attribute("index", std::to_string(index++)).text(line).end();
        xml.end().end();
        if (!process.category.empty())
            xml.begin("classification").element("classificationSystem", "category").element("classificationValue", process.category).end();
        xml.begin("geography").element("shortname", process.location).end();
        xml.begin("timePeriod")
            .attribute("startDate", process.valid_from)
            .attribute("endDate", process.valid_until)
            .attribute("isDataValidForEntirePeriod", "true")
            .end()
            .end();
        xml.begin("flowData");
        for (const ExchangeItem& one : process.exchanges) write_exchange(xml, one, inventory.flows[one.flow]);
        // The format knows parameters of an activity only: those of the whole model stand in each.
        std::vector<ParameterItem> parameters = process.parameters;
        for (const ParameterItem& one : inventory.parameters)
            if (std::ranges::none_of(process.parameters, [&](const ParameterItem& own) { return own.name == one.name; })) parameters.push_back(one);
        for (const ParameterItem& one : parameters) {
            xml.begin("parameter").attribute("variableName", one.name).attribute("amount", real_text(one.value));
            if (!one.formula.empty()) xml.attribute("mathematicalRelation", one.formula);
            xml.element("name", one.note);
            write_uncertainty(xml, one.uncertainty, "");
            xml.end();
        }
        xml.end().end().end();
        out.push_back({process.id + ".spold", xml.take()});
    }
    return out;
}

} // namespace greenbank::carbon
