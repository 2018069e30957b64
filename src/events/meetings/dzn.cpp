// dzn.cpp — signs, then values by name, then one instance out of them.
#include "events/meetings/dzn.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace greenbank::events::meetings {

namespace {

constexpr std::size_t problems_max = 20;

Problem at_line(int line, std::string code, std::string message, std::vector<Parameter> parameters = {}) {
    return {fmt::format("line {}", line), std::move(code), std::move(message), std::move(parameters)};
}

struct Set {
    int line = 0;
    std::vector<int> members;
};
struct Value {
    enum class Shape { number, numbers, sets, table } shape = Shape::number;
    int line = 0;
    std::vector<Set> items; // number and numbers: one a number; sets: one a set; table: one a row
};

std::string_view name_of(Value::Shape shape) {
    constexpr std::string_view names[] = {"1", "[1, 2]", "[{1, 2}, {3}]", "[|1, 2, 3|4, 5, 6|]"}; // as one writes it, in any language
    return names[static_cast<int>(shape)];
}

/// Reads signs and keeps the line; the first thing that cannot be read ends it.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Result<std::map<std::string, Value, std::less<>>> read() {
        std::map<std::string, Value, std::less<>> values;
        for (skip(); at_ < text_.size(); skip()) {
            const int line = line_;
            const std::string name = word();
            if (name.empty()) return refuse("A…z");
            if (!take("=")) return refuse("=");
            Value value = TRY(any());
            value.line = line;
            if (!take(";")) return refuse(";");
            if (!values.emplace(name, std::move(value)).second)
                return invalid({at_line(line, "meetings.dzn_repeated", "{name} stands twice.", {{"name", name}})});
        }
        return values;
    }

private:
    static constexpr std::size_t numbers_max = 2'000'000;

    void skip() {
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\n') ++line_;
            else if (text_[at_] == '%')
                while (at_ + 1 < text_.size() && text_[at_ + 1] != '\n') ++at_;
            else if (text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\r') return;
        }
    }
    bool take(std::string_view sign) {
        skip();
        if (!text_.substr(at_).starts_with(sign)) return false;
        at_ += sign.size();
        return true;
    }
    std::string word() {
        const std::size_t from = at_;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) ++at_;
        return std::string(text_.substr(from, std::min<std::size_t>(at_ - from, 60)));
    }
    Error refuse(std::string_view expected) {
        skip();
        std::string found = at_ < text_.size() ? std::string(text_.substr(at_, 1)) : "EOF";
        if (static_cast<unsigned char>(found[0]) < 0x20 || static_cast<unsigned char>(found[0]) > 0x7E)
            found = fmt::format("\\x{:02X}", static_cast<unsigned char>(found[0]));
        return invalid(
            {at_line(line_, "meetings.dzn_syntax", "Here {expected} is expected, not {found}.", {{"expected", std::string(expected)}, {"found", found}})});
    }

    Result<Set> number() {
        skip();
        Set set{line_, {}};
        const std::size_t from = at_;
        if (at_ < text_.size() && text_[at_] == '-') ++at_;
        long long sum = 0;
        std::size_t digits = 0;
        for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_, ++digits) sum = std::min(sum * 10 + (text_[at_] - '0'), 2'000'000'000LL);
        if (digits == 0) return at_ = from, refuse("0…9");
        if (++numbers_ > numbers_max) return invalid({at_line(line_, "meetings.dzn_long", "There are more numbers here than any event needs.")});
        set.members = {static_cast<int>(text_[from] == '-' ? -sum : sum)};
        return set;
    }
    Result<Set> set() {
        Set set{line_, {}};
        while (!take("}")) {
            if (!set.members.empty() && !take(",")) return refuse(", }");
            set.members.push_back(TRY(number()).members[0]);
        }
        return set;
    }

    Result<Value> any() {
        Value value;
        if (take("[|")) {
            value.shape = Value::Shape::table;
            while (!take("]")) {
                skip();
                Set row{line_, {}};
                while (!take("|")) {
                    if (!row.members.empty() && !take(",")) return refuse(", |");
                    if (take("|")) break;
                    row.members.push_back(TRY(number()).members[0]);
                }
                value.items.push_back(std::move(row));
            }
        } else if (take("[")) {
            value.shape = Value::Shape::numbers;
            while (!take("]")) {
                if (!value.items.empty() && !take(",")) return refuse(", ]");
                const bool is_set = take("{");
                if (value.items.empty()) value.shape = is_set ? Value::Shape::sets : Value::Shape::numbers;
                else if (is_set != (value.shape == Value::Shape::sets)) return refuse(is_set ? "0…9" : "{");
                value.items.push_back(is_set ? TRY(set()) : TRY(number()));
            }
        } else value.items.push_back(TRY(number()));
        return value;
    }

    std::string_view text_;
    std::size_t at_ = 0, numbers_ = 0;
    int line_ = 1;
};

class Builder {
public:
    explicit Builder(std::map<std::string, Value, std::less<>> values) : values_(std::move(values)) {}

    Result<Instance> build() {
        using Shape = Value::Shape;
        const int participants = number("nBusiness", 1, participants_max), meetings = number("nMeetings", 0, requests_max),
                  tables = number("nTables", 1, tables_max), slots = number("nTotalSlots", 1, slots_max),
                  morning = number("nMorningSlots", 0, std::max(slots, 0));
        const Value *requested = named("requested", Shape::table), *numbers = named("meetingsxBusiness", Shape::sets),
                    *counts = named("nMeetingsBusiness", Shape::numbers), *forbidden = named("forbidden", Shape::sets), *fixed = named("fixed", Shape::numbers),
                    *precedences = named("precedences", Shape::sets);
        for (const auto& [name, value] : values_)
            if (!known_.contains(name)) say(at_line(value.line, "meetings.dzn_unknown", "There is no {name} in this family of instances.", {{"name", name}}));
        if (problems_.empty() && static_cast<std::size_t>(meetings) * static_cast<std::size_t>(slots) > places_max)
            say({"nMeetings", "meetings.too_large", "{count} requests in {slots} slots are too many for one schedule.",
                {{"count", std::to_string(meetings)}, {"slots", std::to_string(slots)}}});
        if (!problems_.empty()) return invalid(std::move(problems_));
        length("requested", *requested, meetings);
        length("meetingsxBusiness", *numbers, participants);
        length("nMeetingsBusiness", *counts, participants);
        length("forbidden", *forbidden, participants);
        length("fixed", *fixed, meetings);
        length("precedences", *precedences, meetings);
        if (!problems_.empty()) return invalid(std::move(problems_));

        Instance instance;
        instance.slots = slots;
        instance.tables.assign(slots, tables);
        instance.forbidden.assign(participants, std::vector<bool>(slots));
        instance.sessions = {{0, morning - 1}, {morning, slots - 1}};
        std::vector<std::vector<int>> own(participants, {1});
        for (int i = 0; i < meetings; ++i) {
            const auto& [line, row] = requested->items[i];
            if (row.size() != 3) {
                say(at_line(line, "meetings.dzn_row", "A request is two participants and a session: three numbers."));
                continue;
            }
            if (!within("requested", line, row[0], 1, participants) || !within("requested", line, row[1], 1, participants) ||
                !within("requested", line, row[2], 1, 3))
                continue;
            if (row[0] == row[1]) say(at_line(line, "meetings.dzn_self", "Participant {number} cannot meet itself.", {{"number", std::to_string(row[0])}}));
            Request request{row[0] - 1, row[1] - 1};
            request.session = row[2] == 3 ? -1 : row[2] - 1;
            const int slot = fixed->items[i].members[0];
            if (within("fixed", fixed->items[i].line, slot, 0, slots)) request.fixed_slot = slot - 1;
            instance.requests.push_back(request);
            own[row[0] - 1].push_back(i + 2);
            own[row[1] - 1].push_back(i + 2);
        }
        if (!problems_.empty()) return invalid(std::move(problems_)); // the rest would only repeat it
        for (int i = 0; i < participants; ++i) {
            std::vector<int> said = numbers->items[i].members;
            std::sort(said.begin(), said.end());
            if (said != own[i])
                say(at_line(numbers->items[i].line, "meetings.dzn_disagree", "What {name} says of participant {number} does not agree with requested.",
                    {{"name", "meetingsxBusiness"}, {"number", std::to_string(i + 1)}}));
            if (counts->items[i].members[0] != static_cast<int>(own[i].size()) - 1)
                say(at_line(counts->items[i].line, "meetings.dzn_disagree", "What {name} says of participant {number} does not agree with requested.",
                    {{"name", "nMeetingsBusiness"}, {"number", std::to_string(i + 1)}}));
            for (const int slot : forbidden->items[i].members)
                if (within("forbidden", forbidden->items[i].line, slot, 0, slots) && slot > 0) instance.forbidden[i][slot - 1] = true;
        }
        for (int i = 0; i < meetings; ++i)
            for (const int before : precedences->items[i].members)
                if (within("precedences", precedences->items[i].line, before, 1, meetings)) instance.precedences.push_back({before - 1, i});
        if (!problems_.empty()) return invalid(std::move(problems_));
        return instance;
    }

private:
    void say(Problem problem) {
        if (problems_.size() < problems_max) problems_.push_back(std::move(problem));
    }
    const Value* named(const std::string& name, Value::Shape shape) {
        known_[name] = true;
        const auto found = values_.find(name);
        if (found == values_.end()) {
            say({name, "meetings.dzn_missing", "{name} is missing.", {{"name", name}}});
            return nullptr;
        }
        Value& value = found->second;
        const bool empty_list = value.items.empty() && value.shape == Value::Shape::numbers; // [] is any list
        if (value.shape != shape && !(empty_list && shape != Value::Shape::number)) {
            say(at_line(value.line, "meetings.dzn_shape", "{name} must be {shape}.", {{"name", name}, {"shape", std::string(name_of(shape))}}));
            return nullptr;
        }
        return &value;
    }
    int number(const std::string& name, int min, int max) {
        const Value* value = named(name, Value::Shape::number);
        return value && within(name, value->line, value->items[0].members[0], min, max) ? value->items[0].members[0] : min;
    }
    bool within(std::string_view name, int line, int number, int min, int max) {
        if (number >= min && number <= max) return true;
        say(at_line(line, "meetings.dzn_range", "{name} has {number}, which is not between {min} and {max}.",
            {{"name", std::string(name)}, {"number", std::to_string(number)}, {"min", std::to_string(min)}, {"max", std::to_string(max)}}));
        return false;
    }
    void length(std::string_view name, const Value& value, int count) {
        if (static_cast<int>(value.items.size()) == count) return;
        say(at_line(value.line, "meetings.dzn_length", "{name} has {found} entries, not {count}.",
            {{"name", std::string(name)}, {"found", std::to_string(value.items.size())}, {"count", std::to_string(count)}}));
    }

    std::map<std::string, Value, std::less<>> values_;
    std::map<std::string, bool, std::less<>> known_;
    Problems problems_;
};

} // namespace

Result<Instance> read_dzn(std::string_view text) { return Builder(TRY(Reader(text).read())).build(); }

} // namespace greenbank::events::meetings
