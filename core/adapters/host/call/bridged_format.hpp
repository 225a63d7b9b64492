// One instance of a format behind the C border.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/adapters/host/call/bridge_context.hpp"
#include "core/adapters/host/library/plugin_library.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::host {

class BridgedFormat final : public runtime::FormatInstance {
 public:
  // `table` belongs to a library that is never unloaded.
  BridgedFormat(const OperatorTable& table, std::unique_ptr<weir_context> context);
  ~BridgedFormat() override;
  Result<void> create(const runtime::InstanceSpec& spec);
  Result<runtime::DecodedRows> decode(std::string_view data, const std::uint64_t* offsets,
                                      std::size_t recordCount) override;
  Result<weir_encoded> encode(const Batch& batch) override;
  Result<runtime::Progress> prepare(std::string_view data, const std::uint64_t* offsets,
                                    std::size_t recordCount) override;
  void cancel() override;

 private:
  Error lie(const char* call, const std::string& what) const;
  const OperatorTable& table_;
  std::unique_ptr<weir_context> context_;
  void* instance_ = nullptr;
  bool created_ = false;
  std::vector<weir_malformed> malformed_;  // of a plugin whose struct is not ours
};

}  // namespace weir::host
