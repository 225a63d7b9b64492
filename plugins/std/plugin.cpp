#include "plugins/std/drop.hpp"
#include "plugins/std/extend.hpp"
#include "plugins/std/filter.hpp"
#include "plugins/std/rename.hpp"
#include "plugins/std/select.hpp"

WEIR_PLUGIN(weir::declare<weir::std_ops::Filter>("filter"), weir::declare<weir::std_ops::Select>("select"),
            weir::declare<weir::std_ops::Extend>("extend"), weir::declare<weir::std_ops::Drop>("drop"),
            weir::declare<weir::std_ops::Rename>("rename"))
