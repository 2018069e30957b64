// commit_line.h — where sorted points wait for the store's writer, many calls to one commit, and where observers hear of them afterwards.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "energy/telemetry/intake.h"
#include "energy/telemetry/sorting.h"

namespace greenbank::energy {

class CommitLine {
public:
    CommitLine(Store& store, Archive& archive, IntakeSettings settings) : store_(store), archive_(archive), settings_(settings) {}
    /// Waits for what is under way.
    ~CommitLine();

    struct Waiting {
        Sorted sorted;
        std::string bytes; // of a batch that is a row of its own
        std::vector<std::shared_ptr<const void>> alive;
        Time received;
        Intake::Answer answer;
    };

    void observe(PointObserver observer);
    bool listened_to() const;
    /// Too much waits, or observers are too far behind.
    bool busy(std::size_t points) const;
    void push(Waiting one);
    void wait_until_told();

private:
    struct Row {
        std::vector<SeriesPoints> batch;
        std::string bytes;
        std::size_t points = 0;
    };
    struct Flight {
        std::vector<Waiting> aboard;
        std::vector<Row> rows;
        std::vector<std::int64_t> numbers;
    };
    void fly(bool landing);
    void landed(const std::shared_ptr<Flight>& flight, Result<Done> done);
    void seal(Time now);
    void tell();

    Store& store_;
    Archive& archive_;
    IntakeSettings settings_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> waiting_;
    std::deque<Waiting> untold_;
    std::size_t points_waiting_ = 0, points_untold_ = 0, points_unsealed_ = 0;
    bool flying_ = false, sealing_ = false, telling_ = false, closing_ = false;
    std::vector<PointObserver> observers_;
    std::thread teller_; // begins with the first observer
};

} // namespace greenbank::energy
