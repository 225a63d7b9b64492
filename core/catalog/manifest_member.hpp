// Walks the members of a manifest's objects and keeps the first thing that is wrong.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/closest_name.hpp"
#include "core/base/json.hpp"

namespace weir::catalog {

// The first thing wrong in a manifest; later ones are not kept.
class ManifestProblem {
 public:
  bool found() const { return !text_.empty(); }
  const std::string& text() const { return text_; }
  void report(std::string_view path, json::Position position, const std::string& what);

 private:
  std::string text_;
};

// One object of a manifest. Every getter answers a harmless value after a problem was reported.
class ManifestObject {
 public:
  ManifestObject(const json::Value& value, std::string path, ManifestProblem& problem);

  const std::string& path() const { return path_; }
  ManifestProblem& problem() const { return problem_; }
  void report(std::string_view member, const std::string& what) const;

  // Refuses members that are not among `known`, and suggests the nearest.
  void allow(std::initializer_list<std::string_view> known) const;

  const json::Value* find(std::string_view name) const { return value_.find(name); }
  std::string text(std::string_view name, bool required = false) const;
  // A word that may stand in a topology file: a letter, then letters, digits and '_'.
  std::string identifier(std::string_view name) const;
  bool flag(std::string_view name, bool byDefault = false) const;
  std::int64_t integer(std::string_view name, std::int64_t byDefault) const;
  std::optional<double> number(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  std::vector<json::Value> values(std::string_view name) const;
  // The members of list `name`, each an object; empty when there is no list.
  std::vector<ManifestObject> objects(std::string_view name) const;
  std::optional<ManifestObject> object(std::string_view name) const;
  // The index of the text of `name` in `words`; `byDefault` when it is absent.
  std::size_t choice(std::string_view name, const std::vector<std::string_view>& words, std::size_t byDefault) const;
  bool has(std::string_view name) const { return find(name) != nullptr; }

 private:
  const json::Value* typed(std::string_view name, json::Kind kind) const;
  std::string memberPath(std::string_view name) const;

  const json::Value& value_;
  std::string path_;
  ManifestProblem& problem_;
};

}  // namespace weir::catalog
