// "Did you mean ...": the known name that is nearest to one that is not known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// Nothing when no candidate is near enough to be what was meant: at most a third of the letters differ
// (added, left out, replaced or two neighbours swapped); upper and lower case count as equal.
std::optional<std::string> closestName(std::string_view wanted, const std::vector<std::string_view>& candidates);

// " Did you mean \"region\"?", or nothing to say.
std::string didYouMean(std::string_view wanted, const std::vector<std::string_view>& candidates);
// The same of a name that has been looked for already.
std::string didYouMean(const std::optional<std::string>& name);

}  // namespace weir
