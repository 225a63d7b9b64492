#include "core/topology/model/nul_text.hpp"

#include <utility>

namespace weir::topology {

namespace {

bool holdsNul(const std::string& text) {
  return text.find('\0') != std::string::npos;
}

void collect(const json::Value& value, std::vector<json::Position>& places) {
  if (value.isText() && holdsNul(value.asText())) places.push_back(value.position());
  for (const json::Value& item : value.items()) collect(item, places);
  for (const json::Member& member : value.members()) {
    if (holdsNul(member.name)) places.push_back(member.position);
    collect(member.value, places);
  }
}

}  // namespace

std::vector<json::Position> nulsIn(const json::Value& value) {
  std::vector<json::Position> places;
  collect(value, places);
  return places;
}

std::string withoutNul(std::string text) {
  std::erase(text, '\0');
  return text;
}

json::Value withoutNul(json::Value value) {
  if (value.isText()) return json::Value::text(withoutNul(value.asText())).at(value.position());
  for (json::Value& item : value.items()) item = withoutNul(std::move(item));
  for (json::Member& member : value.members()) {
    member.name = withoutNul(std::move(member.name));
    member.value = withoutNul(std::move(member.value));
  }
  return value;
}

}  // namespace weir::topology
