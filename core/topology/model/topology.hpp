// A topology as a value: what a *.weir file says, before it is checked. Docs: docs/topology_file.md.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"

namespace weir::topology {

inline constexpr std::int64_t kFileVersion = 1;

// Between the id of a node that uses a part and an id in that part, in ids of what runs.
inline constexpr std::string_view kInPart = "__";

// An immutable part of a topology. Shared: versions of a topology (undo, autosave, diff) share the parts that did not
// change, and finding what changed compares addresses first.
template <typename T>
class Part {
 public:
  Part(T value) : value_(std::make_shared<const T>(std::move(value))) {}  // NOLINT: a value is enough
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  bool same(const Part& other) const { return value_ == other.value_; }
  friend bool operator==(const Part& left, const Part& right) { return left.same(right) || *left == *right; }

 private:
  std::shared_ptr<const T> value_;
};

// A text and the place where it was read. Equal when the texts are.
struct Text {
  std::string value;
  json::Position position;

  bool empty() const { return value.empty(); }
  friend bool operator==(const Text& left, const Text& right) { return left.value == right.value; }
};

// An operator at work. `params` are as they were read: nothing is filled in, resolved or refused yet.
struct Node {
  Text id;
  Text use;
  Text name;
  Text doc;
  Text guarantee;
  Text disabled;          // stop or pass; empty: it runs
  std::vector<Text> was;  // ids that it had: what a home keeps under them is its own
  json::Value params = json::Value::object();
  json::Position position;

  friend bool operator==(const Node& left, const Node& right) {
    return left.id == right.id && left.use == right.use && left.name == right.name && left.doc == right.doc &&
           left.guarantee == right.guarantee && left.disabled == right.disabled && left.was == right.was &&
           left.params == right.params;
  }
};

// A named stream on the log. `settings` holds all members but the id; what may stand there: topicSettings().
struct Topic {
  Text id;
  json::Value settings = json::Value::object();
  json::Position position;

  friend bool operator==(const Topic& left, const Topic& right) {
    return left.id == right.id && left.settings == right.settings;
  }
};

// Ends are "node.port" or the id of a topic.
struct Edge {
  Text from;
  Text to;
  json::Position position;

  friend bool operator==(const Edge& left, const Edge& right) { return left.from == right.from && left.to == right.to; }
};

// A named part of the topology.
struct Group {
  Text id;
  Text name;
  Text doc;
  std::vector<Text> nodes;
  json::Position position;

  friend bool operator==(const Group& left, const Group& right) {
    return left.id == right.id && left.name == right.name && left.doc == right.doc && left.nodes == right.nodes;
  }
};

// An open end of a part: what leads to the port `name` of a node that uses the part goes on to `to`, and what comes out
// of it comes from `from`. Ends as those of edges; a port may have several.
struct Port {
  Text name;
  Text to;
  Text from;
  Text doc;
  json::Value schema;  // of what comes in, as a source declares it; null: not known
  json::Position position;

  bool output() const { return to.empty(); }
  friend bool operator==(const Port& left, const Port& right) {
    return left.name == right.name && left.to == right.to && left.from == right.from && left.doc == right.doc &&
           left.schema == right.schema;
  }
};

// A value that whoever starts the topology may choose: ${param:name}.
struct Parameter {
  Text name;
  Text type;  // text, integer, number, boolean or duration
  json::Value defaultValue;
  bool hasDefault = false;
  Text doc;
  bool given =
      false;  // of a part, in its place: `defaultValue` stands in the node that uses it, and may refer to others
  json::Position position;

  friend bool operator==(const Parameter& left, const Parameter& right) {
    return left.name == right.name && left.type == right.type && left.hasDefault == right.hasDefault &&
           left.defaultValue == right.defaultValue && left.doc == right.doc;
  }
};

// How a part of the topology is drawn: a member of the layout block. What may stand there: docs/topology_file.md.
struct LayoutEntry {
  std::string id;
  json::Value value;

  friend bool operator==(const LayoutEntry& left, const LayoutEntry& right) {
    return left.id == right.id && left.value == right.value;
  }
};

struct Topology {
  Text name;
  Text doc;
  Text guarantee;  // exactly_once when empty
  std::vector<Part<Parameter>> params;
  std::vector<Part<Port>> ports;  // of a part, which is used as a node
  std::vector<Part<Node>> nodes;
  std::vector<Part<Topic>> topics;
  std::vector<Part<Group>> groups;
  std::vector<Part<Edge>> edges;
  std::vector<Part<LayoutEntry>> layout;  // by id: positions, sizes, comments of the topology

  const Node* node(std::string_view id) const;
  const Topic* topic(std::string_view id) const;

  friend bool operator==(const Topology& left, const Topology& right) {
    return left.name == right.name && left.doc == right.doc && left.guarantee == right.guarantee &&
           left.params == right.params && left.ports == right.ports && left.nodes == right.nodes &&
           left.topics == right.topics && left.groups == right.groups && left.edges == right.edges &&
           left.layout == right.layout;
  }
};

// The layout block as files hold it, and back: an object with a member for each id.
json::Value layoutValue(const Topology& topology);
std::vector<Part<LayoutEntry>> layoutEntries(const json::Value& object);

// Tells what a topology does, whatever its layout, and whatever order members of objects stand in: 32 hexadecimal
// digits.
std::string topologyHash(const Topology& topology);

}  // namespace weir::topology
