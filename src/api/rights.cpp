// rights.cpp — may this caller do that: the one place where a right is checked by name, and whether they have seen what they change.
// Whose record it is, the rooms ask.
#include <algorithm>

#include "api/api.h"

namespace greenbank {

bool Actor::may(Right right) const {
    if (right == open_to_all) return true;
    if (person.empty()) return false;
    return right == signed_in || std::find(rights.begin(), rights.end(), right.name) != rights.end();
}

Result<Done> allow(const Caller& caller, Right right) {
    if (caller.actor.may(right)) return Done{};
    if (caller.actor.person.empty()) return Error{Failure::unauthenticated, "access.sign_in", "Sign in first."};
    return Error{Failure::forbidden, "access.forbidden", "You need the right {right} for this; ask an administrator of your organisation.",
        {{"right", std::string(right.name)}}};
}

Result<Done> check_expected(const Caller& caller, std::int64_t version) {
    if (!caller.version_expected || *caller.version_expected == version) return Done{};
    return Error{Failure::precondition, "store.version", "Somebody has changed this since you opened it; load it again and repeat your change."};
}

} // namespace greenbank
