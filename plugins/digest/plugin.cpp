#include "weir/sdk/plugin.hpp"
#include "distinct.hpp"
#include "sha256_function.hpp"

WEIR_PLUGIN(weir::declare<weir::digest::Sha256Function>("sha256"), weir::declare<weir::digest::Distinct>("distinct"))
