#include "std/drop.hpp"
#include "std/extend.hpp"
#include "std/filter.hpp"
#include "std/rename.hpp"
#include "std/select.hpp"

WEIR_PLUGIN(weir::declare<weir_std::Filter>("filter"), weir::declare<weir_std::Select>("select"),
            weir::declare<weir_std::Extend>("extend"), weir::declare<weir_std::Drop>("drop"),
            weir::declare<weir_std::Rename>("rename"))
