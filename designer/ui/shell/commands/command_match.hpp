// How well typed words find a command: values only.
#pragma once

#include <QString>
#include <optional>

namespace weir::designer {

// Less is better; empty: it does not fit. Every word of `typed` has to be found in the title, else in the keywords:
// at the start of a word, then inside one, then as letters in order (title only). Case does not matter.
std::optional<int> commandCost(const QString& typed, const QString& title, const QString& keywords);

}  // namespace weir::designer
