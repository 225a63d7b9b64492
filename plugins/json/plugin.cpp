#include "weir/sdk/plugin.hpp"

#include "json_format.hpp"

WEIR_PLUGIN(weir::declare<weir::json::JsonFormat>("json"))
