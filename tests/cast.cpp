// cast.cpp — the people, the bodies, and an authenticator app of our own.
#include "cast.h"

#include <array>
#include <ctime>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace greenbank::testing {

Cast::Cast(std::vector<std::string> flags) :
    bank(folder.path(), std::move(flags)),
    nobody(bank.address()),
    administrator(bank.address()),
    officer(bank.address()),
    manager(bank.address()),
    editor(bank.address()),
    reader(bank.address()),
    other_manager(bank.address()),
    other_editor(bank.address()) {
    become_administrator(administrator, bank);
    centre = administrator.get("/session").at("/organisation/id");
    organisation = enter_organisation(administrator, "Island power company of the test");
    other_organisation = enter_organisation(administrator, "Harbour water works of the test");
    join(administrator, officer, "officer@bank.test", "officer");
    join(administrator, manager, "manager@island.test", "manager", organisation);
    join(manager, editor, "editor@island.test", "editor");
    join(manager, reader, "reader@island.test", "reader");
    join(administrator, other_manager, "manager@harbour.test", "manager", other_organisation);
    join(other_manager, other_editor, "editor@harbour.test", "editor");
}

Visitor Cast::newcomer(const std::string& email, const std::string& role, const std::string& in) {
    Visitor person = visitor();
    join(administrator, person, email, role, in);
    return person;
}

Cast& cast() {
    static Cast all;
    return all;
}

std::string need_body(const std::string& title, const std::string& more) {
    return fmt::format(R"({{"title":{{"en":"{}"}},"field":"water","country":"KZ"{}}})", title, more);
}
std::string technology_body(const std::string& title, const std::string& more) {
    return fmt::format(
        R"({{"title":{{"en":"{}"}},"summary":{{"en":"Cleans water with a membrane."}},"field":"water","readiness":{{"scale":"gbt22900","level":8}},"territories":["WORLD"],"origin":"CN"{}}})",
        title, more);
}
std::string capital_offer_body(const std::string& title, const std::string& more) {
    return fmt::format(R"({{"title":{{"en":"{}"}},"summary":{{"en":"A loan for clean water."}},"kind":"loan","countries":["WORLD"]{}}})", title, more);
}

std::string project_body(const std::string& title, const std::string& more) {
    return fmt::format(R"({{"title":{{"en":"{}"}},"summary":{{"en":"A plant of the test."}},"field":"energy_carbon","country":"CN"{}}})", title, more);
}

std::string create(Visitor& visitor, const std::string& path, const std::string& body) {
    const Answer created = visitor.post(path, body);
    REQUIRE_MESSAGE(created.status == 201, created.body);
    return created.at("/id");
}

static std::string code_at(const std::string& base32_secret, std::uint64_t step) {
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string key;
    unsigned held = 0;
    int bits = 0;
    for (const char c : base32_secret) {
        held = held << 5 | static_cast<unsigned>(alphabet.find(c));
        if ((bits += 5) < 8) continue;
        bits -= 8;
        key += static_cast<char>(held >> bits & 255);
    }
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < 8; ++i) counter[7 - i] = static_cast<unsigned char>(step >> (8 * i) & 255);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), digest.data(), &length);
    const std::size_t at = digest[length - 1] & 15;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | digest[at + i];
    return fmt::format("{:06}", (number & 0x7fffffff) % 1'000'000);
}

namespace {

std::string written(std::time_t at, const char* format) {
    char text[24];
    std::strftime(text, sizeof text, format, std::gmtime(&at));
    return text;
}

} // namespace

std::string day_from_now(int days, int hours) { return written(std::time(nullptr) + days * std::time_t{86'400} + hours * std::time_t{3600}, "%F"); }

std::string time_from_now(int seconds) { return written(std::time(nullptr) + seconds, "%FT%TZ"); }

std::string totp(const std::string& base32_secret, int steps) {
    // RFC 6238, appendix B: 59 s with the key "12345678901234567890".
    REQUIRE(code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1) == "287082");
    return code_at(base32_secret, static_cast<std::uint64_t>(std::time(nullptr) / 30 + steps));
}

} // namespace greenbank::testing
