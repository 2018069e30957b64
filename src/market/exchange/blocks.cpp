// blocks.cpp — deals agreed on between two: proposed by one side, settled when the other one agrees.
#include <fmt/format.h>

#include "market/exchange/exchange.h"

namespace greenbank::market {

Record describe(const KeyOf<BlockTrade>*) { return {"block_trade_key", "Names a block.", {field<&KeyOf<BlockTrade>::id>("id", "Its id.")}}; }

namespace {

Result<Page<BlockTrade>> block_list(Transaction& transaction, const Caller& caller, const ListOf<BlockTrade>& list) {
    if (caller.actor.may(run_exchange)) return list_page<BlockTrade>(transaction, caller, list);
    return list_page<BlockTrade>(transaction, caller, list, "$1 <> '' AND (seller = $1 OR buyer = $1)", {caller.actor.organisation});
}

Result<Reply<BlockTrade>> block_propose(Transaction& transaction, const Caller& caller, const BlockTrade& draft) {
    BlockTrade block = draft;
    block.id = caller.new_id<BlockTrade>();
    block.proposer = TRY(acting_organisation(caller));
    if ((block.seller == block.proposer) == (block.buyer == block.proposer))
        return invalid({{"seller", "market.block_sides", "Your organisation is one of the two sides, and another one the other."}});
    for (const Id<Organisation>& side : {block.seller, block.buyer}) TRY(open_registry_account(transaction, side));
    const Market market = TRY(transaction.get(block.market));
    const auto price = parse_scaled(block.price, read_rules(market.rules.front()).price_places);
    if (!price || *price <= 0)
        return invalid({{"price", "market.price_text", "Write a price above zero with at most two digits after the point, such as 68.50."}});
    block.created_at = block.updated_at = caller.now;
    TRY(transaction.insert(block));
    return Reply<BlockTrade>{.body = std::move(block), .status = 201};
}

Result<BlockTrade> block_to_answer(Transaction& transaction, const Caller& caller, const Id<BlockTrade>& id) {
    BlockTrade block = TRY(transaction.get(id));
    if (caller.actor.organisation.empty() || (block.seller.text != caller.actor.organisation && block.buyer.text != caller.actor.organisation))
        return not_found(record_of<BlockTrade>(), id.text);
    if (block.state != BlockTradeState::proposed) return Error{Failure::conflict, "market.block_answered", "This block is settled or refused already."};
    block.updated_at = caller.now;
    return block;
}

Result<BlockTrade> block_accept(Floor& floor, Transaction& transaction, const Caller& caller, const KeyOf<BlockTrade>& key) {
    BlockTrade block = TRY(block_to_answer(transaction, caller, key.id));
    if (block.proposer.text == caller.actor.organisation) return Error{Failure::conflict, "market.block_own", "You proposed it; the other side accepts."};
    TRY(floor.settle_block(transaction, caller, block));
    block.state = BlockTradeState::settled;
    TRY(transaction.update(block));
    return block;
}

Result<BlockTrade> block_refuse(Transaction& transaction, const Caller& caller, const KeyOf<BlockTrade>& key) {
    BlockTrade block = TRY(block_to_answer(transaction, caller, key.id));
    block.state = BlockTradeState::refused;
    TRY(transaction.update(block));
    return block;
}

} // namespace

std::vector<Endpoint> block_endpoints(Floor& floor) {
    return {
        // clang-format off
        {"block_trade_list", Method::get, "/block-trades", "Blocks: of one's own organisation, or all.", Mode::read, signed_in, call(block_list)},
        {"block_trade_propose", Method::post, "/block-trades", "Propose a block to another organisation.", Mode::write, trade_carbon, call(block_propose)},
        {"block_trade_accept", Method::post, "/block-trades/{id}/accept", "Accept a block: it is settled at once.", Mode::write, trade_carbon, call(floor, block_accept)},
        {"block_trade_refuse", Method::post, "/block-trades/{id}/refuse", "Refuse or withdraw a block.", Mode::write, trade_carbon, call(block_refuse)},
        // clang-format on
    };
}

} // namespace greenbank::market
