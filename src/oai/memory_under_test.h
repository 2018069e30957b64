// memory_under_test.h — a repository in memory that finds by looking at everything: the naive twin for tests of both sides.
#pragma once

#include <algorithm>
#include <map>

#include "oai/dublin_core.h"
#include "oai/provider.h"
#include "oai/tree.h"

namespace greenbank::oai {

constexpr std::string_view full_space_under_test = "https://greenbank.example/full/1";

/// A checksum that is keyed, but by no means secret.
inline Checksum checksum_under_test(std::uint64_t key) {
    return [key](std::string_view bytes) {
        std::uint64_t a = 0xcbf29ce484222325 ^ key, b = key * 0x9e3779b97f4a7c15;
        for (const char c : bytes) a = (a ^ static_cast<unsigned char>(c)) * 0x100000001b3, b = (b + a) * 0xbf58476d1ce4e5b9;
        std::string sum;
        for (int i = 0; i < 8; ++i) (sum += static_cast<char>(a >> 8 * i)) += static_cast<char>(b >> 8 * i);
        return sum;
    };
}

class MemoryRepository : public Repository {
public:
    struct Stored {
        Header header;
        std::string title;
    };
    std::map<std::string, Stored> records; // by id
    std::vector<Set> all_sets = {{"energy", "能源 & energy", "What saves energy."}, {"water", "Water"}, {"water:sewage", "Sewage"}};
    Time earliest = *parse_time("2020-01-01T00:00:00Z");

    void put(const std::string& id, Time datestamp, std::string title, std::vector<std::string> sets = {}) {
        records[id] = {{make_identifier("bank.example", id), datestamp, false, std::move(sets)}, std::move(title)};
    }
    void erase(const std::string& id, Time datestamp) {
        Header& header = records.at(id).header;
        header.deleted = true;
        header.datestamp = datestamp;
    }

    Result<Identity> identify() const override {
        return Identity{"绿色技术银行 <Greenbank>", {"library@bank.example"}, earliest, "bank.example", "oai:bank.example:tech_1"};
    }
    Result<std::vector<Format>> formats() const override {
        return std::vector<Format>{dublin_core_format(), {"full", "https://greenbank.example/full.xsd", std::string(full_space_under_test)}};
    }
    Result<std::vector<Set>> sets() const override { return all_sets; }

    Result<std::vector<Item>> find(
        const Selection& selection, const std::optional<Position>& after, std::size_t limit, std::string_view format) const override {
        std::vector<std::pair<Position, const Stored*>> matching;
        for (const auto& [id, stored] : records)
            if (const Position position{stored.header.datestamp, stored.header.identifier}; matches(stored.header, selection) && (!after || position > *after))
                matching.emplace_back(position, &stored);
        std::sort(matching.begin(), matching.end());
        std::vector<Item> found;
        for (const auto& [position, stored] : matching)
            if (found.size() < limit) found.push_back(item(*stored, format));
        return found;
    }
    Result<std::int64_t> count(const Selection& selection) const override {
        return std::count_if(records.begin(), records.end(), [&](const auto& one) { return matches(one.second.header, selection); });
    }
    Result<std::optional<Item>> get(std::string_view identifier, std::string_view format) const override {
        for (const auto& [id, stored] : records)
            if (stored.header.identifier == identifier) return std::optional(item(stored, format));
        return std::optional<Item>{};
    }

    static bool matches(const Header& header, const Selection& selection) {
        if ((selection.from && header.datestamp < *selection.from) || (selection.before && header.datestamp >= *selection.before)) return false;
        return selection.set.empty() || std::any_of(header.sets.begin(), header.sets.end(),
                                            [&](const std::string& set) { return set == selection.set || set.starts_with(selection.set + ":"); });
    }

private:
    static Item item(const Stored& stored, std::string_view format) {
        if (format.empty() || stored.header.deleted) return {stored.header, ""};
        if (format == "full")
            return {stored.header, write_tree(Tree::object("", {Tree::text("title", stored.title), Tree::list("figures", {Tree::number("", "1.5")})}),
                                       "technology", full_space_under_test)};
        DublinCore record;
        record.titles = {{stored.title, "zh"}};
        record.identifiers = {{"https://bank.example/technologies?a=1&b=2"}};
        return {stored.header, write_dublin_core(record)};
    }
};

} // namespace greenbank::oai
