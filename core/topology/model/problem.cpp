#include "core/topology/model/problem.hpp"

#include <algorithm>

#include "core/base/printable.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

std::string_view severityName(Severity severity) {
  switch (severity) {
    case Severity::Info: return "info";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return "error";
}

json::Value toJson(const QuickFix& fix) {
  json::Value steps = json::Value::list();
  for (const FixStep& step : fix.steps) {
    json::Value out = json::Value::object();
    out.set("do", json::Value::text(step.kind == FixStep::Kind::Set ? "set" : "remove"));
    out.set("target", json::Value::text(step.target));
    out.set("path", json::Value::text(step.path));
    if (step.kind == FixStep::Kind::Set) out.set("value", step.value);
    steps.items().push_back(std::move(out));
  }
  json::Value out = json::Value::object();
  out.set("title", json::Value::text(fix.title));
  out.set("steps", std::move(steps));
  return out;
}

json::Value toJson(const Problem& problem) {
  json::Value out = json::Value::object();
  out.set("code", json::Value::text(std::string(problem.code)));
  out.set("severity", json::Value::text(std::string(severityName(problem.severity))));
  out.set("line", json::Value::number(problem.position.line));
  out.set("column", json::Value::number(problem.position.column));
  if (!problem.node.empty()) out.set("node", json::Value::text(problem.node));
  if (!problem.edge.empty()) out.set("edge", json::Value::text(problem.edge));
  if (!problem.parameter.empty()) out.set("parameter", json::Value::text(problem.parameter));
  out.set("message", json::Value::text(problem.message));
  if (!problem.help.empty()) out.set("help", json::Value::text(problem.help));
  if (problem.fix) out.set("fix", toJson(*problem.fix));
  return out;
}

std::vector<const Problem*> inFileOrder(const Problems& problems) {
  std::vector<const Problem*> sorted;
  for (const Problem& problem : problems) sorted.push_back(&problem);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem* left, const Problem* right) {
    const json::Position a = left->position;
    const json::Position b = right->position;
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  return sorted;
}

}  // namespace

bool isDraft(const Problem& problem) {
  return problem.code == codes::kMissingParameter || problem.code == codes::kNoSchema ||
         problem.code == codes::kInputUnconnected;
}

bool hasErrors(const Problems& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& problem) { return problem.severity == Severity::Error; });
}

std::string problemsText(const Problems& problems, std::string_view file) {
  std::string out;
  for (const Problem* const problem : inFileOrder(problems)) {
    out += file;
    if (problem->position.known()) {
      out += ":" + std::to_string(problem->position.line) + ":" + std::to_string(problem->position.column);
    }
    out += ": " + std::string(severityName(problem->severity)) + " " + std::string(problem->code) + ": ";
    out += printable(problem->message) + "\n";
    if (!problem->help.empty()) out += "    " + printable(problem->help) + "\n";
  }
  return out;
}

std::string problemsJson(const Problems& problems, std::string_view file) {
  json::Value list = json::Value::list();
  for (const Problem* const problem : inFileOrder(problems)) list.items().push_back(toJson(*problem));
  json::Value out = json::Value::object();
  out.set("file", json::Value::text(std::string(file)));
  out.set("problems", std::move(list));
  return json::write(out);
}

}  // namespace weir::topology
