// What an operator is when it is dragged from the palette to the canvas.
#pragma once

namespace weir::designer {

// The data are the operator's `use` ("window.tumbling"), or kTopicUse, as UTF-8.
inline constexpr const char* kOperatorMimeType = "application/x-weir-operator";

}  // namespace weir::designer
