// network_fuzz.cpp — any bytes as the files of a network ("=== name" begins one): a network that is sound, or faults; then a program of bounded size.
#include "planning/engine/network/plan.h"

using namespace greenbank;
using namespace greenbank::planning;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(bytes), size);
    std::map<std::string, std::string> files;
    while (text.starts_with("=== ") && files.size() < 40) {
        const std::size_t line = std::min(text.find('\n'), text.size());
        const std::string name(text.substr(4, line - 4));
        text.remove_prefix(std::min(line + 1, text.size()));
        const std::size_t next = std::min(text.find("\n=== "), text.size());
        files[name] = std::string(text.substr(0, next));
        text.remove_prefix(std::min(next + 1, text.size()));
    }
    const auto network = network::read_network(files);
    if (!network) {
        require(!network.error().problems.empty() || !network.error().message.empty(), "a fault that says nothing");
        return 0;
    }
    const auto& made = network.value();
    for (const auto& one : made.generators) require(one.bus < made.buses.size(), "a bus that is not there");
    for (const auto& one : made.branches) require(one.from < made.buses.size() && one.to < made.buses.size(), "a bus that is not there");
    if (made.snapshots.size() * (made.generators.size() + made.links.size() + made.branches.size() + made.stores.size() + made.storage_units.size() + 1) >
        2'000)
        return 0;
    const auto program = network::network_program(made, true);
    for (const auto& entry : program.entries)
        require(entry.row < static_cast<int>(program.rows.size()) && entry.column < static_cast<int>(program.columns.size()), "an entry outside");
    return 0;
}
