// An open split behind the C border, as the runtime's SplitReader.
#pragma once

#include "core/adapters/host/call/bridged_operator.hpp"

namespace weir::host {

class BridgedReader final : public runtime::SplitReader {
 public:
  // All of them outlive it but `reader`, which it closes.
  BridgedReader(const OperatorTable& table, weir_context& context, void* instance, void* reader)
      : table_(table), context_(context), instance_(instance), reader_(reader) {}
  ~BridgedReader() override;
  Result<runtime::ReadOutcome> read(bool untilEnd, runtime::SourceChunk& chunk) override;
  Result<void> committed(std::string_view position) override;

 private:
  // What keeps whoever decodes the chunk inside of it.
  Result<void> checkFrame(const weir_chunk& raw) const;
  Result<void> check(const runtime::SourceChunk& chunk) const;
  Result<void> checkEnvelope(const runtime::SourceChunk& chunk) const;
  Error lie(const std::string& what) const;

  const OperatorTable& table_;
  weir_context& context_;
  void* instance_;
  void* reader_;
};

}  // namespace weir::host
