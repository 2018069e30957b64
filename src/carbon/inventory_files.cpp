// inventory_files.cpp — files of other tools in; the tables of `footprint solve`, another format, or a report of what is not linked out.
#include "carbon/inventory_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/words.h"
#include "carbon/engine/views.h"
#include "carbon/formats/formats.h"
#include "carbon/products/operations.h"
#include "json/json.h"

namespace greenbank::carbon {

struct InventoryImportOptions {
    std::string in, out;
    std::optional<std::string> process;
};
Record describe(const InventoryImportOptions*) {
    using O = InventoryImportOptions;
    return {"inventory_import_options", "Which files become tables.",
        {field<&O::in>("in", "A folder, a zip or a file: openLCA JSON-LD, ILCD, EcoSpold 1 or 2, the template.", {.min = 1}),
            field<&O::out>(
                "out", "A folder for technosphere.csv, biosphere.csv, characterisation.csv and demand.csv, as `footprint solve` reads them.", {.min = 1}),
            field<&O::process>("process", "The id of the process whose product is asked for; absent: that of the product system, or all.")}};
}
struct InventoryExportOptions {
    std::string in, out;
    InventoryFormat format = InventoryFormat::json_ld;
};
Record describe(const InventoryExportOptions*) {
    using O = InventoryExportOptions;
    return {"inventory_export_options", "Which files in which format.",
        {field<&O::in>("in", "A folder, a zip or a file: openLCA JSON-LD, ILCD, EcoSpold 1 or 2, the template.", {.min = 1}),
            field<&O::format>("format", "json_ld, ecospold1, ecospold2, ilcd, csv or xlsx."),
            field<&O::out>("out", "A folder, or a file that ends in .zip, .xml, .spold, .csv or .xlsx.", {.min = 1})}};
}
struct InventoryCheckOptions {
    std::vector<std::string> in;
    std::int64_t parts = 20;
};
Record describe(const InventoryCheckOptions*) {
    using O = InventoryCheckOptions;
    return {"inventory_check_options", "Which files are looked at.",
        {field<&O::in>("in", "Folders, zips or files, one inventory each.", {.min = 1, .max = 100}),
            field<&O::parts>("parts", "How many missing inputs of each are named.", {.min = 0, .max = 1'000'000, .defaulted = true})}};
}

namespace {

Result<ReadInventory> read(const std::string& path) { return read_inventory(TRY(Archive::open(path))); }

/// row,col,value[,distribution,p1,p2]
std::string table_of(const std::vector<Exchange>& exchanges) {
    static constexpr std::string_view names[] = {"", "lognormal", "normal", "triangular", "uniform"};
    std::string text = "row,col,value,distribution,p1,p2\n";
    for (const Exchange& one : exchanges)
        if (one.uncertainty.spread == Spread::none) text += fmt::format("{},{},{},,,\n", one.row, one.column, one.amount);
        else
            text += fmt::format("{},{},{},{},{},{}\n", one.row, one.column, one.amount, names[static_cast<std::size_t>(one.uncertainty.spread)],
                one.uncertainty.p1, one.uncertainty.p2);
    return text;
}

Result<int> import_files(const InventoryImportOptions& options, Console& console) {
    const ReadInventory inventory = TRY(read(options.in));
    const Matrix matrix = TRY(build_matrix(inventory.inventory));
    std::string wanted = options.process.value_or("");
    double amount = 1;
    if (wanted.empty() && !inventory.inventory.systems.empty()) wanted = inventory.inventory.systems[0].process, amount = inventory.inventory.systems[0].amount;
    std::string demand = "row,col,value\n", names = "number,process,product,unit,location\n";
    std::size_t demands = 0;
    for (std::uint32_t c = 0; c < matrix.columns.size(); ++c) {
        const ProcessItem& process = inventory.inventory.processes[matrix.columns[c].process];
        const FlowItem& product = inventory.inventory.flows[matrix.columns[c].product];
        const auto quoted = [](const std::string& text) {
            std::string out = "\"";
            for (const char one : text) out += one == '"' ? std::string("\"\"") : std::string(1, one);
            return out + "\"";
        };
        names += fmt::format("{},{},{},{},{}\n", c, quoted(process.name), quoted(product.name), quoted(product.unit), quoted(process.location));
        if (wanted.empty() || process.id == wanted) demand += fmt::format("{},{},{}\n", c, demands++, wanted.empty() ? 1 : amount);
    }
    if (demands == 0) return Error{Failure::not_found, "inventory.process", "There is no process {id} in {path}.", {{"id", wanted}, {"path", options.in}}};
    TRY(write_items({{"technosphere.csv", table_of(matrix.model.technosphere)}, {"biosphere.csv", table_of(matrix.model.biosphere)},
                        {"characterisation.csv", table_of(matrix.model.characterisation)}, {"demand.csv", demand}, {"names.csv", names}},
        options.out));
    const std::string sentence = fill_in(
        word("inventory.imported", console.language), {{"processes", std::to_string(matrix.columns.size())}, {"flows", std::to_string(matrix.flows.size())},
                                                          {"methods", std::to_string(inventory.inventory.impacts.size())}, {"out", options.out}});
    JsonWriter json;
    json.begin_object().member("format", name_of(inventory.format)).member("processes", static_cast<std::int64_t>(matrix.columns.size()));
    json.member("flows", static_cast<std::int64_t>(matrix.flows.size()))
        .member("methods", static_cast<std::int64_t>(inventory.inventory.impacts.size()))
        .member("out", options.out)
        .end_object();
    console.out(console.json ? indented(json.take()) + "\n" : sentence + "\n");
    return 0;
}

Result<int> export_files(const InventoryExportOptions& options, Console& console) {
    const ReadInventory inventory = TRY(read(options.in));
    const auto files = TRY(write_inventory(inventory.inventory, options.format));
    TRY(write_items(files, options.out));
    JsonWriter json;
    json.begin_object()
        .member("format", name_of(options.format))
        .member("files", static_cast<std::int64_t>(files.size()))
        .member("processes", static_cast<std::int64_t>(inventory.inventory.processes.size()))
        .member("out", options.out)
        .end_object();
    console.out(console.json ? indented(json.take()) + "\n"
                             : fill_in(word("inventory.exported", console.language), {{"processes", std::to_string(inventory.inventory.processes.size())},
                                                                                         {"files", std::to_string(files.size())}, {"out", options.out}}) +
                                   "\n");
    return 0;
}

Result<int> check_files(const InventoryCheckOptions& options, Console& console) {
    int status = 0;
    JsonWriter json;
    json.begin_list();
    std::string text;
    for (const std::string& path : options.in) {
        const ReadInventory inventory = TRY(read(path));
        const Inventory& in = inventory.inventory;
        const auto built = build_matrix(in);
        std::size_t exchanges = 0;
        for (const ProcessItem& process : in.processes) exchanges += process.exchanges.size();
        json.begin_object().member("in", path).member("format", name_of(inventory.format)).member("processes", static_cast<std::int64_t>(in.processes.size()));
        json.member("flows", static_cast<std::int64_t>(in.flows.size())).member("exchanges", static_cast<std::int64_t>(exchanges));
        text += fmt::format("{}: {}\n", path,
            fill_in(word("inventory.read", console.language),
                {{"format", std::string(name_of(inventory.format))}, {"processes", std::to_string(in.processes.size())},
                    {"flows", std::to_string(in.flows.size())}, {"exchanges", std::to_string(exchanges)}}));
        json.key("problems").begin_list();
        if (!built) {
            status = 1;
            for (const Problem& one : built.error().problems) {
                const std::string said = fmt::format("{}: {}", one.field, sentence(one.code, one.message, one.parameters, console.language));
                json.text(said);
                text += "  " + said + "\n";
            }
        }
        json.end_list();
        if (built) {
            const Matrix& matrix = built.value();
            std::size_t linked = 0, ambiguous = 0;
            for (const LinkOf& link : matrix.links) linked += link.state != LinkState::missing, ambiguous += link.state == LinkState::one_of_several;
            const CutOff cut_off = cut_off_of(in, matrix);
            Fault fault;
            const bool solvable = matrix.columns.empty() || solve(matrix.model, std::vector<Demand>{{{0, 1.0}}}, fault).has_value();
            const bool kept = cut_off.largest_share <= cut_off_single_max && cut_off.largest_sum <= cut_off_sum_max;
            if (!solvable) status = 1;
            json.member("links", static_cast<std::int64_t>(linked))
                .member("ambiguous", static_cast<std::int64_t>(ambiguous))
                .member("missing", static_cast<std::int64_t>(cut_off.missing.size()));
            json.member("missing_without_mass", static_cast<std::int64_t>(cut_off.without_mass))
                .member("cut_off_single", cut_off.largest_share)
                .member("cut_off_sum", cut_off.largest_sum);
            json.member("cut_off_kept", kept).member("solvable", solvable).key("without_allocation").begin_list();
            for (const std::string& name : matrix.free_co_products) json.text(name);
            json.end_list().key("missing_inputs").begin_list();
            text += "  " +
                    fill_in(word("inventory.links", console.language),
                        {{"links", std::to_string(linked)}, {"ambiguous", std::to_string(ambiguous)}, {"missing", std::to_string(cut_off.missing.size())}}) +
                    "\n";
            text += "  " +
                    fill_in(word(kept ? "inventory.cut_off_kept" : "inventory.cut_off_broken", console.language),
                        {{"single", fmt::format("{:.2f}", 100 * cut_off.largest_share)}, {"sum", fmt::format("{:.2f}", 100 * cut_off.largest_sum)}}) +
                    "\n";
            if (!solvable)
                text += "  " +
                        sentence("carbon.singular", "The system has no answer: somewhere a loop uses up all that it makes. Check the amounts of the loops.", {},
                            console.language) +
                        "\n";
            for (std::size_t i = 0; i < std::min(cut_off.missing.size(), static_cast<std::size_t>(options.parts)); ++i) {
                const MissingInput& one = cut_off.missing[i];
                const ProcessItem& process = in.processes[one.process];
                json.begin_object()
                    .member("process", process.name)
                    .member("flow", in.flows[process.exchanges[one.exchange].flow].name)
                    .member("mass_share", one.mass_share)
                    .end_object();
                text += fmt::format("    {} / {}  {:.2f} %\n", process.name, in.flows[process.exchanges[one.exchange].flow].name, 100 * one.mass_share);
            }
            json.end_list();
        }
        json.key("notes").begin_list();
        for (const Problem& one : inventory.notes)
            json.text(fmt::format("{}: {}", one.field, sentence(one.code, one.message, one.parameters, console.language)));
        json.end_list().end_object();
    }
    json.end_list();
    console.out(console.json ? indented(json.take()) + "\n" : text);
    return status;
}

} // namespace

Command inventory_import_command() {
    return command("footprint", "import", "Make the tables of `footprint solve` out of openLCA JSON-LD, ILCD, EcoSpold or the template.", import_files);
}
Command inventory_export_command() { return command("footprint", "export", "Write an inventory in another format.", export_files); }
Command inventory_check_command() {
    return command("footprint", "check", "Say what is linked, missing and left out of inventories, and whether they have an answer.", check_files);
}

} // namespace greenbank::carbon
