// json_ld_write.cpp — openLCA JSON-LD out, schema 2: a file a data set, units and properties with it.
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "carbon/formats/formats.h"
#include "json/json.h"

namespace greenbank::carbon {

namespace {

std::string group_id(const std::string& group) { return id_of_text("unit group " + group); }
std::string property_id(const std::string& group) { return id_of_text("flow property " + group); }
std::string unit_id(const std::string& unit) { return id_of_text("unit " + unit); }
std::string location_id(const std::string& location) { return id_of_text("location " + location); }

class Writing {
public:
    explicit Writing(const Inventory& inventory) : in_(inventory) {
        for (const UnitItem& unit : in_.units) groups_[unit.name] = unit.group;
    }

    std::vector<WrittenItem> write() {
        out_.push_back({"openlca.json", "{\"schemaVersion\":2}\n"});
        units();
        for (const FlowItem& flow : in_.flows) write_flow(flow);
        for (const ParameterItem& one : in_.parameters) {
            JsonWriter json;
            begin(json, "Parameter", id_of_text("parameter " + one.name), one.name);
            parameter(json, one, "GLOBAL_SCOPE");
            keep(json, "parameters", id_of_text("parameter " + one.name));
        }
        for (const ProcessItem& process : in_.processes) write_process(process);
        impacts();
        for (const SystemItem& system : in_.systems) write_system(system);
        for (const std::string& location : locations_) {
            JsonWriter json;
            begin(json, "Location", location_id(location), location);
            json.member("code", location);
            keep(json, "locations", location_id(location));
        }
        return std::move(out_);
    }

private:
    static void begin(JsonWriter& json, std::string_view type, const std::string& id, const std::string& name) {
        json.begin_object().member("@type", type).member("@id", id).member("name", name);
    }
    void keep(JsonWriter& json, std::string_view folder, const std::string& id) {
        json.end_object();
        out_.push_back({fmt::format("{}/{}.json", folder, id), json.take() + "\n"});
    }
    static void reference(JsonWriter& json, std::string_view key, std::string_view type, const std::string& id, const std::string& name) {
        json.key(key).begin_object().member("@type", type).member("@id", id).member("name", name).end_object();
    }
    void location(JsonWriter& json, const std::string& location) {
        if (location.empty()) return;
        locations_.insert(location);
        reference(json, "location", "Location", location_id(location), location);
    }
    const std::string& group_of(const std::string& unit) const {
        const auto found = groups_.find(unit);
        return found == groups_.end() ? unit : found->second;
    }
    void unit(JsonWriter& json, const std::string& name) {
        if (name.empty()) return;
        reference(json, "unit", "Unit", unit_id(name), name);
        reference(json, "flowProperty", "FlowProperty", property_id(group_of(name)), group_of(name));
    }
    static const char* kind(FlowKind kind) {
        return kind == FlowKind::elementary ? "ELEMENTARY_FLOW" : kind == FlowKind::waste ? "WASTE_FLOW" : "PRODUCT_FLOW";
    }
    void flow(JsonWriter& json, std::string_view key, const FlowItem& flow) {
        json.key(key).begin_object().member("@type", "Flow").member("@id", flow.id).member("name", flow.name).member("category", flow.category);
        json.member("flowType", kind(flow.kind)).member("refUnit", flow.unit);
        if (!flow.location.empty()) json.member("location", flow.location);
        json.end_object();
    }
    static void uncertainty(JsonWriter& json, const Uncertainty& how) {
        if (how.spread == Spread::none) return;
        json.key("uncertainty").begin_object().member("@type", "Uncertainty");
        switch (how.spread) {
        case Spread::none: break;
        case Spread::lognormal:
            json.member("distributionType", "LOG_NORMAL_DISTRIBUTION").member("geomMean", std::exp(how.p1)).member("geomSd", std::exp(how.p2));
            break;
        case Spread::normal: json.member("distributionType", "NORMAL_DISTRIBUTION").member("mean", how.p1).member("sd", how.p2); break;
        case Spread::triangular: json.member("distributionType", "TRIANGLE_DISTRIBUTION").member("minimum", how.p1).member("maximum", how.p2); break;
        case Spread::uniform: json.member("distributionType", "UNIFORM_DISTRIBUTION").member("minimum", how.p1).member("maximum", how.p2); break;
        }
        json.end_object();
    }

    void units() {
        std::map<std::string, std::vector<const UnitItem*>> by_group;
        for (const UnitItem& one : in_.units) by_group[one.group].push_back(&one);
        // A flow counts in its own unit, so that is the one its property refers to; where a group has several, the first of factor 1.
        for (const auto& [group, units] : by_group) {
            JsonWriter json;
            begin(json, "UnitGroup", group_id(group), group);
            reference(json, "defaultFlowProperty", "FlowProperty", property_id(group), group);
            json.key("units").begin_list();
            bool given = false;
            for (const UnitItem* one : units) {
                const bool is_reference = !given && one->factor == 1;
                given = given || is_reference;
                json.begin_object().member("@type", "Unit").member("@id", unit_id(one->name)).member("name", one->name);
                json.member("conversionFactor", one->factor).member("isRefUnit", is_reference).end_object();
            }
            json.end_list();
            keep(json, "unit_groups", group_id(group));
            JsonWriter property;
            begin(property, "FlowProperty", property_id(group), group);
            property.member("flowPropertyType", "PHYSICAL_QUANTITY");
            reference(property, "unitGroup", "UnitGroup", group_id(group), group);
            keep(property, "flow_properties", property_id(group));
        }
    }
    void write_flow(const FlowItem& flow) {
        JsonWriter json;
        begin(json, "Flow", flow.id, flow.name);
        json.member("category", flow.category).member("flowType", kind(flow.kind)).member("refUnit", flow.unit);
        if (!flow.cas.empty()) json.member("cas", flow.cas);
        if (!flow.formula.empty()) json.member("formula", flow.formula);
        location(json, flow.location);
        if (!flow.unit.empty()) {
            json.key("flowProperties")
                .begin_list()
                .begin_object()
                .member("@type", "FlowPropertyFactor")
                .member("conversionFactor", 1.0)
                .member("isRefFlowProperty", true);
            reference(json, "flowProperty", "FlowProperty", property_id(group_of(flow.unit)), group_of(flow.unit));
            json.end_object().end_list();
        }
        keep(json, "flows", flow.id);
    }
    static void parameter(JsonWriter& json, const ParameterItem& one, const char* scope) {
        json.member("parameterScope", scope).member("value", one.value).member("isInputParameter", one.formula.empty());
        if (!one.formula.empty()) json.member("formula", one.formula);
        if (!one.note.empty()) json.member("description", one.note);
        uncertainty(json, one.uncertainty);
    }
    void write_process(const ProcessItem& process) {
        JsonWriter json;
        begin(json, "Process", process.id, process.name);
        json.member("category", process.category)
            .member("processType", process.unit_process ? "UNIT_PROCESS" : "LCI_RESULT")
            .member("description", process.description);
        location(json, process.location);
        if (!process.valid_from.empty() || !process.valid_until.empty()) {
            json.key("processDocumentation").begin_object().member("@type", "ProcessDocumentation");
            if (!process.valid_from.empty()) json.member("validFrom", process.valid_from);
            if (!process.valid_until.empty()) json.member("validUntil", process.valid_until);
            json.end_object();
        }
        static constexpr const char* methods[] = {nullptr, "PHYSICAL_ALLOCATION", "ECONOMIC_ALLOCATION", "CAUSAL_ALLOCATION", nullptr, nullptr, nullptr};
        static constexpr const char* tags[] = {
            nullptr, nullptr, nullptr, nullptr, "allocation:substitution", "allocation:cut_off", "allocation:circular_footprint"};
        const auto how = static_cast<std::size_t>(process.allocation);
        if (methods[how]) json.member("defaultAllocationMethod", methods[how]);
        if (tags[how] || !process.stage.empty()) {
            json.key("tags").begin_list();
            if (tags[how]) json.text(tags[how]);
            if (!process.stage.empty()) json.text("stage:" + process.stage);
            json.end_list();
        }
        json.key("parameters").begin_list();
        for (const ParameterItem& one : process.parameters) {
            json.begin_object().member("@type", "Parameter").member("name", one.name);
            parameter(json, one, "PROCESS_SCOPE");
            json.end_object();
        }
        json.end_list().key("exchanges").begin_list();
        for (const ExchangeItem& one : process.exchanges) {
            json.begin_object().member("@type", "Exchange").member("internalId", one.number).member("amount", one.amount);
            // Their inputs and avoided products are on one side.
            json.member("isInput", one.input || one.avoided).member("isQuantitativeReference", one.reference).member("isAvoidedProduct", one.avoided);
            flow(json, "flow", in_.flows[one.flow]);
            unit(json, one.unit);
            if (!one.formula.empty()) json.member("amountFormula", one.formula);
            uncertainty(json, one.uncertainty);
            if (!one.provider.empty()) json.key("defaultProvider").begin_object().member("@type", "Process").member("@id", one.provider).end_object();
            if (!one.pedigree.empty()) json.member("dqEntry", one.pedigree);
            if (!one.note.empty()) json.member("description", one.note);
            if (!one.role.empty()) json.member("role", one.role);
            if (one.price) json.member("costValue", *one.price * one.amount);
            json.end_object();
        }
        json.end_list();
        if (!process.shares.empty()) {
            json.key("allocationFactors").begin_list();
            for (const AllocationShare& share : process.shares) {
                json.begin_object().member("@type", "AllocationFactor").member("value", share.share);
                if (const char* method = methods[static_cast<std::size_t>(share.method)]) json.member("allocationType", method);
                flow(json, "product", in_.flows[share.product]);
                if (share.exchange) json.key("exchange").begin_object().member("internalId", *share.exchange).end_object();
                json.end_object();
            }
            json.end_list();
        }
        keep(json, "processes", process.id);
    }
    void impacts() {
        std::map<std::string, std::vector<const ImpactCategory*>> methods;
        for (const ImpactCategory& impact : in_.impacts) {
            if (!impact.method.empty()) methods[impact.method].push_back(&impact);
            JsonWriter json;
            begin(json, "ImpactCategory", impact.id, impact.name);
            json.member("refUnit", impact.unit).key("impactFactors").begin_list();
            for (const ImpactFactor& factor : impact.factors) {
                json.begin_object().member("@type", "ImpactFactor").member("value", factor.value);
                flow(json, "flow", in_.flows[factor.flow]);
                unit(json, factor.unit);
                uncertainty(json, factor.uncertainty);
                json.end_object();
            }
            json.end_list();
            keep(json, "lcia_categories", impact.id);
        }
        for (const auto& [method, categories] : methods) {
            JsonWriter json;
            begin(json, "ImpactMethod", id_of_text("method " + method), method);
            json.key("impactCategories").begin_list();
            for (const ImpactCategory* one : categories)
                json.begin_object().member("@type", "ImpactCategory").member("@id", one->id).member("name", one->name).end_object();
            json.end_list();
            keep(json, "lcia_methods", id_of_text("method " + method));
        }
    }
    void write_system(const SystemItem& system) {
        JsonWriter json;
        begin(json, "ProductSystem", system.id, system.name);
        json.member("description", system.description).member("targetAmount", system.amount);
        if (!system.process.empty()) json.key("refProcess").begin_object().member("@type", "Process").member("@id", system.process).end_object();
        if (!system.unit.empty()) {
            reference(json, "targetUnit", "Unit", unit_id(system.unit), system.unit);
            reference(json, "targetFlowProperty", "FlowProperty", property_id(group_of(system.unit)), group_of(system.unit));
        }
        keep(json, "product_systems", system.id);
    }

    const Inventory& in_;
    std::vector<WrittenItem> out_;
    std::map<std::string, std::string> groups_;
    std::set<std::string> locations_;
};

} // namespace

std::vector<WrittenItem> write_json_ld(const Inventory& inventory) { return Writing(inventory).write(); }

} // namespace greenbank::carbon
