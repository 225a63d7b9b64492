// Opens a home as `weir` does, with faults over and under its ports.
#pragma once

#include "app/runner/home.hpp"
#include "tests/crash/faults/faults.hpp"

namespace weir::faults {

Result<app::HomePorts> openHome(const app::HomeRequest& request, const Faults& faults);

}  // namespace weir::faults
