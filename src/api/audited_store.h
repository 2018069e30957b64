// audited_store.h — the store as a computing operation sees it: what it writes cannot be forgotten in the audit trail.
#pragma once

#include "api/dispatch.h"

namespace greenbank {

/// Passes everything on. A write that has said nothing of itself to the gatekeeper gets a line with its changes, in its own transaction.
class AuditedStore final : public Store {
public:
    AuditedStore(Store& store, Gatekeeper& gatekeeper, Caller caller, std::string_view operation);

    using Store::write;
    Result<Done> read(const Work& work) override { return store_.read(work); }
    void write(Work work, Finished finished) override;
    Result<Done> migrate(std::span<const Migration> migrations) override { return store_.migrate(migrations); }
    Result<Announcements> announcements(const std::string& cursor, std::size_t limit) override { return store_.announcements(cursor, limit); }
    Result<std::string> announced_until() override { return store_.announced_until(); }
    void on_announcement(std::function<void()> listener) override { store_.on_announcement(std::move(listener)); }
    Result<std::unique_ptr<Lease>> try_lock(const std::string& name) override { return store_.try_lock(name); }
    Result<std::vector<Column>> columns(const std::string& table) override { return store_.columns(table); }
    std::string_view engine() const override { return store_.engine(); }
    Result<std::string> identity() override { return store_.identity(); }
    Statistics statistics() const override { return store_.statistics(); }

private:
    Store& store_;
    Gatekeeper& gatekeeper_;
    Caller caller_;
    std::string_view operation_; // the endpoint's name, which outlives us
};

} // namespace greenbank
