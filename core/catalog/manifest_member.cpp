#include "core/catalog/manifest_member.hpp"

#include <algorithm>

namespace weir::catalog {

void ManifestProblem::report(std::string_view path, json::Position position, const std::string& what) {
  if (found()) return;
  text_ = path.empty() ? "The manifest" : "The manifest's " + std::string(path);
  text_ += " (line " + std::to_string(position.line) + ", column " + std::to_string(position.column) + ") " + what;
}

ManifestObject::ManifestObject(const json::Value& value, std::string path, ManifestProblem& problem)
    : value_(value), path_(std::move(path)), problem_(problem) {
  if (!value_.isObject()) {
    problem_.report(path_, value_.position(), "must be an object, not " + std::string(kindName(value_.kind())) + ".");
  }
}

std::string ManifestObject::memberPath(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void ManifestObject::report(std::string_view member, const std::string& what) const {
  const json::Value* const value = find(member);
  problem_.report(memberPath(member), value == nullptr ? value_.position() : value->position(), what);
}

void ManifestObject::allow(std::initializer_list<std::string_view> known) const {
  for (const json::Member& member : value_.members()) {
    if (std::find(known.begin(), known.end(), member.name) != known.end()) continue;
    problem_.report(memberPath(member.name), member.position, "is not known here." + didYouMean(member.name, known));
  }
}

const json::Value* ManifestObject::typed(std::string_view name, json::Kind kind) const {
  const json::Value* const value = find(name);
  if (value == nullptr) return nullptr;
  if (value->kind() == kind) return value;
  report(name, "must be " + std::string(kindName(kind)) + ", not " + std::string(kindName(value->kind())) + ".");
  return nullptr;
}

std::string ManifestObject::text(std::string_view name, bool required) const {
  if (required && !has(name)) report(name, "is missing: add it as a text.");
  const json::Value* const value = typed(name, json::Kind::Text);
  if (value == nullptr) return {};
  if (required && value->asText().empty()) report(name, "must not be empty.");
  return value->asText();
}

std::string ManifestObject::identifier(std::string_view name) const {
  std::string value = text(name, true);
  const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool good = !value.empty() && isLetter(value[0]) && std::all_of(value.begin(), value.end(), [&](char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
  });
  if (!good) report(name, "must be a letter followed by letters, digits and '_'.");
  return value;
}

bool ManifestObject::flag(std::string_view name, bool byDefault) const {
  const json::Value* const value = typed(name, json::Kind::Boolean);
  return value == nullptr ? byDefault : value->asBoolean();
}

std::int64_t ManifestObject::integer(std::string_view name, std::int64_t byDefault) const {
  const json::Value* const value = typed(name, json::Kind::Number);
  if (value == nullptr) return byDefault;
  const std::optional<std::int64_t> number = value->asInteger();
  if (!number || *number < 0 || *number > INT32_MAX) report(name, "must be a whole number from 0 to 2147483647.");
  return number.value_or(byDefault);
}

std::optional<double> ManifestObject::number(std::string_view name) const {
  const json::Value* const value = typed(name, json::Kind::Number);
  return value == nullptr ? std::nullopt : value->asNumber();
}

std::vector<json::Value> ManifestObject::values(std::string_view name) const {
  const json::Value* const value = typed(name, json::Kind::List);
  return value == nullptr ? std::vector<json::Value>() : value->items();
}

std::vector<std::string> ManifestObject::texts(std::string_view name) const {
  std::vector<std::string> out;
  const json::Value* const value = typed(name, json::Kind::List);
  if (value == nullptr) return out;
  for (const json::Value& item : value->items()) {
    if (!item.isText()) {
      problem_.report(memberPath(name), item.position(), "must be a list of texts.");
      return out;
    }
    out.push_back(item.asText());
  }
  return out;
}

std::vector<ManifestObject> ManifestObject::objects(std::string_view name) const {
  std::vector<ManifestObject> out;
  const json::Value* const value = typed(name, json::Kind::List);
  if (value == nullptr) return out;
  for (std::size_t i = 0; i < value->items().size(); ++i) {
    const std::string index = "[" + std::to_string(i) + "]";
    out.emplace_back(value->items()[i], memberPath(name) + index, problem_);
  }
  return out;
}

std::optional<ManifestObject> ManifestObject::object(std::string_view name) const {
  const json::Value* const value = find(name);
  if (value == nullptr) return std::nullopt;
  return ManifestObject(*value, memberPath(name), problem_);
}

std::size_t ManifestObject::choice(std::string_view name, const std::vector<std::string_view>& words,
                                   std::size_t byDefault) const {
  const json::Value* const value = typed(name, json::Kind::Text);
  if (value == nullptr) return byDefault;
  const auto found = std::find(words.begin(), words.end(), value->asText());
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + std::string(word);
  report(name, "is \"" + value->asText() + "\", which is none of: " + list + ".");
  return byDefault;
}

}  // namespace weir::catalog
