#include "plugins/window/tumbling.hpp"

#include "plugins/window/partial_windows.hpp"
#include "plugins/window/window_params.hpp"
#include "plugins/window/windows.hpp"

namespace weir::window {

Tumbling::Tumbling(const CreateInfo& info) : Processor(info) {
  if (info.stage() == WEIR_STAGE_PARTIAL) {
    stage_ = std::make_unique<PartialWindows>(info);
  } else {
    stage_ = std::make_unique<Windows>(info);
  }
}

std::vector<Schema> Tumbling::deriveSchema(const CreateInfo& info) {
  const Schema& late = info.input()->schema();
  return {info.stage() == WEIR_STAGE_PARTIAL ? partialSchema(info) : resultSchema(info), late};
}

}  // namespace weir::window
