// result.cpp — the end for a broken promise, errors on their way, sentences with parameters.
#include "kernel/result.h"

#include <cstdio>
#include <cstdlib>

namespace greenbank {

void stop_for(const char* broken_promise) {
    std::fprintf(stderr, "greenbank stops: %s\n", broken_promise);
    std::abort();
}

Error* Failed::kept(Error&& error) { return new Error(std::move(error)); }
Error* Failed::kept(const Error& error) { return new Error(error); }
void Failed::forget(Error* error) { delete error; }

std::string fill_in(std::string_view sentence, const std::vector<Parameter>& parameters) {
    std::string out;
    out.reserve(sentence.size() + 32);
    for (std::size_t i = 0; i < sentence.size();) {
        if (sentence[i] == '{') {
            const std::size_t end = sentence.find('}', i);
            const std::string_view name = end == std::string_view::npos ? std::string_view{} : sentence.substr(i + 1, end - i - 1);
            const Parameter* found = nullptr;
            for (const Parameter& parameter : parameters)
                if (parameter.name == name) found = &parameter;
            if (found) {
                out += found->value;
                i = end + 1;
                continue;
            }
        }
        out += sentence[i++];
    }
    return out;
}

Error invalid(Problems problems) {
    require(!problems.empty(), "invalid() needs a problem");
    return {Failure::invalid, "body.invalid", "Some fields are not right; each is named with what to change.", {}, std::move(problems)};
}

} // namespace greenbank
