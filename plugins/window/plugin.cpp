#include "tumbling.hpp"
#include "weir/sdk/plugin.hpp"

WEIR_PLUGIN(weir::declare<weir::window::Tumbling>("tumbling"))
