// disclosure.cpp — the stricter word holds, and what is above the viewer's stage is taken out.
#include "library/engine/disclosure.h"

#include <algorithm>
#include <tuple>

namespace greenbank::library {

namespace {

/// The indicator that an item of a list is about; null where items have none.
const std::string* item_name(const Type& list, const void* value, std::size_t index) {
    if (list.element->kind != Kind::record) return nullptr;
    const Field* indicator = list.element->record().find("indicator");
    if (!indicator || indicator->type->kind != Kind::text) return nullptr;
    return static_cast<const std::string*>(indicator->get(list.item(value, index)));
}

bool has_indicators(const Field& field) {
    if (field.type->kind != Kind::list || field.type->element->kind != Kind::record) return false;
    const Field* indicator = field.type->element->record().find("indicator");
    return indicator && indicator->type->kind == Kind::text;
}

bool is_there(const Field& field, const void* record) {
    const void* value = field.get(record);
    if (!value) return false;
    switch (field.type->kind) {
    case Kind::list: return field.type->size(value) > 0;
    case Kind::text: return !static_cast<const std::string*>(value)->empty();
    case Kind::localized: return !static_cast<const Text*>(value)->empty();
    default: return true;
    }
}

} // namespace

Record describe(const FieldStage*) {
    return {"field_stage", "From which stage of disclosure on a field of this entry is shown.",
        {field<&FieldStage::field>("field", "Which field.", {.min = 1, .max = 60}),
            field<&FieldStage::item>("item", "Of figures and requirements: only those of this indicator.", {.min = 1, .max = 60}),
            field<&FieldStage::stage>("stage", "From which stage on it is shown: adviser, agreement, full.")}};
}

DisclosureLaw::DisclosureLaw(std::vector<FieldRule> rules) : rules_(std::move(rules)) {
    std::stable_sort(rules_.begin(), rules_.end(),
        [](const FieldRule& one, const FieldRule& other) { return std::tie(one.record, one.field) < std::tie(other.record, other.field); });
    for (FieldRule& rule : rules_) rule.least = stage_of(rule.record, rule.field, {});
}

std::span<const FieldRule> DisclosureLaw::of(std::string_view record) const {
    const auto [first, last] = std::ranges::equal_range(rules_, record, {}, [](const FieldRule& rule) { return std::string_view(rule.record); });
    return {first, last};
}

const FieldRule* DisclosureLaw::find(std::string_view record, std::string_view field) const {
    const auto rules = of(record);
    const auto found = std::ranges::lower_bound(rules, field, {}, [](const FieldRule& rule) { return std::string_view(rule.field); });
    return found == rules.end() || found->field != field ? nullptr : &*found;
}

Disclosure DisclosureLaw::stage_of(std::string_view record, std::string_view field, std::span<const FieldStage> raised) const {
    const FieldRule* rule = find(record, field);
    if (!rule) return Disclosure::public_;
    Disclosure stage = rule->stage;
    if (rule->movable)
        for (const FieldStage& one : raised)
            if (one.field == field && !one.item) stage = std::max(stage, one.stage);
    if (!rule->follows.empty()) stage = std::max(stage, stage_of(record, rule->follows, raised));
    return stage;
}

Disclosure DisclosureLaw::stage_of_item(std::string_view record, std::string_view field, std::string_view item, std::span<const FieldStage> raised) const {
    Disclosure stage = stage_of(record, field, raised);
    const FieldRule* rule = find(record, field);
    if (rule && rule->movable)
        for (const FieldStage& one : raised)
            if (one.field == field && one.item && *one.item == item) stage = std::max(stage, one.stage);
    return stage;
}

void DisclosureLaw::check(const Record& record, std::span<const FieldStage> raised, std::string_view path, Problems& problems) const {
    for (std::size_t i = 0; i < raised.size(); ++i) {
        const FieldStage& one = raised[i];
        const std::string at = std::string(path) + "[" + std::to_string(i) + "]";
        const FieldRule* rule = find(record.name, one.field);
        const Field* field = record.find(one.field);
        if (!rule || !field) problems.push_back({at + ".field", "disclosure.field", "There is no such field to show in stages."});
        else if (!rule->movable)
            problems.push_back({at + ".field", "disclosure.fixed", "The catalogue shows {field} to everybody; its stage stays.", {{"field", one.field}}});
        else if (one.item && !has_indicators(*field))
            problems.push_back({at + ".item", "disclosure.item", "Only figures and requirements are shown one by one."});
        else if (one.stage < rule->stage)
            problems.push_back({at + ".stage", "disclosure.lower", "A stage can be raised, not lowered: this field is shown from {stage} on.",
                {{"stage", std::string(name_of(rule->stage))}}});
        for (std::size_t earlier = 0; earlier < i; ++earlier)
            if (raised[earlier].field == one.field && raised[earlier].item == one.item) {
                problems.push_back({at + ".field", "disclosure.twice", "This field has its stage already."});
                break;
            }
    }
}

void mask(const DisclosureLaw& law, const Record& record, void* value, std::span<const FieldStage> raised, Disclosure viewer) {
    if (viewer == Disclosure::full) return;
    if (raised.empty()) { // most entries: the law alone
        for (const FieldRule& rule : law.of(record.name))
            if (rule.least > viewer)
                if (const Field* field = record.find(rule.field)) field->reset(value);
        return;
    }
    for (const Field& field : record.fields) {
        if (!law.find(record.name, field.name)) continue;
        if (law.stage_of(record.name, field.name, raised) > viewer) {
            field.reset(value);
            continue;
        }
        if (!has_indicators(field)) continue;
        void* list = const_cast<void*>(field.get(value));
        if (!list) continue;
        for (std::size_t i = field.type->size(list); i-- > 0;)
            if (law.stage_of_item(record.name, field.name, *item_name(*field.type, list, i), raised) > viewer) field.type->remove(list, i);
    }
}

std::vector<std::string> opened(const DisclosureLaw& law, const Record& record, const void* value, std::span<const FieldStage> raised, Disclosure viewer) {
    std::vector<std::string> names;
    if (viewer == Disclosure::public_) return names;
    for (const Field& field : record.fields) {
        if (!law.find(record.name, field.name) || !is_there(field, value)) continue;
        const Disclosure stage = law.stage_of(record.name, field.name, raised);
        if (stage > viewer) continue;
        if (stage > Disclosure::public_) {
            names.emplace_back(field.name);
            continue;
        }
        if (!has_indicators(field)) continue;
        const void* list = field.get(value);
        for (std::size_t i = 0; i < field.type->size(list); ++i) {
            const std::string& item = *item_name(*field.type, list, i);
            const Disclosure one = law.stage_of_item(record.name, field.name, item, raised);
            const std::string name = std::string(field.name) + ":" + item;
            if (one > Disclosure::public_ && one <= viewer && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    return names;
}

std::vector<FieldStage> stricter(std::span<const FieldStage> one, std::span<const FieldStage> other) {
    std::vector<FieldStage> both(one.begin(), one.end());
    for (const FieldStage& each : other) {
        const auto same = std::find_if(both.begin(), both.end(), [&](const FieldStage& known) { return known.field == each.field && known.item == each.item; });
        if (same == both.end()) both.push_back(each);
        else same->stage = std::max(same->stage, each.stage);
    }
    return both;
}

} // namespace greenbank::library
