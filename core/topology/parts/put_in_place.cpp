#include "core/topology/parts/put_in_place.hpp"

#include <algorithm>
#include <map>

#include "core/topology/model/references.hpp"

namespace weir::topology {

namespace {

class Placement {
 public:
  Placement(const Topology& part, const Node& user, const std::set<std::string>& unknown)
      : part_(part), user_(user), unknown_(unknown), prefix_(user.id.value + std::string(kInPart)) {}

  Topology run(const Topology& inside) {
    Topology out;
    for (const Part<Parameter>& parameter : inside.params) out.params.emplace_back(placed(*parameter));
    for (const Part<Node>& node : inside.nodes) out.nodes.emplace_back(placed(*node));
    for (const Part<Topic>& topic : inside.topics) out.topics.emplace_back(placed(*topic));
    for (const Part<Edge>& edge : inside.edges) {
      out.edges.emplace_back(Edge{placed(edge->from), placed(edge->to), edge->position});
    }
    for (const Part<Port>& port : inside.ports) {
      Port moved = *port;
      moved.to = placed(port->to);
      moved.from = placed(port->from);
      out.ports.emplace_back(std::move(moved));
    }
    return out;
  }

 private:
  Text placed(const Text& text) const { return text.empty() ? text : Text{prefix_ + text.value, text.position}; }

  // References to parameters, known or not, are to those of the part.
  json::Value placed(const json::Value& value) const {
    if (value.isText()) {
      std::map<std::string, std::string> names;
      for (const std::string& name : parametersReferredTo(value.asText())) names.emplace(name, prefix_ + name);
      if (names.empty()) return value;
      return json::Value::text(withParameters(value.asText(), names)).at(value.position());
    }
    json::Value out = value;
    for (json::Value& item : out.items()) item = placed(item);
    for (json::Member& member : out.members()) member.value = placed(member.value);
    return out;
  }

  Parameter placed(const Parameter& parameter) const {
    Parameter out = parameter;
    out.name = placed(parameter.name);
    const bool own = std::any_of(part_.params.begin(), part_.params.end(),
                                 [&](const auto& known) { return known->name == parameter.name; });
    if (!own) {  // of a part in this one
      if (out.given) out.defaultValue = placed(parameter.defaultValue);
      return out;
    }
    if (unknown_.contains(parameter.name.value)) {
      out.hasDefault = false;
    } else if (const json::Value* const value = user_.params.find(parameter.name.value)) {
      out.defaultValue = *value;
      out.hasDefault = true;
      out.given = true;
    }
    return out;
  }

  // A group that became a part says of its node that it was each of its members.
  bool stoodOutside(const Text& id) const {
    return std::find(user_.was.begin(), user_.was.end(), id) != user_.was.end();
  }

  // All ids under which it may have run: of the node with its own.
  std::vector<Text> formerIds(const Text& id, const std::vector<Text>& was) const {
    std::vector<Text> users = {user_.id};
    users.insert(users.end(), user_.was.begin(), user_.was.end());
    std::vector<Text> own = {id};
    own.insert(own.end(), was.begin(), was.end());
    std::vector<Text> out;
    for (const Text& user : users) {
      for (const Text& one : own) out.push_back({user.value + std::string(kInPart) + one.value, user_.id.position});
    }
    out.erase(out.begin());  // what it is called now
    if (stoodOutside(id)) out.push_back({id.value, user_.id.position});
    return out;
  }

  Node placed(const Node& node) const {
    Node out = node;
    out.id = placed(node.id);
    out.was = formerIds(node.id, node.was);
    out.params = placed(node.params);
    if (out.guarantee.empty()) out.guarantee = part_.guarantee;
    if (out.guarantee.empty()) out.guarantee = user_.guarantee;
    return out;
  }

  Topic placed(const Topic& topic) const {
    Topic out{placed(topic.id), placed(topic.settings), topic.position};
    std::vector<Text> was;
    if (const json::Value* const given = topic.settings.find("was")) {
      for (const json::Value& id : given->items()) {
        if (id.isText()) was.push_back({id.asText(), id.position()});
      }
    }
    json::Value all = json::Value::list();
    for (const Text& id : formerIds(topic.id, was)) all.items().push_back(json::Value::text(id.value).at(id.position));
    if (all.items().empty()) return out;
    out.settings.set("was", std::move(all));
    // Its rows stay under the name that they had first.
    if (out.settings.find("topic") == nullptr && !user_.was.empty()) {
      const std::string name =
          stoodOutside(topic.id) ? topic.id.value : user_.was.front().value + std::string(kInPart) + topic.id.value;
      out.settings.set("topic", json::Value::text(name).at(user_.id.position));
    }
    return out;
  }

  const Topology& part_;
  const Node& user_;
  const std::set<std::string>& unknown_;
  std::string prefix_;
};

}  // namespace

Topology putInPlace(const Topology& inside, const Topology& part, const Node& user,
                    const std::set<std::string>& unknown) {
  return Placement(part, user, unknown).run(inside);
}

}  // namespace weir::topology
