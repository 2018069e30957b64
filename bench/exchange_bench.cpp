// The exchange kept: batches of orders judged, held, dealt, journalled, sealed, settled through the ledger and audited, each batch durable when it is answered,
// without HTTP. On the two streams of market_bench, eight members, beside the same batches with nothing but the audited commit (what a batch costs anyway).
//   exchange_bench [orders] [folder] [orders a batch] [postgres connection string]
#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <ctime>
#include <filesystem>

#include "api/jobs.h"
#include "ledger/ledger.h"
#include "ledger/transfers.h"
#include "market/market.h"
#include "order_streams.h"
#include "parties/parties.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::market {
namespace {

using Clock = std::chrono::steady_clock;
constexpr Time start{1'795'900'000'000'000};
constexpr int members_count = 8;

[[noreturn]] void stop(const Error& error) {
    fmt::print(stderr, "{}: {}\n", error.code, fill_in(error.message, error.parameters));
    std::exit(1);
}
template <class T> T must(Result<T> result) {
    if (!result) stop(result.error());
    return std::move(result).value();
}

/// A market with members who have money and tonnes enough.
class Scene {
public:
    Scene(Store& store, const std::string& name) : store_(store), access_(store, {}), book_(store), floor_(book_) {
        std::vector<Migration> migrations;
        for (const Slice& slice :
            {api_slice(), parties::slice(access_), ledger::slice(book_, address_), market::slice(book_, floor_, access_.transparency(), address_)})
            migrations.insert(migrations.end(), slice.migrations.begin(), slice.migrations.end());
        must(store.migrate(migrations));
        must(access_.transparency().open(store, std::string(32, 'k'), "sha256", start));
        caller_.now = start;
        caller_.random = Random(std::hash<std::string>()(name));
        must(store.write([&](Transaction& transaction) { return build(transaction, name); }));
    }

    /// Batches one after the other into the store's queue, `ahead` of them unanswered at most.
    void run(const std::vector<std::vector<MarketCommand>>& batches, bool settle, double& seconds, double& cpu) {
        std::mutex mutex;
        std::condition_variable changed;
        std::size_t sent = 0, answered = 0;
        constexpr std::size_t ahead = 8;
        const std::clock_t before = std::clock();
        const auto began = Clock::now();
        for (const auto& batch : batches) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return sent - answered < ahead; });
            ++sent;
            lock.unlock();
            store_.write(
                [&, seed = ++seeds_](Transaction& transaction) -> Result<Done> {
                    Caller caller;
                    caller.now = start + milliseconds(static_cast<std::int64_t>(seed));
                    caller.random = Random(seed);
                    if (settle) TRY(floor_.execute(transaction, caller, market_, batch));
                    return access_.audit(transaction, caller, "market_order_send", "ok", transaction.changes());
                },
                [&](Result<Done> done) {
                    if (!done) stop(done.error());
                    const std::lock_guard guard(mutex);
                    ++answered;
                    changed.notify_one();
                });
        }
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return answered == sent; });
        seconds = std::chrono::duration<double>(Clock::now() - began).count();
        cpu = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    }

    std::vector<Id<Organisation>> members;
    std::int64_t count(const std::string& sql) {
        std::int64_t found = 0;
        must(store_.read([&](Transaction& transaction) -> Result<Done> {
            found = as_integer(TRY(transaction.query(sql)).single());
            return Done{};
        }));
        return found;
    }
    /// Seconds until a fresh floor has the market from its last snapshot and the journal after it.
    double load() {
        const auto began = Clock::now();
        Floor fresh(book_);
        must(store_.read([&](Transaction& transaction) { return fresh.look(transaction, market_, [](const Seat&) -> Result<Done> { return Done{}; }); }));
        return std::chrono::duration<double>(Clock::now() - began).count();
    }
    void verify() {
        std::int64_t found = 0;
        CheckRun run{.found = [&](Problem problem) {
            ++found;
            fmt::print("  {}: {}\n", problem.code, problem.message);
        }};
        for (const Check& check : market::slice(book_, floor_, access_.transparency(), address_).checks)
            must(store_.read([&](Transaction& transaction) -> Result<Done> {
                TRY(check.run(transaction, run));
                return Done{};
            }));
        require(found == 0, "what is stored must verify");
    }

private:
    Result<Done> build(Transaction& transaction, const std::string& name) {
        ledger::Book::Turn turn = TRY(book_.turn(transaction, caller_));
        const auto organisation = [&](const std::string& what) -> Result<Id<Organisation>> {
            Organisation one{.id = caller_.new_id<Organisation>(), .name = {what, what, what}, .country = "CN", .city = {}, .about = {}, .credit_code = {}};
            TRY(transaction.insert(one));
            return one.id;
        };
        const Id<Organisation> centre = TRY(organisation("centre"));
        const auto asset = [&](const std::string& code, int scale, ledger::AssetKind kind) -> Result<Id<ledger::LedgerAsset>> {
            ledger::LedgerAsset one{
                .id = caller_.new_id<ledger::LedgerAsset>(), .code = code, .key = name, .scale = scale, .kind = kind, .name = {"x", "x", "x"}};
            TRY(turn.add_asset(one));
            return one.id;
        };
        const Id<ledger::LedgerAsset> money = TRY(asset("CNY", 2, ledger::AssetKind::currency)),
                                      carbon = TRY(asset("T", carbon_scale, ledger::AssetKind::credit));
        const auto account = [&](const Id<Organisation>& owner, const Id<ledger::LedgerAsset>& of, ledger::AccountPurpose purpose,
                                 ledger::AccountRule rule = ledger::AccountRule::debits_must_not_exceed_credits) -> Result<Id<ledger::LedgerAccount>> {
            ledger::LedgerAccount one{.id = caller_.new_id<ledger::LedgerAccount>(),
                .title = {"x", "x", "x"},
                .owner = owner,
                .purpose = purpose,
                .asset = of,
                .rule = rule,
                .balance_min = {},
                .balance_max = {}};
            TRY(turn.open_account(one));
            return one.id;
        };
        CarbonProgramme programme{
            .id = caller_.new_id<CarbonProgramme>(), .code = name, .name = {"x", "x", "x"}, .country = "CN", .registry = "x", .source = "x"};
        TRY(transaction.insert(programme));
        CarbonProduct product{.id = caller_.new_id<CarbonProduct>(),
            .programme = programme.id,
            .asset = carbon,
            .name = {"x", "x", "x"},
            .project = {},
            .project_reference = {},
            .host_country = "CN",
            .serial_prefix = "X",
            .issued_account = TRY(account(centre, carbon, ledger::AccountPurpose::issued, ledger::AccountRule::free)),
            .retired_account = {},
            .cancelled_account = {},
            .surrendered_account = {},
            .pledged_account = {},
            .clearing_account = {}};
        TRY(transaction.insert(product));
        const Id<ledger::LedgerAccount> source = TRY(account(centre, money, ledger::AccountPurpose::settlement, ledger::AccountRule::free));
        constexpr std::int64_t tonnes = 1'000'000'000;
        for (int i = 0; i < members_count; ++i) {
            members.push_back(TRY(organisation(fmt::format("member {}", i))));
            const Id<ledger::LedgerAccount> cash = TRY(account(members.back(), money, ledger::AccountPurpose::customer)),
                                            units = TRY(account(members.back(), carbon, ledger::AccountPurpose::customer));
            TRY(transaction.insert(RegistryAccount{.id = caller_.new_id<RegistryAccount>(),
                .organisation = members.back(),
                .number = fmt::format("R{}", i),
                .state = RegistryAccountState::open,
                .reason = {}}));
            TRY(post_tonnes(turn, caller_, product.issued_account, units, tonnes, "x"));
            TRY(issue_serials(transaction, caller_, product, members.back(), tonnes));
            TRY(ledger::post_one(turn, {.transfer = {.id = {7, static_cast<std::uint64_t>(i + 1)},
                                            .amount = 1'000'000'000'000'000'000u,
                                            .debit = turn.account(source.text),
                                            .credit = turn.account(cash.text),
                                            .at = caller_.now},
                                           .note = ""}));
        }
        Market market{
            .id = caller_.new_id<Market>(), .code = name, .name = {"x", "x", "x"}, .product = product.id, .currency = "CNY", .rules = {}, .first_close = ""};
        market.rules.push_back({.market = name, .edition = "1", .source = "bench", .fee_basis_points = 5});
        market.clearing_account = TRY(account(centre, money, ledger::AccountPurpose::clearing));
        market.fee_account = TRY(account(centre, money, ledger::AccountPurpose::fee));
        market.transfer_key = 4'242'424'243;
        TRY(transaction.insert(market));
        market_ = market.id;
        return access_.audit(transaction, caller_, "bench", "ok", transaction.changes());
    }

    Store& store_;
    std::string address_ = "http://127.0.0.1";
    parties::Access access_;
    ledger::Book book_;
    Floor floor_;
    Caller caller_;
    Id<Market> market_;
    std::uint64_t seeds_ = 0;
};

/// Each order belongs to one member; a command that enters an order gets the next number, which replacements and cancellations name.
std::vector<std::vector<MarketCommand>> batches_of(const std::vector<Instruction>& stream, const std::vector<Id<Organisation>>& members, std::size_t size) {
    std::unordered_map<OrderNumber, OrderNumber> numbers;
    std::vector<std::vector<MarketCommand>> batches;
    for (std::size_t i = 0; i < stream.size(); ++i) {
        if (i % size == 0) batches.emplace_back();
        MarketCommand command{.instruction = stream[i], .organisation = members[stream[i].order % members.size()], .client = ""};
        if (stream[i].op == Op::cancel || stream[i].op == Op::replace) command.instruction.order = numbers.at(stream[i].order);
        else numbers[stream[i].order] = i + 1;
        batches.back().push_back(std::move(command));
    }
    return batches;
}

void measure(const char* engine, const std::function<Result<std::unique_ptr<Store>>(int)>& open, std::size_t orders, std::size_t size) {
    int number = 0;
    for (const char* name : {"crossing", "moving"}) {
        const std::unique_ptr<Store> store = must(open(number++));
        Scene scene(*store, name);
        const auto batches = batches_of(std::string_view(name) == "crossing" ? crossing_stream(orders, 1) : moving_stream(orders, 1), scene.members, size);
        double seconds = 0, cpu = 0, idle_seconds = 0, idle_cpu = 0;
        scene.run(batches, false, idle_seconds, idle_cpu);
        scene.run(batches, true, seconds, cpu);
        const double count = static_cast<double>(orders);
        fmt::print("{}, {} stream, {} orders in batches of {}: {:.0f}/s on the clock, {:.0f} a CPU-second; {} deals, {} ledger lines\n", engine, name, orders,
            size, count / seconds, count / cpu, scene.count("SELECT COUNT(*) FROM market_trade"), scene.count("SELECT COUNT(*) FROM journal_line"));
        fmt::print("    the audited commits of as many empty batches: {:.3f} s, {:.3f} CPU-s; a start from snapshot and rest: {:.0f} ms\n", idle_seconds,
            idle_cpu, scene.load() * 1000);
        scene.verify();
    }
}

} // namespace
} // namespace greenbank::market

int main(int argc, char** argv) {
    using namespace greenbank;
    const std::size_t orders = argc > 1 ? std::stoull(argv[1]) : 400'000;
    const std::filesystem::path folder = argc > 2 ? argv[2] : std::filesystem::temp_directory_path();
    const std::size_t size = argc > 3 ? std::stoull(argv[3]) : 1'000;
    const std::filesystem::path mine = folder / "greenbank-exchange-bench";
    std::filesystem::remove_all(mine);
    std::filesystem::create_directories(mine);
    market::measure(
        "SQLite", [&](int i) { return open_sqlite((mine / fmt::format("bench{}.sqlite", i)).string()); }, orders, size);
    std::filesystem::remove_all(mine);
    if (argc > 4)
        market::measure(
            "PostgreSQL", [&](int) { return open_postgres(argv[4], 4); }, orders, size);
}
