// The exchange's engine alone: commands per second of CPU on the two streams that the peers measure themselves with, beside a book as
// textbooks have it (std::map of std::list, std::unordered_map); both make the same deals. Then the time of single commands.
//   market_bench [commands]
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <list>
#include <map>
#include <unordered_map>

#include "cpu.h"
#include "kernel/result.h"
#include "market/engine/book.h"
#include "order_streams.h"

namespace greenbank::market {
namespace {

using greenbank::bench::cpu_seconds;

/// Limit, immediate, cancel and replace, as most would write them.
class TextbookBook {
public:
    void execute(const Instruction& instruction, std::vector<Trade>& trades) {
        if (instruction.op == Op::cancel) return remove(instruction.order);
        Instruction incoming = instruction;
        if (instruction.op == Op::replace) {
            const auto found = places_.find(instruction.order);
            if (found == places_.end()) return;
            incoming.side = found->second.side;
            incoming.quantity = instruction.quantity != 0 ? instruction.quantity : found->second.at->quantity;
            remove(instruction.order);
        }
        if (incoming.side == Side::buy)
            trade(
                incoming, sells_, [&](Price price) { return price <= incoming.price; }, trades);
        else
            trade(
                incoming, buys_, [&](Price price) { return price >= incoming.price; }, trades);
        if (incoming.quantity == 0 || instruction.op == Op::immediate) return;
        Queue& queue = incoming.side == Side::buy ? buys_[incoming.price] : sells_[incoming.price];
        queue.push_back({incoming.order, incoming.quantity});
        places_[incoming.order] = {incoming.side, incoming.price, std::prev(queue.end())};
    }

private:
    struct One {
        OrderNumber order;
        Quantity quantity;
    };
    using Queue = std::list<One>;
    struct Place {
        Side side;
        Price price;
        Queue::iterator at;
    };
    template <class Levels, class Reaches> void trade(Instruction& incoming, Levels& levels, Reaches reaches, std::vector<Trade>& trades) {
        while (incoming.quantity > 0 && !levels.empty() && reaches(levels.begin()->first)) {
            Queue& queue = levels.begin()->second;
            One& first = queue.front();
            const Quantity quantity = std::min(incoming.quantity, first.quantity);
            if (incoming.side == Side::buy) trades.push_back({incoming.sequence, levels.begin()->first, quantity, incoming.order, first.order});
            else trades.push_back({incoming.sequence, levels.begin()->first, quantity, first.order, incoming.order});
            incoming.quantity -= quantity;
            if ((first.quantity -= quantity) > 0) continue;
            places_.erase(first.order);
            queue.pop_front();
            if (queue.empty()) levels.erase(levels.begin());
        }
    }
    void remove(OrderNumber order) {
        const auto found = places_.find(order);
        if (found == places_.end()) return;
        const auto take = [&](auto& levels) {
            const auto level = levels.find(found->second.price);
            level->second.erase(found->second.at);
            if (level->second.empty()) levels.erase(level);
        };
        if (found->second.side == Side::buy) take(buys_);
        else take(sells_);
        places_.erase(found);
    }

    std::map<Price, Queue, std::greater<>> buys_;
    std::map<Price, Queue> sells_;
    std::unordered_map<OrderNumber, Place> places_;
};

struct Run {
    double seconds = 0;
    std::uint64_t deals = 0, digest = 0; // of all deals in their order
};

/// Deals are handed on in pieces, as a journal or a settlement takes them.
template <class Book> Run run(const std::vector<Instruction>& stream) {
    Book book;
    Run result;
    std::vector<Trade> trades;
    trades.reserve(4096);
    const auto hand_on = [&] {
        for (const Trade& trade : trades)
            result.digest =
                result.digest * 1'099'511'628'211u + static_cast<std::uint64_t>(trade.price * 31 + trade.quantity) + trade.buy_order * 7 + trade.sell_order;
        result.deals += trades.size();
        trades.clear();
    };
    const double began = cpu_seconds();
    for (const Instruction& instruction : stream) {
        book.execute(instruction, trades);
        if (trades.size() > 1024) hand_on();
    }
    result.seconds = cpu_seconds() - began;
    hand_on();
    return result;
}

void measure(const char* name, const std::vector<Instruction>& stream) {
    std::vector<double> ours, textbook;
    Run one, other;
    for (int i = 0; i < 5; ++i) {
        one = run<Book>(stream);
        other = run<TextbookBook>(stream);
        ours.push_back(one.seconds);
        textbook.push_back(other.seconds);
    }
    require(one.digest == other.digest && one.deals == other.deals, "the two books made different deals");
    std::sort(ours.begin(), ours.end());
    std::sort(textbook.begin(), textbook.end());
    const double millions = static_cast<double>(stream.size()) / 1e6;
    fmt::print("{}: {:.1f} million commands per CPU-second ({:.1f} to {:.1f}), textbook {:.1f}: {:.1f} times; {} deals\n", name, millions / ours[2],
        millions / ours[4], millions / ours[0], millions / textbook[2], textbook[2] / ours[2], one.deals);

    // One by one; the clock itself costs some 20 to 40 ns of each.
    Book book;
    std::vector<Trade> trades;
    trades.reserve(4096);
    std::vector<std::int64_t> times;
    times.reserve(stream.size());
    for (const Instruction& instruction : stream) {
        timespec from{}, to{};
        clock_gettime(CLOCK_MONOTONIC, &from);
        book.execute(instruction, trades);
        clock_gettime(CLOCK_MONOTONIC, &to);
        times.push_back((to.tv_sec - from.tv_sec) * 1'000'000'000 + to.tv_nsec - from.tv_nsec);
        trades.clear();
    }
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) { return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))]; };
    fmt::print("    one instruction with the clock: p50 {} ns, p99 {} ns, p99.9 {} ns, p99.99 {} ns\n", at(0.5), at(0.99), at(0.999), at(0.9999));
}

} // namespace
} // namespace greenbank::market

int main(int count, char** words) {
    using namespace greenbank::market;
    const std::size_t commands = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1'000'000;
    measure("crossing (liquibook's pattern)", crossing_stream(commands, 1));
    measure("moving (exchange-core's mix)", moving_stream(commands, 1));
}
