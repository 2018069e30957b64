// systems.cpp — product systems: entered, changed, imported from what others use and exported to it, and checked for what is not linked.
#include <filesystem>

#include <fmt/format.h>

#include "api/files.h"
#include "api/jobs.h"
#include "api/kept_files.h"
#include "carbon/engine/views.h"
#include "carbon/formats/formats.h"
#include "carbon/products/operations.h"
#include "parties/acting.h"

namespace greenbank::carbon {

Record describe(const SystemKey*) { return {"product_system_key", "Names a product system.", {field<&SystemKey::id>("id", "Its id.")}}; }

/// Which file becomes a product system.
struct SystemImport {
    Id<KeptFile> file;
    std::optional<std::string> process;
    std::string product_class, area = "CN";
    std::optional<Date> activity_on;
};
Record describe(const SystemImport*) {
    using I = SystemImport;
    return {"product_system_import", "A file of openLCA JSON-LD, ILCD, EcoSpold 1 or 2, or the template.",
        {field<&I::file>("file", "The file, uploaded before."),
            field<&I::process>("process", "The id of the process whose product it is; absent: that of the file's product system.", {.max = 120}),
            field<&I::product_class>("product_class", "The class whose products are compared.", {.max = 60, .defaulted = true}),
            field<&I::area>("area", "Where it is made.", {.min = 2, .max = 20, .defaulted = true}),
            field<&I::activity_on>("activity_on", "A day of the year that the figures are of.")}};
}
struct SystemExport {
    Id<ProductSystem> id;
    InventoryFormat format = InventoryFormat::json_ld;
};
Record describe(const SystemExport*) {
    return {"product_system_export", "Which system in which format.",
        {field<&SystemExport::id>("id", "Its id."), field<&SystemExport::format>("format", "JSON-LD, EcoSpold, ILCD, CSV or xlsx.", {.defaulted = true})}};
}
/// What is linked in a system, and what is not.
struct SystemCheck {
    std::int64_t processes = 0, exchanges = 0, links = 0, ambiguous = 0;
    std::vector<std::string> missing, without_allocation;
    std::vector<NamedAmount> left_out;
    double cut_off_single = 0, cut_off_sum = 0;
    bool cut_off_kept = true, solvable = true;
};
Record describe(const SystemCheck*) {
    using C = SystemCheck;
    return {"product_system_check", "What is linked in a system, and what is not.",
        {field<&C::processes>("processes", "How many processes."), field<&C::exchanges>("exchanges", "How many exchanges."),
            field<&C::links>("links", "How many of them have a supplier."), field<&C::ambiguous>("ambiguous", "How many could have another one."),
            field<&C::missing>("missing", "Inputs that nobody supplies."),
            field<&C::without_allocation>("without_allocation", "Processes with several products that nothing divides."),
            field<&C::left_out>("left_out", "What is left out, and which share of the mass that enters its process; largest first."),
            field<&C::cut_off_single>("cut_off_single", "Largest share by mass of one input left out."),
            field<&C::cut_off_sum>("cut_off_sum", "Largest share of all left out of one process."),
            field<&C::cut_off_kept>("cut_off_kept", "At most 1 % one by one and 5 % together."), field<&C::solvable>("solvable", "It has an answer.")}};
}

Result<ProductSystem> system_seen(Transaction& transaction, const Caller& caller, const Id<ProductSystem>& id) {
    ProductSystem system = TRY(transaction.get(id));
    if (acts_for(caller, system.owner) || system.sample || TRY(judges_label(transaction, caller, "system", id.text))) return system;
    return not_found(record_of<ProductSystem>(), id.text);
}

Result<bool> judges_label(Transaction& transaction, const Caller& caller, std::string_view field, const std::string& id) {
    if (caller.actor.organisation.empty() || !caller.actor.may(verify_carbon)) return false;
    const std::string sql = fmt::format("SELECT id FROM carbon_label WHERE {} = $1 AND (reviewer = $2 OR verifier = $2) AND state <> 'draft' LIMIT 1", field);
    return !TRY(transaction.query(sql, {id, caller.actor.organisation})).empty();
}

bool acts_for(const Caller& caller, const Id<Organisation>& owner) {
    return caller.actor.may(see_carbon) || (!owner.empty() && caller.actor.organisation == owner.text);
}

namespace {

Result<ProductSystem> system_to_change(Transaction& transaction, const Caller& caller, const Id<ProductSystem>& id) {
    ProductSystem system = TRY(system_seen(transaction, caller, id));
    if (!acts_for(caller, system.owner)) return Error{Failure::forbidden, "footprint.not_yours", "This belongs to another organisation."};
    return system;
}

Result<Page<ProductSystem>> system_list(Transaction& transaction, const Caller& caller, const ListOf<ProductSystem>& list) {
    if (caller.actor.may(see_carbon)) return list_page<ProductSystem>(transaction, caller, list);
    return list_page<ProductSystem>(transaction, caller, list, "(owner = $1 OR sample = true)", {caller.actor.organisation});
}
Result<ProductSystem> system_get(Transaction& transaction, const Caller& caller, const SystemKey& key) { return system_seen(transaction, caller, key.id); }

Result<Reply<ProductSystem>> keep(Transaction& transaction, const Caller& caller, ProductSystem system) {
    TRY(parties::acting_organisation(caller));
    if (system.id.empty()) system.id = caller.new_id<ProductSystem>();
    system.owner = Id<Organisation>(caller.actor.organisation);
    system.created_at = system.updated_at = caller.now;
    TRY(transaction.insert(system));
    return Reply<ProductSystem>{.body = std::move(system), .status = 201};
}
Result<Reply<ProductSystem>> system_create(Transaction& transaction, const Caller& caller, const ProductSystem& draft) {
    return keep(transaction, caller, draft);
}
Result<ProductSystem> system_update(Transaction& transaction, const Caller& caller, const Patch<ProductSystem>& patch) {
    TRY(system_to_change(transaction, caller, patch.id));
    ProductSystem system = TRY(apply_patch(transaction, caller, patch));
    system.updated_at = caller.now;
    TRY(transaction.update(system));
    return system;
}
Result<Done> system_delete(Transaction& transaction, const Caller& caller, const SystemKey& key) {
    TRY(system_to_change(transaction, caller, key.id));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM carbon_label WHERE system = $1", {key.id.text})).single()) > 0)
        return Error{Failure::conflict, "footprint.has_label", "A label stands on this system; it is kept as long as the label can be looked up."};
    if (!TRY(transaction.query("SELECT s.id FROM shared_footprint s JOIN footprint f ON f.id = s.footprint WHERE f.system = $1 LIMIT 1", {key.id.text}))
             .empty())
        return Error{Failure::conflict, "footprint.is_shared", "Partners may fetch a footprint of this system; it is kept as long as that can be looked up."};
    TRY(transaction.execute("DELETE FROM footprint WHERE system = $1", {key.id.text}));
    return transaction.erase(key.id);
}

Result<Job> system_import(Transaction& transaction, const Caller& caller, const SystemImport& ask) {
    TRY(own_file(transaction, caller, ask.file));
    TRY(parties::acting_organisation(caller));
    return start_job(transaction, caller, "product_system_import", to_json(ask));
}

/// A file on the disk for as long as it is read, in a folder of its own: what is wrong in it is told under the name that it came with.
class SpooledFile {
public:
    SpooledFile(const std::string& id, const std::string& name) : folder_(std::filesystem::temp_directory_path() / ("greenbank-inventory-" + id)) {
        const std::string sound = sound_id(name);
        path_ = folder_ / (sound == name ? name : "file" + std::filesystem::path(name).extension().string());
        std::error_code ignored;
        std::filesystem::create_directories(folder_, ignored);
    }
    ~SpooledFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    SpooledFile(const SpooledFile&) = delete;
    SpooledFile& operator=(const SpooledFile&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path folder_, path_;
};

/// A job: files one after the other; nothing is entered before the last one was read and the whole is sound.
Result<std::string> import_system(JobRun& run) {
    const auto ask = TRY(from_json<SystemImport>(run.request()));
    // Who goes on after a crash makes the same one.
    Id<ProductSystem> id(run.last_checkpoint());
    if (id.empty()) {
        id = make_id<ProductSystem>(run.now(), run.caller().random);
        TRY(run.checkpoint(id.text));
    }
    std::string name;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        name = TRY(own_file(transaction, run.caller(), ask.file)).name;
        return Done{};
    }));
    const SpooledFile file(id.text, name);
    TRY(spool_file(run.store(), ask.file, file.path().string()));
    auto read = read_inventory(TRY(Archive::open(file.path())), {.exchanges_max = system_exchanges_max, .going = [&](std::uint64_t done, std::uint64_t bytes) {
                                                                     return run.report(
                                                                         static_cast<std::int64_t>(done >> 10), static_cast<std::int64_t>((bytes >> 10) + 1));
                                                                 }});
    if (!read && read.error().code == "inventory.too_large")
        return Error{Failure::too_large, "footprint.too_many", "A system of more than 20000 exchanges is solved by greenbank footprint solve."};
    if (!read) return read.error();
    ProductSystem system = TRY(from_inventory(read.value().inventory, ask.process.value_or("")));
    system.product_class = ask.product_class;
    system.area = ask.area;
    system.activity_on = ask.activity_on.value_or(date_of(run.now()));
    TRY(validate(system));
    system.id = id;
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        if (!TRY(transaction.find_one<ProductSystem>("id = $1", {id.text}))) TRY(keep(transaction, run.caller(), system));
        return Done{};
    }));
    JsonWriter json;
    json.begin_object().member("product_system", id.text).end_object();
    return json.take();
}

Result<Response> system_export(Transaction& transaction, const Caller& caller, const SystemExport& ask) {
    const ProductSystem system = TRY(system_seen(transaction, caller, ask.id));
    auto files = TRY(write_inventory(plain_inventory(system), ask.format));
    const bool alone = files.size() == 1 && ask.format != InventoryFormat::json_ld;
    const std::string ending = !alone ? "zip" : files[0].path.substr(files[0].path.rfind('.') + 1);
    std::string bytes = alone ? std::move(files[0].bytes) : TRY(zip_of(files));
    return Response{.content_type = ending == "xlsx"  ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                    : ending == "csv" ? "text/csv; charset=utf-8"
                                    : ending == "zip" ? "application/zip"
                                                      : "application/xml",
        .body = std::move(bytes),
        .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", system.id.text, ending)}}};
}

Result<SystemCheck> system_check(Transaction& transaction, const Caller& caller, const SystemKey& key) {
    const ProductSystem system = TRY(system_seen(transaction, caller, key.id));
    const SystemInventory made = TRY(to_inventory(system, stored_factors(transaction, system.owner)));
    const Matrix matrix = TRY(build_matrix(made.inventory));
    SystemCheck check{.processes = static_cast<std::int64_t>(system.processes.size()), .without_allocation = matrix.free_co_products};
    for (const SystemProcess& process : system.processes) check.exchanges += static_cast<std::int64_t>(process.exchanges.size());
    for (const LinkOf& link : matrix.links) {
        if (link.state != LinkState::missing) ++check.links;
        if (link.state == LinkState::one_of_several) ++check.ambiguous;
        if (link.state == LinkState::missing)
            check.missing.push_back(fmt::format("{} / {}", made.inventory.processes[link.process].name,
                made.inventory.flows[made.inventory.processes[link.process].exchanges[link.exchange].flow].name));
    }
    const CutOff cut_off = cut_off_of(made.inventory, matrix);
    for (const MissingInput& one : cut_off.missing) {
        const ProcessItem& process = made.inventory.processes[one.process];
        check.left_out.push_back({fmt::format("{} / {}", process.name, made.inventory.flows[process.exchanges[one.exchange].flow].name), one.mass_share});
    }
    check.cut_off_single = cut_off.largest_share;
    check.cut_off_sum = cut_off.largest_sum;
    check.cut_off_kept = cut_off.largest_share <= cut_off_single_max && cut_off.largest_sum <= cut_off_sum_max;
    Fault fault;
    check.solvable = solve(matrix.model, std::vector<Demand>{{{0, 1.0}}}, fault).has_value();
    return check;
}

} // namespace

std::vector<JobKind> system_jobs() { return {{"product_system_import", "Makes a product system of an uploaded file.", write_carbon, import_system}}; }

std::vector<Endpoint> system_endpoints() {
    return {
        // clang-format off
        {"product_system_list", Method::get, "/product-systems", "Product systems: one's own, and those of the sample bank.", Mode::read, signed_in, call(system_list)},
        {"product_system_get", Method::get, "/product-systems/{id}", "One product system.", Mode::read, signed_in, call(system_get)},
        {"product_system_create", Method::post, "/product-systems", "Enter a product system.", Mode::write, write_carbon, call(system_create)},
        {"product_system_update", Method::patch, "/product-systems/{id}", "Change a product system.", Mode::write, write_carbon, call(system_update)},
        {"product_system_delete", Method::remove, "/product-systems/{id}", "Delete a product system without a label, with its footprints.", Mode::write, write_carbon, call(system_delete)},
        {"product_system_import", Method::post, "/product-system-imports", "Make a product system of an uploaded file: a job.", Mode::write, write_carbon, call(system_import)},
        {"product_system_export", Method::get, "/product-systems/{id}/export", "A product system as a file of another format.", Mode::read, signed_in, as_file("application/zip", call(system_export))},
        {"product_system_check", Method::get, "/product-systems/{id}/check", "What is linked, missing and left out of a product system.", Mode::read, signed_in, call(system_check)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
