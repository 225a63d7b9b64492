// Calls into a plugin.
#pragma once

#include <utility>
#include <vector>

#include "core/adapters/host/call/bridge_context.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::host {

// What create and derive_schema are told. Points into what it was made from.
class CreateInfoHolder {
 public:
  CreateInfoHolder(weir_context& context, const runtime::InstanceSpec& spec, const weir_config* config);
  const weir_create_info* get() const { return &info_; }

 private:
  std::vector<const ArrowSchema*> inputs_;
  std::vector<const ArrowSchema*> outputs_;
  weir_create_info info_{};
};

// Runs one call into the plugin on `context`: marks it, contains exceptions, and turns what the plugin let
// itself be caught at into an error. `body` answers a weir_status; negative ones become an Error.
class PluginCall {
 public:
  PluginCall(weir_context& context, const char* name) : context_(context), name_(name) {}
  template <typename F>
  Result<weir_status> operator()(F&& body) {
    weir_status status = WEIR_OK;
    context_.beginCall();
    {
      const CallScope scope(context_.mark, name_);
      try {
        status = body();
      } catch (...) {
        return escaped();
      }
    }
    return judge(status);
  }
  // A call that WEIR_OK alone answers, or an error.
  template <typename F>
  Result<void> done(F&& body) {
    const Result<weir_status> status = (*this)(std::forward<F>(body));
    if (!status) return status.error();
    if (*status != WEIR_OK) return noAnswer(*status);
    return {};
  }
  Error noAnswer(weir_status status) const;

 private:
  Result<weir_status> judge(weir_status status);
  Result<weir_status> escaped();
  weir_context& context_;
  const char* name_;
};

}  // namespace weir::host
