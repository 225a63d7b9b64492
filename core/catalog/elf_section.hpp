// Reads one section of an ELF library without loading it. Trusts nothing that the file says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace weir::catalog {

// Bytes that can be read at any place: a file, or memory in tests.
struct ByteSource {
  std::uint64_t size = 0;
  // Fills `length` bytes from `offset`, or answers false. Called only with a range inside `size`.
  std::function<bool(std::uint64_t offset, void* out, std::size_t length)> read;
};

// The contents of the section, refused when they pass `limit` bytes.
Result<std::string> readElfSection(const ByteSource& source, std::string_view section, std::size_t limit);

}  // namespace weir::catalog
