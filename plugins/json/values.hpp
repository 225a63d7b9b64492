// Values of every type, read one by one: what value_reader.hpp does not read in line, and what is passed over.
#pragma once

#include "plugins/json/numbers.hpp"
#include "plugins/json/object_reader.hpp"

namespace weir::json {

// Every other type, nulls, and what is wrong. `problem` says what the first look has found, if anything.
const char* readOtherValue(const char* at, Column& column, Reading& reading, Problem problem);

// A value that is not declared: it must be well-formed, and is dropped.
const char* skipValue(const char* at, Reading& reading);

}  // namespace weir::json
