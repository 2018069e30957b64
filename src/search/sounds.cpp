// sounds.cpp — ICU's table of pinyin, words in which it is wrong, and ways to cut what was typed into syllables.
#include "search/sounds.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <unordered_map>

#include "kernel/text.h"
#include "kernel/utf8.h"
#include "search/units.h"

namespace greenbank::search {

// The table made by cmake/sounds_table.cpp.
extern const char* const sound_syllables[];
extern const unsigned sound_syllables_count;
extern const std::uint16_t sound_of_character[];

namespace {

constexpr char32_t table_begin = 0x4e00, table_end = 0xa000;
constexpr char separator = '\x1f';
constexpr std::size_t beginning_letters = 4; // of a sound key, enough to leave few phrases

/// Where the table, which takes each character alone, is wrong. The longest word holds.
const std::unordered_map<std::string_view, std::string_view>& words() {
    static const std::unordered_map<std::string_view, std::string_view> table = {// 重: zhong, but "again" is chong
        {"重复", "chong fu"}, {"重整", "chong zheng"}, {"重构", "chong gou"}, {"重建", "chong jian"}, {"重庆", "chong qing"}, {"重组", "chong zu"},
        {"重新", "chong xin"}, {"重叠", "chong die"}, {"重启", "chong qi"}, {"重铸", "chong zhu"}, {"双重", "shuang chong"}, {"多重", "duo chong"},
        {"重塑", "chong su"}, {"重生", "chong sheng"}, {"重置", "chong zhi"},
        // 长: zhang, but "long" is chang
        {"长", "chang"}, {"增长", "zeng zhang"}, {"生长", "sheng zhang"}, {"成长", "cheng zhang"}, {"市长", "shi zhang"}, {"院长", "yuan zhang"},
        {"局长", "ju zhang"}, {"岛长", "dao zhang"}, {"河长", "he zhang"}, {"林长", "lin zhang"},
        // 调: diao, but "adjust" is tiao
        {"调查", "diao cha"}, {"调度", "diao du"}, {"调研", "diao yan"}, {"调配", "diao pei"}, {"调水", "diao shui"}, {"调出", "diao chu"}, {"调入", "diao ru"},
        {"调", "tiao"},
        // others of the field
        {"银行", "yin hang"}, {"行业", "hang ye"}, {"行距", "hang ju"}, {"央行", "yang hang"}, {"商行", "shang hang"}, {"同行", "tong hang"},
        {"还原", "huan yuan"}, {"还田", "huan tian"}, {"还款", "huan kuan"}, {"还草", "huan cao"}, {"还林", "huan lin"}, {"还湿", "huan shi"},
        {"偿还", "chang huan"}, {"返还", "fan huan"}, {"给水", "ji shui"}, {"供给", "gong ji"}, {"给排水", "ji pai shui"}, {"曝晒", "pu shai"}, {"曝", "bao"},
        {"弹性", "tan xing"}, {"弹簧", "tan huang"}, {"薄膜", "bo mo"}, {"薄层", "bo ceng"}, {"薄板", "bo ban"}, {"薄片", "bo pian"}, {"会计", "kuai ji"},
        {"西藏", "xi zang"}, {"藏族", "zang zu"}, {"青藏", "qing zang"}, {"厦门", "xia men"}, {"校准", "jiao zhun"}, {"校核", "jiao he"}, {"校验", "jiao yan"},
        {"校正", "jiao zheng"}, {"地壳", "di qiao"}, {"轧钢", "zha gang"}, {"轧制", "zha zhi"}, {"冷轧", "leng zha"}, {"热轧", "re zha"}, {"模具", "mu ju"},
        {"模板", "mu ban"}, {"模样", "mu yang"}, {"便宜", "pian yi"}, {"都市", "du shi"}, {"首都", "shou du"}, {"成都", "cheng du"}, {"地", "di"},
        {"参差", "cen ci"}, {"厌恶", "yan wu"}, {"似的", "shi de"}, {"似", "si"}, {"拓", "tuo"}, {"拓片", "ta pian"}, {"率先", "shuai xian"},
        {"泊位", "bo wei"}, {"盛装", "cheng zhuang"}, {"倔强", "jue jiang"}, {"关卡", "guan qia"}, {"着陆", "zhuo lu"}, {"着色", "zhuo se"},
        {"附着", "fu zhuo"}, {"吸着", "xi zhuo"}, {"沉着", "chen zhuo"}, {"胶着", "jiao zhuo"}, {"巷道", "hang dao"}, {"投降", "tou xiang"},
        {"粘土", "nian tu"}, {"粘结", "nian jie"}, {"粘合", "nian he"}};
    return table;
}
constexpr std::size_t word_characters_max = 3;

std::string_view table_syllable(char32_t c) { return c >= table_begin && c < table_end ? sound_syllables[sound_of_character[c - table_begin]] : ""; }

/// Every way a syllable may be begun: "b", "be", "ben", "beng".
const std::set<std::string, std::less<>>& syllable_beginnings() {
    static const std::set<std::string, std::less<>> all = [] {
        std::set<std::string, std::less<>> made;
        for (unsigned i = 0; i < sound_syllables_count; ++i)
            for (std::string syllable = sound_syllables[i]; !syllable.empty(); syllable.pop_back()) {
                made.insert(syllable);
                std::string with_u = syllable;
                std::replace(with_u.begin(), with_u.end(), 'v', 'u');
                made.insert(with_u);
            }
        return made;
    }();
    return all;
}

void cut(std::string_view rest, std::string& firsts, std::set<std::string>& out) {
    if (rest.empty() || firsts.size() == beginning_letters) {
        out.insert(firsts);
        return;
    }
    for (std::size_t length = 1; length <= rest.size() && (length == 1 || syllable_beginnings().contains(rest.substr(0, length))); ++length) {
        firsts += rest[0];
        cut(rest.substr(length), firsts, out);
        firsts.pop_back();
    }
}

bool same_letter(char typed, char letter) { return typed == letter || (letter == 'v' && typed == 'u'); }

} // namespace

std::vector<std::string> syllables(std::string_view folded_phrase) {
    std::vector<std::string> out;
    bool chinese = false;
    for (std::size_t at = 0; at < folded_phrase.size();) {
        const std::string_view rest = folded_phrase.substr(at);
        bool known = false;
        for (std::size_t count = word_characters_max; count > 0 && !known; --count) {
            const std::string_view word = first_characters(rest, count);
            const auto found = words().find(word);
            if (found == words().end()) continue;
            for (const std::string_view syllable : split(found->second, ' ')) out.emplace_back(syllable);
            at += word.size();
            known = chinese = true;
        }
        if (known) continue;
        const std::size_t begin = at;
        const char32_t c = next_character(folded_phrase, at);
        if (const std::string_view syllable = table_syllable(c); !syllable.empty()) out.emplace_back(syllable), chinese = true;
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out.emplace_back(folded_phrase.substr(begin, at - begin));
    }
    return chinese ? out : std::vector<std::string>();
}

std::string sound_key(std::string_view folded_phrase) {
    const std::vector<std::string> all = syllables(folded_phrase);
    if (all.empty()) return "";
    std::string key;
    for (const std::string& syllable : all) key += syllable[0];
    return key + separator + join(all, " ") + separator + std::string(folded_phrase);
}

SoundKey parse_sound_key(std::string_view key) {
    const std::vector<std::string_view> parts = split(key, separator);
    return parts.size() == 3 ? SoundKey{split(parts[1], ' '), parts[2]} : SoundKey{};
}

std::string typed_sound(std::string_view folded_text) {
    std::string out;
    bool letters = false;
    for (std::size_t at = 0; at < folded_text.size();) {
        const char32_t c = next_character(folded_text, at);
        if (c == ' ' || c == '\'' || c == 0x2019) continue;
        const bool letter = (c >= 'a' && c <= 'z') || c == 0xfc;
        if (!letter && !(c >= '0' && c <= '9')) return "";
        out += c == 0xfc ? 'v' : static_cast<char>(c);
        letters = letters || letter;
    }
    return letters && out.size() >= 2 ? out : "";
}

std::vector<std::string> possible_beginnings(std::string_view typed_sound) {
    std::set<std::string> all;
    std::string firsts;
    cut(typed_sound, firsts, all);
    std::vector<std::string> out;
    for (const std::string& beginning : all) // in order: what another begins comes right after it
        if (out.empty() || !beginning.starts_with(out.back())) out.push_back(beginning);
    return out;
}

bool sounds_so(std::string_view typed_sound, const std::vector<std::string_view>& syllables) {
    std::vector<char> reached(typed_sound.size() + 1), next(typed_sound.size() + 1); // letters used up
    reached[0] = 1;
    for (const std::string_view syllable : syllables) {
        std::fill(next.begin(), next.end(), 0);
        bool any = false;
        for (std::size_t at = 0; at < typed_sound.size(); ++at) {
            if (reached[at] == 0) continue;
            for (std::size_t i = 0; i < syllable.size() && at + i < typed_sound.size() && same_letter(typed_sound[at + i], syllable[i]); ++i)
                next[at + i + 1] = 1, any = true;
        }
        if (next.back() != 0) return true;
        if (!any) return false;
        std::swap(reached, next);
    }
    return false;
}

} // namespace greenbank::search
