#include "core/adapters/host/call/config_view.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "core/base/json.hpp"
#include "core/base/json_parser.hpp"
#include "weir/sdk/slice.hpp"

struct weir_config {
  weir::json::Value root;
};

namespace weir::host {

namespace {

// Takes the first part off a path: up to a dot, escapes undone.
std::string takePart(std::string_view& path) {
  std::string part;
  std::size_t at = 0;
  for (; at < path.size() && path[at] != '.'; ++at) {
    if (path[at] == '\\' && at + 1 < path.size()) {
      ++at;
      if (path[at] == 'e') continue;  // nothing: an empty name
      part += path[at] == '0' ? '\0' : path[at];
    } else {
      part += path[at];
    }
  }
  path.remove_prefix(std::min(at + 1, path.size()));
  return part;
}

// The value at "a.0.b", or nullptr. The empty path is the whole.
const json::Value* find(const weir_config* config, const char* path) {
  const json::Value* at = &config->root;
  std::string_view rest = path;
  while (!rest.empty() && at != nullptr) {
    const std::string part = takePart(rest);
    if (at->isList()) {
      std::size_t index = 0;
      const auto parsed = std::from_chars(part.data(), part.data() + part.size(), index);
      const bool whole = parsed.ec == std::errc() && parsed.ptr == part.data() + part.size();
      at = whole && index < at->items().size() ? &at->items()[index] : nullptr;
    } else {
      at = at->find(part);
    }
  }
  return at;
}

int32_t has(const weir_config* config, const char* path) {
  const json::Value* value = find(config, path);
  return value != nullptr && !value->isNull() ? 1 : 0;
}

size_t size(const weir_config* config, const char* path) {
  const json::Value* value = find(config, path);
  return value == nullptr ? 0 : value->items().size() + value->members().size();  // one of them is empty
}

weir_slice member(const weir_config* config, const char* path, size_t index) {
  const json::Value* value = find(config, path);
  if (value == nullptr || index >= value->members().size()) return kAbsent;
  return toSlice(value->members()[index].name);
}

int32_t text(const weir_config* config, const char* path, weir_slice* out) {
  const json::Value* value = find(config, path);
  if (value == nullptr || !value->isText()) return 0;
  *out = toSlice(value->asText());
  return 1;
}

template <typename T>
int32_t give(const std::optional<T>& value, T* out) {
  if (!value) return 0;
  *out = *value;
  return 1;
}

int32_t integer(const weir_config* config, const char* path, int64_t* out) {
  const json::Value* value = find(config, path);
  return value == nullptr || value->kind() != json::Kind::Number ? 0 : give(value->asInteger(), out);
}

int32_t number(const weir_config* config, const char* path, double* out) {
  const json::Value* value = find(config, path);
  return value == nullptr || value->kind() != json::Kind::Number ? 0 : give(value->asNumber(), out);
}

int32_t boolean(const weir_config* config, const char* path, int32_t* out) {
  const json::Value* value = find(config, path);
  if (value == nullptr || value->kind() != json::Kind::Boolean) return 0;
  *out = value->asBoolean() ? 1 : 0;
  return 1;
}

}  // namespace

ConfigView::ConfigView(std::unique_ptr<weir_config> config) : config_(std::move(config)) {}
ConfigView::ConfigView(ConfigView&&) noexcept = default;
ConfigView& ConfigView::operator=(ConfigView&&) noexcept = default;
ConfigView::~ConfigView() = default;

Result<ConfigView> ConfigView::parse(std::string_view text) {
  Result<json::Value> root = json::parseText(text);
  if (!root) return configError("The parameters are not JSON: " + root.error().message);
  if (!root->isObject()) return configError("The parameters are not a JSON object.");
  auto config = std::make_unique<weir_config>();
  config->root = std::move(*root);
  return ConfigView(std::move(config));
}

const weir_config_api* ConfigView::api() {
  static constexpr weir_config_api kApi{sizeof(weir_config_api), 0, has, size, member, text, integer, number, boolean};
  return &kApi;
}

}  // namespace weir::host
