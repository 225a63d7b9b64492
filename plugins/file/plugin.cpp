#include "weir/sdk/plugin.hpp"

#include "plugins/file/file_sink.hpp"
#include "plugins/file/file_source.hpp"

WEIR_PLUGIN(weir::declare<weir::file::FileSource>("source"), weir::declare<weir::file::FileSink>("sink"))
