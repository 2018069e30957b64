// sorting.cpp — one ICU collator for each language and thread.
#include "search/sorting.h"

#include <unicode/coll.h>
#include <unicode/unistr.h>

#include "kernel/result.h"

namespace greenbank::search {

namespace {

std::unique_ptr<icu::Collator> make_collator(const char* locale) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale(locale), status));
    require(U_SUCCESS(status) && collator != nullptr, "ICU has no collator");
    return collator;
}

const icu::Collator& collator(Language language) {
    static thread_local std::unique_ptr<icu::Collator> collators[3];
    constexpr const char* locales[] = {"zh@collation=pinyin", "en", "ru"};
    auto& made = collators[static_cast<int>(language)];
    if (!made) made = make_collator(locales[static_cast<int>(language)]);
    return *made;
}

} // namespace

std::string sort_key(std::string_view title, Language language) {
    const auto text = icu::UnicodeString::fromUTF8({title.data(), static_cast<int32_t>(title.size())});
    std::string key(title.size() * 2 + 16, '\0');
    const auto room = static_cast<int32_t>(key.size());
    const int32_t length = collator(language).getSortKey(text, reinterpret_cast<std::uint8_t*>(key.data()), room);
    key.resize(static_cast<std::size_t>(length));
    if (length > room) collator(language).getSortKey(text, reinterpret_cast<std::uint8_t*>(key.data()), length);
    return key;
}

std::uint64_t short_sort_key(std::string_view title, Language language) {
    const std::string key = sort_key(title, language);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
    return number;
}

} // namespace greenbank::search
