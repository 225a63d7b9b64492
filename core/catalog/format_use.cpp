#include "core/catalog/format_use.hpp"

#include <utility>

#include "core/base/json_parser.hpp"

namespace weir::catalog {

std::string formatText(std::string_view use, const json::Value& params) {
  if (params.members().empty()) return std::string(use);
  json::Value whole = json::Value::object();
  whole.set(std::string(kUse), json::Value::text(std::string(use)));
  for (const json::Member& member : params.members()) whole.set(member.name, member.value);
  return json::write(whole);
}

Result<FormatUse> readFormat(std::string_view text) {
  if (!text.starts_with('{')) return FormatUse{std::string(text)};
  WEIR_TRY_ASSIGN(whole, json::parseText(text));
  const json::Value* const use = whole.find(kUse);
  if (use == nullptr || !use->isText()) return configError("A format names itself in \"use\": " + std::string(text));
  json::Value params = json::Value::object();
  for (const json::Member& member : whole.members()) {
    if (member.name != kUse) params.set(member.name, member.value);
  }
  return FormatUse{use->asText(), json::write(params)};
}

}  // namespace weir::catalog
