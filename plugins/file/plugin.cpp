#include "weir/sdk/plugin.hpp"

#include "file_sink.hpp"
#include "file_source.hpp"

WEIR_PLUGIN(weir::declare<weir::file::FileSource>("source"), weir::declare<weir::file::FileSink>("sink"))
