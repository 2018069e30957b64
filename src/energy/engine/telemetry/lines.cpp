// lines.cpp — one pass over the text; names and numbers are pieces of it unless something in them is escaped.
#include "energy/engine/telemetry/lines.h"

#include <array>

#include "energy/engine/telemetry/read_number.h"

namespace greenbank::energy {

namespace {

constexpr std::size_t name_bytes_max = 256;

/// What ends a name, by a bit each: one look a character.
enum Ends : std::uint8_t { at_space = 1, at_comma = 2, at_equals = 4, at_backslash = 8 };
constexpr auto ends_of = [] {
    std::array<std::uint8_t, 256> table{};
    table[' '] = at_space;
    table[','] = at_comma;
    table['='] = at_equals;
    table['\\'] = at_backslash;
    return table;
}();

class LineReader {
public:
    LineReader(ReadPoints& into, std::int64_t unit, std::int64_t now) : into_(into), unit_(unit), now_(now) {}

    void read(std::string_view line, std::size_t number) {
        at_ = line.data();
        end_ = at_ + line.size();
        number_ = number;
        first_ = into_.points.size();
        if (const std::string_view code = read_line(); !code.empty()) {
            into_.points.resize(first_);
            into_.fault(number, code);
        }
    }

private:
    /// "" or what is wrong with the whole line; a wrong field costs only itself.
    std::string_view read_line() {
        const std::string_view measurement = name(at_space | at_comma);
        if (measurement.empty()) return "telemetry.line_measurement";
        Quality quality = Quality::good;
        while (at_ != end_ && *at_ == ',') {
            ++at_;
            const std::string_view tag = name(at_equals | at_space | at_comma);
            if (at_ == end_ || *at_ != '=') return "telemetry.line_tag";
            ++at_;
            const std::string_view value = name(at_space | at_comma);
            if (tag == "quality" && !quality_named(value, quality)) return "telemetry.quality";
        }
        if (at_ == end_ || *at_ != ' ') return "telemetry.line_fields";
        while (at_ != end_ && *at_ == ' ') ++at_;
        for (;;) {
            const std::string_view field = name(at_equals | at_space | at_comma);
            if (field.empty() || at_ == end_ || *at_ != '=') return "telemetry.line_fields";
            ++at_;
            const auto value = number();
            if (value) into_.points.push_back({field == "value" ? measurement : field, 0, *value, quality});
            else into_.fault(number_, "telemetry.not_a_number");
            if (at_ == end_ || *at_ != ',') break;
            ++at_;
        }
        if (at_ != end_ && *at_ != ' ') return "telemetry.line_fields";
        while (at_ != end_ && *at_ == ' ') ++at_;
        std::int64_t at = now_;
        if (at_ != end_) {
            std::int64_t stamp = 0;
            const auto read = std::from_chars(at_, end_, stamp);
            if (read.ec != std::errc() || read.ptr != end_) return "telemetry.line_time";
            at = unit_ >= 1'000'000 ? times(stamp, unit_ / 1'000'000) : stamp / (1'000'000 / unit_);
        }
        for (std::size_t i = first_; i < into_.points.size(); ++i) into_.points[i].at_milliseconds = at;
        return {};
    }

    /// Far beyond any moment that is taken, rather than around the corner.
    static std::int64_t times(std::int64_t stamp, std::int64_t factor) {
        constexpr std::int64_t most = std::int64_t{1} << 52;
        if (stamp > most / factor) return most;
        if (stamp < -most / factor) return -most;
        return stamp * factor;
    }

    static bool quality_named(std::string_view word, Quality& quality) {
        static constexpr std::string_view words[] = {"good", "uncertain", "estimated", "substituted", "bad"};
        for (std::size_t i = 0; i < std::size(words); ++i)
            if (words[i] == word) return quality = static_cast<Quality>(i), true;
        return false;
    }

    /// Up to one of `ends` that is not escaped; a backslash takes itself away before `ends`.
    std::string_view name(unsigned ends) {
        const char* const begin = at_;
        bool escaped = false;
        for (; at_ != end_; ++at_) {
            const unsigned here = ends_of[static_cast<unsigned char>(*at_)];
            if (here & ends) break;
            if (here == at_backslash && at_ + 1 != end_) {
                escaped = true;
                ++at_;
            }
        }
        std::string_view piece(begin, static_cast<std::size_t>(at_ - begin));
        if (piece.size() > name_bytes_max) piece = piece.substr(0, name_bytes_max);
        if (!escaped) return piece;
        std::string plain;
        for (std::size_t i = 0; i < piece.size(); ++i) {
            if (piece[i] == '\\' && i + 1 < piece.size() && std::string_view(" ,=\\").find(piece[i + 1]) != std::string_view::npos) ++i;
            plain += piece[i];
        }
        return into_.names.emplace_back(std::move(plain));
    }

    std::optional<double> number() {
        if (at_ != end_ && *at_ == '"') { // a text: read over, never taken for a number
            for (++at_; at_ != end_ && *at_ != '"'; ++at_)
                if (*at_ == '\\' && at_ + 1 != end_) ++at_;
            if (at_ != end_) ++at_;
            return {};
        }
        const char* const begin = at_;
        if (const auto value = read_number(at_, end_); value && (at_ == end_ || *at_ == ',' || *at_ == ' ')) return value;
        at_ = begin;
        while (at_ != end_ && *at_ != ',' && *at_ != ' ') ++at_;
        std::string_view piece(begin, static_cast<std::size_t>(at_ - begin));
        if (!piece.empty() && (piece.back() == 'i' || piece.back() == 'u')) return read_number(piece.substr(0, piece.size() - 1));
        if (piece == "t" || piece == "T" || piece == "true" || piece == "True" || piece == "TRUE") return 1;
        if (piece == "f" || piece == "F" || piece == "false" || piece == "False" || piece == "FALSE") return 0;
        return {};
    }

    ReadPoints& into_;
    std::int64_t unit_, now_;
    const char *at_ = nullptr, *end_ = nullptr;
    std::size_t number_ = 0, first_ = 0;
};

} // namespace

ReadPoints read_lines(std::string_view text, std::int64_t unit_nanoseconds, std::int64_t now_milliseconds) {
    ReadPoints read;
    read.points.reserve(text.size() / 16);
    LineReader reader(read, unit_nanoseconds, now_milliseconds);
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.empty() || line.front() == '#') continue;
        reader.read(line, number);
    }
    return read;
}

} // namespace greenbank::energy
