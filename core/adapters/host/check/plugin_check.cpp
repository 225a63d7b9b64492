#include "core/adapters/host/check/plugin_check.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <memory>
#include <utility>

#include "core/adapters/host/check/check_steps.hpp"
#include "core/adapters/host/check/memory_services.hpp"
#include "core/adapters/host/check/plugin_check_pure.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"
#include "core/adapters/host/load/operator_setup.hpp"
#include "core/catalog/read_manifest.hpp"
#include "core/expr/plugin_functions.hpp"
#include "core/runtime/engine/schema_changes.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::host {

namespace {

constexpr std::int64_t kMinute = 60 * kSecond;

class NoLogger final : public Logger {
 public:
  void write(LogLevel, std::string_view, std::string_view) override {}
};

// Columns that an example expression reads: of int64 and string, the first types with which it compiles.
Schema columnsOf(const std::string& expression, const expr::Functions& functions) {
  Schema schema;
  for (std::size_t at = 0; at < expression.size();) {
    const std::size_t start = at;
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    while (at < expression.size() && isWord(expression[at])) ++at;
    const std::string word = expression.substr(start, at - start);
    if (!word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) == 0 && !schema.find(word)) {
      schema.fields.push_back({word, TypeId::Int64, true});
    }
    if (at == start) ++at;
  }
  const std::size_t names = std::min<std::size_t>(schema.fields.size(), 10);
  for (std::size_t mask = 0; mask < std::size_t{1} << names; ++mask) {
    for (std::size_t i = 0; i < names; ++i) {
      schema.fields[i].type = (mask >> i & 1) == 0 ? TypeId::Int64 : TypeId::String;
    }
    const auto compiled = expr::compile(expression, schema, nullptr, &functions);
    if (!compiled) continue;
    Schema read;
    for (const std::string& name : (*compiled)->fields()) read.fields.push_back(schema.fields[*schema.find(name)]);
    return read;
  }
  return {};
}

// Names that example parameters mention: columns that the input had better have.
void collectNames(const catalog::ParamSpec& spec, const json::Value& value, const expr::Functions& functions,
                  Schema& schema) {
  const auto add = [&](const std::string& name, const DataType& type) {
    if (!name.empty() && !schema.find(name)) schema.fields.push_back({name, type, true});
  };
  switch (spec.type) {
    case catalog::ParamType::Field: add(value.asText(), TypeId::Int64); break;
    case catalog::ParamType::Expression:
      for (const Field& field : columnsOf(value.asText(), functions).fields) add(field.name, field.type);
      break;
    case catalog::ParamType::Fields:
      for (const json::Value& name : value.items()) add(name.asText(), TypeId::String);
      break;
    case catalog::ParamType::List:
      for (const json::Value& item : value.items()) collectNames(spec.element.at(0), item, functions, schema);
      break;
    case catalog::ParamType::Object:
      for (const catalog::ParamSpec& member : spec.members) {
        if (const json::Value* given = value.find(member.name)) collectNames(member, *given, functions, schema);
      }
      break;
    default: break;
  }
}

// Columns that the examples need, and one of every type.
Schema sampleSchema(const catalog::OperatorSpec& spec, const json::Value& params, const expr::Functions& functions) {
  Schema schema;
  for (const catalog::ParamSpec& param : spec.params) {
    if (const json::Value* value = params.find(param.name)) collectNames(param, *value, functions, schema);
  }
  for (const Field& field :
       {Field{"value", TypeId::Int64}, Field{"text", TypeId::String}, Field{"flag", TypeId::Bool},
        Field{"small", TypeId::Int32}, Field{"ratio", TypeId::Float64}, Field{"price", DataType::decimal(12, 2)},
        Field{"raw", TypeId::Bytes}, Field{"at", TypeId::Timestamp}, Field{"day", TypeId::Date}}) {
    if (!schema.find(field.name)) schema.fields.push_back(field);
  }
  return schema;
}

class Checker : CheckSteps {
 public:
  Checker(const CheckListener& listener, const TrustPolicy& policy) : CheckSteps(listener), policy_(policy) {}

  void run(const std::string& library, const std::string& after) {
    const std::optional<catalog::Manifest> manifest =
        value<catalog::Manifest>("read the manifest", [&]() -> Result<catalog::Manifest> {
          WEIR_TRY_ASSIGN(file, openTrusted(library, policy_));
          return catalog::readManifest(file.descriptor(), file.path());
        });
    if (!manifest) return;
    catalog::Catalog catalog;
    static_cast<void>(catalog.add({*manifest, library}));
    // Sinks and sources need formats of other plugins.
    catalog.addOthers(buildCatalog(pluginFolders(), policy_).catalog);
    HostOptions options;
    options.trust = policy_;
    options.checks = runtime::CheckDepth::Everything;
    plugins_ = std::make_unique<LoadedPlugins>(std::move(catalog), logger_, clock_, options);
    if (!step("load the library", [&] { return plugins_->load(manifest->plugin); })) return;
    bool on = after.empty();
    for (const catalog::OperatorSpec& spec : manifest->operators) {
      if (on) checkOperator(manifest->plugin, spec);
      on = on || spec.id == after;
    }
  }

 private:
  void checkOperator(const std::string& plugin, const catalog::OperatorSpec& spec) {
    const std::string use = plugin + "." + spec.id;
    const auto named = [&](const std::string& what) { return spec.id + ": " + what; };
    if (spec.kind == catalog::OperatorKind::Function) return checkFunction(*plugins_, use, spec, *this);
    if (spec.kind == catalog::OperatorKind::Aggregate) return checkAggregate(*plugins_, use, spec, *this);
    const json::Value example = exampleParams(spec.params, {});
    const Schema sample = sampleSchema(spec, example, functions());
    const SchemaRef schema = makeSchema(sample);
    const std::optional<json::Value> params =
        value<json::Value>(named("example parameters"), [&] { return plainParams(spec.params, example); });
    if (!params) return;
    if (spec.kind == catalog::OperatorKind::Format) return checkFormat(use, named(""), json::write(*params), schema);

    runtime::InstanceSpec made;
    made.node = spec.id;
    made.use = use;
    made.params = json::write(*params);
    std::vector<Schema> inputs(spec.inputs.size(), sample);
    for (const Schema& input : inputs) made.inputs.push_back(makeSchema(input));
    const auto outputs = value<std::vector<Schema>>(
        named("output schemas"),
        [&] { return outputSchemas(*plugins_, spec, use, WEIR_STAGE_WHOLE, *params, inputs, functions()); }, true);
    if (!outputs) return;
    for (const Schema& output : *outputs) made.outputs.push_back(makeSchema(output));

    MemoryServices services(std::max<std::size_t>(1, spec.outputs.size()), kMinute, 1, 1 << 20);
    made.services = &services;
    auto instance = value<std::unique_ptr<runtime::OperatorInstance>>(
        named("create"), [&] { return plugins_->create(made); }, true);
    if (!instance) return;
    runtime::OperatorInstance& op = **instance;
    if (!step(
            named("recover from nothing"), [&] { return op.recover(""); }, true))
      return;
    if (spec.kind == catalog::OperatorKind::Source) {
      std::vector<runtime::SourceSplit> splits;
      step(
          named("discover"),
          [&]() -> Result<void> {
            WEIR_TRY_ASSIGN(found, op.discover());
            splits = std::move(found);
            return {};
          },
          true);
      const auto deriveAgain = [&] {
        return outputSchemas(*plugins_, spec, use, WEIR_STAGE_WHOLE, *params, inputs, functions());
      };
      std::optional<ChangedSplit> changed;
      step(
          named("read"),
          [&]() -> Result<void> {
            WEIR_TRY_ASSIGN(found, readSome(op, splits));
            changed = std::move(found);
            return {};
          },
          true);
      if (changed) step(named("go on with another schema"), [&] { return goOn(*changed, made, deriveAgain); });
    }
    for (std::uint32_t port = 0; port < spec.inputs.size(); ++port) {
      const std::string into = spec.inputs.size() == 1 ? "" : " into " + spec.inputs[port].name;
      for (const std::int64_t rows : {0, 1, 100, 1000}) {
        step(named("process " + std::to_string(rows) + " rows" + into),
             [&] { return settle(op, services, op.process(port, sampleBatch(schema, rows, rows * 2))); });
      }
      step(named("process selected rows" + into), [&] {
        const Batch batch = BatchMaker::from(sampleBatch(schema, 10, 3000)).selection({1, 5}).finish(10);
        return settle(op, services, op.process(port, batch));
      });
    }
    if (services.wakeTime != std::numeric_limits<Timestamp>::max()) {
      step(named("timer"), [&] { return settle(op, services, op.onTimer(services.wakeTime)); });
    }
    commit(op, services, named, 1);
    commit(op, services, named, 2);
    const std::string blob = services.recovery;
    if (!step(named("destroy"), [&]() -> Result<void> {
          instance->reset();
          return {};
        })) {
      return;
    }
    auto again = value<std::unique_ptr<runtime::OperatorInstance>>(named("create from the last commit"),
                                                                   [&] { return plugins_->create(made); });
    if (!again) return;
    step(named("recover"), [&] { return (*again)->recover(blob); });
    step(named("recover once more"), [&] { return (*again)->recover(blob); });
    for (std::uint32_t port = 0; port < spec.inputs.size(); ++port) {
      step(named("end of input"), [&] {
        return settle(**again, services,
                      (*again)->process(port, BatchBuilder(schema).watermark(WEIR_WATERMARK_MAX).finish()));
      });
    }
    step(named("cancel and destroy"), [&]() -> Result<void> {
      (*again)->cancel();
      again->reset();
      return {};
    });
  }

  // Where a source said that its schema changes.
  struct ChangedSplit {
    runtime::SourceSplit split;  // at that position
    bool gotOn = false;
  };

  // The beginning of each split: what comes is checked where it crosses. Answers the first whose schema changes.
  static Result<std::optional<ChangedSplit>> readSome(runtime::OperatorInstance& op,
                                                      const std::vector<runtime::SourceSplit>& splits) {
    constexpr std::size_t kMostSplits = 10;
    constexpr int kMostChunks = 100;
    std::optional<ChangedSplit> changed;
    for (std::size_t i = 0; i < std::min(kMostSplits, splits.size()); ++i) {
      WEIR_TRY_ASSIGN(reader, op.openSplit(splits[i]));
      ChangedSplit at{splits[i]};
      auto outcome = runtime::ReadOutcome::Chunk;
      for (int chunks = 0; chunks < kMostChunks && outcome == runtime::ReadOutcome::Chunk; ++chunks) {
        runtime::SourceChunk chunk;
        WEIR_TRY_ASSIGN(answer, reader->read(true, chunk));
        outcome = answer;
        if (outcome != runtime::ReadOutcome::Chunk) continue;
        at.gotOn = at.gotOn || chunk.position() != at.split.position;
        at.split.position = chunk.position();
      }
      if (outcome == runtime::ReadOutcome::SchemaChanged && !changed) changed = std::move(at);
    }
    return changed;
  }

  // What a runner does then.
  template <typename Derive>
  Result<void> goOn(const ChangedSplit& changed, runtime::InstanceSpec made, const Derive& derive) {
    runtime::SchemaChanges changes;
    for (bool gotOn = changed.gotOn; true; gotOn = false) {
      WEIR_TRY_ASSIGN(outputs, derive());
      WEIR_TRY(changes.planned({made.node, changed.split.id, gotOn}, outputs.at(0)));
      made.outputs.clear();
      for (const Schema& output : outputs) made.outputs.push_back(makeSchema(output));
      WEIR_TRY_ASSIGN(op, plugins_->create(made));
      WEIR_TRY(op->recover(""));
      WEIR_TRY(op->restoreSplit(changed.split));
      WEIR_TRY(op->discover());
      WEIR_TRY_ASSIGN(reader, op->openSplit(changed.split));
      runtime::SourceChunk chunk;
      WEIR_TRY_ASSIGN(outcome, reader->read(true, chunk));
      if (outcome != runtime::ReadOutcome::SchemaChanged) return {};
    }
  }

  template <typename Named>
  void commit(runtime::OperatorInstance& op, MemoryServices& services, const Named& named, std::uint64_t epoch) {
    const std::string suffix = " of epoch " + std::to_string(epoch);
    step(named("drain and prepare" + suffix), [&]() -> Result<void> {
      WEIR_TRY(untilReady(services, [&] { return op.drain(services.now()); }));
      return untilReady(services, [&] { return op.prepareCommit(epoch); });
    });
    step(named("committed" + suffix), [&]() -> Result<void> {
      services.applyCommit();
      return untilReady(services, [&] { return op.committed(epoch); });
    });
  }

  // Asks again when the operator has woken, or its timer has come; one that never does so meets the time limit.
  template <typename Ask>
  static Result<void> untilReady(MemoryServices& services, Ask ask) {
    constexpr Timestamp kNever = std::numeric_limits<Timestamp>::max();
    while (true) {
      services.woken = false;
      const Result<runtime::Progress> answer = ask();
      if (!answer) return answer.error();
      if (*answer != runtime::Progress::Blocked) return {};
      if (services.wakeTime == kNever) {
        services.woken.wait(false);
      } else {
        services.clock.advance(std::max<Duration>(0, std::exchange(services.wakeTime, kNever) - services.now()));
      }
    }
  }

  // Goes on while the operator has output; drops what comes out.
  static Result<void> settle(runtime::OperatorInstance& op, MemoryServices& services,
                             Result<runtime::Progress> progress) {
    while (true) {
      for (auto& queue : services.output) queue.clear();
      if (!progress) return progress.error();
      if (*progress != runtime::Progress::HaveOutput && *progress != runtime::Progress::More) return {};
      services.beginCall();
      progress = op.resume();
    }
  }

  void checkFormat(const std::string& use, const std::string& prefix, const std::string& params,
                   const SchemaRef& schema) {
    MemoryServices services(1, kMinute, 1, 1 << 20);
    auto format = value<std::unique_ptr<runtime::FormatInstance>>(
        prefix + "create", [&] { return plugins_->createFormat(use, use, params, schema, &services); }, true);
    if (!format) return;
    const Batch rows = sampleBatch(schema, 100, 1);
    std::string bytes;
    std::vector<std::uint64_t> offsets;
    const bool encodes = step(
        prefix + "encode 100 rows",
        [&]() -> Result<void> {
          WEIR_TRY_ASSIGN(encoded, (*format)->encode(rows));
          offsets.assign(encoded.offsets, encoded.offsets + encoded.count + 1);
          bytes.assign(reinterpret_cast<const char*>(encoded.data), offsets.back());
          return {};
        },
        true);
    const auto decode = [&](const std::string& data, const std::uint64_t* from, std::size_t count) -> Result<void> {
      WEIR_TRY(untilReady(services, [&] { return (*format)->prepare(data, from, count); }));
      WEIR_TRY((*format)->decode(data, from, count));
      return {};
    };
    if (encodes) {
      step(
          prefix + "decode what was encoded",
          [&]() -> Result<void> {
            WEIR_TRY_ASSIGN(decoded, (*format)->decode(bytes, offsets.data(), offsets.size() - 1));
            const std::int64_t count = decoded.batch ? decoded.batch.rowCount() : 0;
            if (count == rows.rowCount() && decoded.malformed.empty()) return {};
            return fatalError("Of " + std::to_string(rows.rowCount()) + " rows only " + std::to_string(count) +
                              " came back from its own encoding.");
          },
          true);
    }
    step(
        prefix + "decode nothing", [&] { return decode("", nullptr, 0); }, true);
    step(
        prefix + "decode rubbish", [&] { return decode(std::string("\xff\0{[\"\n,,,\n", 10), nullptr, 0); }, true);
    step(prefix + "destroy", [&]() -> Result<void> {
      format->reset();
      return {};
    });
  }

  expr::Functions functions() const { return {plugins_->functions(), {}}; }

  const TrustPolicy& policy_;
  NoLogger logger_;
  ManualClock clock_;
  std::unique_ptr<LoadedPlugins> plugins_;
};

}  // namespace

void checkPlugin(const std::string& library, const TrustPolicy& policy, const CheckListener& listener,
                 const std::string& after) {
  Checker(listener, policy).run(library, after);
}

}  // namespace weir::host
