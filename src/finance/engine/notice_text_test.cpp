// notice_text_test.cpp — a notice is read back as it was, and nothing else is.
#include <doctest/doctest.h>

#include "finance/engine/notice_text.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

NoticeText orange() {
    return {.number = "notice_1",
        .kind = NoticeKind::warning,
        .from = "bank.example/log",
        .to = "Bank of the north",
        .subject = std::string(63, 'a') + "7",
        .level = "orange",
        .reasons = {"days_late", "cash_short"},
        .day = make_date(2026, 11, 30),
        .valid_until = make_date(2027, 2, 28)};
}

} // namespace

TEST_CASE("a notice says a digest, a level and names of reasons, and no amount or name") {
    const std::string text = to_text(orange());
    CHECK(text == "greenbank notice 1\nnumber: notice_1\nkind: warning\nfrom: bank.example/log\nto: Bank of the north\nsubject: " + std::string(63, 'a') +
                      "7\nlevel: orange\nreasons: days_late cash_short\nday: 2026-11-30\nvalid until: 2027-02-28\n");
    for (const NoticeKind kind : {NoticeKind::warning, NoticeKind::credit, NoticeKind::revocation}) {
        NoticeText notice = orange();
        notice.kind = kind;
        notice.penalties = 3;
        const auto read = parse_notice_text(to_text(notice));
        REQUIRE(read.has_value());
        CHECK(to_text(*read) == to_text(notice));
    }
    NoticeText bare = orange();
    bare.reasons.clear();
    CHECK(parse_notice_text(to_text(bare))->reasons.empty());
}

TEST_CASE("what was changed in one place is another notice or none, and what is read is written the same") {
    const std::string text = to_text(orange());
    CHECK(!parse_notice_text(""));
    CHECK(!parse_notice_text(text + "more: 1\n"));
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        Random random(seed);
        std::string changed = text;
        for (std::uint64_t i = 0; i <= random.below(3); ++i) {
            const std::size_t place = random.below(changed.size());
            if (random.chance(0.3)) changed.erase(place, 1 + random.below(5));
            else if (random.chance(0.5)) changed.insert(place, 1, static_cast<char>(random.below(128)));
            else changed[place] = static_cast<char>(random.below(256));
        }
        if (const auto read = parse_notice_text(changed)) CHECK_MESSAGE(to_text(*read) == changed, "seed ", seed);
    }
}

} // namespace greenbank::finance
