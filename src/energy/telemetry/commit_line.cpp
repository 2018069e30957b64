// commit_line.cpp — one write under way at a time: what comes meanwhile goes together with the next.
#include "energy/telemetry/commit_line.h"

#include "kernel/log.h"

namespace greenbank::energy {

namespace {

constexpr std::size_t points_at_once = 2'000'000, row_of_its_own = 5000, seal_soon = 2'000'000, told_at_once = 100'000;

} // namespace

CommitLine::~CommitLine() {
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !flying_ && !sealing_ && waiting_.empty(); });
        closing_ = true;
    }
    changed_.notify_all();
    if (teller_.joinable()) teller_.join();
}

void CommitLine::observe(PointObserver observer) {
    const std::lock_guard lock(mutex_);
    observers_.push_back(std::move(observer));
    if (!teller_.joinable()) teller_ = std::thread([this] { tell(); });
}

bool CommitLine::listened_to() const {
    const std::lock_guard lock(mutex_);
    return !observers_.empty();
}

bool CommitLine::busy(std::size_t points) const {
    const std::lock_guard lock(mutex_);
    return (points_waiting_ > 0 && points_waiting_ + points > settings_.points_waiting_max) ||
           (points_untold_ > 0 && points_untold_ + points > settings_.points_untold_max);
}

void CommitLine::push(Waiting one) {
    if (one.sorted.points >= row_of_its_own) one.bytes = encode_batch(one.sorted.batch); // on the caller's thread
    {
        const std::lock_guard lock(mutex_);
        points_waiting_ += one.sorted.points;
        waiting_.push_back(std::move(one));
    }
    fly(false);
}

void CommitLine::fly(bool landing) {
    auto flight = std::make_shared<Flight>();
    {
        const std::lock_guard lock(mutex_);
        if (landing) flying_ = false;
        if (flying_ || waiting_.empty()) return changed_.notify_all(); // under the lock: whoever destroys us waits for it
        flying_ = true;
        for (std::size_t points = 0; !waiting_.empty() && points < points_at_once;) {
            points += waiting_.front().sorted.points;
            flight->aboard.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
    }
    // In the order in which they came: of one moment's words the last holds.
    std::vector<std::vector<SeriesPoints>> small;
    std::size_t small_points = 0;
    const auto end_small = [&] {
        if (small.empty()) return;
        Row row{join_batches(std::exchange(small, {})), {}, std::exchange(small_points, 0)};
        row.bytes = encode_batch(row.batch);
        flight->rows.push_back(std::move(row));
    };
    for (Waiting& one : flight->aboard) {
        if (one.bytes.empty()) {
            small.push_back(std::move(one.sorted.batch));
            small_points += one.sorted.points;
            continue;
        }
        end_small();
        flight->rows.push_back({std::move(one.sorted.batch), std::move(one.bytes), one.sorted.points});
    }
    end_small();
    store_.write(
        [this, flight](Transaction& transaction) -> Result<Done> {
            flight->numbers.clear();
            for (const Row& row : flight->rows) flight->numbers.push_back(TRY(archive_.keep(transaction, row.bytes, row.points)));
            return Done{};
        },
        [this, flight](Result<Done> done) { landed(flight, std::move(done)); });
}

void CommitLine::landed(const std::shared_ptr<Flight>& flight, Result<Done> done) {
    std::size_t points = 0;
    for (std::size_t i = 0; i < flight->rows.size(); ++i) {
        points += flight->rows[i].points;
        if (done) archive_.kept(flight->numbers[i], std::move(flight->rows[i].batch));
    }
    const Time received = flight->aboard.back().received;
    for (Waiting& one : flight->aboard) {
        if (done) one.answer(one.sorted.accepted);
        else one.answer(done.error());
    }
    bool seal_now = false;
    {
        const std::lock_guard lock(mutex_);
        points_waiting_ -= points;
        for (Waiting& one : flight->aboard) {
            if (!done || one.sorted.told.empty()) continue;
            points_untold_ += one.sorted.told.size();
            untold_.push_back(std::move(one));
        }
        if (done) points_unsealed_ += points;
        seal_now = points_unsealed_ >= seal_soon && !sealing_;
        if (seal_now) sealing_ = true, points_unsealed_ = 0;
    }
    if (seal_now) seal(received); // before the next flight asks for its turn: the head must not outgrow the memory
    fly(true);
}

void CommitLine::seal(Time now) {
    const auto sealed = std::make_shared<Sealed>();
    store_.write(
        [this, now, sealed](Transaction& transaction) -> Result<Done> {
            *sealed = TRY(archive_.seal(transaction, now, false));
            return Done{};
        },
        [this, now, sealed](Result<Done> done) {
            if (done && sealed->more) return seal(now); // after what others wrote meanwhile
            if (!done) log(greenbank::Level::error, "telemetry_seal", fill_in(done.error().message, done.error().parameters));
            const std::lock_guard lock(mutex_);
            sealing_ = false;
            changed_.notify_all();
        });
}

void CommitLine::tell() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return closing_ || !untold_.empty(); });
        if (untold_.empty()) return;
        // What was received at one moment is told at once: many small messages cost observers no more than one of all their points.
        std::vector<Waiting> some;
        std::size_t points = 0;
        while (!untold_.empty() && (some.empty() || (points < told_at_once && untold_.front().received == some.front().received))) {
            points += untold_.front().sorted.told.size();
            some.push_back(std::move(untold_.front()));
            untold_.pop_front();
        }
        const std::vector<PointObserver> observers = observers_;
        telling_ = true;
        lock.unlock();
        std::vector<TakenPoint> told = std::move(some.front().sorted.told);
        for (std::size_t i = 1; i < some.size(); ++i) told.insert(told.end(), some[i].sorted.told.begin(), some[i].sorted.told.end());
        for (const PointObserver& observer : observers) observer(told, some.front().received);
        lock.lock();
        telling_ = false;
        points_untold_ -= points;
        changed_.notify_all();
    }
}

void CommitLine::wait_until_told() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.empty() && !flying_ && untold_.empty() && !telling_; });
}

} // namespace greenbank::energy
