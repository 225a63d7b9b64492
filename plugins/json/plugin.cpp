#include "weir/sdk/plugin.hpp"

#include "plugins/json/json_format.hpp"

WEIR_PLUGIN(weir::declare<weir::json::JsonFormat>("json"))
