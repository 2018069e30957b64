// state.cpp — a desk as text and back: what snapshots keep, and what two desks are compared by. (The book's part: book.cpp, book_views.cpp.)
#include <algorithm>

#include "market/engine/desk.h"

namespace greenbank::market {

namespace {

constexpr std::int64_t state_form = 1; // goes up when the text changes: older snapshots are passed over then
constexpr std::int64_t accounts_max = 100'000'000;

template <class Map> auto sorted_keys(const Map& map) {
    std::vector<typename Map::key_type> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

} // namespace

void DayFigures::write_state(std::string& out) const {
    constexpr Turnover half = Turnover{1} << 62;
    append_line(out, close_before_, open_, high_, low_, last_, volume_, turnover_ / half, turnover_ % half);
}

bool DayFigures::read_state(NumberReader& in) {
    for (std::int64_t* one : {&close_before_, &open_, &high_, &low_, &last_, &volume_}) *one = in.next();
    const Turnover upper = in.next();
    turnover_ = upper * (Turnover{1} << 62) + in.next();
    return in.good;
}

void Desk::write_state(std::string& out) const {
    append_line(out, state_form, day_.days, last_close_, halted_, movement_);
    day_figures_.write_state(out);
    book_.write_state(out);
    append_line(out, reserves_.size());
    for (const OrderNumber order : sorted_keys(reserves_)) {
        const Reserve& one = reserves_.at(order);
        append_line(out, order, one.hold, one.account, index(one.side), one.price, one.quantity, one.amount);
    }
    append_line(out, bought_.size());
    for (const Account account : sorted_keys(bought_)) append_line(out, account, bought_.at(account));
}

bool Desk::read_state(std::string_view text) {
    NumberReader in(text);
    if (in.next() != state_form) return false;
    day_ = Date{static_cast<std::int32_t>(in.next())};
    last_close_ = in.next();
    halted_ = in.next() != 0;
    movement_ = static_cast<std::uint64_t>(in.next());
    if (!in.good || !day_figures_.read_state(in) || !book_.read_state(in)) return false;
    const std::int64_t reserves = in.next();
    if (!in.good || reserves != static_cast<std::int64_t>(book_.size())) return false;
    for (std::int64_t i = 0; i < reserves; ++i) {
        const auto order = static_cast<OrderNumber>(in.next());
        Reserve one;
        one.hold = static_cast<std::uint64_t>(in.next());
        one.account = static_cast<Account>(in.next());
        const std::int64_t side = in.next();
        one.side = side == 0 ? Side::buy : Side::sell;
        for (std::int64_t* number : {&one.price, &one.quantity, &one.amount}) *number = in.next();
        if (!in.good || (side != 0 && side != 1) || !book_.has(order) || !reserves_.emplace(order, one).second) return false;
        ++resting_[one.account];
    }
    const std::int64_t buyers = in.next();
    if (!in.good || buyers < 0 || buyers > accounts_max) return false;
    for (std::int64_t i = 0; i < buyers; ++i) {
        const auto account = static_cast<Account>(in.next());
        bought_[account] = in.next();
    }
    return in.good && in.done();
}

} // namespace greenbank::market
