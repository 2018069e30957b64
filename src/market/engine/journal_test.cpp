// journal_test.cpp — what was written is read again, and what was cut is not read as something else.
#include "market/engine/journal.h"

#include <doctest/doctest.h>

#include <vector>

#include "kernel/random.h"

namespace greenbank::market {

TEST_CASE("units of work written and read are the same; a text that was cut says so") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::string text;
        std::vector<std::string> lines; // what must come back, one each, made another way
        const auto said = [](const JournalCommand& one) {
            std::string out;
            append_time(out, one.at);
            append_command(out, one);
            return out;
        };
        for (int unit = 0; unit < 4; ++unit) {
            const Moment at = random.between(0, 2'000'000'000'000'000);
            append_time(text, at);
            for (std::int64_t i = random.between(1, 5); i > 0; --i) {
                JournalCommand command{.instruction = {}, .op = random.between(0, 7), .code = random.chance(0.5) ? "ok" : "cash_short", .at = at};
                command.instruction = {.sequence = random.below(1'000'000),
                    .op = static_cast<Op>(command.op),
                    .side = random.chance(0.5) ? Side::buy : Side::sell,
                    .account = static_cast<Account>(random.below(50)),
                    .order = random.below(1'000'000),
                    .price = random.between(-1, price_max),
                    .quantity = random.between(-5, quantity_max),
                    .trigger = random.between(0, 1'000)};
                append_command(text, command);
                lines.push_back(said(command));
                if (!random.chance(0.4)) continue;
                const JournalTrade trade{random.below(1'000'000), "listed", {command.instruction.sequence, random.between(1, 100), 5, 7, 8, 1, 2}};
                append_trade(text, trade);
                lines.emplace_back();
                append_trade(lines.back(), trade);
            }
        }
        JournalReader reader(text);
        std::size_t at = 0;
        for (auto line = reader.next(); line != JournalReader::Line::none; line = reader.next()) {
            REQUIRE(at < lines.size());
            std::string again;
            if (line == JournalReader::Line::command) again = said(reader.command);
            else append_trade(again, reader.trade);
            REQUIRE(again == lines[at++]);
        }
        REQUIRE(reader.good);
        REQUIRE(at == lines.size());
        JournalReader cut(std::string_view(text).substr(0, text.size() - 1));
        while (cut.next() != JournalReader::Line::none) {}
        REQUIRE_FALSE(cut.good);
    }
}

} // namespace greenbank::market
