// json_ld_read.cpp — openLCA JSON-LD in: one data set a file, told apart by @type; references carry what is needed where the data set itself is missing.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "carbon/formats/formats.h"
#include "carbon/formats/json_parts.h"

namespace greenbank::carbon {

namespace {

class Reader {
public:
    Reader(ReadInventory& into, ReadWatch& watch) : watch_(watch), into_(into), out_(into.inventory), flows_(into.inventory) {}

    Result<Done> read(const Archive& archive) {
        // What others refer to comes first; a big file is parsed once for each pass that needs it.
        for (const int pass : {0, 1, 2})
            for (std::size_t i = 0; i < archive.files().size(); ++i) {
                const std::string& path = archive.files()[i].path;
                if (!path.ends_with(".json") || path.ends_with("context.json") || path.find("bin/") != path.npos || pass_of(path) != pass) continue;
                const auto tree = read_value_tree(TRY(archive.read(i)));
                if (!tree)
                    return Error{Failure::malformed, "inventory.json", "{path} cannot be read: {reason}",
                        {{"path", path}, {"reason", fill_in(tree.error().message, tree.error().parameters)}}};
                TRY(take(tree.value(), path));
                TRY(watch_.took(i, out_));
            }
        for (ImpactCategory& impact : out_.impacts)
            if (const auto method = methods_.find(impact.id); method != methods_.end()) impact.method = method->second;
        return Done{};
    }

private:
    static int pass_of(const std::string& path) {
        if (path.find("unit_groups/") != path.npos || path.find("locations/") != path.npos || path.find("flow_properties/") != path.npos) return 0;
        if (path.find("flows/") != path.npos) return 1;
        return 2;
    }
    Result<Done> take(const ValueTree& tree, const std::string& path) {
        const std::string type = text_at(tree, "@type");
        if (type == "UnitGroup") unit_group(tree);
        else if (type == "FlowProperty") properties_[text_at(tree, "@id")] = text_at(object_at(tree, "unitGroup"), "@id");
        else if (type == "Location") locations_[text_at(tree, "@id")] = text_at(tree, "code").empty() ? text_at(tree, "name") : text_at(tree, "code");
        else if (type == "Flow") flow(tree);
        else if (type == "Process") process(tree);
        else if (type == "ImpactCategory" || type == "LCIACategory") impact(tree);
        else if (type == "ImpactMethod" || type == "LCIAMethod") {
            for (const ValueTree& one : list_at(tree, "impactCategories")) methods_[text_at(one, "@id")] = text_at(tree, "name");
        } else if (type == "Parameter") {
            if (text_at(tree, "parameterScope") != "PROCESS_SCOPE" && text_at(tree, "parameterScope") != "IMPACT_SCOPE")
                out_.parameters.push_back(parameter(tree));
        } else if (type == "ProductSystem") system(tree);
        else if (type != "Category" && type != "Actor" && type != "Source" && type != "DQSystem" && !type.empty())
            into_.notes.push_back({path, "inventory.left_alone", "{type} is not read; it was left alone.", {{"type", type}}});
        return Done{};
    }

    static std::string category(const ValueTree& tree) {
        const ValueTree* const found = tree.find("category");
        if (found && found->shape == ValueTree::Shape::plain) return text_of(found);
        std::string path;
        const auto add = [&](const std::string& part) {
            if (part.empty()) return;
            if (!path.empty()) path += '/';
            path += part;
        };
        const ValueTree& holder = found && found->shape == ValueTree::Shape::object ? *found : tree;
        for (const ValueTree& part : list_at(holder, "categoryPath")) add(text_of(&part));
        if (&holder != &tree) add(text_at(holder, "name"));
        return path;
    }
    std::string location(const ValueTree& tree) const {
        const ValueTree* const found = tree.find("location");
        if (!found) return {};
        if (found->shape == ValueTree::Shape::plain) return text_of(found);
        if (std::string code = text_at(*found, "code"); !code.empty()) return code;
        const auto known = locations_.find(text_at(*found, "@id"));
        return known == locations_.end() ? text_at(*found, "name") : known->second;
    }
    static FlowKind kind(const ValueTree& tree) {
        const std::string type = text_at(tree, "flowType");
        return type == "ELEMENTARY_FLOW" ? FlowKind::elementary : type == "WASTE_FLOW" ? FlowKind::waste : FlowKind::product;
    }
    static Uncertainty uncertainty(const ValueTree& owner) {
        const ValueTree& tree = object_at(owner, "uncertainty");
        const std::string type = text_at(tree, "distributionType");
        const auto number = [&](std::string_view name) { return real_at(tree, name).value_or(0); };
        if (type.starts_with("LOG_NORMAL") && number("geomMean") != 0 && number("geomSd") > 0)
            return {Spread::lognormal, std::log(std::abs(number("geomMean"))), std::log(number("geomSd"))};
        if (type.starts_with("NORMAL")) return {Spread::normal, number("mean"), number("sd")};
        if (type.starts_with("TRIANGLE")) return {Spread::triangular, number("minimum"), number("maximum")};
        if (type.starts_with("UNIFORM")) return {Spread::uniform, number("minimum"), number("maximum")};
        return {};
    }

    void unit_group(const ValueTree& tree) {
        const std::string name = text_at(tree, "name"), id = text_at(tree, "@id");
        for (const ValueTree& unit : list_at(tree, "units")) {
            UnitItem item{text_at(unit, "name"), name, real_at(unit, "conversionFactor").value_or(1)};
            if (flag_at(unit, "referenceUnit") || flag_at(unit, "isRefUnit")) reference_units_[id] = item.name;
            out_.units.push_back(std::move(item));
        }
    }
    void flow(const ValueTree& tree) {
        FlowItem item{sound_id(text_at(tree, "@id")), text_at(tree, "name"), kind(tree), category(tree), text_at(tree, "refUnit"), text_at(tree, "cas"),
            text_at(tree, "formula"), location(tree)};
        for (const ValueTree& one : list_at(tree, "flowProperties"))
            if (flag_at(one, "referenceFlowProperty") || flag_at(one, "isRefFlowProperty")) {
                const auto group = properties_.find(text_at(object_at(one, "flowProperty"), "@id"));
                const auto unit = group == properties_.end() ? reference_units_.end() : reference_units_.find(group->second);
                if (item.unit.empty() && unit != reference_units_.end()) item.unit = unit->second;
            }
        flows_.number_of(item);
    }
    std::uint32_t flow_of(const ValueTree& reference, const std::string& unit) {
        FlowItem item{sound_id(text_at(reference, "@id")), text_at(reference, "name"), kind(reference), category(reference), text_at(reference, "refUnit"), "",
            "", location(reference)};
        if (item.unit.empty()) item.unit = unit;
        return flows_.number_of(item);
    }
    static ParameterItem parameter(const ValueTree& tree) {
        ParameterItem item{
            text_at(tree, "name"), real_at(tree, "value").value_or(0), text_at(tree, "formula"), uncertainty(tree), text_at(tree, "description")};
        if (const ValueTree* const input = tree.find("inputParameter"); (input && input->plain == "true") || flag_at(tree, "isInputParameter"))
            item.formula.clear();
        return item;
    }
    static Allocation allocation(std::string_view type) {
        if (type.starts_with("PHYSICAL")) return Allocation::physical;
        if (type.starts_with("ECONOMIC")) return Allocation::economic;
        if (type.starts_with("CAUSAL")) return Allocation::causal;
        return Allocation::none;
    }
    static std::string day(const ValueTree& documentation, std::string_view name) {
        const std::string text = text_at(documentation, name);
        return text.substr(0, 10);
    }

    void process(const ValueTree& tree) {
        ProcessItem item;
        item.id = sound_id(text_at(tree, "@id"));
        item.name = text_at(tree, "name");
        item.unit_process = text_at(tree, "processType") != "LCI_RESULT";
        item.category = category(tree);
        item.location = location(tree);
        item.description = text_at(tree, "description");
        item.valid_from = day(object_at(tree, "processDocumentation"), "validFrom");
        item.valid_until = day(object_at(tree, "processDocumentation"), "validUntil");
        item.allocation = allocation(text_at(tree, "defaultAllocationMethod"));
        for (const ValueTree& tag : list_at(tree, "tags")) {
            const std::string text = text_of(&tag);
            if (text.starts_with("stage:")) item.stage = text.substr(6);
            if (text == "allocation:substitution") item.allocation = Allocation::substitution;
            if (text == "allocation:cut_off") item.allocation = Allocation::cut_off;
            if (text == "allocation:circular_footprint") item.allocation = Allocation::circular_footprint;
        }
        for (const ValueTree& one : list_at(tree, "parameters")) item.parameters.push_back(parameter(one));
        std::int64_t next = 1;
        for (const ValueTree& one : list_at(tree, "exchanges")) {
            ExchangeItem exchange;
            exchange.number = whole_number(real_at(one, "internalId").value_or(static_cast<double>(next)));
            next = std::max(next, exchange.number + 1);
            exchange.unit = text_at(object_at(one, "unit"), "name");
            exchange.flow = flow_of(object_at(one, "flow"), exchange.unit);
            exchange.input = flag_at(one, "input") || flag_at(one, "isInput");
            exchange.reference = flag_at(one, "quantitativeReference") || flag_at(one, "isQuantitativeReference");
            exchange.avoided = flag_at(one, "avoidedProduct") || flag_at(one, "isAvoidedProduct");
            if (exchange.avoided) exchange.input = false; // openLCA has them among the inputs of the same sign
            exchange.amount = amount_at(one, "amount");
            exchange.formula = text_at(one, "amountFormula");
            exchange.uncertainty = uncertainty(one);
            if (const std::string provider = text_at(object_at(one, "defaultProvider"), "@id"); !provider.empty()) exchange.provider = sound_id(provider);
            exchange.pedigree = text_at(one, "dqEntry");
            exchange.note = text_at(one, "description");
            exchange.role = text_at(one, "role");
            if (const auto costs = real_at(one, "costValue"); costs && exchange.amount != 0) exchange.price = *costs / exchange.amount;
            item.exchanges.push_back(std::move(exchange));
        }
        for (const ValueTree& one : list_at(tree, "allocationFactors")) {
            AllocationShare share{flow_of(object_at(one, "product"), ""), allocation(text_at(one, "allocationType")), {}, real_at(one, "value").value_or(0)};
            if (const auto number = real_at(object_at(one, "exchange"), "internalId")) share.exchange = whole_number(*number);
            item.shares.push_back(share);
        }
        out_.processes.push_back(std::move(item));
    }
    void impact(const ValueTree& tree) {
        ImpactCategory item{sound_id(text_at(tree, "@id")), text_at(tree, "name"), text_at(tree, "referenceUnitName"), "", {}};
        if (item.unit.empty()) item.unit = text_at(tree, "refUnit");
        for (const ValueTree& one : list_at(tree, "impactFactors")) {
            const std::string unit = text_at(object_at(one, "unit"), "name");
            item.factors.push_back({flow_of(object_at(one, "flow"), unit), amount_at(one, "value"), unit, uncertainty(one)});
        }
        out_.impacts.push_back(std::move(item));
    }
    void system(const ValueTree& tree) {
        const ValueTree* process = tree.find("refProcess");
        if (!process) process = tree.find("referenceProcess");
        out_.systems.push_back({sound_id(text_at(tree, "@id")), text_at(tree, "name"), text_at(tree, "description"),
            process ? sound_id(text_at(*process, "@id")) : "", real_at(tree, "targetAmount").value_or(1), text_at(object_at(tree, "targetUnit"), "name")});
    }

    ReadWatch& watch_;
    ReadInventory& into_;
    Inventory& out_;
    FlowBook flows_;
    std::map<std::string, std::string> reference_units_, properties_, locations_, methods_;
};

} // namespace

Result<Done> read_json_ld(const Archive& archive, ReadInventory& into, ReadWatch& watch) { return Reader(into, watch).read(archive); }

} // namespace greenbank::carbon
