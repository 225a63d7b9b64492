// Parameters as a file writes them -> parameters as a plan holds them, or problems.
#pragma once

#include <vector>

#include "catalog/manifest.hpp"
#include "topology/references.hpp"
#include "topology/reporter.hpp"
#include "weir/sdk/types.hpp"

namespace weir::topology {

struct Normalised {
  json::Value params;    // in the manifest's order, defaults filled in, durations in microseconds, formats as one text
  bool pending = false;  // some reference has no value yet: what hangs on it cannot be checked
  bool good = true;      // nothing was reported
};

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
// One column of it.
Result<Field> columnOf(const json::Value& declared);
// A field or a list of fields, normalised.
std::vector<std::string> fieldNames(const json::Value* normalised);

}  // namespace weir::topology
