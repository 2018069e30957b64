// head.h — what is remembered of batches that are not sealed yet: by series, in the order of their numbers.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "energy/engine/telemetry/batch.h"

namespace greenbank::energy {

class Head {
public:
    struct Piece {
        std::int64_t number = 0;
        std::shared_ptr<const Points> points;
    };
    using Pieces = std::vector<Piece>;

    // All under this lock.
    mutable std::mutex mutex;
    std::int64_t known = 0;     // every batch up to it is here, or was and is forgotten
    std::int64_t forgotten = 0; // up to it

    void add(std::int64_t number, std::vector<SeriesPoints> batch) {
        for (SeriesPoints& one : batch) {
            points_ += one.points.size();
            pieces_[one.series].push_back({number, std::make_shared<const Points>(std::move(one.points))});
        }
    }
    void forget(std::int64_t up_to) {
        if (up_to <= forgotten) return;
        forgotten = up_to;
        known = std::max(known, up_to);
        points_ = 0;
        for (auto each = pieces_.begin(); each != pieces_.end();) {
            std::erase_if(each->second, [up_to](const Piece& piece) { return piece.number <= up_to; });
            for (const Piece& piece : each->second) points_ += piece.points->size();
            each = each->second.empty() ? pieces_.erase(each) : std::next(each);
        }
    }
    const std::unordered_map<std::int64_t, Pieces>& pieces() const { return pieces_; }
    std::size_t points() const { return points_; }

private:
    std::unordered_map<std::int64_t, Pieces> pieces_;
    std::size_t points_ = 0;
};

} // namespace greenbank::energy
