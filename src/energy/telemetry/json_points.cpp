// json_points.cpp — the shapes that devices use, told apart by what is in them.
#include "energy/telemetry/json_points.h"

#include "energy/engine/telemetry/read_number.h"
#include "energy/telemetry/points.h"
#include "kernel/csv.h"
#include "json/value_tree.h"

namespace greenbank::energy {

namespace {

bool is_text(const ValueTree& tree) { return tree.shape == ValueTree::Shape::plain && tree.plain.starts_with('"'); }
/// Of words and moments, in which nothing is escaped.
std::string_view inside(const ValueTree& tree) { return std::string_view(tree.plain).substr(1, tree.plain.size() - 2); }

std::optional<std::int64_t> moment_of(std::string_view text) {
    if (const auto number = read_number(text)) {
        constexpr double most = 4e15; // the bounds of what is taken are the intake's
        if (*number > most || *number < -most) return {};
        return static_cast<std::int64_t>(*number);
    }
    if (const auto time = parse_time(text)) return time->microseconds / 1000;
    return {};
}

std::optional<double> value_of(const ValueTree& tree) {
    if (tree.shape != ValueTree::Shape::plain) return {};
    if (tree.plain == "true") return 1;
    if (tree.plain == "false") return 0;
    return read_number(tree.plain);
}

std::optional<Quality> quality_named(std::string_view word) { return parse_choice<Quality>(word); }

class JsonReader {
public:
    JsonReader(ReadPoints& into, std::int64_t now) : into_(into), now_(now) {}

    void read(const ValueTree& tree) {
        switch (tree.shape) {
        case ValueTree::Shape::plain: return into_.fault(1, "telemetry.shape");
        case ValueTree::Shape::list:
            for (const ValueTree& item : tree.items)
                if (item.shape == ValueTree::Shape::object) read_object(item);
                else into_.fault(1, "telemetry.shape");
            return;
        case ValueTree::Shape::object: return read_object(tree);
        }
    }

private:
    void read_object(const ValueTree& tree) {
        const ValueTree* const values = tree.find("values");
        if (!values || values->shape != ValueTree::Shape::object) return read_values(tree, now_);
        const auto at = moment(tree);
        if (!at) return into_.fault(1, "telemetry.time");
        read_values(*values, *at);
    }

    std::optional<std::int64_t> moment(const ValueTree& tree) const {
        const ValueTree* const at = tree.find("ts");
        if (!at) return now_;
        return at->shape != ValueTree::Shape::plain ? std::nullopt : moment_of(is_text(*at) ? inside(*at) : std::string_view(at->plain));
    }

    void read_values(const ValueTree& values, std::int64_t at) {
        for (const auto& [name, value] : values.members) {
            const std::string& channel = into_.names.emplace_back(name);
            if (value.shape == ValueTree::Shape::list)
                for (const ValueTree& item : value.items) read_point(channel, item, at);
            else read_point(channel, value, at);
        }
    }

    void read_point(std::string_view channel, const ValueTree& tree, std::int64_t at) {
        Quality quality = Quality::good;
        const ValueTree* value = &tree;
        if (tree.shape == ValueTree::Shape::object) {
            value = tree.find("value");
            const auto own = tree.find("ts") ? moment(tree) : std::optional(at);
            if (!own) return into_.fault(1, "telemetry.time");
            at = *own;
            if (const ValueTree* const word = tree.find("quality")) {
                const auto named = is_text(*word) ? quality_named(inside(*word)) : std::nullopt;
                if (!named) return into_.fault(1, "telemetry.quality");
                quality = *named;
            }
        }
        const auto number = value ? value_of(*value) : std::nullopt;
        if (!number) return into_.fault(1, "telemetry.not_a_number");
        into_.points.push_back({channel, at, *number, quality});
    }

    ReadPoints& into_;
    std::int64_t now_;
};

} // namespace

Result<ReadPoints> read_json_points(std::string_view text, std::int64_t now_milliseconds) {
    const ValueTree tree = TRY(read_value_tree(text));
    ReadPoints read;
    JsonReader(read, now_milliseconds).read(tree);
    return read;
}

Result<ReadPoints> read_csv_points(std::string_view text, std::int64_t now_milliseconds) {
    const Csv csv = TRY(parse_csv(text));
    ReadPoints read;
    int time = csv.column("time");
    if (time < 0) time = csv.column("timestamp");
    const int channel = csv.column("channel"), value = csv.column("value"), quality = csv.column("quality");
    const bool of_rows = channel >= 0 && value >= 0;
    for (std::size_t i = 0; i < csv.rows.size(); ++i) {
        const std::vector<std::string>& row = csv.rows[i];
        const auto cell = [&](int column) -> std::string_view {
            return column < 0 ? std::string_view() : std::string_view(row[static_cast<std::size_t>(column)]);
        };
        const auto at = time < 0 ? std::optional(now_milliseconds) : moment_of(trim(cell(time)));
        if (!at) {
            read.fault(csv.lines[i], "telemetry.time");
            continue;
        }
        const auto add = [&](std::string_view name, std::string_view number, Quality word) {
            const auto read_as = read_number(trim(number));
            if (read_as) read.points.push_back({read.names.emplace_back(name), *at, *read_as, word});
            else read.fault(csv.lines[i], "telemetry.not_a_number");
        };
        if (of_rows) {
            const auto word = trim(cell(quality)).empty() ? std::optional(Quality::good) : quality_named(trim(cell(quality)));
            if (word) add(trim(cell(channel)), cell(value), *word);
            else read.fault(csv.lines[i], "telemetry.quality");
            continue;
        }
        for (int column = 0; column < static_cast<int>(csv.header.size()); ++column)
            if (column != time && !trim(cell(column)).empty()) add(csv.header[static_cast<std::size_t>(column)], cell(column), Quality::good);
    }
    return read;
}

} // namespace greenbank::energy
