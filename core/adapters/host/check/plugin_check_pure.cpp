#include "core/adapters/host/check/plugin_check_pure.hpp"

#include <vector>

#include "core/adapters/host/call/bridged_pure.hpp"
#include "core/base/type_name.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "core/topology/graph/plugin_functions.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::host {

namespace {

// A type that each argument takes.
Schema argumentsOf(const catalog::SignatureSpec& signature) {
  Schema schema;
  for (const catalog::ArgumentSpec& argument : signature.arguments) {
    const std::string& word = argument.types.at(0);
    const Result<DataType> type = parseType(word == "decimal" ? "decimal(12,2)" : word == "number" ? "int64" : word);
    schema.fields.push_back({argument.name, type ? *type : DataType(TypeId::Int64), true});
  }
  return schema;
}
// As expressions ask: without the rows that have a null argument, where the function does not take them.
Batch askedRows(const catalog::SignatureSpec& signature, const Batch& batch) {
  if (signature.handlesNull) return batch;
  std::vector<std::uint32_t> rows;
  batch.forEachRow([&](std::int64_t row) {
    bool whole = true;
    for (std::size_t i = 0; i < batch.columnCount(); ++i) whole = whole && !batch.column(i).isNull(row);
    if (whole) rows.push_back(static_cast<std::uint32_t>(row));
  });
  return BatchMaker::from(batch).selection(std::move(rows)).finish(batch.rowCount());
}
// What came out for these rows, to be compared: one line each.
std::string textOf(const Field& result, expr::Evaluated&& values, const Batch& rows) {
  const SchemaRef schema = makeSchema(Schema{{{"result", result.type, true}}});
  BatchMaker maker(schema);
  maker.column(std::move(values.column));
  const Batch column = maker.finish(rows.rowCount());
  std::string text;
  rows.forEachRow([&](std::int64_t row) {
    runtime::appendRowText(text, schema->schema(), column, row);
    text += '\n';
  });
  for (const expr::RowError& error : values.errors) text += std::to_string(error.row) + ": " + error.reason + "\n";
  return text;
}

// States of groups, as an operator would keep them.
struct StateBytes {
  explicit StateBytes(std::size_t groups) : texts(groups) {
    for (std::string& text : texts) bytes.push_back({nullptr, 0, resize, &text});
  }
  static std::int32_t resize(weir_bytes* bytes, std::size_t size) {
    auto& text = *static_cast<std::string*>(bytes->owner);
    text.resize(size);
    bytes->data = reinterpret_cast<std::uint8_t*>(text.data());
    bytes->size = size;
    return 1;
  }
  std::vector<weir_slice> slices() const {
    std::vector<weir_slice> all;
    for (const std::string& text : texts) all.push_back(toSlice(text));
    return all;
  }
  std::vector<std::string> texts;
  std::vector<weir_bytes> bytes;
};

}  // namespace

void checkFunction(LoadedPlugins& plugins, const std::string& use, const catalog::OperatorSpec& spec,
                   CheckSteps& steps) {
  const std::string prefix = spec.id + ": ";
  const SchemaRef arguments = makeSchema(argumentsOf(spec.signature));
  const std::optional<Field> result =
      steps.value<Field>(prefix + "types", [&] { return topology::pureResult(spec, use, arguments->schema()); });
  if (!result) return;
  auto function = steps.value<std::unique_ptr<expr::FunctionCall>>(
      prefix + "create", [&] { return plugins.openFunction(use, use, arguments, *result); }, true);
  if (!function) return;
  for (const std::int64_t rows : {0, 1, 100, 1000}) {
    steps.step(prefix + "evaluate " + std::to_string(rows) + " rows", [&]() -> Result<void> {
      const Batch batch = askedRows(spec.signature, sampleBatch(arguments, rows, rows * 2));
      WEIR_TRY((*function)->evaluate(batch));
      return {};
    });
  }
  steps.step(prefix + "evaluate the same twice", [&]() -> Result<void> {
    const Batch batch = askedRows(spec.signature, sampleBatch(arguments, 100, 1));
    WEIR_TRY_ASSIGN(first, (*function)->evaluate(batch));
    WEIR_TRY_ASSIGN(second, (*function)->evaluate(batch));
    if (textOf(*result, std::move(first), batch) == textOf(*result, std::move(second), batch)) return {};
    return fatalError("It gives other values for the same arguments.");
  });
  steps.step(prefix + "destroy", [&]() -> Result<void> {
    function->reset();
    return {};
  });
}

void checkAggregate(LoadedPlugins& plugins, const std::string& use, const catalog::OperatorSpec& spec,
                    CheckSteps& steps) {
  const std::string prefix = spec.id + ": ";
  const SchemaRef arguments = makeSchema(argumentsOf(spec.signature));
  auto opened = steps.value<std::unique_ptr<weir_aggregate>>(
      prefix + "create", [&] { return plugins.openAggregate(use, use, arguments, true); }, true);
  if (!opened) return;
  BridgedAggregate& aggregate = *(*opened)->instance;
  const Field result = (*opened)->result;
  constexpr std::size_t kGroups = 3;
  const Batch batch = sampleBatch(arguments, 1000, 1);
  const Batch asked = askedRows(spec.signature, batch);
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> groups;
  asked.forEachRow([&](std::int64_t row) {
    rows.push_back(static_cast<std::uint32_t>(row));
    groups.push_back(static_cast<std::uint32_t>(row % 3));
  });
  StateBytes whole(kGroups + 1);  // the last one stays empty
  const auto add = [&](StateBytes& states, std::size_t first, std::size_t last) {
    return aggregate.add({sizeof(weir_grouped_rows), 0, batch.get(), rows.data() + first, groups.data() + first,
                          last - first, states.bytes.data(), states.bytes.size()});
  };
  if (!steps.step(prefix + "add " + std::to_string(rows.size()) + " rows",
                  [&] { return add(whole, 0, rows.size()); })) {
    return;
  }
  const auto finished = [&](StateBytes& states) -> Result<std::string> {
    WEIR_TRY_ASSIGN(values, aggregate.finish(states.slices()));
    return textOf(result, std::move(values), sampleBatch(arguments, kGroups + 1, 1));
  };
  steps.step(prefix + "finish", [&]() -> Result<void> {
    WEIR_TRY(finished(whole));
    return {};
  });
  steps.step(prefix + "merge gives what one state gives", [&]() -> Result<void> {
    StateBytes first(kGroups + 1);
    StateBytes second(kGroups + 1);
    WEIR_TRY(add(first, 0, rows.size() / 2));
    WEIR_TRY(add(second, rows.size() / 2, rows.size()));
    const std::vector<weir_slice> others = first.slices();
    const std::uint32_t into[] = {0, 1, 2};
    WEIR_TRY(aggregate.merge(
        {sizeof(weir_grouped_states), 0, others.data(), into, kGroups, second.bytes.data(), second.bytes.size()}));
    WEIR_TRY_ASSIGN(merged, finished(second));
    WEIR_TRY_ASSIGN(wanted, finished(whole));
    if (merged == wanted) return {};
    return fatalError("Two states put together give " + merged + "where one of all the rows gives " + wanted);
  });
  steps.step(prefix + "running values", [&]() -> Result<void> {
    StateBytes states(kGroups + 1);
    WEIR_TRY(aggregate.addRunning({sizeof(weir_grouped_rows), 0, batch.get(), rows.data(), groups.data(), rows.size(),
                                   states.bytes.data(), states.bytes.size()}));
    return {};
  });
  steps.step(prefix + "destroy", [&]() -> Result<void> {
    opened->reset();
    return {};
  });
}

}  // namespace weir::host
