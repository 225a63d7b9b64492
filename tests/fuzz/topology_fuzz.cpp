// Any bytes into the reader of topologies: no crash, and what is read is written in a form that reads as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/topology/check/check.hpp"
#include "core/topology/file/format_topology.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/plan/diff.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::topology;  // NOLINT: a program of one file
  static const weir::catalog::Catalog kCatalog;
  const ReadOutcome outcome = readTopology({reinterpret_cast<const char*>(data), size});
  if (!outcome.topology) {
    if (outcome.problems.empty()) std::abort();
    return 0;
  }
  (void)problemsText(outcome.problems, "f");
  (void)check(*outcome.topology, kCatalog, {});
  if (hasErrors(outcome.problems)) return 0;  // wrong members are left out of the topology
  const std::string text = formatTopology(*outcome.topology, kCatalog);
  const ReadOutcome again = readTopology(text);
  if (!again.topology || !diff(*outcome.topology, *again.topology).empty()) std::abort();
  if (formatTopology(*again.topology, kCatalog) != text) std::abort();
  return 0;
}
