// frames.h — the envelope of OCPP-J 1.6: calls, answers and errors as lists of JSON, and the shape each call must have. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "kernel/value_tree.h"

namespace greenbank::energy::charge_point {

struct Call {
    std::string id, action;
    ValueTree body;
};
struct CallAnswer {
    std::string id;
    ValueTree body;
};
struct CallError {
    std::string id, code, description;
};
/// Absent: no frame of OCPP-J.
using Frame = std::variant<std::monostate, Call, CallAnswer, CallError>;

Frame read_frame(const ValueTree& tree);
ValueTree call_frame(std::string_view id, std::string_view action, ValueTree body);
ValueTree answer_frame(std::string_view id, ValueTree body);
ValueTree error_frame(std::string_view id, std::string_view code, std::string_view description);

/// The error codes of the specification, in its own spelling.
inline constexpr std::string_view not_implemented = "NotImplemented", internal_error = "InternalError", protocol_error = "ProtocolError",
                                  formation_violation = "FormationViolation", property_violation = "PropertyConstraintViolation",
                                  occurrence_violation = "OccurenceConstraintViolation", type_violation = "TypeConstraintViolation",
                                  generic_error = "GenericError";

struct ShapeFault {
    std::string_view code;
    std::string description;
};
/// What is wrong with the body of a call of a charge point, first fault only; nothing where all is well. `not_implemented` where the
/// action is none of those a central system answers.
std::optional<ShapeFault> shape_fault(std::string_view action, const ValueTree& body);

} // namespace greenbank::energy::charge_point
