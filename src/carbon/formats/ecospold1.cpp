// ecospold1.cpp — EcoSpold 1 in and out. It has no ids: those of processes and flows are made of what names them.
#include <cmath>

#include "carbon/formats/formats.h"
#include "carbon/formats/xml_parts.h"
#include "xml/write.h"

namespace greenbank::carbon {

namespace {

std::string joined(const std::string& category, const std::string& sub) { return sub.empty() ? category : category + "/" + sub; }

Uncertainty uncertainty_of(const xml::Element& exchange, double amount) {
    const std::string type = attribute_of(&exchange, "uncertaintyType");
    const double deviation = real_attribute(&exchange, "standardDeviation95");
    const double least = real_attribute(&exchange, "minValue"), greatest = real_attribute(&exchange, "maxValue");
    if (type == "1" && deviation > 0 && amount != 0 && deviation != 1) return {Spread::lognormal, std::log(std::abs(amount)), std::log(deviation) / 2};
    if (type == "2" && deviation > 0) return {Spread::normal, amount, deviation / 2};
    if (type == "3" && least < greatest) return {Spread::triangular, least, greatest};
    if (type == "4" && least < greatest) return {Spread::uniform, least, greatest};
    return {};
}

class Reader {
public:
    Reader(ReadInventory& into, FlowBook& flows) : into_(into), flows_(flows) {}

    void data_set(const xml::Element& set) {
        const xml::Element* const information = part(&set, "metaInformation", "processInformation");
        const xml::Element* const function = part(information, "referenceFunction");
        ProcessItem item;
        item.name = attribute_of(function, "name");
        item.location = attribute_of(part(information, "geography"), "location");
        const std::string unit = attribute_of(function, "unit");
        item.category = joined(attribute_of(function, "category"), attribute_of(function, "subCategory"));
        item.description = attribute_of(function, "generalComment");
        item.unit_process = attribute_of(part(information, "dataSetInformation"), "type") != "2";
        const xml::Element* const period = part(information, "timePeriod");
        item.valid_from = day(period, "startDate", "startYearMonth", "startYear");
        item.valid_until = day(period, "endDate", "endYearMonth", "endYear");
        item.id = id_of_text(fmt::format("{}|{}|{}", item.name, item.location, item.category));
        bool has_reference = false;
        std::int64_t largest = 0;
        static const std::vector<xml::Element> none;
        const xml::Element* const data = part(&set, "flowData");
        for (const xml::Element& one : data ? data->children : none) { // both are there to stay: shares_ points into them
            if (one.name == "exchange") {
                item.exchanges.push_back(exchange(one));
                has_reference = has_reference || item.exchanges.back().reference;
                largest = std::max(largest, item.exchanges.back().number);
            } else if (one.name == "allocation") shares_.push_back(&one);
        }
        for (ExchangeItem& one : item.exchanges)
            if (!has_reference && !one.input && into_.inventory.flows[one.flow].kind == FlowKind::product && into_.inventory.flows[one.flow].name == item.name)
                one.reference = has_reference = true;
        if (!has_reference && function) {
            const double amount = real_attribute(function, "amount", 1);
            item.exchanges.push_back({.number = largest + 1,
                .flow = flow(item.name, unit, FlowKind::product, item.category, item.location, "", ""),
                .reference = true,
                .amount = amount,
                .unit = unit});
        }
        for (const xml::Element* one : shares_) share(*one, item);
        shares_.clear();
        if (!flows_.is_new_process(item.id)) item.id = id_of_text(fmt::format("{} {}", item.id, into_.inventory.processes.size()));
        into_.inventory.processes.push_back(std::move(item));
    }

private:
    static std::string day(const xml::Element* period, std::string_view date, std::string_view month, std::string_view year) {
        for (const std::string_view name : {date, month, year}) {
            if (const std::string text = text_of(part(period, name)); !text.empty()) return text;
            if (const std::string text = attribute_of(period, name); !text.empty()) return text;
        }
        return {};
    }
    std::uint32_t flow(const std::string& name, const std::string& unit, FlowKind kind, const std::string& category, const std::string& location,
        const std::string& cas, const std::string& formula) {
        const std::string key = kind == FlowKind::elementary ? fmt::format("e|{}|{}|{}", name, category, unit) : fmt::format("{}|{}|{}", name, location, unit);
        return flows_.number_of(
            {id_of_text(key), name, kind, kind == FlowKind::elementary ? category : "", unit, cas, formula, kind == FlowKind::elementary ? "" : location});
    }
    ExchangeItem exchange(const xml::Element& one) {
        const std::string in = text_of(part(&one, "inputGroup")), out = text_of(part(&one, "outputGroup"));
        const FlowKind kind = in == "4" || out == "4" ? FlowKind::elementary : out == "3" ? FlowKind::waste : FlowKind::product;
        ExchangeItem item;
        item.number = whole_number(real_attribute(&one, "number"));
        item.input = !in.empty();
        item.reference = out == "0";
        item.avoided = out == "1";
        item.amount = amount_of(attribute_of(&one, "meanValue"));
        item.unit = attribute_of(&one, "unit");
        item.note = attribute_of(&one, "generalComment");
        item.uncertainty = uncertainty_of(one, item.amount);
        if (item.note.starts_with('(')) // (1,3,2,5,1,…) at the beginning is the pedigree
            if (const std::size_t end = item.note.find(')'); end != item.note.npos && end < 30) item.pedigree = item.note.substr(0, end + 1);
        item.flow = flow(attribute_of(&one, "name"), item.unit, kind, joined(attribute_of(&one, "category"), attribute_of(&one, "subCategory")),
            attribute_of(&one, "location"), attribute_of(&one, "CASNumber"), attribute_of(&one, "formula"));
        return item;
    }
    static void share(const xml::Element& one, ProcessItem& item) {
        const auto product = whole_number(real_attribute(&one, "referenceToCoProduct"));
        const Allocation method = attribute_of(&one, "allocationMethod") == "1" ? Allocation::economic : Allocation::causal;
        for (const ExchangeItem& made : item.exchanges)
            if (made.number == product)
                for (const xml::Element& to : one.children)
                    if (to.name == "referenceToInputOutput")
                        if (const auto number = real_of(text_of(&to)))
                            item.shares.push_back({made.flow, method, whole_number(*number), real_attribute(&one, "fraction") / 100});
        if (!item.shares.empty()) item.allocation = item.shares.front().method;
    }

    ReadInventory& into_;
    FlowBook& flows_;
    std::vector<const xml::Element*> shares_;
};

void write_exchange(xml::Writer& xml, const ExchangeItem& one, const FlowItem& flow) {
    const std::size_t slash = flow.category.find('/');
    xml.begin("exchange").attribute("number", std::to_string(one.number)).attribute("name", flow.name).attribute("unit", one.unit);
    if (!flow.category.empty()) xml.attribute("category", flow.category.substr(0, slash));
    if (slash != flow.category.npos) xml.attribute("subCategory", flow.category.substr(slash + 1));
    if (!flow.location.empty()) xml.attribute("location", flow.location);
    if (!flow.cas.empty()) xml.attribute("CASNumber", flow.cas);
    if (!flow.formula.empty()) xml.attribute("formula", flow.formula);
    xml.attribute("meanValue", real_text(one.amount));
    switch (one.uncertainty.spread) {
    case Spread::none: break;
    case Spread::lognormal: xml.attribute("uncertaintyType", "1").attribute("standardDeviation95", real_text(std::exp(2 * one.uncertainty.p2))); break;
    case Spread::normal: xml.attribute("uncertaintyType", "2").attribute("standardDeviation95", real_text(2 * one.uncertainty.p2)); break;
    case Spread::triangular:
    case Spread::uniform:
        xml.attribute("uncertaintyType", one.uncertainty.spread == Spread::uniform ? "4" : "3");
        xml.attribute("minValue", real_text(one.uncertainty.p1)).attribute("maxValue", real_text(one.uncertainty.p2));
        break;
    }
    if (!one.note.empty()) xml.attribute("generalComment", one.note);
    if (one.input) xml.element("inputGroup", flow.kind == FlowKind::elementary ? "4" : "5");
    else
        xml.element("outputGroup", one.reference                       ? "0"
                                   : one.avoided                       ? "1"
                                   : flow.kind == FlowKind::elementary ? "4"
                                   : flow.kind == FlowKind::waste      ? "3"
                                                                       : "2");
    xml.end();
}

} // namespace

Result<Done> read_ecospold1(std::string_view bytes, const std::string& path, ReadInventory& into, FlowBook& flows) {
    const xml::Document document = TRY(read_data_set(bytes, path));
    Reader reader(into, flows);
    for (const xml::Element& set : document.root.children)
        if (set.name == "dataset") reader.data_set(set);
    return Done{};
}

std::vector<WrittenItem> write_ecospold1(const Inventory& inventory) {
    std::vector<WrittenItem> out;
    for (const ProcessItem& process : inventory.processes) {
        const ExchangeItem* reference = nullptr;
        for (const ExchangeItem& one : process.exchanges)
            if (one.reference && !reference) reference = &one;
        const std::size_t slash = process.category.find('/');
        xml::Writer xml = xml::Writer::document();
        xml.begin("ecoSpold").attribute("xmlns", "http://www.EcoInvent.org/EcoSpold01");
        xml.begin("dataset").attribute("number", "1").attribute("generator", "Greenbank");
        xml.begin("metaInformation").begin("processInformation");
        xml.begin("referenceFunction").attribute("datasetRelatesToProduct", "true").attribute("name", process.name).attribute("infrastructureProcess", "false");
        xml.attribute("amount", real_text(reference ? reference->amount : 1)).attribute("unit", reference ? reference->unit : "unit");
        xml.attribute("category", process.category.substr(0, slash));
        if (slash != process.category.npos) xml.attribute("subCategory", process.category.substr(slash + 1));
        xml.attribute("generalComment", process.description).end();
        xml.begin("geography").attribute("location", process.location).end();
        xml.begin("timePeriod").attribute("dataValidForEntirePeriod", "true");
        if (!process.valid_from.empty()) xml.element("startDate", process.valid_from);
        if (!process.valid_until.empty()) xml.element("endDate", process.valid_until);
        xml.end().begin("dataSetInformation").attribute("type", process.unit_process ? "1" : "2").end().end().end();
        xml.begin("flowData");
        for (const ExchangeItem& one : process.exchanges) write_exchange(xml, one, inventory.flows[one.flow]);
        for (const AllocationShare& share : process.shares) {
            std::int64_t product = 0;
            for (const ExchangeItem& one : process.exchanges)
                if (one.flow == share.product && !one.input) product = one.number;
            if (!share.exchange) continue;
            xml.begin("allocation").attribute("referenceToCoProduct", std::to_string(product)).attribute("fraction", real_text(share.share * 100));
            xml.attribute("allocationMethod", share.method == Allocation::economic ? "1" : "0")
                .element("referenceToInputOutput", std::to_string(*share.exchange))
                .end();
        }
        xml.end().end().end();
        out.push_back({process.id + ".xml", xml.take()});
    }
    return out;
}

} // namespace greenbank::carbon
