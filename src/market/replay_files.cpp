// replay_files.cpp — a row becomes an instruction, deals become rows; files appear when all is done.
#include "market/replay_files.h"

#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "api/files.h"
#include "kernel/text.h"
#include "market/engine/book.h"
#include "market/rules_records.h"
#include "parties/secrets.h"
#include "sheets/named_rows.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::market {

Record describe(const ReplayOptions*) {
    return {"replay_options", "Which orders, by which rules.",
        {field<&ReplayOptions::in>(
             "in", "Orders: a table seq,op,side,order,price,quantity and, if wanted, account,at,display,trigger,good_until,quote.", {.min = 1}),
            field<&ReplayOptions::rules>("rules", "The market's rules, JSON; without: tick 0.01, lot 1, price and time.", {.min = 1}),
            field<&ReplayOptions::trades>("trades", "Deals to write: seq,price,quantity,buy_order,sell_order.", {.min = 1}),
            field<&ReplayOptions::state>("state", "The book at the end to write, JSON.", {.min = 1})}};
}

namespace {

constexpr std::array<std::string_view, 12> columns = {
    "seq", "op", "side", "order", "price", "quantity", "account", "at", "display", "trigger", "good_until", "quote"};
enum Column { seq, op, side, order, price, quantity, account, at, display, trigger, good_until, quote };
constexpr std::size_t columns_needed = 6;

constexpr std::pair<std::string_view, Op> ops[] = {{"new", Op::limit}, {"limit", Op::limit}, {"market", Op::market}, {"ioc", Op::immediate},
    {"fok", Op::all_or_none_now}, {"take", Op::take}, {"stop", Op::stop}, {"replace", Op::replace}, {"cancel", Op::cancel}};

/// Numbers stay numbers; other texts get one beyond all that are written.
class OrderNames {
public:
    OrderNumber number(std::string_view text) {
        const auto plain = sheets::parse_number<OrderNumber>(text);
        if (plain && *plain < first_name && (text.size() == 1 || text[0] != '0')) return *plain;
        const auto [found, is_new] = numbers_.try_emplace(std::string(text), first_name + names_.size());
        if (is_new) names_.push_back(found->first);
        return found->second;
    }
    void append(std::string& out, OrderNumber number) const {
        if (number < first_name) fmt::format_to(std::back_inserter(out), "{}", number);
        else sheets::append_cell(out, names_[number - first_name]);
    }
    std::string text(OrderNumber number) const { return number < first_name ? std::to_string(number) : names_[number - first_name]; }

private:
    static constexpr OrderNumber first_name = OrderNumber{1} << 63;
    std::unordered_map<std::string, OrderNumber> numbers_;
    std::vector<std::string> names_;
};

std::string sha256_hex(std::string_view text) {
    const std::string_view part[] = {text};
    const parties::Hash32 digest = parties::sha256(part);
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

class Replay {
public:
    explicit Replay(const RulesEdition& edition) : edition_(edition), read_(read_rules(edition)), book_(read_.rules.book), day_(read_.last_close) {}

    Result<Replayed> run(const ReplayOptions& options) {
        const std::string heading = "The orders in {path} are not right; nothing was written.";
        sheets::NamedRows rows = TRY(sheets::in_file(sheets::NamedRows::open(options.in, columns, columns_needed), "market.orders_file", heading, options.in));
        std::optional<sheets::TextFile> trades_file, state_file;
        if (options.trades) trades_file.emplace(TRY(sheets::TextFile::create(*options.trades)));
        if (options.state) state_file.emplace(TRY(sheets::TextFile::create(*options.state)));
        table_ = "seq,price,quantity,buy_order,sell_order\n";
        while (!rows.too_many() && TRY(rows.next())) {
            const auto instruction = read_row(rows);
            if (instruction && rows.problems().empty()) step(*instruction);
        }
        if (!rows.problems().empty()) return Error{Failure::invalid, "market.orders_file", heading, {{"path", options.in}}, std::move(rows.problems())};
        const std::string state = state_text();
        if (trades_file) {
            trades_file->text() = table_;
            TRY(trades_file->place());
        }
        if (state_file) {
            state_file->text() = state;
            TRY(state_file->place());
        }
        return result(state);
    }

private:
    std::optional<Instruction> read_row(sheets::NamedRows& rows) {
        const std::size_t before = rows.problems().size();
        Instruction instruction;
        const auto whole = [&](Column column, auto& into) {
            if (rows[column].empty()) return;
            if (const auto number = sheets::parse_number<std::remove_reference_t<decltype(into)>>(rows[column])) into = *number;
            else rows.fault(column, "market.file_number", "Write a whole number.");
        };
        const auto decimal = [&](Column column, std::int64_t& into, int places, bool& off) {
            if (rows[column].empty()) return;
            if (const auto number = parse_scaled(rows[column], places)) into = *number;
            else if (parse_scaled(rows[column], 9)) off = true; // a number, but finer than the market counts
            else rows.fault(column, "market.file_decimal", "Write a decimal number, such as 48.50.");
        };
        const auto moment = [&](Column column, Moment& into) {
            if (rows[column].empty()) return;
            if (const auto number = sheets::parse_number<Moment>(rows[column])) into = *number;
            else if (const auto time = parse_time(rows[column])) into = time->microseconds;
            else rows.fault(column, "market.file_moment", "A moment is written in microseconds since 1970, or as 2026-11-20T08:00:00Z.");
        };
        whole(seq, instruction.sequence);
        const auto found = std::find_if(std::begin(ops), std::end(ops), [&](const auto& one) { return one.first == rows[op]; });
        if (found != std::end(ops)) instruction.op = found->second;
        else rows.fault(op, "market.file_op", "What is asked is new, market, ioc, fok, take, stop, replace or cancel.");
        const bool has_side = instruction.op != Op::cancel && instruction.op != Op::replace;
        if (rows[side] == "sell") instruction.side = Side::sell;
        else if (rows[side] != "buy" && (has_side || !rows[side].empty())) rows.fault(side, "market.file_side", "The side is buy or sell.");
        if (rows[order].empty()) rows.fault(order, "market.file_order", "An order has a number or a name.");
        else instruction.order = names_.number(rows[order]);
        if (!rows[quote].empty()) instruction.quote = names_.number(rows[quote]);
        whole(account, instruction.account);
        off_tick_ = off_lot_ = false;
        decimal(price, instruction.price, read_.price_places, off_tick_);
        decimal(trigger, instruction.trigger, read_.price_places, off_tick_);
        decimal(quantity, instruction.quantity, read_.quantity_places, off_lot_);
        decimal(display, instruction.display, read_.quantity_places, off_lot_);
        at_ = 0;
        moment(at, at_);
        moment(good_until, instruction.good_until);
        if (rows.problems().size() > before) return {};
        return instruction;
    }

    void step(const Instruction& instruction) {
        ++commands_;
        if (at_ != 0) book_.expire(at_);
        const Refusal refusal = off_tick_  ? Refusal::price_off_tick
                                : off_lot_ ? Refusal::quantity_off_lot
                                           : check(read_.rules, instruction, read_.last_close, minute(), false);
        if (refusal != Refusal::none) {
            ++refused_[std::string(name_of(refusal))];
            return;
        }
        deals_.clear();
        const Outcome outcome = book_.execute(instruction, deals_);
        if (outcome.code != Code::ok) ++refused_[std::string(name_of(outcome.code))];
        for (const Trade& trade : deals_) {
            day_.add(trade.price, trade.quantity);
            fmt::format_to(std::back_inserter(table_), "{},", trade.sequence);
            append_scaled(table_, trade.price, read_.price_places);
            append_scaled(table_ += ',', trade.quantity, read_.quantity_places);
            names_.append(table_ += ',', trade.buy_order);
            names_.append(table_ += ',', trade.sell_order);
            table_ += '\n';
        }
        trades_ += static_cast<std::int64_t>(deals_.size());
    }

    int minute() const {
        if (at_ == 0) return -1;
        const Time local{at_ + edition_.utc_offset_minutes * 60'000'000};
        const Date day = date_of(local);
        if (!trades_on(edition_, day)) return no_trading_day;
        return static_cast<int>((local.microseconds - std::int64_t{day.days} * days(1).microseconds) / 60'000'000);
    }

    std::string number(DayFigures::Turnover value, int places) const {
        std::string out;
        append_scaled(out, value, places);
        return out;
    }

    std::string state_text() const {
        JsonWriter json;
        json.begin_object().key("orders").begin_list();
        for (const Resting& one : book_.orders()) {
            json.begin_object().member("order", names_.text(one.order)).member("side", one.side == Side::buy ? "buy" : "sell");
            json.member("price", number(one.price, read_.price_places)).member("quantity", number(one.shown + one.hidden, read_.quantity_places));
            if (one.account != 0) json.member("account", static_cast<std::int64_t>(one.account));
            if (one.display != 0) json.member("display", number(one.display, read_.quantity_places)).member("shown", number(one.shown, read_.quantity_places));
            if (one.trigger != 0) json.member("trigger", number(one.trigger, read_.price_places));
            if (one.good_until != 0) json.member("good_until", to_text(Time{one.good_until}));
            json.end_object();
        }
        json.end_list();
        if (book_.last_price() != 0) json.member("last_price", number(book_.last_price(), read_.price_places));
        return indented(json.end_object().take()) + "\n";
    }

    Replayed result(const std::string& state) const {
        Replayed done{commands_, trades_, number(day_.volume(), read_.quantity_places), number(day_.turnover(), read_.price_places + read_.quantity_places),
            sha256_hex(table_), sha256_hex(state)};
        if (day_.volume() > 0) {
            done.open = number(day_.open(), read_.price_places);
            done.high = number(day_.high(), read_.price_places);
            done.low = number(day_.low(), read_.price_places);
            done.close = number(day_.close(read_.rules.tick), read_.price_places);
        }
        done.refused.assign(refused_.begin(), refused_.end());
        return done;
    }

    const RulesEdition edition_;
    const ReadRules read_;
    Book book_;
    DayFigures day_;
    OrderNames names_;
    std::vector<Trade> deals_;
    std::string table_; // the deals' file
    std::map<std::string, std::int64_t> refused_;
    std::int64_t commands_ = 0, trades_ = 0;
    Moment at_ = 0;                           // of the current row
    bool off_tick_ = false, off_lot_ = false; // finer than the market counts
};

Result<int> run_replay(const ReplayOptions& options, Console& console) {
    const Replayed done = TRY(replay_files(options));
    JsonWriter json;
    json.begin_object().member("commands", done.commands).member("trades", done.trades).key("volume").raw(done.volume).key("turnover").raw(done.turnover);
    std::string lines = fmt::format("commands  {}\ntrades    {}\nvolume    {}\nturnover  {}\n", done.commands, done.trades, done.volume, done.turnover);
    for (const auto& [key, value] :
        {std::pair{"open", &done.open}, std::pair{"high", &done.high}, std::pair{"low", &done.low}, std::pair{"close", &done.close}}) {
        if (!*value) continue;
        json.key(key).raw(**value);
        lines += fmt::format("{:<8}  {}\n", key, **value);
    }
    json.key("refused").begin_object();
    for (const auto& [code, count] : done.refused) {
        json.member(code, count);
        lines += fmt::format("refused   {} {}\n", count, code);
    }
    json.end_object().member("trades_sha256", done.trades_sha256).member("state_sha256", done.state_sha256).end_object();
    lines += fmt::format("sha-256 of the trades  {}\nsha-256 of the state   {}\n", done.trades_sha256, done.state_sha256);
    console.out(console.json ? json.take() + "\n" : lines);
    return 0;
}

} // namespace

Result<Replayed> replay_files(const ReplayOptions& options) {
    RulesEdition edition;
    if (options.rules) {
        edition = TRY(sheets::in_file(
            from_json<RulesEdition>(TRY(read_file(*options.rules))), "market.rules_file", "The rules in {path} are not right.", *options.rules));
    }
    return Replay(edition).run(options);
}

Command replay_command() { return command("market", "replay", "Replay orders from a file: deals, the book at the end, and the digests of both.", run_replay); }

} // namespace greenbank::market
