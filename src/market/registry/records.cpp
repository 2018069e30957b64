// records.cpp — descriptions of what the registry keeps.
#include "market/registry/records.h"

#include "library/rules.h"

namespace greenbank::market {

namespace {
void check_programme(const void* value, Problems& problems) {
    library::check_country(static_cast<const CarbonProgramme*>(value)->country, "country", problems);
}
void check_product(const void* value, Problems& problems) {
    library::check_country(static_cast<const CarbonProduct*>(value)->host_country, "host_country", problems);
}
} // namespace

Record describe(const CarbonProgramme*) {
    using One = CarbonProgramme;
    return {"carbon_programme", "A system under which tonnes are issued.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::code>("code", "Short name in the ledger: CEA, CCER.", {.min = 1, .max = 20, .unique = true, .filter = true, .sort = true}),
            field<&One::kind>("kind", "Allowances or credits.", {.filter = true}),
            field<&One::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&One::country>("country", "Whose programme it is.", {.min = 2, .max = 2, .filter = true}),
            field<&One::registry>("registry", "Who keeps its registry.", {.max = 200}),
            field<&One::source>("source", "Where its rules stand.", {.max = 500}),
            field<&One::status>("status", "Official, unconfirmed or sample.", {.defaulted = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_programme};
}

Record describe(const CarbonProduct*) {
    using One = CarbonProduct;
    return {"carbon_product", "Tonnes that are fungible: allowances of a vintage, credits of a project and vintage.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::programme>("programme", "Under which programme.", {.filter = true}),
            field<&One::asset>("asset", "The ledger's asset.", {.read_only = true}),
            field<&One::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&One::vintage>("vintage", "The year of the tonnes.", {.min = 1990, .max = 2100, .filter = true, .sort = true}),
            field<&One::project>("project", "The project of this bank that avoided them.", {.filter = true}),
            field<&One::project_reference>(
                "project_reference", "How registries call the project; double counting is looked for by it.", {.min = 1, .max = 100}),
            field<&One::host_country>("host_country", "Where they were avoided.", {.min = 2, .max = 2}),
            field<&One::adjustment>(
                "adjustment", "Whether the host country has adjusted its balance (Paris agreement, article 6).", {.defaulted = true, .filter = true}),
            field<&One::serial_prefix>("serial_prefix", "What serial numbers begin with.", {.min = 3, .max = 60}),
            field<&One::next_serial>("next_serial", "The number that is issued next.", {.read_only = true}),
            field<&One::issued_account>("issued_account", "Where issued tonnes come from.", {.read_only = true}),
            field<&One::retired_account>("retired_account", "Where retired tonnes rest.", {.read_only = true}),
            field<&One::cancelled_account>("cancelled_account", "Where cancelled tonnes rest.", {.read_only = true}),
            field<&One::surrendered_account>("surrendered_account", "Where surrendered tonnes rest.", {.read_only = true}),
            field<&One::pledged_account>("pledged_account", "In whose favour pledges are held.", {.read_only = true}),
            field<&One::clearing_account>("clearing_account", "Where deals pass through.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_product};
}

Record describe(const RegistryAccount*) {
    using One = RegistryAccount;
    return {"registry_account", "An entity's account at the registry; it has one.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::organisation>("organisation", "Whose it is.", {.read_only = true, .filter = true}),
            field<&One::kind>("kind", "What it is for.", {.filter = true}),
            field<&One::number>("number", "What people quote.", {.read_only = true, .sort = true}),
            field<&One::state>("state", "Applied for, open, frozen or closed.", {.read_only = true, .filter = true}),
            field<&One::reason>("reason", "Why it is in this state.", {.max = 500, .read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was applied for.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

namespace {
void check_issuance(const void* value, Problems& problems) {
    const auto& issuance = *static_cast<const Issuance*>(value);
    if (issuance.period_to < issuance.period_from) problems.push_back({"period_to", "issuance.period", "The period ends before it begins."});
}
} // namespace

Record describe(const Issuance*) {
    using One = Issuance;
    return {"issuance", "Tonnes that come into being: asked for with evidence, issued by another person.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::product>("product", "Which tonnes.", {.filter = true}),
            field<&One::organisation>("organisation", "Who receives them.", {.filter = true}),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::period_from>("period_from", "First day of what was verified.", {}),
            field<&One::period_to>("period_to", "Last day of it.", {}),
            field<&One::evidence>("evidence", "The verification statement or the notice of allocation.", {.min = 3, .max = 1000}),
            field<&One::reduction>("reduction", "The verified reduction of this bank; it is issued for once.", {.min = 3, .max = 80}),
            field<&One::state>("state", "Asked for, issued, refused or withdrawn.", {.read_only = true, .filter = true}),
            field<&One::reason>("reason", "Why it was refused.", {.read_only = true}),
            field<&One::first_serial>("first_serial", "The first number.", {.read_only = true}),
            field<&One::last_serial>("last_serial", "The last number.", {.read_only = true}),
            field<&One::transfer>("transfer", "The ledger's transfer.", {.read_only = true}),
            field<&One::asked_by>("asked_by", "Who asked.", {.read_only = true}),
            field<&One::asked_by_name>("asked_by_name", "The name of who asked.", {.read_only = true}),
            field<&One::checked_by>("checked_by", "Who decided.", {.read_only = true}),
            field<&One::checked_by_name>("checked_by_name", "The name of who decided.", {.read_only = true}),
            field<&One::checked_at>("checked_at", "When it was decided.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was asked for.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_issuance};
}

Record describe(const SerialBlock*) {
    using One = SerialBlock;
    return {"serial_block", "Serial numbers in a row that share holder and state; one number is one tonne.",
        {
            field<&One::id>("id", "Id."),
            field<&One::product>("product", "Of which product.", {.filter = true}),
            field<&One::first>("first", "The first number.", {.sort = true}),
            field<&One::last>("last", "The last number."),
            field<&One::holder>("holder", "Who holds them, or held them last.", {.filter = true}),
            field<&One::state>("state", "Held, retired, cancelled or surrendered.", {.filter = true}),
            field<&One::ended_by>("ended_by", "The certificate that ended them."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::updated_at>("updated_at", "Since when."),
        }};
}

Record describe(const UnitEnd*) {
    using One = UnitEnd;
    return {"retirement", "Tonnes that never move again: retired, cancelled or surrendered.",
        {
            field<&One::id>("id", "Its code.", {.read_only = true}),
            field<&One::kind>("kind", "Retirement, cancellation or surrender.", {.filter = true}),
            field<&One::product>("product", "Which tonnes.", {.filter = true}),
            field<&One::organisation>("organisation", "Who gave them.", {.read_only = true, .filter = true}),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::serials>("serials", "Their serial numbers.", {.read_only = true}),
            field<&One::beneficiary>("beneficiary", "On whose behalf.", {.max = 300}),
            field<&One::purpose>("purpose", "What for.", {.max = 500}),
            field<&One::obligation>("obligation", "The obligation it meets.", {.read_only = true}),
            field<&One::transfer>("transfer", "The ledger's transfer.", {.read_only = true}),
            field<&One::proof>("proof", "Its place in the transparency log.", {.read_only = true}),
            field<&One::made_by>("made_by", "Who did it.", {.read_only = true}),
            field<&One::made_by_name>("made_by_name", "The name of who did it.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::made_at>("made_at", "When.", {.read_only = true, .sort = true}),
        }};
}

Record describe(const ComplianceObligation*) {
    using One = ComplianceObligation;
    return {"compliance_obligation", "What a firm owes for a year.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::organisation>("organisation", "Who owes.", {.filter = true}),
            field<&One::programme>("programme", "Under which programme.", {.filter = true}),
            field<&One::year>("year", "For which year.", {.min = 2013, .max = 2100, .filter = true, .sort = true}),
            field<&One::unit_class>("unit_class", "Which benchmark applies.", {.defaulted = true}),
            field<&One::supply_mwh>("supply_mwh", "Power supplied.", {.unit = "MWh", .min = 0, .max = 1e9, .defaulted = true}),
            field<&One::heat_gj>("heat_gj", "Heat supplied.", {.unit = "GJ", .min = 0, .max = 1e10, .defaulted = true}),
            field<&One::correction>("correction", "Correction of the benchmark, in ten-thousandths.", {.min = 0, .max = 20'000, .defaulted = true}),
            field<&One::allocation>("allocation", "What is given free.", {.unit = "t", .read_only = true}),
            field<&One::allocation_edition>("allocation_edition", "By which data.", {.read_only = true}),
            field<&One::emissions>("emissions", "Verified emissions.", {.unit = "t", .min = 0, .max = 1e10, .sort = true}),
            field<&One::offset_limit_basis_points>(
                "offset_limit_basis_points", "How much of it credits may meet, in hundredths of a percent.", {.min = 0, .max = 10'000, .defaulted = true}),
            field<&One::allowances_given>("allowances_given", "Allowances surrendered.", {.unit = "t", .read_only = true}),
            field<&One::offsets_given>("offsets_given", "Credits surrendered.", {.unit = "t", .read_only = true}),
            field<&One::due_on>("due_on", "The last day to surrender.", {.sort = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const CarryOver*) {
    using One = CarryOver;
    return {"carry_over", "Allowances of one year that become as many of the next.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::obligation>("obligation", "The obligation that was met first.", {.filter = true}),
            field<&One::organisation>("organisation", "Whose allowances.", {.read_only = true, .filter = true}),
            field<&One::from_product>("from_product", "Allowances that end."),
            field<&One::to_product>("to_product", "Allowances of the later year."),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::base_tonnes>("base_tonnes", "What everybody may carry over.", {.unit = "t", .min = 0, .max = 1e10, .defaulted = true}),
            field<&One::sold_percent>("sold_percent", "And this much of what was sold on balance.", {.unit = "%", .min = 0, .max = 1'000, .defaulted = true}),
            field<&One::source>("source", "The notice that says so.", {.min = 3, .max = 300}),
            field<&One::left>("left", "What the firm held then.", {.unit = "t", .read_only = true}),
            field<&One::sold>("sold", "What it had sold on balance.", {.unit = "t", .read_only = true}),
            field<&One::ended>("ended", "The certificate of what ended.", {.read_only = true}),
            field<&One::first_serial>("first_serial", "The first new number.", {.read_only = true}),
            field<&One::last_serial>("last_serial", "The last new number.", {.read_only = true}),
            field<&One::made_by>("made_by", "Who entered it.", {.read_only = true}),
            field<&One::made_by_name>("made_by_name", "The name.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::made_at>("made_at", "When.", {.read_only = true, .sort = true}),
        }};
}

Record describe(const ListedElsewhere*) {
    using One = ListedElsewhere;
    return {"listed_elsewhere", "What another registry has issued.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::registry>("registry", "Which registry.", {.min = 1, .max = 200, .filter = true}),
            field<&One::project_reference>("project_reference", "The project there.", {.min = 1, .max = 100, .filter = true, .sort = true}),
            field<&One::vintage>("vintage", "The year of the tonnes.", {.min = 1990, .max = 2100, .filter = true}),
            field<&One::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&One::source>("source", "Where the list is from.", {.max = 500}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
        }};
}

} // namespace greenbank::market
