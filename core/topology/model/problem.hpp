// What is wrong with a topology, or worth knowing: for people on a terminal and for the designer alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace weir::topology {

enum class Severity : std::uint8_t { Info, Warning, Error };

// One step of a quick fix. `target` is a node's or topic's id, "from -> to" of an edge, or empty for the topology
// itself; `path` addresses a member of it: "use", "params.size", "params.aggregates.0.field", "from".
struct FixStep {
  enum class Kind : std::uint8_t { Set, Remove };
  Kind kind = Kind::Set;
  std::string target;
  std::string path;
  json::Value value;  // Set
};

struct QuickFix {
  std::string title;  // an order: "Change to \"region\""
  std::vector<FixStep> steps;
};

// `code` is stable: docs/problems.md lists them all.
struct Problem {
  std::string_view code;  // of a constant in problem_codes.hpp
  Severity severity = Severity::Error;
  json::Position position;
  std::string node;       // id of the node, topic or group; empty when it is about the file or an edge
  std::string edge;       // "from -> to"
  std::string parameter;  // path: "size", "aggregates.0.field"
  std::string message;    // what is wrong, in one sentence
  std::string help;       // what to do, in one sentence
  std::optional<QuickFix> fix;
};

using Problems = std::vector<Problem>;

// Whether it only says that something has still to be filled in or connected: nothing wrong was put there.
bool isDraft(const Problem& problem);
bool hasErrors(const Problems& problems);
// "FILE:3:7: error WEIR1201: ...\n    what to do\n", one after the other, in the order of the file.
std::string problemsText(const Problems& problems, std::string_view file);
// {"file": ..., "problems": [...]} on one line.
std::string problemsJson(const Problems& problems, std::string_view file);

}  // namespace weir::topology
