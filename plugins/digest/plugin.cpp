#include "weir/sdk/plugin.hpp"
#include "plugins/digest/distinct.hpp"
#include "plugins/digest/sha256_function.hpp"

WEIR_PLUGIN(weir::declare<weir::digest::Sha256Function>("sha256"), weir::declare<weir::digest::Distinct>("distinct"))
