// Which ports may be connected, and whether the columns that come along a wire fit what stands at its end.
#pragma once

#include <QString>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/catalog/manifest.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

// A port of a node or topic of the topology; `port` is empty for a topic.
struct PortRef {
  std::string node;
  std::string port;
  bool output = false;

  std::string end() const { return port.empty() ? node : node + "." + port; }
  friend bool operator==(const PortRef&, const PortRef&) = default;
};

class PartIndex;  // finds parts and columns

// Where a wire from a port may end: asks for many ports at once. What it is made with must outlive it. `checked` says
// which columns are known; null: none are.
class Wiring {
 public:
  Wiring(const topology::Topology& topology, const catalog::Catalog& catalog, const topology::CheckOutcome* checked,
         PortRef port);
  ~Wiring();
  Wiring(const Wiring&) = delete;
  Wiring& operator=(const Wiring&) = delete;

  // Why no wire may go between the two; empty when it may.
  QString whyNot(const PortRef& other) const;
  // The same, and then why the columns do not fit, which can be mended: see mendsFor().
  QString whyUnfit(const PortRef& other) const;

 private:
  const topology::Topology& topology_;
  const catalog::Catalog& catalog_;
  const topology::CheckOutcome* checked_;
  PortRef port_;
  std::unique_ptr<const PartIndex> index_;  // as many ports are asked for as there are
  std::set<std::string_view> ahead_;        // nodes that are reached along wires, its own too
  std::set<std::string_view> behind_;       // nodes from which it is reached
  std::set<std::string_view> ends_;         // to which there is a wire already
};

// Why no wire may go between a pair, given in any order.
QString whyNot(const topology::Topology& topology, const catalog::Catalog& catalog, const PortRef& one,
               const PortRef& other);

// A node or topic held against the columns that come to it and one more wire: the part alone, what comes to it as
// topics that declare their columns. It is checked as everything is, and in no time.
struct Trial {
  topology::Topology topology;
  topology::CheckOutcome checked;

  // What the checks have against the columns.
  topology::Problems columnProblems(const std::string& part) const;
};
// Nothing: the columns of `from` are not known.
std::optional<Trial> tried(const topology::Topology& topology, const catalog::Catalog& catalog,
                           const topology::CheckOutcome& checked, const PortRef& from, const PortRef& to);

// The ports through which a node can stand in a wire: its only data input and its first data output.
struct ThroughPorts {
  std::string input;
  std::string output;
};
std::optional<ThroughPorts> throughPorts(const catalog::OperatorSpec& spec);

}  // namespace weir::designer
