// Functions that plugins bring: what the binder has to know of them, and how an expression calls them.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/expr/expr.hpp"
#include "weir/sdk/arrow_schema.hpp"

namespace weir::expr {

struct FunctionArgument {
  std::string name;
  // Words that its type may match (base/type_name.hpp). A value of another type is brought to the first type among them
  // to which it can be without a cast.
  std::vector<std::string> types;
};

struct FunctionSignature {
  std::string name;  // plugin.function, as expressions write it
  std::vector<FunctionArgument> arguments;
  bool variadic = false;     // the last argument may come several times
  std::string result;        // a type, or "type_of(<argument>)"
  bool nullable = true;      // null may come out where no argument is null
  bool handlesNull = false;  // it is asked about null arguments too; otherwise they make the result null
};

// A function in one place of one expression. Calls do not overlap.
class FunctionCall {
 public:
  virtual ~FunctionCall() = default;
  // A value for each selected row, by physical row. Its errors have no part of the expression in their reasons.
  virtual Result<Evaluated> evaluate(const Batch& arguments) = 0;
};

// `arguments`: their types; `result`: its type, and whether null may come out of rows that are asked for.
using OpenFunction = std::function<Result<std::unique_ptr<FunctionCall>>(
    const FunctionSignature& function, const SchemaRef& arguments, const Field& result)>;

// What is known of a name that is no function, without a full stop; empty: nothing.
using WhyNoFunction = std::function<std::string(const std::string& name)>;

// What an expression can call. A view.
struct Functions {
  std::span<const FunctionSignature> known;
  OpenFunction open;          // empty: expressions are checked, and not computed
  WhyNoFunction whyNot = {};  // empty: all that is said is that there is none

  const FunctionSignature* find(std::string_view name) const;
};

// "geo.distance_km(latitude, longitude, ...)"
std::string usageOf(const FunctionSignature& function);

}  // namespace weir::expr
