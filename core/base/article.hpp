// "a string", "an int64": a name that messages put together, behind its article.
#pragma once

#include <string>

namespace weir {

inline std::string withArticle(const std::string& name) {
  const bool vowel = !name.empty() && std::string("aeiouAEIOU").find(name[0]) != std::string::npos;
  return (vowel ? "an " : "a ") + name;
}

}  // namespace weir
