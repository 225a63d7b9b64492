// Parameters as a file writes them -> parameters as a plan holds them, or problems.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/model/references.hpp"
#include "core/topology/model/reporter.hpp"
#include "weir/sdk/types.hpp"

namespace weir::topology {

struct Normalised {
  json::Value params;    // in the manifest's order, defaults filled in, durations in microseconds, formats as one text
  bool pending = false;  // some reference has no value yet: what hangs on it cannot be checked
  // The paths of what was reported. What does not hang on it is checked all the same.
  std::vector<std::string> wrong;  // no use can be made of it
  std::vector<std::string> nuls;   // texts that stand here as they are without their NULs
};

// Whether something at `path`, beneath it, or around it was reported.
bool isWrong(const Normalised& normalised, std::string_view path);
bool isReported(const Normalised& normalised, std::string_view path);

// Checks types, units, bounds and choices. Whether fields exist and expressions compile is for the typed graph.
class Normaliser {
 public:
  Normaliser(const References& references, const catalog::Catalog& catalog)
      : references_(references), catalog_(catalog) {}

  Normalised run(const json::Value& given, const std::vector<catalog::ParamSpec>& specs, Reporter& reporter) const;

 private:
  struct Walk;
  const References& references_;
  const catalog::Catalog& catalog_;
};

// Whether a reference without a value stands somewhere in `value`; `normalised` is what it belongs to.
bool holdsReference(const Normalised& normalised, const json::Value* value);
// The schema that a normalised parameter of type schema holds.
Schema schemaOf(const json::Value& normalised);
// The other way: the list that declares these columns, as files have it.
json::Value declaredColumns(const Schema& schema);
// One column of it.
Result<Field> columnOf(const json::Value& declared);
// A field or a list of fields, normalised.
std::vector<std::string> fieldNames(const json::Value* normalised);

}  // namespace weir::topology
