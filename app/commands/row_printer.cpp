#include "app/commands/row_printer.hpp"

#include <cstdio>

#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_reader.hpp"

namespace weir::app {

bool RowPrinter::done() const {
  return left_ <= 0 || std::ferror(stdout) != 0;
}

Result<void> RowPrinter::learn(const runtime::TopicSpec& topic) {
  auto versions = runtime::SchemaVersions::parse(topic.description);
  if (!versions) {
    return configError("The columns of topic '" + topic.name + "' cannot be read: " + versions.error().message);
  }
  topic_ = topic.name;
  versions_ = std::move(*versions);
  return {};
}

bool RowPrinter::knows(const runtime::Run& run) const {
  const auto fingerprint = runtime::fingerprintOfBlock(run.body.bytes);
  return run.header.rows == 0 || (fingerprint && versions_.find(*fingerprint) != nullptr);
}

Result<void> RowPrinter::print(const runtime::Run& run, std::int32_t partition) {
  if (run.header.rows == 0) return {};
  WEIR_TRY_ASSIGN(version, versionOf(run));
  const std::string split = topic_ + "/" + std::to_string(partition);
  auto rows = rowsOf(*version, run, split);
  if (!rows) return rows.error();
  for (std::int64_t row = 0; row < rows->rowCount() && left_ > 0; ++row, --left_) {
    line_.clear();
    runtime::appendRowText(line_, version->schema->schema(), *rows, row);
    line_.push_back('\n');
    std::fwrite(line_.data(), 1, line_.size(), stdout);
  }
  return {};
}

Result<RowPrinter::Version*> RowPrinter::versionOf(const runtime::Run& run) {
  const std::uint64_t fingerprint = runtime::fingerprintOfBlock(run.body.bytes).value_or(0);
  Version& version = known_[fingerprint];
  if (version.schema) return &version;
  const runtime::RowVersion* const written = versions_.find(fingerprint);
  if (written == nullptr) return corruptError("Rows in this topic have a schema that the topic does not know.");
  version.schema = makeSchema(written->schema);
  if (!written->format) return &version;
  version.records = std::make_unique<runtime::RecordReader>(
      version.schema,
      [this](const runtime::RecordFormat& format, const SchemaRef& schema) { return makeFormat(format, schema); });
  WEIR_TRY(version.records->learn(*written));
  return &version;
}

Result<Batch> RowPrinter::rowsOf(Version& version, const runtime::Run& run, const std::string& split) {
  if (version.records == nullptr) return runtime::decodeBatch(run.body, version.schema);
  const std::int64_t offset = run.firstRow;
  const auto refuse = [&](std::int64_t record, std::string_view, std::string_view reason) {
    std::fprintf(stderr, "weir: %s@%lld is no row: %.*s\n", split.c_str(), static_cast<long long>(offset + record),
                 static_cast<int>(reason.size()), reason.data());
  };
  while (true) {
    services_.woken = false;
    WEIR_TRY_ASSIGN(rows, version.records->read(run.body, split, offset, refuse));
    if (rows) return std::move(*rows);
    services_.woken.wait(false);
  }
}

Result<std::unique_ptr<runtime::FormatInstance>> RowPrinter::makeFormat(const runtime::RecordFormat& format,
                                                                        const SchemaRef& schema) {
  if (plugins_ == nullptr) {
    auto found = host::findPlugins();
    if (!found) return found.error();
    host::HostOptions options;
    options.trust = found->trust;
    plugins_ = std::make_unique<host::LoadedPlugins>(std::move(found->catalog), logger_, clock_, options);
  }
  return plugins_->createFormat("topic " + topic_, format.use, format.params, schema, &services_);
}

}  // namespace weir::app
