// assessment_cast.h — the people that assessment needs besides the cast; technologies, editions and declarations for them.
#pragma once

#include "cast.h"

namespace greenbank::testing {

/// The people that assessment needs besides the cast.
struct Court {
    Court() : second_officer(cast().visitor()), verifier(cast().visitor()), verifier_manager(cast().visitor()) {
        Cast& all = cast();
        join(all.administrator, second_officer, "officer2@bank.test", "officer");
        assessor = enter_organisation(all.administrator, "Verifier of the assessment test", "assessor");
        join(all.administrator, verifier_manager, "manager@verifier.test", "manager", assessor);
        join(verifier_manager, verifier, "editor@verifier.test", "editor");
    }

    /// An expert with an account of its own in an organisation of its own.
    std::pair<Visitor, std::string> expert(const std::string& name, const std::string& more = "") {
        Visitor person = cast().newcomer(name + "@experts.test", "reader", enter_organisation(cast().administrator, "Institute of " + name));
        const std::string id = create(cast().officer, "/experts",
            fmt::format(R"({{"name":{{"en":"{}"}},"country":"CN","person":"{}"{}}})", name, person.get("/session").at("/person/id"), more));
        REQUIRE(cast().officer.post("/experts/" + id + "/publish").status == 200);
        return {std::move(person), id};
    }

    std::string open_edition(bool panel_needed = true) {
        ++number;
        const std::string id = create(cast().officer, "/editions",
            fmt::format(R"({{"number":{0},"year":2026,"title":{{"en":"edition {0}"}},"panel_needed":{1}}})", number, panel_needed));
        REQUIRE(cast().officer.post("/editions/" + id + "/open").status == 200);
        return id;
    }

    Visitor second_officer, verifier, verifier_manager;
    std::string assessor;
    int number = 700;
};
inline Court& court() {
    static Court all;
    return all;
}

inline std::string published_technology(const std::string& title, const std::string& more = "") {
    const std::string id = create(cast().manager, "/technologies", technology_body(title, more));
    REQUIRE(cast().manager.post("/technologies/" + id + "/publish").status == 200);
    return id;
}
inline const char* const three_cases =
    R"(,"evidence":[{"kind":"case","title":{"en":"one"},"year":2018,"country":"CN"},{"kind":"case","title":{"en":"two"},"year":2020,"country":"CN","since":"2020-05-01"},{"kind":"case","title":{"en":"three"},"year":2022,"country":"KZ"}])";

inline std::string declare(const std::string& edition, const std::string& technology, const std::string& class_ = "demonstration") {
    const Answer declared =
        cast().manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"{}"}})", edition, technology, class_));
    REQUIRE_MESSAGE(declared.status == 200, declared.body);
    return "/admissions/" + declared.at("/id");
}

inline const char* const scores_of_70 =
    R"({"scores":[{"indicator":"advancement","score":70},{"indicator":"suitability","score":70},{"indicator":"reduction_effect","score":70},{"indicator":"promotion_potential","score":70}]})";

} // namespace greenbank::testing
