// Parameters of a node, as an operator reads them while it is made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/abi/operator.h"
#include "weir/sdk/errors.hpp"
#include "weir/sdk/slice.hpp"

namespace weir {

// Names are paths: "path", "by.0", "aggregates.1.field". A name from the file, which may hold dots, becomes a part of a
// path by `Params::part`. What is required and missing, or of another type,
// throws a ConfigError that names the parameter. Durations are microseconds.
// Valid as long as the CreateInfo that it came from; what it answers are copies.
class Params {
 public:
  Params(const weir_config_api* api, const weir_config* config, std::string prefix = {})
      : api_(api), config_(config), prefix_(std::move(prefix)) {}

  bool has(const std::string& name) const { return api_->has(config_, path(name).c_str()) != 0; }
  // Elements of a list, or members of an object.
  std::size_t size(const std::string& name) const { return api_->size(config_, path(name).c_str()); }

  std::optional<std::string> findText(const std::string& name) const {
    weir_slice slice{};
    if (api_->text(config_, path(name).c_str(), &slice) == 0) return std::nullopt;
    return std::string(toView(slice));
  }
  std::optional<std::int64_t> findInteger(const std::string& name) const {
    return find<std::int64_t>(api_->integer, name);
  }
  std::optional<double> findNumber(const std::string& name) const { return find<double>(api_->number, name); }
  std::optional<bool> findBoolean(const std::string& name) const {
    const std::optional<std::int32_t> value = find<std::int32_t>(api_->boolean, name);
    return value ? std::optional<bool>(*value != 0) : std::nullopt;
  }
  std::optional<std::int64_t> findDuration(const std::string& name) const { return findInteger(name); }

  std::string text(const std::string& name) const { return require(findText(name), name, "a text"); }
  std::int64_t integer(const std::string& name) const { return require(findInteger(name), name, "an integer"); }
  double number(const std::string& name) const { return require(findNumber(name), name, "a number"); }
  bool boolean(const std::string& name) const { return require(findBoolean(name), name, "true or false"); }
  std::int64_t duration(const std::string& name) const { return require(findDuration(name), name, "a duration"); }

  std::string text(const std::string& name, std::string fallback) const {
    return has(name) ? text(name) : std::move(fallback);
  }
  std::int64_t integer(const std::string& name, std::int64_t fallback) const {
    return has(name) ? integer(name) : fallback;
  }
  double number(const std::string& name, double fallback) const { return has(name) ? number(name) : fallback; }
  bool boolean(const std::string& name, bool fallback) const { return has(name) ? boolean(name) : fallback; }
  std::int64_t duration(const std::string& name, std::int64_t fallback) const {
    return has(name) ? duration(name) : fallback;
  }

  // A list of texts; one text alone counts as a list of one, a missing parameter as an empty list.
  std::vector<std::string> texts(const std::string& name) const {
    if (std::optional<std::string> one = findText(name)) return {std::move(*one)};
    std::vector<std::string> all;
    for (std::size_t i = 0; i < size(name); ++i) all.push_back(text(name + "." + std::to_string(i)));
    return all;
  }
  // The elements of a list of objects, each as parameters of its own.
  std::vector<Params> list(const std::string& name) const {
    std::vector<Params> all;
    for (std::size_t i = 0; i < size(name); ++i) all.push_back(at(name + "." + std::to_string(i)));
    return all;
  }
  Params at(const std::string& name) const { return Params(api_, config_, path(name)); }
  // The part of a path that stands for a member of just this name: params.text("headers." + Params::part(name)).
  static std::string part(std::string_view name) {
    if (name.empty()) return "\\e";
    std::string escaped;
    for (const char c : name) {
      if (c == '.' || c == '\\') escaped += '\\';
      c == '\0' ? escaped += "\\0" : escaped += c;
    }
    return escaped;
  }
  // Names of an object's members, in the order of the file, as they are written there.
  std::vector<std::string> memberNames(const std::string& name) const {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < size(name); ++i) {
      all.emplace_back(toView(api_->member(config_, path(name).c_str(), i)));
    }
    return all;
  }
  // The whole path of a parameter, for messages.
  std::string path(const std::string& name) const {
    if (prefix_.empty()) return name;
    return name.empty() ? prefix_ : prefix_ + "." + name;
  }

 private:
  template <typename T>
  std::optional<T> find(std::int32_t (*get)(const weir_config*, const char*, T*), const std::string& name) const {
    T value{};
    if (get(config_, path(name).c_str(), &value) == 0) return std::nullopt;
    return value;
  }
  template <typename T>
  T require(std::optional<T> value, const std::string& name, const char* what) const {
    if (value) return std::move(*value);
    throw ConfigError("The parameter '" + path(name) + "' is " + (has(name) ? "not " : "missing; it must be ") + what +
                      ".");
  }

  const weir_config_api* api_;
  const weir_config* config_;
  std::string prefix_;
};

}  // namespace weir
