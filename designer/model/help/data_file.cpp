#include "designer/model/help/data_file.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/base/json_parser.hpp"
#include "designer/model/edits/paths.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(DataFile)
};

std::string textOf(const json::Value& object, std::string_view name) {
  const json::Value* const value = object.find(name);
  return value == nullptr ? std::string() : value->asText();
}

json::Value asValue(const EventTime& time) {
  json::Value value = json::Value::object();
  value.set("field", json::Value::text(time.field));
  value.set("disorder", json::Value::text(time.disorder));
  return value;
}

// What the file says of a source's parameters.
void describe(json::Value& params, const DataFile& data) {
  params.set("format", json::Value::text(data.format));
  params.set("schema", data.schema);
  std::erase_if(params.members(), [](const json::Member& member) { return member.name == "event_time"; });
  if (!data.times.empty()) params.set("event_time", asValue(data.times.front()));
}

// "logs/departures-*.ndjson" -> "departures".
std::string nameOf(const std::string& path) {
  std::string name = QFileInfo(QString::fromStdString(path)).completeBaseName().toStdString();
  while (!name.empty() && std::isalnum(static_cast<unsigned char>(name.back())) == 0) name.pop_back();
  return name.empty() ? "source" : name;
}

}  // namespace

Result<DataFile> dataFileFromJson(const QByteArray& text) {
  WEIR_TRY_ASSIGN(root, json::parseText({text.constData(), static_cast<std::size_t>(text.size())}));
  const json::Value* const schema = root.find("schema");
  if (schema == nullptr || !schema->isList()) return configError("The runner's answer has no 'schema'.");
  DataFile data;
  data.format = textOf(root, "format");
  data.schema = *schema;
  const json::Value* const times = root.find("event_times");
  for (const json::Value& time : times == nullptr ? std::vector<json::Value>() : times->items()) {
    const json::Value* const usable = time.find("usable");
    if (usable == nullptr || !usable->asBoolean()) continue;
    data.times.push_back({textOf(time, "field"), textOf(time, "disorder")});
  }
  const json::Value* const problems = root.find("problems");
  for (const json::Value& problem : problems == nullptr ? std::vector<json::Value>() : problems->items()) {
    const QString message = QString::fromStdString(textOf(problem, "message"));
    const json::Value* const line = problem.find("line");
    data.doubts.push_back(
        line == nullptr ? message : Words::tr("Line %1: %2").arg(QString::fromStdString(line->asText()), message));
  }
  return data;
}

bool isDataFile(const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  return suffix == "ndjson" || suffix == "jsonl" || suffix == "json";
}

std::string pathBeside(const QString& folder, const QString& file) {
  if (folder.isEmpty()) return file.toStdString();
  const QString relative = QDir(folder).relativeFilePath(file);
  return (relative.startsWith(QStringLiteral("..")) ? file : relative).toStdString();
}

Edit addFileSource(const topology::Topology& topology, const std::string& path, const DataFile* data, Point at) {
  Edit edit{Words::tr("Add a file source"), topology, {}, {}};
  topology::Node node;
  node.id.value = freshId(topology, nameOf(path));
  node.use.value = kFileSource;
  node.params.set("path", json::Value::text(path));
  if (data != nullptr) describe(node.params, *data);
  edit.selection = Selection{node.id.value};
  drawing::setPositions(edit.after.layout, {{node.id.value, at}});
  edit.after.nodes.emplace_back(std::move(node));
  return edit;
}

Result<Edit> readFrom(const topology::Topology& topology, const std::string& node, const std::string& path,
                      const DataFile* data) {
  WEIR_TRY_ASSIGN(edit, setValue(topology, node, "params.path", json::Value::text(path)));
  if (data == nullptr) return edit;
  json::Value params = edit.after.node(node)->params;
  describe(params, *data);
  topology::FixStep step{topology::FixStep::Kind::Set, node, "params", std::move(params)};
  WEIR_TRY(applyStep(edit.after, step));
  edit.label = Words::tr("Take the columns of %1").arg(QFileInfo(QString::fromStdString(path)).fileName());
  return edit;
}

Result<Edit> takeEventTime(const topology::Topology& topology, const std::string& node, const EventTime& time) {
  WEIR_TRY_ASSIGN(edit, setValue(topology, node, "params.event_time", asValue(time)));
  edit.label = Words::tr("Take %1 as event time").arg(QString::fromStdString(time.field));
  return edit;
}

}  // namespace weir::designer
