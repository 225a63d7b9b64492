#include "core/adapters/host/load/derive_service.hpp"

#include <sys/stat.h>

#include <chrono>
#include <utility>

#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"
#include "core/base/type_name.hpp"

namespace weir::host {

namespace {

std::string textOf(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value == nullptr ? "" : value->asText();
}

// Fields in full, where type names would lose odd field names and the nullability of list elements.
json::Value asJson(const std::vector<Field>& fields) {
  json::Value list = json::Value::list();
  for (const Field& field : fields) {
    const bool nested = !field.type.children.empty() || field.type.id == TypeId::Struct;
    json::Value item = json::Value::object();
    item.set("name", json::Value::text(field.name));
    if (!nested) item.set("type", json::Value::text(typeName(field.type)));
    if (nested) item.set(field.type.id == TypeId::List ? "list" : "struct", asJson(field.type.children));
    item.set("nullable", json::Value::boolean(field.nullable));
    list.items().push_back(std::move(item));
  }
  return list;
}

Result<std::vector<Field>> asFields(const json::Value& list) {
  std::vector<Field> fields;
  for (const json::Value& item : list.items()) {
    Field field{textOf(item, "name"), TypeId::Int64, true};
    const json::Value* nullable = item.find("nullable");
    field.nullable = nullable == nullptr || nullable->asBoolean();
    const json::Value* elements = item.find("list");
    const json::Value* members = item.find("struct");
    if (elements != nullptr || members != nullptr) {
      WEIR_TRY_ASSIGN(children, asFields(elements != nullptr ? *elements : *members));
      if (elements != nullptr && children.size() != 1) return fatalError("A list has one kind of element.");
      field.type = elements != nullptr ? DataType::list(children[0]) : DataType::structure(children);
    } else {
      WEIR_TRY_ASSIGN(type, parseType(textOf(item, "type")));
      field.type = type;
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

std::string questionOf(const topology::DeriveRequest& request) {
  json::Value inputs = json::Value::list();
  for (const Schema& schema : request.inputs) inputs.items().push_back(asJson(schema.fields));
  json::Value question = json::Value::object();
  question.set("use", json::Value::text(request.use));
  question.set("stage", json::Value::number(static_cast<std::int64_t>(request.stage)));
  question.set("params", json::Value::text(request.params));
  question.set("inputs", std::move(inputs));
  return json::write(question);
}

Result<std::vector<Schema>> schemasIn(const json::Value& object, std::string_view name) {
  std::vector<Schema> schemas;
  const json::Value* list = object.find(name);
  if (list == nullptr) return fatalError("The answer of the child process has no " + std::string(name) + ".");
  for (const json::Value& item : list->items()) {
    WEIR_TRY_ASSIGN(fields, asFields(item));
    schemas.push_back({std::move(fields)});
  }
  return schemas;
}

Result<std::vector<Schema>> answerTo(runtime::PluginHost& host, const std::string& line) {
  WEIR_TRY_ASSIGN(question, json::parseText(line));
  WEIR_TRY_ASSIGN(inputs, schemasIn(question, "inputs"));
  const json::Value* stage = question.find("stage");
  const std::int64_t number = stage == nullptr ? 0 : stage->asInteger().value_or(0);
  if (number < WEIR_STAGE_WHOLE || number > WEIR_STAGE_FINAL) return fatalError("There is no such stage.");
  return host.deriveSchemas(textOf(question, "use"), static_cast<weir_stage>(number), textOf(question, "params"),
                            inputs);
}

}  // namespace

void serveDerivations(runtime::PluginHost& host, std::istream& in, std::ostream& out) {
  for (std::string line; std::getline(in, line);) {
    const Result<std::vector<Schema>> schemas = answerTo(host, line);
    json::Value answer = json::Value::object();
    if (schemas) {
      json::Value list = json::Value::list();
      for (const Schema& schema : *schemas) list.items().push_back(asJson(schema.fields));
      answer.set("outputs", std::move(list));
    } else {
      answer.set("refused", json::Value::boolean(schemas.error().kind == ErrorKind::Config));
      answer.set("error", json::Value::text(schemas.error().message));
    }
    out << json::write(answer) << std::endl;  // a line at a time, and at once
  }
}

DeriveClient::DeriveClient(std::vector<std::string> command, const catalog::Catalog& catalog, int timeLimitMilliseconds)
    : command_(std::move(command)), catalog_(catalog), timeLimit_(timeLimitMilliseconds) {}

std::string DeriveClient::stampOf(const std::string& use) const {
  const catalog::CatalogEntry* entry = catalog_.plugin(use.substr(0, use.find('.')));
  struct stat info {};
  if (entry == nullptr || ::stat(entry->libraryPath.c_str(), &info) != 0) return use;
  return entry->libraryPath + ":" + std::to_string(info.st_ino) + ":" + std::to_string(info.st_size) + ":" +
         std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec);
}

Result<std::vector<Schema>> DeriveClient::derive(const topology::DeriveRequest& request) {
  const std::string question = questionOf(request);
  const std::string key = stampOf(request.use) + "\n" + question;
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  Result<std::vector<Schema>> answer = ask(question);
  known_.emplace(key, answer);
  return answer;
}

Result<std::vector<Schema>> DeriveClient::ask(const std::string& question) {
  if (!child_) {
    WEIR_TRY_ASSIGN(started, ChildProcess::start(command_));
    child_.emplace(std::move(started));
  }
  using SteadyClock = std::chrono::steady_clock;
  const auto end = SteadyClock::now() + std::chrono::milliseconds(timeLimit_);
  const Result<void> written = child_->writeLine(question);
  while (written) {
    std::string line;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now()).count();
    const Result<LineOutcome> outcome = child_->readLine(line, static_cast<int>(left));
    if (!outcome || *outcome == LineOutcome::End) break;
    if (*outcome == LineOutcome::TimedOut) {
      child_.reset();
      return fatalError("The operator did not answer for its output schema within " + std::to_string(timeLimit_) +
                        " ms. `weir plugin-check` tries its plugin out.");
    }
    const Result<json::Value> answer = json::parseText(line);
    if (!answer || !answer->isObject()) continue;  // a plugin that prints to standard output
    if (answer->find("outputs") != nullptr) return schemasIn(*answer, "outputs");
    const json::Value* refused = answer->find("refused");
    const std::string error = textOf(*answer, "error");
    return refused != nullptr && refused->asBoolean() ? configError(error) : fatalError(error);
  }
  child_->kill();
  std::string how;
  child_->finish(how);
  child_.reset();
  return fatalError("The process that asks operators for their output schemas died of " + how +
                    ". `weir plugin-check` tries the plugin out.");
}

topology::SchemaDeriver DeriveClient::deriver() {
  return [this](const topology::DeriveRequest& request) { return derive(request); };
}

}  // namespace weir::host
