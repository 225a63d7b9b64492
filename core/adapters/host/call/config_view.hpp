// Parameters of a node as plugins read them: a `weir_config` over their JSON.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/result.hpp"
#include "weir/abi/operator.h"

namespace weir::host {

class ConfigView {
 public:
  // `json` is an object. Valid as long as the view.
  static Result<ConfigView> parse(std::string_view json);
  ConfigView(ConfigView&&) noexcept;
  ConfigView& operator=(ConfigView&&) noexcept;
  ~ConfigView();

  const weir_config* config() const { return config_.get(); }
  static const weir_config_api* api();

 private:
  explicit ConfigView(std::unique_ptr<weir_config> config);
  std::unique_ptr<weir_config> config_;
};

}  // namespace weir::host
