// What an operator is made from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weir/abi/operator.h"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/context.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/params.hpp"

namespace weir {

// Valid during construction (and during deriveSchema); keep the context and the schemas, not this.
class CreateInfo {
 public:
  CreateInfo(const weir_create_info& raw, Context& context)
      : raw_(knownPart(&raw)), context_(&context), params_(raw.config_api, raw.config) {
    for (std::size_t i = 0; i < raw.input_count; ++i) inputs_.push_back(read(raw.input_schemas[i], "input"));
    for (std::size_t i = 0; i < raw.output_count; ++i) {
      const ArrowSchema* schema = raw.output_schemas == nullptr ? nullptr : raw.output_schemas[i];
      outputs_.push_back(schema == nullptr ? nullptr : read(schema, "output"));
    }
  }

  Context& context() const { return *context_; }
  const Params& params() const { return params_; }
  weir_stage stage() const { return raw_.stage; }
  std::size_t inputCount() const { return inputs_.size(); }
  // Of an input port; formats: the schema to read or write is input 0.
  const SchemaRef& input(std::size_t port = 0) const { return inputs_.at(port); }
  std::size_t outputCount() const { return outputs_.size(); }
  // Of an output port; null where nothing is attached, and while schemas are being derived.
  const SchemaRef& output(std::size_t port = 0) const { return outputs_.at(port); }
  std::uint32_t task() const { return raw_.task; }
  std::uint32_t taskCount() const { return raw_.task_count; }
  // Who it is, for names in the outside world: none of it is known while schemas are derived, or on a host of minor 1.
  std::string_view node() const { return toView(raw_.node); }
  std::string_view topology() const { return toView(raw_.topology); }
  // A random id that the home got when it was made, and keeps.
  std::string_view home() const { return toView(raw_.home); }
  // Number of starts of the home, this one included.
  std::uint64_t incarnation() const { return raw_.incarnation; }
  // The last one in which this node of this task committed anything; 0: none.
  std::uint64_t lastEpoch() const { return raw_.last_epoch; }
  // What is there now is all there will be.
  bool untilEnd() const { return raw_.until_end != 0; }

  // The column that a parameter names; a ConfigError when the input has no such column.
  std::size_t column(const std::string& name, std::size_t port = 0) const {
    const Schema& schema = input(port)->schema();
    if (const std::optional<std::size_t> index = schema.find(name)) return *index;
    std::string known;
    for (const Field& field : schema.fields) known += (known.empty() ? "" : ", ") + field.name;
    throw ConfigError("The input has no column '" + name + "'. It has: " + known + ".");
  }

 private:
  static SchemaRef read(const ArrowSchema* schema, const char* side) {
    std::optional<Schema> known = importSchema(*schema);
    if (!known)
      throw ConfigError(std::string("The schema of an ") + side + " port has a type that Weir does not have.");
    return makeSchema(std::move(*known));
  }

  const weir_create_info raw_;
  Context* context_;
  Params params_;
  std::vector<SchemaRef> inputs_;
  std::vector<SchemaRef> outputs_;
};

}  // namespace weir
