// pair.h — two servers on one PostgreSQL, for tests from outside.
#pragma once

#include <cstdlib>

#include <unistd.h>

#include "cast.h"

namespace greenbank::testing {

/// A new, empty database that goes with the object.
class ServedDatabase {
public:
    ServedDatabase() {
        const char* given = std::getenv("GREENBANK_TEST_POSTGRES");
        if (!given) {
            MESSAGE("skipped: GREENBANK_TEST_POSTGRES does not say how to connect");
            return;
        }
        connection_ = given;
        static int count = 0;
        name_ = fmt::format("greenbank_servers_{}_{}", getpid(), ++count);
        REQUIRE(sql("CREATE DATABASE " + name_, connection_).status == 0);
    }
    ~ServedDatabase() {
        if (!name_.empty()) sql("DROP DATABASE " + name_ + " WITH (FORCE)", connection_);
    }
    ServedDatabase(const ServedDatabase&) = delete;

    bool there() const { return !name_.empty(); }
    /// The connection string of this database: the later dbname holds; an address takes it as a parameter.
    std::string address() const {
        return connection_.find("://") == std::string::npos ? connection_ + " dbname=" + name_
                                                            : connection_ + (connection_.find('?') == std::string::npos ? "?" : "&") + "dbname=" + name_;
    }
    Ran sql(const std::string& statement) const { return sql(statement, address()); }

private:
    static Ran sql(const std::string& statement, const std::string& address) {
        return run_command({"psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement, address});
    }
    std::string connection_, name_;
};

/// Two servers, each with its own folder for the search index, and one administrator at both.
struct Pair {
    explicit Pair(const ServedDatabase& database, std::vector<std::string> more = {}) :
        flags([&] {
            more.insert(more.end(), {"--database", database.address()});
            return more;
        }()),
        a(std::make_unique<BankProcess>(folder_a.path(), flags)),
        b(std::make_unique<BankProcess>(folder_b.path(), flags)),
        at_a(a->address()),
        at_b(b->address()) {
        become_administrator(at_b, *b); // each start makes a new link; the last one holds
        at_a.cookie = at_b.cookie;
    }
    TemporaryFolder folder_a, folder_b;
    std::vector<std::string> flags;
    std::unique_ptr<BankProcess> a, b;
    Visitor at_a, at_b; // the administrator
};

} // namespace greenbank::testing
