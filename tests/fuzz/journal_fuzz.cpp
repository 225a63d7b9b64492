// Any bytes as a journal: no crash; what is taken as good is a beginning of the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/adapters/embedded/segments/journal.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::map<std::uint32_t, weir::embedded::PartitionState> state;
  std::uint64_t sequence = 0;
  const auto good = weir::embedded::Journal::replay(std::as_bytes(std::span(data, size)), "journal", state, sequence);
  if (good && *good > size) std::abort();
  return 0;
}
