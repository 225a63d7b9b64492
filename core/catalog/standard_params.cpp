#include "core/catalog/standard_params.hpp"

#include <algorithm>

namespace weir::catalog {

namespace {

ParamSpec make(std::string name, ParamType type, std::string title, std::string help) {
  ParamSpec param;
  param.name = std::move(name);
  param.type = type;
  param.standard = true;
  param.title = std::move(title);
  param.help = std::move(help);
  return param;
}

ParamSpec required(ParamSpec param) {
  param.required = true;
  return param;
}

ParamSpec count(ParamSpec param) {
  constexpr double kMostTasks = 4096;
  param.minimum = 1;
  param.maximum = kMostTasks;
  return param;
}

std::vector<ParamSpec> standardParams(const OperatorSpec& spec) {
  std::vector<ParamSpec> params;
  if (spec.kind == OperatorKind::Source) {
    if (!spec.givesRows) {
      params.push_back(required(make("format", ParamType::Format, "Format", "How the bytes become rows.")));
    }
    params.push_back(make("schema", ParamType::Schema, "Schema", "The columns to read, with their types."));
    if (!spec.givesRows) params.back().required = true;
    params.push_back(eventTimeParam());
    params.push_back(count(make("tasks", ParamType::Integer, "Tasks", "How many tasks share the splits.")));
    params.back().defaultValue = json::Value::number(1);
    params.push_back(make("idle_after", ParamType::Duration, "Idle after",
                          "A split that is silent for so long no longer holds time back. Without it: never."));
    params.back().minimum = 1;
  }
  if (!spec.partitionBy.empty() || spec.keyedByPort) {
    params.push_back(
        count(make("partitions", ParamType::Integer, "Partitions",
                   "How many tasks share the keys, when rows have to move. Without it: as many as before.")));
  }
  return params;
}

}  // namespace

ParamSpec eventTimeParam() {
  ParamSpec time =
      make("event_time", ParamType::Object, "Event time", "When a row happened, and how far out of order.");
  time.members.push_back(required(make("field", ParamType::Field, "Field", "A timestamp column.")));
  time.members.push_back(make("disorder", ParamType::Duration, "Disorder",
                              "How much older than the newest row before it a row may be and still be in time."));
  time.members.back().defaultValue = json::Value::text("0s");
  time.members.back().minimum = 0;
  time.members.push_back(make("max_ahead", ParamType::Duration, "Most ahead",
                              "How far ahead of the clock a row may be when it is first read; one that is further is a "
                              "dead letter. \"none\": as far as it likes."));
  time.members.back().choices = {"none"};
  time.members.back().defaultValue = json::Value::text("1d");
  time.members.back().minimum = 0;
  return time;
}

bool isStandardParam(const OperatorSpec& spec, std::string_view name) {
  const std::vector<ParamSpec> params = standardParams(spec);
  return std::any_of(params.begin(), params.end(), [&](const ParamSpec& param) { return param.name == name; });
}

void addStandardParams(OperatorSpec& spec) {
  for (ParamSpec& param : standardParams(spec)) spec.params.push_back(std::move(param));
}

}  // namespace weir::catalog
