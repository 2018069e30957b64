// served_database.h — a PostgreSQL database for one test, where GREENBANK_TEST_POSTGRES says how to connect.
#pragma once

#include <cstdlib>

#include <unistd.h>

#include "bank_process.h"

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

} // namespace greenbank::testing
