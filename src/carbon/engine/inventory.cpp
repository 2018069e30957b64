// inventory.cpp — order, units and sameness of inventories.
#include "carbon/engine/inventory.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "kernel/units.h"

namespace greenbank::carbon {

namespace {

/// As kernel/units.h writes it: "t*km" and "m2*a" are read, "Item(s)" and its like are counted.
std::string plain_unit(const std::string& unit) {
    static const std::map<std::string, std::string, std::less<>> others = {{"Item(s)", "1"}, {"l", "L"}, {"Items", "1"}, {"unit", "1"}, {"p", "1"},
        {"tkm", "t.km"}, {"t*km", "t.km"}, {"kgkm", "kg.km"}, {"vkm", "km"}, {"ton", "t"}, {"metric ton", "t"}, {"m2a", "m2.a"}, {"m2*a", "m2.a"},
        {"ha*a", "ha.a"}, {"hr", "h"}, {"d", "d"}, {"dimensionless", "1"}, {"Nm3", "m3"}};
    const auto found = others.find(unit);
    return found == others.end() ? unit : found->second;
}

template <class T, class Key> void sort_by(std::vector<T>& list, Key key) {
    std::stable_sort(list.begin(), list.end(), [&](const T& a, const T& b) { return key(a) < key(b); });
}

class Comparison {
public:
    explicit Comparison(double tolerance) : tolerance_(tolerance) {}
    std::string found;

    void text(const std::string& where, std::string_view a, std::string_view b) {
        if (found.empty() && a != b) found = fmt::format("{}: \"{}\" and \"{}\"", where, a, b);
    }
    void real(const std::string& where, double a, double b) {
        if (found.empty() && a != b && !(std::abs(a - b) <= tolerance_ * std::max(std::abs(a), std::abs(b)))) found = fmt::format("{}: {} and {}", where, a, b);
    }
    void whole(const std::string& where, std::int64_t a, std::int64_t b) {
        if (found.empty() && a != b) found = fmt::format("{}: {} and {}", where, a, b);
    }
    void uncertainty(const std::string& where, const Uncertainty& a, const Uncertainty& b) {
        whole(where + " spread", static_cast<int>(a.spread), static_cast<int>(b.spread));
        // Of a logarithm the last digits are lost on the way through a factor.
        const double slack = a.spread == Spread::lognormal ? 1 : 0;
        real(where + " p1", a.p1 + std::copysign(slack, a.p1), b.p1 + std::copysign(slack, b.p1));
        real(where + " p2", a.p2 + slack, b.p2 + slack);
    }
    void parameters(const std::string& where, const std::vector<ParameterItem>& a, const std::vector<ParameterItem>& b) {
        whole(where + " parameters", static_cast<std::int64_t>(a.size()), static_cast<std::int64_t>(b.size()));
        for (std::size_t i = 0; found.empty() && i < a.size(); ++i) {
            const std::string at = where + " parameter " + a[i].name;
            text(at, a[i].name, b[i].name);
            real(at, a[i].value, b[i].value);
            text(at + " formula", a[i].formula, b[i].formula);
            uncertainty(at, a[i].uncertainty, b[i].uncertainty);
        }
    }

private:
    double tolerance_;
};

} // namespace

void put_in_order(Inventory& inventory) {
    std::vector<std::uint32_t> order(inventory.flows.size()), place(inventory.flows.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return inventory.flows[a].id < inventory.flows[b].id; });
    std::vector<FlowItem> flows;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        flows.push_back(std::move(inventory.flows[order[i]]));
    }
    inventory.flows = std::move(flows);
    std::map<std::string, UnitItem, std::less<>> units;
    sort_by(inventory.units, [](const UnitItem& unit) { return std::tuple(unit.name, unit.name == unit.group, unit.group, unit.factor); });
    for (UnitItem& unit : inventory.units) units.emplace(unit.name, unit);
    const auto use = [&](const std::string& name) {
        if (name.empty() || units.contains(name)) return;
        units.emplace(name, UnitItem{name, name, 1});
    };
    for (const FlowItem& flow : inventory.flows) use(flow.unit);
    for (ProcessItem& process : inventory.processes) {
        for (ExchangeItem& exchange : process.exchanges) exchange.flow = place[exchange.flow], use(exchange.unit);
        for (AllocationShare& share : process.shares) share.product = place[share.product];
        sort_by(process.exchanges, [](const ExchangeItem& one) { return one.number; });
        sort_by(process.parameters, [](const ParameterItem& one) { return one.name; });
        sort_by(process.shares, [](const AllocationShare& one) { return std::tuple(one.product, one.method, one.exchange, one.share); });
    }
    for (ImpactCategory& impact : inventory.impacts) {
        for (ImpactFactor& factor : impact.factors) factor.flow = place[factor.flow], use(factor.unit);
        sort_by(impact.factors, [](const ImpactFactor& one) { return std::tuple(one.flow, one.unit, one.value); });
    }
    for (const SystemItem& system : inventory.systems) use(system.unit);
    sort_by(inventory.processes, [](const ProcessItem& one) { return one.id; });
    sort_by(inventory.impacts, [](const ImpactCategory& one) { return one.id; });
    sort_by(inventory.systems, [](const SystemItem& one) { return one.id; });
    sort_by(inventory.parameters, [](const ParameterItem& one) { return one.name; });
    inventory.units.clear();
    for (auto& [name, unit] : units) inventory.units.push_back(std::move(unit));
}

std::string first_difference(const Inventory& a, const Inventory& b, double tolerance) {
    Comparison same(tolerance);
    same.whole("flows", static_cast<std::int64_t>(a.flows.size()), static_cast<std::int64_t>(b.flows.size()));
    for (std::size_t i = 0; same.found.empty() && i < a.flows.size(); ++i) {
        const std::string at = "flow " + a.flows[i].name;
        same.text(at + " id", a.flows[i].id, b.flows[i].id);
        same.text(at, a.flows[i].name, b.flows[i].name);
        same.whole(at + " kind", static_cast<int>(a.flows[i].kind), static_cast<int>(b.flows[i].kind));
        same.text(at + " category", a.flows[i].category, b.flows[i].category);
        same.text(at + " unit", a.flows[i].unit, b.flows[i].unit);
        same.text(at + " cas", a.flows[i].cas, b.flows[i].cas);
        same.text(at + " location", a.flows[i].location, b.flows[i].location);
    }
    same.whole("processes", static_cast<std::int64_t>(a.processes.size()), static_cast<std::int64_t>(b.processes.size()));
    for (std::size_t i = 0; same.found.empty() && i < a.processes.size(); ++i) {
        const ProcessItem &one = a.processes[i], &other = b.processes[i];
        const std::string at = "process " + one.name;
        same.text(at + " id", one.id, other.id);
        same.text(at, one.name, other.name);
        same.whole(at + " unit process", one.unit_process, other.unit_process);
        for (const auto& [name, field] :
            {std::pair{" category", &ProcessItem::category}, {" location", &ProcessItem::location}, {" description", &ProcessItem::description},
                {" stage", &ProcessItem::stage}, {" from", &ProcessItem::valid_from}, {" until", &ProcessItem::valid_until}})
            same.text(at + name, one.*field, other.*field);
        same.whole(at + " allocation", static_cast<int>(one.allocation), static_cast<int>(other.allocation));
        same.parameters(at, one.parameters, other.parameters);
        same.whole(at + " exchanges", static_cast<std::int64_t>(one.exchanges.size()), static_cast<std::int64_t>(other.exchanges.size()));
        for (std::size_t j = 0; same.found.empty() && j < one.exchanges.size(); ++j) {
            const ExchangeItem &left = one.exchanges[j], &right = other.exchanges[j];
            const std::string place = fmt::format("{} exchange {}", at, left.number);
            same.whole(place, left.number, right.number);
            same.whole(place + " flow", left.flow, right.flow);
            same.whole(place + " input", left.input, right.input);
            same.whole(place + " reference", left.reference, right.reference);
            same.whole(place + " avoided", left.avoided, right.avoided);
            same.real(place + " amount", left.amount, right.amount);
            same.text(place + " unit", left.unit, right.unit);
            same.text(place + " formula", left.formula, right.formula);
            same.uncertainty(place, left.uncertainty, right.uncertainty);
            same.text(place + " provider", left.provider, right.provider);
            same.text(place + " pedigree", left.pedigree, right.pedigree);
            same.text(place + " note", left.note, right.note);
        }
        same.whole(at + " shares", static_cast<std::int64_t>(one.shares.size()), static_cast<std::int64_t>(other.shares.size()));
        for (std::size_t j = 0; same.found.empty() && j < one.shares.size(); ++j) {
            same.whole(at + " share's product", one.shares[j].product, other.shares[j].product);
            same.whole(at + " share's exchange", one.shares[j].exchange.value_or(-1), other.shares[j].exchange.value_or(-1));
            same.real(at + " share", one.shares[j].share, other.shares[j].share);
        }
    }
    same.parameters("all", a.parameters, b.parameters);
    same.whole("impacts", static_cast<std::int64_t>(a.impacts.size()), static_cast<std::int64_t>(b.impacts.size()));
    for (std::size_t i = 0; same.found.empty() && i < a.impacts.size(); ++i) {
        const std::string at = "impact " + a.impacts[i].name;
        same.text(at + " id", a.impacts[i].id, b.impacts[i].id);
        same.text(at, a.impacts[i].name, b.impacts[i].name);
        same.text(at + " unit", a.impacts[i].unit, b.impacts[i].unit);
        same.text(at + " method", a.impacts[i].method, b.impacts[i].method);
        same.whole(at + " factors", static_cast<std::int64_t>(a.impacts[i].factors.size()), static_cast<std::int64_t>(b.impacts[i].factors.size()));
        for (std::size_t j = 0; same.found.empty() && j < a.impacts[i].factors.size(); ++j) {
            same.whole(at + " flow", a.impacts[i].factors[j].flow, b.impacts[i].factors[j].flow);
            same.real(at + " factor", a.impacts[i].factors[j].value, b.impacts[i].factors[j].value);
            same.text(at + " factor's unit", a.impacts[i].factors[j].unit, b.impacts[i].factors[j].unit);
        }
    }
    same.whole("systems", static_cast<std::int64_t>(a.systems.size()), static_cast<std::int64_t>(b.systems.size()));
    for (std::size_t i = 0; same.found.empty() && i < a.systems.size(); ++i) {
        same.text("system id", a.systems[i].id, b.systems[i].id);
        same.text("system", a.systems[i].name, b.systems[i].name);
        same.text("system process", a.systems[i].process, b.systems[i].process);
        same.real("system amount", a.systems[i].amount, b.systems[i].amount);
        same.text("system unit", a.systems[i].unit, b.systems[i].unit);
    }
    return same.found;
}

std::optional<double> unit_ratio(const Inventory& inventory, const std::string& from, const std::string& to) {
    if (from == to) return 1;
    if (const auto ratio = convert({1, plain_unit(from)}, plain_unit(to))) return ratio;
    const auto find = [&](const std::string& name) -> const UnitItem* {
        const auto at = std::lower_bound(
            inventory.units.begin(), inventory.units.end(), name, [](const UnitItem& unit, const std::string& wanted) { return unit.name < wanted; });
        return at == inventory.units.end() || at->name != name ? nullptr : &*at;
    };
    const UnitItem *a = find(from), *b = find(to);
    if (!a || !b || a->group != b->group || b->factor == 0) return {};
    return a->factor / b->factor;
}

std::string id_of_text(std::string_view text) {
    std::uint64_t halves[2] = {0xcbf29ce484222325ULL, 0x84222325cbf29ce4ULL};
    for (int half = 0; half < 2; ++half) {
        for (const char c : text) halves[half] = (halves[half] ^ static_cast<unsigned char>(c)) * (half ? 0x9E3779B97F4A7C15ULL : 0x100000001b3ULL);
        halves[half] ^= halves[half] >> 29;
        halves[half] *= 0xBF58476D1CE4E5B9ULL;
        halves[half] ^= halves[half] >> 32;
    }
    halves[0] = (halves[0] & ~0xF000ULL) | 0x8000ULL; // version 8: of our own making (RFC 9562)
    halves[1] = (halves[1] & ~(3ULL << 62)) | (2ULL << 62);
    return fmt::format(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", halves[0] >> 32, (halves[0] >> 16) & 0xFFFF, halves[0] & 0xFFFF, halves[1] >> 48, halves[1] & 0xFFFFFFFFFFFFULL);
}

std::string sound_id(std::string_view text) {
    const bool sound = !text.empty() && text.size() <= 100 && text.front() != '.' && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
    return sound ? std::string(text) : id_of_text(text);
}

} // namespace greenbank::carbon
