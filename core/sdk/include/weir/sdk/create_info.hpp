// What an operator is made from.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
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

  // The column that a parameter names; a ConfigError when the input has no such column, or, with `types`, when it has
  // none of these types.
  std::size_t column(const std::string& name, std::size_t port = 0, std::initializer_list<TypeId> types = {}) const {
    const Schema& schema = input(port)->schema();
    if (const std::optional<std::size_t> index = schema.find(name)) {
      const DataType& type = schema.fields[*index].type;
      if (types.size() == 0 || std::find(types.begin(), types.end(), type.id) != types.end()) return *index;
      std::string wanted;
      for (const TypeId id : types) wanted += (wanted.empty() ? "" : " or ") + typeFamily(id);
      throw ConfigError("The column '" + name + "' is of type " + typeName(type) + "; " + wanted + " is needed.");
    }
    std::string known;
    for (const Field& field : schema.fields) known += (known.empty() ? "" : ", ") + field.name;
    throw ConfigError("The input has no column '" + name + "'. It has: " + known + ".");
  }

  // The same, of a type that a view with this C++ type reads: FixedView<std::int64_t> is for int64 and timestamp,
  // StringView (std::string_view) for string and bytes.
  template <typename T>
  requires(std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::int32_t> || std::is_same_v<T, double> ||
           std::is_same_v<T, bool> || std::is_same_v<T, Int128> || std::is_same_v<T, std::string_view>) std::size_t
      column(const std::string& name, std::size_t port = 0)
  const {
    if constexpr (std::is_same_v<T, std::int64_t>) return column(name, port, {TypeId::Int64, TypeId::Timestamp});
    if constexpr (std::is_same_v<T, std::int32_t>) return column(name, port, {TypeId::Int32, TypeId::Date});
    if constexpr (std::is_same_v<T, double>) return column(name, port, {TypeId::Float64});
    if constexpr (std::is_same_v<T, bool>) return column(name, port, {TypeId::Bool});
    if constexpr (std::is_same_v<T, Int128>) return column(name, port, {TypeId::Decimal128});
    if constexpr (std::is_same_v<T, std::string_view>) return column(name, port, {TypeId::String, TypeId::Bytes});
  }

 private:
  static std::string typeFamily(TypeId id) {
    if (id == TypeId::List) return "list";
    if (id == TypeId::Struct) return "struct";
    return id == TypeId::Decimal128 ? "decimal" : typeName(DataType(id));
  }
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
