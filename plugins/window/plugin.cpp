#include "weir/sdk/plugin.hpp"
#include "tumbling.hpp"

WEIR_PLUGIN(weir::declare<weir::window::Tumbling>("tumbling"))
