// What the C functions of the test kit share: nothing is thrown out of them, results become numbers, texts are lent.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <string>

#include "core/base/result.hpp"

namespace weir::testkit {

template <typename F>
auto guarded(F&& body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::exception& error) {
    return fatalError(std::string("The test kit failed: ") + error.what());
  }
}

// 1, or 0 and the reason in `error`.
template <typename T>
int answer(std::string& error, const Result<T>& result) {
  error = result ? "" : result.error().message;
  return result ? 1 : 0;
}

// The setup that the caller knows, which may be shorter or longer than ours.
template <typename Setup>
Setup knownPart(const Setup* setup) {
  Setup known{};
  std::memcpy(&known, setup, std::min<std::size_t>(sizeof known, setup->struct_size));
  return known;
}

inline void copyError(const std::string& text, char* error, std::size_t size) {
  if (size == 0) return;
  const std::size_t length = std::min(size - 1, text.size());
  std::memcpy(error, text.data(), length);
  error[length] = '\0';
}

}  // namespace weir::testkit
