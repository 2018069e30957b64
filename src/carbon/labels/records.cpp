// records.cpp — descriptions of labels, and what the log is told of one.
#include "carbon/labels/records.h"

#include "json/json.h"

namespace greenbank::carbon {

Record describe(const GradeLimit*) {
    return {"grade_limit", "Up to which share of the class's value a grade goes.",
        {field<&GradeLimit::grade>("grade", "The grade.", {.min = 1, .max = 10}),
            field<&GradeLimit::ratio_max>("ratio_max", "Share of the class's value.", {.min = 0, .max = 100})}};
}
Record describe(const LabelClass*) {
    using C = LabelClass;
    return {"label_class", "A class of products with the value that others are held against.",
        {
            field<&C::id>("id", "Id.", {.read_only = true}),
            field<&C::code>("code", "What product systems name it by.", {.min = 1, .max = 60, .filter = true, .sort = true}),
            field<&C::title>("title", "Its name.", {.min = 1, .max = 200}),
            field<&C::value>("value", "Footprint of a usual product, per unit.", {.unit = "kgCO2e", .min = 0}),
            field<&C::unit>("unit", "The unit.", {.min = 1, .max = 30}),
            field<&C::grades>("grades", "Grades, best first.", {.max = 20}),
            field<&C::status>("status", "Official, unconfirmed or sample.", {.filter = true}),
            field<&C::source>("source", "Who published it.", {.min = 1, .max = 500}),
            field<&C::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&C::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}
Record describe(const CarbonLabel*) {
    using L = CarbonLabel;
    return {"carbon_label", "A product's footprint, reviewed, verified and published.",
        {
            field<&L::id>("id", "Id.", {.read_only = true}),
            field<&L::number>("number", "Its number on the label.", {.max = 40, .unique = true, .read_only = true}),
            field<&L::owner>("owner", "Whose product it is.", {.read_only = true, .filter = true}),
            field<&L::system>("system", "The product system.", {.read_only = true, .filter = true}),
            field<&L::footprint>("footprint", "The footprint that it states."),
            field<&L::title>("title", "The product.", {.read_only = true}),
            field<&L::product_class>("product_class", "Its class.", {.max = 60, .read_only = true, .filter = true}),
            field<&L::amount>("amount", "Functional unit.", {.read_only = true}),
            field<&L::unit>("unit", "Its unit.", {.max = 30, .read_only = true}),
            field<&L::boundary>("boundary", "From where to where.", {.read_only = true}),
            field<&L::value>("value", "Greenhouse gases for the functional unit.", {.unit = "kgCO2e", .read_only = true, .sort = true}),
            field<&L::low>("low", "2.5 % of draws lie below.", {.unit = "kgCO2e", .read_only = true}),
            field<&L::high>("high", "2.5 % of draws lie above.", {.unit = "kgCO2e", .read_only = true}),
            field<&L::by_stage>("by_stage", "By stage of the life.", {.read_only = true}),
            field<&L::gwp>("gwp", "Whose warming potentials.", {.read_only = true}),
            field<&L::quality>("quality", "Mean score of the data: 1 is best, 5 worst.", {.read_only = true}),
            field<&L::primary_share>("primary_share", "Share of the result that measured data bring.", {.read_only = true}),
            field<&L::cut_off_kept>("cut_off_kept", "What was left out is within 1 % and 5 %.", {.read_only = true}),
            field<&L::class_value>("class_value", "A usual product of its class, for the same amount.", {.unit = "kgCO2e", .read_only = true}),
            field<&L::grade>("grade", "Grade within its class.", {.max = 10, .read_only = true, .filter = true}),
            field<&L::class_status>("class_status", "Standing of the class's figures.", {.read_only = true}),
            field<&L::reviewer>("reviewer", "Who reviews it critically (ISO 14071)."),
            field<&L::verifier>("verifier", "Who verifies it (ISO 14064-3)."),
            field<&L::submitted_by>("submitted_by", "Who submitted it.", {.max = 60, .read_only = true, .secret = true}),
            field<&L::reviewed_by>("reviewed_by", "Who reviewed it.", {.max = 60, .read_only = true, .secret = true}),
            field<&L::state>("state", "Draft, submitted, reviewed, verified, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&L::issued_on>("issued_on", "When it was published.", {.read_only = true}),
            field<&L::valid_until>("valid_until", "Its last day.", {.read_only = true}),
            field<&L::statement>("statement", "SHA-256 of its statement in the log.", {.max = 64, .read_only = true}),
            field<&L::proof>("proof", "Where its proof is.", {.max = 80, .read_only = true}),
            field<&L::replaces>("replaces", "The label before it.", {.read_only = true}),
            field<&L::reason>("reason", "Why it was withdrawn.", {.max = 2000, .read_only = true}),
            field<&L::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&L::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&L::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&L::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

std::string statement_of(const CarbonLabel& label, const std::string& footprint_digest) {
    JsonWriter json;
    json.begin_object()
        .member("statement", "carbon_label")
        .member("id", label.id.text)
        .member("number", label.number.value_or(""))
        .member("owner", label.owner.text);
    std::string title;
    write_json_value(title, TypeOf<Text>::type, &label.title);
    json.key("title").raw(title).member("amount", label.amount).member("unit", label.unit).member("boundary", name_of(label.boundary));
    json.member("kg_co2e", label.value).member("gwp", name_of(label.gwp)).member("grade", label.grade.value_or(""));
    for (const NamedAmount& one : label.by_stage) json.member("stage_" + one.name, one.amount);
    json.member("reviewer", label.reviewer.text).member("verifier", label.verifier.text);
    json.member("footprint", label.footprint.text).member("footprint_sha256", footprint_digest).member("state", name_of(label.state));
    json.member("issued_on", label.issued_on ? to_text(*label.issued_on) : "").member("valid_until", label.valid_until ? to_text(*label.valid_until) : "");
    json.end_object();
    return json.take();
}

} // namespace greenbank::carbon
