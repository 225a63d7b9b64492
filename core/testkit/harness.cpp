#include "core/testkit/harness.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/adapters/host/call/row_reader.hpp"
#include "core/adapters/host/load/operator_setup.hpp"
#include "core/base/json_parser.hpp"
#include "core/catalog/read_manifest.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "core/testkit/plugin_catalog.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::testkit {

using runtime::Progress;

// What is not said by a node.
class Harness::HarnessLogger final : public Logger {
 public:
  void write(LogLevel, std::string_view, std::string_view) override {}
};

Harness::~Harness() = default;

Harness::Harness() : logger_(std::make_unique<HarnessLogger>()) {}

Result<std::unique_ptr<Harness>> Harness::open(const weir_harness_setup& setup) {
  std::unique_ptr<Harness> harness(new Harness);
  WEIR_TRY(harness->setUp(setup));
  return harness;
}

Result<void> Harness::setUp(const weir_harness_setup& setup) {
  WEIR_TRY_ASSIGN(manifest, catalog::readManifest(setup.library));
  const std::string plugin = manifest.plugin;
  spec_.use = plugin + "." + setup.op;
  spec_.node = setup.op;
  spec_.stage = setup.stage;
  spec_.task = setup.task;
  spec_.taskCount = setup.task_count == 0 ? 1 : setup.task_count;
  spec_.untilEnd = setup.until_end != 0;
  timeField_ = setup.time_field == nullptr ? "" : setup.time_field;

  WEIR_TRY_ASSIGN(catalog, catalogWith({setup.library}));
  const catalog::OperatorSpec* spec = manifest.find(setup.op);
  if (spec == nullptr) return configError("The plugin '" + plugin + "' has no operator '" + setup.op + "'.");
  const std::int64_t budget = setup.overlay_budget == 0 ? 64 << 20 : setup.overlay_budget;
  services_ = std::make_unique<host::MemoryServices>(std::max<std::size_t>(1, spec->outputs.size()), setup.now,
                                                     setup.output_capacity, budget);
  host::HostOptions options;
  options.checks = runtime::CheckDepth::Everything;
  host_ = std::make_unique<host::LoadedPlugins>(std::move(catalog), *logger_, services_->clock, options);

  WEIR_TRY_ASSIGN(given, json::parseText(setup.params));
  WEIR_TRY_ASSIGN(params, host::plainParams(spec->params, given));
  spec_.params = json::write(params);
  std::vector<Schema> inputs;
  for (std::size_t i = 0; i < setup.input_count; ++i) {
    WEIR_TRY_ASSIGN(schema, host::parseSchema(setup.inputs[i]));
    inputs.push_back(schema);
    spec_.inputs.push_back(makeSchema(schema));
  }
  if (catalog::isPure(spec->kind)) {
    return configError("'" + spec_.use +
                       "' is a function or an aggregate: try it in an operator, such as std.extend or "
                       "window.tumbling.");
  }
  isFormat_ = spec->kind == catalog::OperatorKind::Format;
  if (!isFormat_) {
    WEIR_TRY_ASSIGN(
        outputs, host::outputSchemas(*host_, *spec, spec_.use, setup.stage, params, inputs, {host_->functions(), {}}));
    for (const Schema& schema : outputs) spec_.outputs.push_back(makeSchema(schema));
  } else if (spec_.inputs.size() != 1) {
    return configError("A format needs exactly one input: the schema to read or write.");
  }
  spec_.services = services_.get();
  spec_.topology = "harness";
  spec_.home = {"harness", 1};
  return make();
}

Result<void> Harness::make() {
  blocked_ = false;
  if (isFormat_) {
    WEIR_TRY_ASSIGN(format, host_->createFormat(spec_.node, spec_.use, spec_.params, spec_.inputs[0], services_.get()));
    format_ = std::move(format);
    return {};
  }
  WEIR_TRY_ASSIGN(instance, host_->create(spec_));
  instance_ = std::move(instance);
  WEIR_TRY(instance_->recover(services_->recovery));
  for (const auto& [split, position] : committedPositions_) WEIR_TRY(instance_->restoreSplit({split, position, ""}));
  if (!instance_->yields()) return {};
  services_->beginCall();
  return settle(instance_->resume());
}

Result<SchemaRef> Harness::inputSchema(std::uint32_t port) const {
  if (port < spec_.inputs.size()) return spec_.inputs[port];
  return configError("The harness was given no schema for input port " + std::to_string(port) + ".");
}

Result<void> Harness::settle(Result<Progress> progress) {
  while (true) {
    if (!progress) return progress.error();
    blocked_ = *progress == Progress::Blocked;
    more_ = *progress == Progress::More;
    if (*progress != Progress::HaveOutput) return {};
    services_->beginCall();
    progress = instance_->resume();
  }
}

Result<void> Harness::pushRows(std::uint32_t port, std::string_view rows) {
  WEIR_TRY_ASSIGN(schema, inputSchema(port));
  WEIR_TRY_ASSIGN(batch, host::readRows(schema, rows, timeField_));
  return push(port, batch);
}

Result<void> Harness::push(std::uint32_t port, const Batch& batch) {
  if (!instance_) return configError("Rows are pushed into processors and sinks.");
  if (blocked_) return configError("The operator is blocked: resume it before the next batch.");
  services_->beginCall();
  return settle(instance_->process(port, batch));
}

Result<void> Harness::resume() {
  services_->beginCall();
  return settle(instance_->resume());
}

Result<void> Harness::setClock(Timestamp now) {
  services_->clock.setTimeOfDay(now);
  if (!instance_ || services_->wakeTime > now) return {};
  services_->wakeTime = std::numeric_limits<Timestamp>::max();
  services_->beginCall();
  return settle(instance_->onTimer(now));
}

Result<void> Harness::prepare() {
  if (!instance_) return configError("Formats have nothing to commit.");
  services_->beginCall();
  if (!preparing_) {
    WEIR_TRY_ASSIGN(drained, instance_->drain(services_->clock.now()));
    if (drained != Progress::Done) return retryableError("The operator has something in flight: it is not drained.");
    ++epoch_;
  }
  WEIR_TRY_ASSIGN(prepared, instance_->prepareCommit(epoch_));
  preparing_ = blocked_ = prepared == Progress::Blocked;
  preparedPositions_ = positions_;
  return {};
}

void Harness::abort() {
  if (instance_) instance_->abort(epoch_);
}

Result<void> Harness::wake() {
  services_->woken = false;
  services_->beginCall();
  if (blocked_) return settle(instance_->resume());
  return instance_->wantsWakes() ? settle(instance_->onWake()) : Result<void>();
}

Result<void> Harness::finishCommit() {
  if (preparing_) return configError("The commit is not prepared: prepare once more when the operator has woken.");
  if (committedEpoch_ != epoch_) {
    services_->applyCommit();
    for (auto& [split, reader] : readers_) {
      const auto position = preparedPositions_.find(split);
      if (position == preparedPositions_.end() || committedPositions_[split] == position->second) continue;
      WEIR_TRY(reader->committed(position->second));
    }
    committedPositions_ = preparedPositions_;
    committedEpoch_ = spec_.lastEpoch = epoch_;
  }
  WEIR_TRY_ASSIGN(told, instance_->committed(epoch_));
  blocked_ = told == Progress::Blocked;
  return {};
}

Result<void> Harness::crash() {
  chunk_ = {};
  readers_.clear();
  instance_.reset();
  format_.reset();
  services_->loseUncommitted();
  positions_ = committedPositions_;
  preparing_ = false;
  spec_.home.incarnation += 1;
  return make();
}

Result<std::string> Harness::discover() {
  if (!instance_) return configError("Only sources have splits.");
  WEIR_TRY_ASSIGN(splits, instance_->discover());
  std::string lines;
  for (const runtime::SourceSplit& split : splits) {
    lines += split.id + "\n";
    names_[split.id] = split.name;
  }
  return lines;
}

Result<void> Harness::restore(const std::string& split, const std::string& position) {
  if (!instance_) return configError("Only sources have splits.");
  positions_[split] = position;
  committedPositions_[split] = position;
  preparedPositions_[split] = position;
  return instance_->restoreSplit({split, position, ""});
}

Result<std::string> Harness::changes() {
  if (!instance_ || !instance_->tellsChanges()) return configError("Only sources that have `changes` tell of them.");
  WEIR_TRY_ASSIGN(changes, instance_->changes());
  std::string lines;
  for (const runtime::SplitChange& change : changes) {
    lines += (change.gone ? "gone " : "news ") + change.split.id + "\n";
    names_[change.split.id] = change.split.name;
  }
  return lines;
}

Result<weir_status> Harness::read(const std::string& split, bool untilEnd, weir_slice& data, std::uint64_t& begin) {
  if (!instance_) return configError("Only sources are read.");
  auto& reader = readers_[split];
  if (!reader) {
    WEIR_TRY_ASSIGN(opened, instance_->openSplit({split, positions_[split]}));
    reader = std::move(opened);
  }
  chunk_ = {};
  WEIR_TRY_ASSIGN(outcome, reader->read(untilEnd, chunk_));
  if (outcome == runtime::ReadOutcome::Idle) return weir_status{WEIR_IDLE};
  if (outcome == runtime::ReadOutcome::End) return weir_status{WEIR_END};
  if (outcome == runtime::ReadOutcome::SchemaChanged) return weir_status{WEIR_SCHEMA_CHANGED};
  positions_[split] = chunk_.position();
  begin = chunk_.begin();
  for (const runtime::UnreadableRecord& record : chunk_.unreadable()) {
    addDeadLetter(record.reason, record.position, record.position + record.length, record.bytes);
  }
  if (chunk_.batch()) {
    services_->emit(0, chunk_.batch().get());
  } else {
    data = toSlice(chunk_.data());
  }
  return weir_status{WEIR_OK};
}

Result<void> Harness::decode(std::string_view data, const std::uint64_t* offsets, std::size_t count) {
  if (!format_) return configError("Only formats decode.");
  WEIR_TRY_ASSIGN(rows, format_->decode(data, offsets, count));
  if (rows.batch) services_->emit(0, rows.batch.get());
  for (const weir_malformed& bad : rows.malformed) {
    addDeadLetter(toView(bad.reason), bad.begin, bad.end, data.substr(bad.begin, bad.end - bad.begin));
  }
  return {};
}

void Harness::addDeadLetter(std::string_view reason, std::uint64_t begin, std::uint64_t end, std::string_view bytes) {
  services_->deadLetters += "{\"reason\":" + json::quote(reason) + ",\"begin\":" + std::to_string(begin) +
                            ",\"end\":" + std::to_string(end) + ",\"bytes\":" + json::quote(bytes) + "}\n";
}

Result<weir_encoded> Harness::encode(std::string_view rows) {
  if (!format_) return configError("Only formats encode.");
  WEIR_TRY_ASSIGN(batch, host::readRows(spec_.inputs[0], rows));
  encoding_ = batch;
  return format_->encode(encoding_);
}

std::string Harness::takeRows(std::uint32_t port) {
  std::string lines;
  for (const Batch& batch : std::exchange(services_->output.at(port), {})) lines += runtime::batchText(batch);
  return lines;
}

std::string Harness::schemaText(std::uint32_t port) const {
  if (port >= spec_.outputs.size()) return "";
  return typeName(DataType::structure(spec_.outputs[port]->schema().fields));
}

}  // namespace weir::testkit
