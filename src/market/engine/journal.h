// journal.h — a unit of work as its journal keeps it and its digest seals it: one line a command, and after it one line a deal that came of it.
//   @ <at>
//   <number> <op> <side> <member> <order> <price> <quantity> <display> <trigger> <good_until> <quote> <traded> <resting> <code>
//   = <number> <price> <quantity> <buy order> <sell order> <buyer> <seller> <kind>
#pragma once

#include <string>

#include "market/engine/numbers_text.h"
#include "market/engine/order.h"

namespace greenbank::market {

struct JournalCommand {
    Instruction instruction = {}; // its sequence is the command's number
    std::int64_t op = 0;          // as in order.h, from 100 on the exchange's own
    std::string_view code = "ok";
    Quantity traded = 0, resting = 0;
    Moment at = 0;
    /// Something happened in the book.
    bool taken() const { return code == "ok" || code == "self_trade"; }
};
struct JournalTrade {
    std::uint64_t number = 0;
    std::string_view kind = "listed"; // listed, block or auction
    Trade trade;                      // without its sequence: the command is the one before
};

void append_time(std::string& out, Moment at);
void append_command(std::string& out, const JournalCommand& command);
void append_trade(std::string& out, const JournalTrade& trade);

/// Goes through a journal's text; texts point into it. False at its end, and where a line cannot be read: then `good` is false.
class JournalReader {
public:
    explicit JournalReader(std::string_view text) : rest_(text) {}
    enum class Line { none, command, trade };
    Line next();

    JournalCommand command;
    JournalTrade trade;
    bool good = true;
    bool whole = false; // written as a unit: all its deals follow its commands

private:
    std::string_view rest_;
    Moment at_ = 0;
};

} // namespace greenbank::market
