// A Store on any engine: writer, readers, migrations, identity. An engine adds its feed, its locks and its catalogue.
#pragma once

#include "store/readers.h"
#include "store/writer.h"

namespace greenbank {

class EngineStore : public Store {
public:
    EngineStore(Connect connect, WriterSettings settings, std::size_t readers);

    using Store::write;
    Result<Done> read(const Work& work) override { return readers_.read(work); }
    void write(Work work, Finished finished) override { writer_.submit(std::move(work), std::move(finished)); }
    Result<Done> migrate(std::span<const Migration> migrations) override;
    void on_announcement(std::function<void()> listener) override { writer_.on_announcement(std::move(listener)); }
    Result<std::string> identity() override;
    Statistics statistics() const override { return writer_.statistics(); }

protected:
    Result<Rows> rows(std::string_view sql, std::vector<Value> parameters);

private:
    Connect connect_;
    Readers readers_;
    Writer writer_;
};

/// Runs `step` in a write transaction of its own on `connection`.
Result<Done> in_write(Connection& connection, const std::function<Result<Done>()>& step);

/// Makes the tables that the store owns, and the identity where there is none.
Result<Done> prepare_store(Connection& connection, const std::string& tables);
/// A new fence for the lock `name`: one more than its last holder's.
Result<std::int64_t> next_fence(Connection& connection, const std::string& name);
std::string random_uuid();

Error bad_cursor();

} // namespace greenbank
