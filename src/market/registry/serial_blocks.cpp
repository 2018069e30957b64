// serial_blocks.cpp — serial numbers follow the tonnes: only the blocks that a move touches are read and written, however many a holder has.
#include <fmt/format.h>

#include "market/registry/registry.h"

namespace greenbank::market {

namespace {

Error overlap() { return {Failure::internal, "registry.serials_overlap", "A serial number stands twice in the registry; stop, and run `greenbank verify`."}; }

SerialRanges ranges_of(const std::vector<SerialBlock>& blocks) {
    SerialRanges ranges;
    for (const SerialBlock& block : blocks) ranges.push_back({block.first, block.last});
    return ranges;
}

class Blocks {
public:
    Blocks(Transaction& transaction, const Caller& caller, const CarbonProduct& product) : transaction_(transaction), caller_(caller), product_(product) {}

    /// From the front of what is held.
    Result<SerialRanges> take(const Id<Organisation>& holder, std::int64_t tonnes) {
        std::vector<SerialBlock> front;
        std::int64_t missing = tonnes, after = -1;
        for (std::int64_t page = 4; missing > 0; page *= 4) {
            const auto more = TRY(transaction_.find<SerialBlock>(
                "product = $1 AND holder = $2 AND state = 'held' AND first > $3 ORDER BY first LIMIT $4", {product_.id.text, holder.text, after, page}));
            for (std::size_t i = 0; i < more.size() && missing > 0; ++i) {
                missing -= more[i].last - more[i].first + 1;
                front.push_back(more[i]);
            }
            if (static_cast<std::int64_t>(more.size()) < page) break;
            after = more.back().last;
        }
        SerialRanges left = ranges_of(front);
        const auto taken = take_serials(left, tonnes);
        if (!taken)
            return Error{Failure::conflict, "registry.serials_short",
                "The registry has fewer serial numbers of this holder than tonnes in the ledger; stop, and run `greenbank verify`."};
        for (const SerialBlock& block : front) TRY(transaction_.erase(block.id));
        for (const SerialRange& range : left) TRY(insert(range, holder));
        return *taken;
    }

    /// Merged with what is held right before and after.
    Result<Done> give(const Id<Organisation>& holder, const SerialRanges& ranges) {
        SerialRanges all;
        std::vector<SerialBlock> beside;
        for (const SerialRange& range : ranges)
            for (const bool before : {true, false}) {
                auto found = TRY(transaction_.find_one<SerialBlock>(fmt::format("product = $1 AND holder = $2 AND state = 'held' AND {} LIMIT 1",
                                                                        before ? "first <= $3 ORDER BY first DESC" : "first > $3 ORDER BY first"),
                    {product_.id.text, holder.text, range.first}));
                if (!found || (before ? found->last < range.first - 1 : found->first > range.last + 1)) continue;
                if (std::none_of(beside.begin(), beside.end(), [&](const SerialBlock& one) { return one.first == found->first; }))
                    beside.push_back(std::move(*found));
            }
        std::sort(beside.begin(), beside.end(), [](const SerialBlock& a, const SerialBlock& b) { return a.first < b.first; });
        if (!add_serials(all, ranges_of(beside)) || !add_serials(all, ranges)) return overlap();
        for (const SerialBlock& block : beside) TRY(transaction_.erase(block.id)); // first, for a number is in the table once
        for (const SerialRange& range : all) TRY(insert(range, holder));
        return Done{};
    }

    Result<Done> insert(const SerialRange& range, const Id<Organisation>& holder, BlockState state = BlockState::held, const std::string& ended_by = "") {
        TRY(transaction_.insert(SerialBlock{.id = caller_.new_id<SerialBlock>(),
            .product = product_.id,
            .first = range.first,
            .last = range.last,
            .holder = holder,
            .state = state,
            .ended_by = ended_by,
            .sample = product_.sample,
            .updated_at = caller_.now}));
        return Done{};
    }

private:
    Transaction& transaction_;
    const Caller& caller_;
    const CarbonProduct& product_;
};

} // namespace

Result<SerialRanges> move_serials(Transaction& transaction, const Caller& caller, const CarbonProduct& product, const SerialMove& move) {
    if (move.from == move.to && move.state == BlockState::held) return SerialRanges{};
    const bool capture = std::exchange(transaction.capture_changes, false); // the transfer itself is in the audit trail
    Blocks blocks(transaction, caller, product);
    const SerialRanges taken = TRY(blocks.take(move.from, move.tonnes));
    if (move.state == BlockState::held) TRY(blocks.give(move.to, taken));
    else
        for (const SerialRange& range : taken) TRY(blocks.insert(range, move.from, move.state, move.ended_by));
    transaction.capture_changes = capture;
    return taken;
}

Result<SerialRange> issue_serials(Transaction& transaction, const Caller& caller, CarbonProduct& product, const Id<Organisation>& to, std::int64_t tonnes) {
    const SerialRange issued{product.next_serial, product.next_serial + tonnes - 1};
    TRY(Blocks(transaction, caller, product).give(to, {issued}));
    product.next_serial = issued.last + 1;
    product.updated_at = caller.now;
    TRY(transaction.update(product));
    return issued;
}

std::string serials_text(const CarbonProduct& product, const SerialRanges& ranges) {
    std::string text = product.serial_prefix + "-";
    for (std::size_t i = 0; i < ranges.size(); ++i) text += fmt::format("{}{}…{}", i ? ", " : "", ranges[i].first, ranges[i].last);
    return text;
}

} // namespace greenbank::market
