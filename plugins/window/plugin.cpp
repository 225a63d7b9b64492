#include "weir/sdk/plugin.hpp"
#include "plugins/window/tumbling.hpp"

WEIR_PLUGIN(weir::declare<weir::window::Tumbling>("tumbling"))
