// ${env:NAME}, ${file:path} and ${param:name} in texts, resolved after parsing, so that they cannot change what the
// file's structure is. "$${" stands for "${".
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

// Where ${env:NAME} and ${file:path} get their values. Answers nothing when there is none.
using Lookup = std::function<std::optional<std::string>(const std::string& name)>;

struct ReferenceProblem {
  std::string_view code;
  std::string message;
  std::string help;
};

struct Resolved {
  json::Value value;
  bool referring = false;  // held a reference
  bool pending = false;    // holds one whose value is not known before the start: `value` is the text as it was
  std::optional<ReferenceProblem> problem;
};

// The files that a text names with ${file:path}, and the parameters that it names with ${param:name}.
std::vector<std::string> filesReferredTo(const std::string& text);
std::vector<std::string> parametersReferredTo(const std::string& text);
// The text with other names of parameters.
std::string withParameters(const std::string& text, const std::map<std::string, std::string>& names);

class References {
 public:
  // For checking: what only the start can tell stays pending.
  explicit References(const Topology& topology);
  // For running: everything must have a value.
  References(const Topology& topology, std::map<std::string, std::string> parameters, Lookup environment, Lookup file);

  // The same for another topology: one in which parts have been put in their places.
  References over(const Topology& topology) const;

  // A text that is one ${param:name} alone becomes the parameter's value with its type.
  Resolved resolve(const json::Value& text) const;
  // Parameters given that the topology does not have.
  std::vector<std::string> unknownParameters() const;

 private:
  const Parameter* parameter(std::string_view name) const;
  Resolved lookUp(std::string_view kind, const std::string& name) const;
  Resolved lookUpParameter(const std::string& name) const;

  const Topology* topology_;
  bool running_ = false;
  std::map<std::string, std::string> given_;
  Lookup environment_;
  Lookup file_;
};

}  // namespace weir::topology
