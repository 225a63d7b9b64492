// The two ends of the line protocol between `weir plugin-check` and its child.
#pragma once

#include <string>
#include <vector>

#include "core/adapters/host/check/plugin_check.hpp"

namespace weir::host {

// `checkPlugin` in a child process (`program` `arguments`... prints steps as lines), which is ended when a step takes
// longer than the limit. A crash or a hang becomes a failed step with the name of the one that was under way, and
// another child (`program` `arguments`... "--after" OPERATOR) goes on with the operators that follow.
std::vector<CheckStep> checkPluginInChild(const std::vector<std::string>& command, int timeLimitMilliseconds);

// One line each, between child and parent.
std::string beginLine(const std::string& name);
std::string endLine(const CheckStep& step);

}  // namespace weir::host
