// Collects problems of one node, topic or edge.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/topology/model/problem.hpp"

namespace weir::topology {

class Reporter {
 public:
  // `prefix` leads from the node or topic to what the parameters' paths address: "params." for nodes.
  Reporter(Problems& problems, std::string node, json::Position position, std::string prefix = "params.")
      : problems_(problems), node_(std::move(node)), position_(position), prefix_(std::move(prefix)) {}

  const std::string& node() const { return node_; }
  json::Position position() const { return position_; }
  // The path of a parameter as quick fixes write it.
  std::string place(const std::string& parameter) const { return prefix_ + parameter; }

  // The reference is good until the next report.
  Problem& report(std::string_view code, json::Position position, std::string parameter, std::string message,
                  std::string help) {
    Problem& problem = problems_.emplace_back();
    problem.code = code;
    problem.position = position.known() ? position : position_;
    problem.node = node_;
    problem.parameter = std::move(parameter);
    problem.message = std::move(message);
    problem.help = std::move(help);
    return problem;
  }

 private:
  Problems& problems_;
  std::string node_;
  json::Position position_;
  std::string prefix_;
};

// A quick fix that puts another text in one place.
inline QuickFix changeTo(std::string target, std::string path, std::string text) {
  QuickFix fix{"Change to \"" + text + "\"", {}};
  fix.steps.push_back({FixStep::Kind::Set, std::move(target), std::move(path), json::Value::text(std::move(text))});
  return fix;
}

}  // namespace weir::topology
