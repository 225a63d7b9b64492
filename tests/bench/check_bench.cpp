// Measures what the designer's check of 2,000 nodes costs, as it runs beside the GUI thread: with our own plugins,
// whose columns are asked of a child process. Prints one line of JSON; seconds of processor time, but for the first
// check, which waits for the child.
//
// usage: bench_check WEIR
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/adapters/host/load/derive_service.hpp"
#include "core/base/json_parser.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/graph/check_memory.hpp"

namespace {

using namespace weir;            // NOLINT: a program of its own
using namespace weir::topology;  // NOLINT

double secondsOf(clockid_t clock, const std::function<void()>& work) {
  const auto now = [clock] {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  };
  const double began = now();
  work();
  return now() - began;
}

double measured(const std::function<void()>& work) {
  return secondsOf(CLOCK_PROCESS_CPUTIME_ID, work);
}

void add(Topology& out, const std::string& id, const char* use, const std::string& params) {
  Result<json::Value> parsed = json::parseText(params);
  if (!parsed) std::abort();
  Node node;
  node.id.value = id;
  node.use.value = use;
  node.params = std::move(*parsed);
  out.nodes.emplace_back(std::move(node));
}

void connect(Topology& out, const std::string& from, const std::string& to) {
  Edge edge;
  edge.from.value = from;
  edge.to.value = to;
  out.edges.emplace_back(std::move(edge));
}

// Pipelines of ten nodes: half of them give columns that only their plugins know. Every pipeline is a little different,
// so that no answer serves two of them.
Topology topologyOf(std::size_t nodes) {
  constexpr std::size_t kLength = 10;
  Topology out;
  out.name.value = "check";
  for (std::size_t line = 0; line < nodes / kLength; ++line) {
    const std::string n = std::to_string(line);
    std::string last;
    const auto put = [&](const char* name, const char* use, const std::string& params) {
      const std::string id = name + ("_" + n);
      add(out, id, use, params);
      if (!last.empty()) connect(out, last + ".out", id + ".in");
      last = id;
    };
    put("orders", "file.source",
        R"({"path":"orders/*.ndjson","format":"json.json","schema":[{"name":"order_id","type":"int64"},)"
        R"({"name":"region","type":"string"},{"name":"customer","type":"string"},{"name":"amount","type":"float64"},)"
        R"({"name":"ts","type":"timestamp","nullable":false},{"name":"column_)" +
            n + R"(","type":"string"}],"event_time":{"field":"ts","disorder":"5s"}})");
    put("large", "std.filter", R"({"where":"amount > )" + n + R"( and region <> 'none'"})");
    put("taxed", "std.extend",
        R"({"fields":[{"name":"gross","expression":"amount * 1.19"},)"
        R"({"name":"label","expression":"upper(region) || ':' || customer"}]})");
    put("known", "std.filter", R"({"where":"length(label) > 3 and gross < 1000000.0"})");
    put("less", "std.drop", R"({"fields":["order_id"]})");
    put("named", "std.rename", R"({"fields":[{"from":"customer","to":"buyer"}]})");
    put("per_minute", "window.tumbling",
        R"({"group_by":["region","buyer"],"size":"1m","aggregates":[{"name":"orders","function":"count"},)"
        R"({"name":"total","function":"sum","field":"gross"}]})");
    put("busy", "std.filter", R"({"where":"orders > 10 or total > 1000.0"})");
    put("keyed", "std.select",
        R"j({"fields":[{"name":"key","expression":"region || ':' || cast(epoch_millis(window_start) as string)"},)j"
        R"j({"name":"orders","expression":"orders"},{"name":"total","expression":"total"}]})j");
    Topic topic;
    topic.id.value = "result_" + n;
    topic.settings.set("partitions", json::Value::number(1));
    connect(out, last + ".out", topic.id.value);
    out.topics.emplace_back(std::move(topic));
    Group group;
    group.id.value = "pipeline_" + n;
    for (const auto& name : {"orders_", "per_minute_", "result_"}) group.nodes.push_back({name + n, {}});
    out.groups.emplace_back(std::move(group));
  }
  return out;
}

void setWhere(Topology& topology, std::size_t node, const std::string& where) {
  Node changed = *topology.nodes[node];
  changed.params.set("where", json::Value::text(where));
  topology.nodes[node] = std::move(changed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return EXIT_FAILURE;
  const Result<host::FoundPlugins> plugins = host::findPlugins();
  if (!plugins) return EXIT_FAILURE;
  host::DeriveClient client({argv[1], "derive-schema"}, plugins->catalog);
  Topology topology = topologyOf(2'000);
  std::string out = "{";
  const auto say = [&](const char* what, double seconds) {
    char text[80];
    std::snprintf(text, sizeof(text), "%s\"%s\": %.6f", out.size() > 1 ? ", " : "", what, seconds);
    out += text;
  };
  CheckOutcome outcome;
  CheckMemory memory;
  const auto check = [&] { outcome = topology::check(topology, plugins->catalog, client.deriver(), &memory); };
  say("first", secondsOf(CLOCK_MONOTONIC, check));
  // A topology that is said to be wrong is checked in less time than a good one.
  if (hasErrors(outcome.problems)) {
    std::fputs(problemsText(outcome.problems, "topology").c_str(), stderr);
    return EXIT_FAILURE;
  }
  constexpr int kEdits = 10;
  say("edit", measured([&] {
                for (int edit = 0; edit < kEdits; ++edit) {
                  setWhere(topology, 1, "amount > 0 and region <> '" + std::to_string(edit) + "'");
                  check();
                }
              }) / kEdits);
  say("whole", measured([&] { topology::check(topology, plugins->catalog, client.deriver()); }));
  // Everything that can be wrong with a name: a column in every tenth node, and as many wires to nowhere.
  for (std::size_t node = 1; node < topology.nodes.size(); node += 9) {
    setWhere(topology, node, "amoumt > 0");
    connect(topology, topology.nodes[node]->id.value + ".out", "nowhere_" + std::to_string(node) + ".in");
  }
  check();
  setWhere(topology, 1, "amount > 1");
  say("broken", measured(check));
  std::printf("%s}\n", out.c_str());
  return hasErrors(outcome.problems) ? EXIT_SUCCESS : EXIT_FAILURE;
}
