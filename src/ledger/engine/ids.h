// ids.h — names inside the engine: 128 bits that a client chose, or a small number the ledger gave.
#pragma once

#include <bit>
#include <compare>
#include <cstdint>

namespace greenbank::ledger {

/// 128 bits, such as a UUIDv7. All zero means none.
template <class Of> struct WideId {
    std::uint64_t high = 0, low = 0;

    bool empty() const { return (high | low) == 0; }
    auto operator<=>(const WideId&) const = default;
};

using AccountId = WideId<struct AnAccount>;
using OwnerId = WideId<struct AnOwner>; // opaque to the engine
using TransferId = WideId<struct ATransfer>;

/// Accounts and assets are numbered from 0 in the order they came; a number is never given twice.
/// `none` is "not said"; any other number that was not given is an unknown account.
enum class AccountNumber : std::uint32_t { unknown = 0xFFFF'FFFE, none = 0xFFFF'FFFF };
enum class AssetNumber : std::uint32_t { unknown = 0xFFFF'FFFE, none = 0xFFFF'FFFF };

template <class Number> constexpr std::size_t index_of(Number number) { return static_cast<std::size_t>(number); }

/// Every bit of the id moves every bit of the hash; also for ids that count 1, 2, 3.
template <class Of> std::uint64_t hash_of(const WideId<Of>& id) {
    std::uint64_t h = id.low + std::rotl(id.high * 0x9E37'79B9'7F4A'7C15, 31);
    h = (h ^ (h >> 32)) * 0xD6E8'FEB8'6659'FD93;
    h = (h ^ (h >> 29)) * 0xA076'1D64'78BD'642F;
    return h ^ (h >> 32);
}

} // namespace greenbank::ledger
