// What stands behind the C functions of operator_harness.h.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/adapters/host/check/memory_services.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"
#include "core/base/json.hpp"
#include "weir/testkit/operator_harness.h"

namespace weir::testkit {

class Harness {
 public:
  static Result<std::unique_ptr<Harness>> open(const weir_harness_setup& setup);
  ~Harness();

  Result<void> pushRows(std::uint32_t port, std::string_view rows);
  Result<void> push(std::uint32_t port, const Batch& batch);
  Result<void> resume();
  Result<void> setClock(Timestamp now);
  Result<void> prepare();
  void abort();
  Result<void> wake();
  Result<void> finishCommit();
  Result<void> crash();
  Result<std::string> discover();
  Result<void> restore(const std::string& split, const std::string& position);
  Result<std::string> changes();
  Result<weir_status> read(const std::string& split, bool untilEnd, weir_slice& data, std::uint64_t& begin);
  Result<void> decode(std::string_view data, const std::uint64_t* offsets, std::size_t count);
  Result<weir_encoded> encode(std::string_view rows);
  std::string takeRows(std::uint32_t port);
  std::string schemaText(std::uint32_t port) const;

  host::MemoryServices& services() { return *services_; }
  const host::MemoryServices& services() const { return *services_; }
  bool blocked() const { return blocked_; }
  bool more() const { return more_; }
  const std::string& position(const std::string& split) { return positions_[split]; }
  const std::string& splitName(const std::string& split) { return names_[split]; }

 private:
  // Of a record that never became a row: where it lies in the input.
  void addDeadLetter(std::string_view reason, std::uint64_t begin, std::uint64_t end, std::string_view bytes);
  class HarnessLogger;
  Harness();
  Result<void> setUp(const weir_harness_setup& setup);
  Result<void> make();
  Result<void> settle(Result<runtime::Progress> progress);
  Result<SchemaRef> inputSchema(std::uint32_t port) const;

  std::unique_ptr<HarnessLogger> logger_;
  std::unique_ptr<host::MemoryServices> services_;
  std::unique_ptr<host::LoadedPlugins> host_;
  runtime::InstanceSpec spec_;
  std::string timeField_;
  bool isFormat_ = false;
  std::unique_ptr<runtime::OperatorInstance> instance_;
  std::unique_ptr<runtime::FormatInstance> format_;
  Batch encoding_;  // keeps what is being encoded alive
  // Declared after the instance: readers go first.
  std::map<std::string, std::unique_ptr<runtime::SplitReader>> readers_;
  std::map<std::string, std::string> positions_;
  std::map<std::string, std::string> names_;
  std::map<std::string, std::string> committedPositions_;
  std::map<std::string, std::string> preparedPositions_;
  runtime::SourceChunk chunk_;
  std::uint64_t epoch_ = 0;
  std::uint64_t committedEpoch_ = 0;
  bool blocked_ = false;
  bool more_ = false;       // it has output left, and may be committed before that is taken
  bool preparing_ = false;  // prepare_commit was blocked
};

}  // namespace weir::testkit
