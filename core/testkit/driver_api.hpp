// What the handle of topology_driver.h stands for.
#pragma once

#include <memory>
#include <string>

#include "core/testkit/driver.hpp"

struct weir_driver {
  std::unique_ptr<weir::testkit::Driver> driver;
  std::string error;
  std::string text;  // lent by the last call
};
