#include "core/topology/model/topic_settings.hpp"

#include "core/catalog/standard_params.hpp"

namespace weir::topology {

using catalog::ParamSpec;
using catalog::ParamType;

namespace {

ParamSpec make(std::string name, ParamType type, std::string title, std::string help) {
  ParamSpec spec;
  spec.name = std::move(name);
  spec.type = type;
  spec.title = std::move(title);
  spec.help = std::move(help);
  return spec;
}

}  // namespace

std::vector<ParamSpec> topicSettings() {
  constexpr double kMostPartitions = 4096;
  std::vector<ParamSpec> all;
  all.push_back(make("topic", ParamType::Text, "Topic", "Its name in the log. Without it: the id."));
  all.push_back(make("doc", ParamType::Text, "Note", "For people."));
  all.push_back(
      make("was", ParamType::List, "Was", "Ids that it had: who reads it goes on where it stood under them."));
  all.back().element.push_back(make("", ParamType::Text, "", ""));
  all.push_back(make("partitions", ParamType::Integer, "Partitions", "How many parts can be worked on at once."));
  all.back().minimum = 1;
  all.back().maximum = kMostPartitions;
  all.push_back(make("key", ParamType::Fields, "Key", "Rows with equal values here go to the same partition."));
  all.push_back(make("key_format", ParamType::Choice, "Key format", "How the key is written, which places the rows."));
  all.back().choices = {"string", "int64", "int32", "state"};
  all.push_back(
      make("value_format", ParamType::Format, "Value format",
           "Its rows are records of this format, for others to read and write. Without it: columns, which only "
           "Weir reads, and faster."));
  all.push_back(
      make("schema", ParamType::Schema, "Schema", "Its columns; needed where nothing in the topology writes it."));
  all.push_back(
      make("table", ParamType::Boolean, "Table",
           "Its rows change others: insert, update, delete. Needed where nothing in the topology writes it."));
  all.push_back(catalog::eventTimeParam());
  all.push_back(
      make("retention", ParamType::Duration, "Keep for",
           "Rows that were written longer ago are removed, but for those that a reader of the home has not read yet. "
           "Without it: kept."));
  all.back().minimum = 1;
  all.push_back(
      make("retention_bytes", ParamType::Integer, "Keep at most",
           "Bytes of one partition, but for rows that a reader of the home has not read yet. Without it: kept."));
  all.back().minimum = 1;
  all.back().unit = "bytes";
  all.push_back(
      make("on_gap", ParamType::Choice, "When rows are gone",
           "What a reader does when rows that it had still to read are gone: stop, or count them and go on."));
  all.back().choices = {"stop", "continue"};
  all.back().defaultValue = json::Value::text("stop");
  return all;
}

}  // namespace weir::topology
