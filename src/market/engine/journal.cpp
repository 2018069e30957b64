// journal.cpp — units of work as lines and back.
#include "market/engine/journal.h"

#include <algorithm>

namespace greenbank::market {

namespace {

void append_word(std::string& out, std::string_view word) {
    out += word;
    out += '\n';
}

template <class... Numbers> void append_numbers(std::string& out, Numbers... numbers) { (append_number(out, static_cast<std::int64_t>(numbers)), ...); }

} // namespace

void append_time(std::string& out, Moment at) {
    out += "@ ";
    append_line(out, at);
}

void append_command(std::string& out, const JournalCommand& command) {
    const Instruction& one = command.instruction;
    append_numbers(out, one.sequence, command.op, index(one.side), one.account, one.order, one.price, one.quantity, one.display, one.trigger, one.good_until,
        one.quote, command.traded, command.resting);
    append_word(out, command.code);
}

void append_trade(std::string& out, const JournalTrade& trade) {
    const Trade& one = trade.trade;
    out += "= ";
    append_numbers(out, trade.number, one.price, one.quantity, one.buy_order, one.sell_order, one.buyer, one.seller);
    append_word(out, trade.kind);
}

JournalReader::Line JournalReader::next() {
    while (good && !rest_.empty()) {
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) break;
        const std::string_view line = rest_.substr(0, end + 1);
        rest_.remove_prefix(end + 1);
        const char mark = line[0];
        NumberReader in(mark == '@' || mark == '~' || mark == '=' ? line.substr(std::min<std::size_t>(2, line.size())) : line);
        if (mark == '@' || mark == '~') { // ~: written before units had a text
            at_ = in.next();
            whole = mark == '@';
            if (!in.good || !in.done()) break;
            continue;
        }
        if (mark == '=') {
            trade.number = static_cast<std::uint64_t>(in.next());
            trade.trade.sequence = command.instruction.sequence;
            trade.trade.price = in.next();
            trade.trade.quantity = in.next();
            trade.trade.buy_order = static_cast<OrderNumber>(in.next());
            trade.trade.sell_order = static_cast<OrderNumber>(in.next());
            trade.trade.buyer = static_cast<Account>(in.next());
            trade.trade.seller = static_cast<Account>(in.next());
            trade.kind = in.word();
            if (!in.good || !in.done()) break;
            return Line::trade;
        }
        Instruction& one = command.instruction;
        one.sequence = static_cast<std::uint64_t>(in.next());
        command.op = in.next();
        one.op = static_cast<Op>(command.op < 0 || command.op > static_cast<std::int64_t>(Op::cancel) ? 0 : command.op);
        one.side = in.next() == 0 ? Side::buy : Side::sell;
        one.account = static_cast<Account>(in.next());
        one.order = static_cast<OrderNumber>(in.next());
        for (std::int64_t* number : {&one.price, &one.quantity, &one.display, &one.trigger, &one.good_until}) *number = in.next();
        one.quote = static_cast<OrderNumber>(in.next());
        command.traded = in.next();
        command.resting = in.next();
        command.code = in.word();
        command.at = at_;
        if (!in.good || !in.done()) break;
        return Line::command;
    }
    good = good && rest_.empty();
    return Line::none;
}

} // namespace greenbank::market
