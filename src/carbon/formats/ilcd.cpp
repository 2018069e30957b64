// ilcd.cpp — ILCD 1.1 in and out: a data set a file, in folders by kind. Amounts are in the reference unit of the flow, as the format has it.
#include <algorithm>
#include <cmath>
#include <set>

#include "carbon/formats/formats.h"
#include "carbon/formats/xml_parts.h"
#include "xml/write.h"

namespace greenbank::carbon {

namespace {

std::string english(const xml::Element* owner, std::string_view name) {
    if (!owner) return {};
    const xml::Element* first = nullptr;
    for (const xml::Element& one : owner->children) {
        if (one.name != name) continue;
        if (!first) first = &one;
        for (const xml::Attribute& attribute : one.attributes)
            if (attribute.name == "lang" && attribute.value == "en") return text_of(&one);
    }
    return text_of(first);
}
std::string classes(const xml::Element* information) {
    std::string path;
    const xml::Element* list = part(part(information, "classificationInformation"), "classification");
    std::string_view name = "class";
    if (!list) {
        list = part(part(information, "classificationInformation"), "elementaryFlowCategorization");
        name = "category";
    }
    for (const xml::Element& one : list ? list->children : std::vector<xml::Element>{})
        if (one.name == name) path += (path.empty() ? "" : "/") + text_of(&one);
    return path;
}

class Reader {
public:
    Reader(ReadInventory& into, ReadWatch& watch) : watch_(watch), into_(into), flows_(into.inventory) {}

    Result<Done> read(const Archive& archive) {
        for (const std::string_view kind : {"unitgroups", "flowproperties", "flows", "processes", "lciamethods"})
            for (std::size_t i = 0; i < archive.files().size(); ++i) {
                const std::string& path = archive.files()[i].path;
                if (!path.ends_with(".xml") || (!path.starts_with(kind) && path.find(fmt::format("/{}/", kind)) == path.npos)) continue;
                const xml::Document document = TRY(read_data_set(TRY(archive.read(i)), path));
                const xml::Element& root = document.root;
                if (root.name == "unitGroupDataSet") unit_group(root);
                else if (root.name == "flowPropertyDataSet")
                    properties_[id(root, "flowPropertiesInformation")] =
                        attribute_of(part(part(&root, "flowPropertiesInformation", "quantitativeReference"), "referenceToReferenceUnitGroup"), "refObjectId");
                else if (root.name == "flowDataSet") flow(root);
                else if (root.name == "processDataSet") process(root);
                else if (root.name == "LCIAMethodDataSet") method(root);
                TRY(watch_.took(i, into_.inventory));
            }
        return Done{};
    }

private:
    static std::string id(const xml::Element& root, std::string_view information) {
        return text_of(part(part(&root, information, "dataSetInformation"), "UUID"));
    }

    void unit_group(const xml::Element& root) {
        const std::string name = english(part(&root, "unitGroupInformation", "dataSetInformation"), "name"), key = id(root, "unitGroupInformation");
        const std::string reference = text_of(part(part(&root, "unitGroupInformation", "quantitativeReference"), "referenceToReferenceUnit"));
        for (const xml::Element& unit : part(&root, "units") ? part(&root, "units")->children : std::vector<xml::Element>{}) {
            UnitItem item{text_of(part(&unit, "name")), name, real_of(text_of(part(&unit, "meanValue"))).value_or(1)};
            if (attribute_of(&unit, "dataSetInternalID") == reference) units_[key] = item.name;
            into_.inventory.units.push_back(std::move(item));
        }
    }
    void flow(const xml::Element& root) {
        const xml::Element* const about = part(&root, "flowInformation", "dataSetInformation");
        FlowItem item;
        item.id = sound_id(id(root, "flowInformation"));
        item.name = english(part(about, "name"), "baseName");
        item.category = classes(about);
        item.cas = text_of(part(about, "CASNumber"));
        item.formula = text_of(part(about, "sumFormula"));
        item.location = text_of(part(part(&root, "flowInformation", "geography"), "locationOfSupply"));
        const std::string type = text_of(part(&root, "modellingAndValidation", "LCIMethod", "typeOfDataSet"));
        item.kind = type.starts_with("Elementary") ? FlowKind::elementary : type.starts_with("Waste") ? FlowKind::waste : FlowKind::product;
        const std::string wanted = text_of(part(part(&root, "flowInformation", "quantitativeReference"), "referenceToReferenceFlowProperty"));
        for (const xml::Element& one : part(&root, "flowProperties") ? part(&root, "flowProperties")->children : std::vector<xml::Element>{})
            if (attribute_of(&one, "dataSetInternalID") == wanted) {
                const auto group = properties_.find(attribute_of(part(&one, "referenceToFlowPropertyDataSet"), "refObjectId"));
                const auto unit = group == properties_.end() ? units_.end() : units_.find(group->second);
                if (unit != units_.end()) item.unit = unit->second;
            }
        flows_.number_of(item);
    }
    std::uint32_t flow_of(const xml::Element& owner, bool elementary) {
        const xml::Element* const reference = part(&owner, "referenceToFlowDataSet");
        FlowItem item;
        item.id = sound_id(attribute_of(reference, "refObjectId"));
        item.name = english(reference, "shortDescription");
        item.kind = elementary ? FlowKind::elementary : FlowKind::product;
        return flows_.number_of(item);
    }
    static Uncertainty uncertainty(const xml::Element& one, double amount) {
        const std::string type = text_of(part(&one, "uncertaintyDistributionType"));
        const double deviation = real_of(text_of(part(&one, "relativeStandardDeviation95In"))).value_or(0);
        const double least = real_of(text_of(part(&one, "minimumAmount"))).value_or(0), greatest = real_of(text_of(part(&one, "maximumAmount"))).value_or(0);
        if (type == "log-normal" && deviation > 0 && amount != 0) return {Spread::lognormal, std::log(std::abs(amount)), std::log(deviation) / 2};
        if (type == "normal" && deviation > 0) return {Spread::normal, amount, deviation / 2};
        if (type == "triangular" && least < greatest) return {Spread::triangular, least, greatest};
        if (type == "uniform" && least < greatest) return {Spread::uniform, least, greatest};
        return {};
    }
    void process(const xml::Element& root) {
        const xml::Element* const information = part(&root, "processInformation");
        const xml::Element* const about = part(information, "dataSetInformation");
        ProcessItem item;
        item.id = sound_id(text_of(part(about, "UUID")));
        item.name = english(part(about, "name"), "baseName");
        item.category = classes(about);
        item.description = english(about, "generalComment");
        item.location = attribute_of(part(information, "geography", "locationOfOperationSupplyOrProduction"), "location");
        item.valid_from = text_of(part(information, "time", "referenceYear"));
        item.valid_until = text_of(part(information, "time", "dataSetValidUntil"));
        item.unit_process = !text_of(part(&root, "modellingAndValidation", "LCIMethodAndAllocation", "typeOfDataSet")).starts_with("LCI result");
        std::set<std::string, std::less<>> references;
        if (const xml::Element* const reference = part(information, "quantitativeReference"))
            for (const xml::Element& one : reference->children)
                if (one.name == "referenceToReferenceFlow") references.insert(text_of(&one));
        if (const xml::Element* const relations = part(information, "mathematicalRelations"))
            for (const xml::Element& one : relations->children)
                if (one.name == "variableParameter")
                    item.parameters.push_back({attribute_of(&one, "name"), amount_of(text_of(part(&one, "meanValue"))), text_of(part(&one, "formula")), {},
                        english(&one, "comment")});
        std::vector<std::pair<std::uint32_t, const xml::Element*>> allocations;
        for (const xml::Element& one : part(&root, "exchanges") ? part(&root, "exchanges")->children : std::vector<xml::Element>{}) {
            if (one.name != "exchange") continue;
            ExchangeItem exchange;
            const std::string number = attribute_of(&one, "dataSetInternalID");
            exchange.number = whole_number(real_of(number).value_or(0));
            exchange.input = text_of(part(&one, "exchangeDirection")) == "Input";
            exchange.reference = references.contains(number);
            exchange.flow = flow_of(one, false);
            exchange.unit = into_.inventory.flows[exchange.flow].unit;
            exchange.amount = amount_of(text_of(part(&one, "resultingAmount")), amount_of(text_of(part(&one, "meanAmount"))));
            exchange.formula = text_of(part(&one, "referenceToVariable")); // the mean amount times a variable
            if (const double mean = real_of(text_of(part(&one, "meanAmount"))).value_or(1); !exchange.formula.empty() && mean != 1)
                exchange.formula = fmt::format("{}*{}", real_text(mean), exchange.formula);
            exchange.uncertainty = uncertainty(one, exchange.amount);
            exchange.note = english(&one, "generalComment");
            item.exchanges.push_back(std::move(exchange));
            if (const xml::Element* const shares = part(&one, "allocations"))
                for (const xml::Element& share : shares->children)
                    for (const ExchangeItem& product : item.exchanges)
                        if (product.number == whole_number(real_attribute(&share, "internalReferenceToCoProduct")))
                            item.shares.push_back(
                                {product.flow, Allocation::causal, item.exchanges.back().number, real_attribute(&share, "allocatedFraction") / 100});
        }
        if (!item.shares.empty()) item.allocation = Allocation::causal;
        into_.inventory.processes.push_back(std::move(item));
    }
    void method(const xml::Element& root) {
        const xml::Element* const about = part(&root, "LCIAMethodInformation", "dataSetInformation");
        ImpactCategory item{sound_id(text_of(part(about, "UUID"))), english(about, "name"),
            english(part(part(&root, "LCIAMethodInformation", "quantitativeReference"), "referenceQuantity"), "shortDescription"),
            english(about, "methodology"), {}};
        for (const xml::Element& one :
            part(&root, "characterisationFactors") ? part(&root, "characterisationFactors")->children : std::vector<xml::Element>{}) {
            const std::uint32_t flow = flow_of(one, true);
            item.factors.push_back({flow, amount_of(text_of(part(&one, "meanValue"))), into_.inventory.flows[flow].unit, {}});
        }
        into_.inventory.impacts.push_back(std::move(item));
    }

    ReadWatch& watch_;
    ReadInventory& into_;
    FlowBook flows_;
    std::map<std::string, std::string> units_, properties_; // reference unit by group, group by property
};

constexpr std::string_view common = "http://lca.jrc.it/ILCD/Common";

xml::Writer begin(std::string_view root, std::string_view space) {
    xml::Writer xml = xml::Writer::document();
    xml.begin(root).attribute("xmlns", fmt::format("http://lca.jrc.it/ILCD/{}", space)).attribute("xmlns:common", common).attribute("version", "1.1");
    return xml;
}
void words(xml::Writer& xml, std::string_view name, std::string_view text) {
    if (!text.empty()) xml.begin(name).attribute("xml:lang", "en").text(text).end();
}
void classification(xml::Writer& xml, const std::string& category, bool elementary) {
    if (category.empty()) return;
    xml.begin("classificationInformation").begin(elementary ? "common:elementaryFlowCategorization" : "common:classification");
    int level = 0;
    for (const std::string_view one : split(category, '/'))
        xml.begin(elementary ? "common:category" : "common:class").attribute("level", std::to_string(level++)).text(one).end();
    xml.end().end();
}
void reference(xml::Writer& xml, std::string_view name, std::string_view type, const std::string& id, const std::string& text) {
    xml.begin(name).attribute("type", type).attribute("refObjectId", id);
    words(xml, "common:shortDescription", text);
    xml.end();
}

void write_units(const Inventory& in, const std::set<std::string>& units, std::vector<WrittenItem>& out) {
    for (const std::string& unit : units) { // each as a group of its own: what a flow counts in is then its reference unit
        const std::string group = id_of_text("ilcd unit group " + unit), property = id_of_text("ilcd flow property " + unit);
        xml::Writer xml = begin("unitGroupDataSet", "UnitGroup");
        xml.begin("unitGroupInformation").begin("dataSetInformation").element("common:UUID", group);
        words(xml, "common:name", "Units of " + unit);
        xml.end().begin("quantitativeReference").element("referenceToReferenceUnit", "0").end().end();
        xml.begin("units").begin("unit").attribute("dataSetInternalID", "0").element("name", unit).element("meanValue", "1").end().end().end();
        out.push_back({fmt::format("unitgroups/{}.xml", group), xml.take()});
        xml::Writer other = begin("flowPropertyDataSet", "FlowProperty");
        other.begin("flowPropertiesInformation").begin("dataSetInformation").element("common:UUID", property);
        words(other, "common:name", "Amount in " + unit);
        other.end().begin("quantitativeReference");
        reference(other, "referenceToReferenceUnitGroup", "unit group data set", group, "Units of " + unit);
        other.end().end().end();
        out.push_back({fmt::format("flowproperties/{}.xml", property), other.take()});
    }
    (void)in;
}

} // namespace

Result<Done> read_ilcd(const Archive& archive, ReadInventory& into, ReadWatch& watch) { return Reader(into, watch).read(archive); }

std::vector<WrittenItem> write_ilcd(const Inventory& in) {
    std::vector<WrittenItem> out;
    std::set<std::string> units;
    for (const FlowItem& flow : in.flows) units.insert(flow.unit);
    write_units(in, units, out);
    for (const FlowItem& flow : in.flows) {
        xml::Writer xml = begin("flowDataSet", "Flow");
        xml.begin("flowInformation").begin("dataSetInformation").element("common:UUID", flow.id).begin("name");
        words(xml, "baseName", flow.name);
        xml.end();
        classification(xml, flow.category, flow.kind == FlowKind::elementary);
        if (!flow.cas.empty()) xml.element("CASNumber", flow.cas);
        if (!flow.formula.empty()) xml.element("sumFormula", flow.formula);
        xml.end().begin("quantitativeReference").element("referenceToReferenceFlowProperty", "0").end();
        if (!flow.location.empty()) xml.begin("geography").element("locationOfSupply", flow.location).end();
        xml.end().begin("modellingAndValidation").begin("LCIMethod");
        xml.element("typeOfDataSet", flow.kind == FlowKind::elementary ? "Elementary flow"
                                     : flow.kind == FlowKind::waste    ? "Waste flow"
                                                                       : "Product flow")
            .end()
            .end();
        xml.begin("flowProperties").begin("flowProperty").attribute("dataSetInternalID", "0");
        reference(xml, "referenceToFlowPropertyDataSet", "flow property data set", id_of_text("ilcd flow property " + flow.unit), "Amount in " + flow.unit);
        xml.element("meanValue", "1").end().end().end();
        out.push_back({fmt::format("flows/{}.xml", flow.id), xml.take()});
    }
    for (const ProcessItem& process : in.processes) {
        xml::Writer xml = begin("processDataSet", "Process");
        xml.begin("processInformation").begin("dataSetInformation").element("common:UUID", process.id).begin("name");
        words(xml, "baseName", process.name);
        xml.end();
        classification(xml, process.category, false);
        words(xml, "common:generalComment", process.description);
        xml.end().begin("quantitativeReference").attribute("type", "Reference flow(s)");
        for (const ExchangeItem& one : process.exchanges)
            if (one.reference) xml.element("referenceToReferenceFlow", std::to_string(one.number));
        xml.end().begin("time");
        if (!process.valid_from.empty()) xml.element("common:referenceYear", process.valid_from.substr(0, 4));
        if (!process.valid_until.empty()) xml.element("common:dataSetValidUntil", process.valid_until.substr(0, 4));
        xml.end().begin("geography").begin("locationOfOperationSupplyOrProduction").attribute("location", process.location).end().end();
        if (!process.parameters.empty()) {
            xml.begin("mathematicalRelations");
            for (const ParameterItem& one : process.parameters) {
                xml.begin("variableParameter").attribute("name", one.name);
                if (!one.formula.empty()) xml.element("formula", one.formula);
                xml.element("meanValue", real_text(one.value));
                words(xml, "comment", one.note);
                xml.end();
            }
            xml.end();
        }
        xml.end()
            .begin("modellingAndValidation")
            .begin("LCIMethodAndAllocation")
            .element("typeOfDataSet", process.unit_process ? "Unit process, single operation" : "LCI result")
            .end()
            .end();
        xml.begin("exchanges");
        for (const ExchangeItem& one : process.exchanges) {
            const FlowItem& flow = in.flows[one.flow];
            const double ratio = unit_ratio(in, one.unit.empty() ? flow.unit : one.unit, flow.unit).value_or(1);
            xml.begin("exchange").attribute("dataSetInternalID", std::to_string(one.number));
            reference(xml, "referenceToFlowDataSet", "flow data set", flow.id, flow.name);
            xml.element("exchangeDirection", one.input || one.avoided ? "Input" : "Output");
            // An avoided product is one that is used with the other sign.
            const double amount = (one.avoided ? -1 : 1) * one.amount * ratio;
            xml.element("meanAmount", real_text(amount)).element("resultingAmount", real_text(amount));
            switch (one.uncertainty.spread) {
            case Spread::none: break;
            case Spread::lognormal:
                xml.element("uncertaintyDistributionType", "log-normal").element("relativeStandardDeviation95In", real_text(std::exp(2 * one.uncertainty.p2)));
                break;
            case Spread::normal:
                xml.element("uncertaintyDistributionType", "normal").element("relativeStandardDeviation95In", real_text(2 * one.uncertainty.p2 * ratio));
                break;
            case Spread::triangular:
            case Spread::uniform:
                xml.element("minimumAmount", real_text(one.uncertainty.p1 * ratio)).element("maximumAmount", real_text(one.uncertainty.p2 * ratio));
                xml.element("uncertaintyDistributionType", one.uncertainty.spread == Spread::uniform ? "uniform" : "triangular");
                break;
            }
            const bool shared = std::ranges::any_of(process.shares, [&](const AllocationShare& share) { return share.exchange == one.number; });
            if (shared) {
                xml.begin("allocations");
                for (const AllocationShare& share : process.shares)
                    for (const ExchangeItem& product : process.exchanges)
                        if (share.exchange == one.number && product.flow == share.product && !product.input)
                            xml.begin("allocation")
                                .attribute("internalReferenceToCoProduct", std::to_string(product.number))
                                .attribute("allocatedFraction", real_text(share.share * 100))
                                .end();
                xml.end();
            }
            words(xml, "generalComment", one.note);
            xml.end();
        }
        xml.end().end();
        out.push_back({fmt::format("processes/{}.xml", process.id), xml.take()});
    }
    for (const ImpactCategory& impact : in.impacts) {
        xml::Writer xml = begin("LCIAMethodDataSet", "LCIAMethod");
        xml.begin("LCIAMethodInformation").begin("dataSetInformation").element("common:UUID", impact.id);
        words(xml, "common:name", impact.name);
        if (!impact.method.empty()) xml.element("methodology", impact.method);
        xml.end().begin("quantitativeReference");
        reference(xml, "referenceQuantity", "flow property data set", id_of_text("ilcd flow property " + impact.unit), impact.unit);
        xml.end().end().begin("characterisationFactors");
        for (const ImpactFactor& factor : impact.factors) {
            const FlowItem& flow = in.flows[factor.flow];
            const double ratio = factor.unit.empty() ? 1 : unit_ratio(in, flow.unit, factor.unit).value_or(1);
            xml.begin("factor");
            reference(xml, "referenceToFlowDataSet", "flow data set", flow.id, flow.name);
            xml.element("meanValue", real_text(factor.value * ratio)).end();
        }
        xml.end().end();
        out.push_back({fmt::format("lciamethods/{}.xml", impact.id), xml.take()});
    }
    return out;
}

} // namespace greenbank::carbon
