// What the handle of operator_harness.h stands for.
#pragma once

#include <memory>
#include <string>

#include "core/testkit/harness.hpp"

struct weir_harness {
  std::unique_ptr<weir::testkit::Harness> harness;
  std::string error;
  std::string text;  // lent by the last call
};
