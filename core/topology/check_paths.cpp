#include "topology/check_paths.hpp"

#include <filesystem>
#include <map>

#include "topology/problem_codes.hpp"
#include "weir/sdk/path_pattern.hpp"

namespace weir::topology {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using catalog::PathAccess;
using json::Value;

constexpr std::string_view kTask = "{task}";

struct NamedPath {
  const TypedNode* node = nullptr;
  std::size_t part = kNone;
  std::string param;
  json::Position position;
  std::string text;
};

// 12 of 100 tasks: "0012".
std::string taskText(std::int32_t task) {
  const std::string digits = std::to_string(task);
  return digits.size() < 4 ? std::string(4 - digits.size(), '0') + digits : digits;
}

std::string withTask(std::string path, std::int32_t task) {
  const std::string number = taskText(task);
  for (std::size_t at = path.find(kTask); at != std::string::npos; at = path.find(kTask, at + number.size())) {
    path.replace(at, kTask.size(), number);
  }
  return path;
}

std::string_view kindText(PathKind kind) {
  switch (kind) {
    case PathKind::Folder: return "a folder";
    case PathKind::Link: return "a link";
    case PathKind::Stream: return "a FIFO or a device";
    case PathKind::Disk:
    case PathKind::Memory: return "a device";
    case PathKind::Absent:
    case PathKind::File: break;
  }
  return "a file";
}

class PathCheck {
 public:
  PathCheck(const TypedGraph& graph, const Cut& cut, PathLookup lookup, Problems& problems)
      : cut_(cut), lookup_(std::move(lookup)), problems_(problems) {
    for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
      const TypedNode& node = graph.nodes[index];
      if (node.spec != nullptr) collect(node, cut.part[index], node.normalised.params, node.spec->params, "");
    }
  }

  void run() {
    for (const NamedPath& path : reads_) checkRead(path);
    std::vector<std::pair<const NamedPath*, std::string>> patterns;
    for (const NamedPath& path : reads_) patterns.emplace_back(&path, canonicalPattern(path.text));
    std::map<std::string, const NamedPath*> written;
    for (const NamedPath& path : writes_) checkWrite(path, patterns, written);
  }

 private:
  void collect(const TypedNode& node, std::size_t part, const Value& params, const std::vector<ParamSpec>& specs,
               const std::string& prefix) {
    for (const ParamSpec& spec : specs) {
      const Value* const value = params.find(spec.name);
      if (value != nullptr) collectOne(node, part, *value, spec, prefix + spec.name);
    }
  }

  void collectOne(const TypedNode& node, std::size_t part, const Value& value, const ParamSpec& spec,
                  const std::string& path) {
    if (spec.type == ParamType::Object && value.isObject()) {
      collect(node, part, value, spec.members, path + ".");
    } else if (spec.type == ParamType::List && value.isList() && !spec.element.empty()) {
      for (std::size_t i = 0; i < value.items().size(); ++i) {
        collectOne(node, part, value.items()[i], spec.element[0], path + "." + std::to_string(i));
      }
    } else if (spec.access != PathAccess::None && value.isText() && !value.asText().empty() &&
               !holdsReference(node.normalised, &value) && !isReported(node.normalised, path)) {
      std::vector<NamedPath>& paths = spec.access == PathAccess::Read ? reads_ : writes_;
      paths.push_back({&node, part, path, value.position(), value.asText()});
    }
  }

  // Only the folder: what a written name leads to is not written.
  std::string canonicalName(const std::string& path) const {
    const std::filesystem::path whole(path);
    const std::filesystem::path folder = whole.has_parent_path() ? whole.parent_path() : std::filesystem::path(".");
    return (std::filesystem::path(lookup_(folder.string()).canonical) / whole.filename()).lexically_normal().string();
  }

  std::string canonicalPattern(const std::string& path) const {
    if (!isPathPattern(path)) return lookup_(path).canonical;
    const std::size_t slash = path.rfind('/', path.find_first_of("*?"));
    const std::string rest = slash == std::string::npos ? path : path.substr(slash + 1);
    return (std::filesystem::path(lookup_(folderOf(path)).canonical) / rest).lexically_normal().string();
  }

  Problem& report(std::string_view code, const NamedPath& path, std::string message, std::string help) {
    Reporter reporter(problems_, path.node->id(), path.node->position());
    return reporter.report(code, path.position, path.param, std::move(message), std::move(help));
  }

  // By its last name: one that is not there yet is none, either.
  bool namesFolder(const NamedPath& path, const std::string& name) {
    const std::string last = std::filesystem::path(name).filename().string();
    if (!last.empty() && last != "." && last != "..") return false;
    report(codes::kNotAFile, path, json::quote(name) + " names a folder, not a file.", "Name a file in it.");
    return true;
  }

  // The folder in which names are looked for, or nothing where it is the present one.
  static std::string folderOf(const std::string& pattern) {
    const std::size_t slash = pattern.rfind('/', pattern.find_first_of("*?"));
    return slash == std::string::npos ? "." : slash == 0 ? "/" : pattern.substr(0, slash);
  }

  void reportRefused(const NamedPath& path, const std::string& what, const std::string& why) {
    if (why.empty() || toldRefused_ == &path) return;  // once for all tasks
    toldRefused_ = &path;
    report(codes::kNotPermitted, path, what + ": " + why, "Check it as the user who will start it.").severity =
        Severity::Warning;
  }

  void checkRead(const NamedPath& path) {
    if (namesFolder(path, path.text)) return;
    if (isPathPattern(path.text)) {
      const std::string folder = folderOf(path.text);
      return reportRefused(path, "The folder " + json::quote(folder) + " cannot be read", lookup_(folder).unreadable);
    }
    const PathFacts facts = lookup_(path.text);
    reportRefused(path, json::quote(path.text) + " cannot be read", facts.unreadable);
    const PathKind kind = facts.behind;
    if (kind == PathKind::Folder || kind == PathKind::Disk) {
      report(codes::kNotAFile, path, json::quote(path.text) + " is " + std::string(kindText(kind)) + ", not a file.",
             "Name a file, or files with * and ?.");
    }
    if (kind == PathKind::Memory) {
      report(codes::kNotAFile, path, json::quote(path.text) + " leads to a device that has no rows, or no end.",
             path.text == "/dev/stdin"
                 ? "The standard input is closed, or is /dev/null: give it rows, as in weir run FILE < rows."
                 : "Name a file, a FIFO, or /dev/stdin.");
    }
    if (kind != PathKind::Stream) return;
    const bool exact = path.part == kNone || cut_.guarantees[path.part] == Guarantee::ExactlyOnce;
    report(codes::kNoPositions, path,
           json::quote(path.text) + " is a stream without positions: what was read and not committed when a run fails" +
               " cannot be read again" + (exact ? ", so that exactly_once is not kept." : "."),
           "Let something write its rows into a file, or say \"guarantee\": \"at_least_once\" where this will do.")
        .severity = exact ? Severity::Warning : Severity::Info;
  }

  void checkWrite(const NamedPath& path, const std::vector<std::pair<const NamedPath*, std::string>>& patterns,
                  std::map<std::string, const NamedPath*>& written) {
    const std::int32_t tasks = path.part == kNone ? 1 : cut_.tasks[path.part];
    if (tasks > 1 && path.text.find(kTask) == std::string::npos) return reportNoTask(path, tasks);
    for (std::int32_t task = 0; task < tasks; ++task) {
      const std::string name = withTask(path.text, task);
      if (!checkWritten(path, name, patterns, written)) return;
    }
  }

  void reportNoTask(const NamedPath& path, std::int32_t tasks) {
    const std::filesystem::path whole(path.text);
    const std::string each =
        (whole.parent_path() / (whole.stem().string() + "-" + std::string(kTask) + whole.extension().string()))
            .string();
    Reporter reporter(problems_, path.node->id(), path.node->position());
    reporter
        .report(codes::kWrittenTwice, path.position, path.param,
                json::quote(path.text) + " is written by " + std::to_string(tasks) + " tasks, which need a file each.",
                "Put {task} into the path, as in " + json::quote(each) + ".")
        .fix = changeTo(path.node->id(), reporter.place(path.param), each);
  }

  // Missing folders are made, in the lowest one that is there.
  bool checkFolder(const NamedPath& path, const std::string& name) {
    std::filesystem::path folder(name);
    PathFacts facts;
    do {
      if (!folder.has_relative_path()) return true;
      folder = folder.has_parent_path() ? folder.parent_path() : std::filesystem::path(".");
      facts = lookup_(folder.string());
    } while (facts.behind == PathKind::Absent && facts.unwritable.empty() && folder != ".");
    if (facts.behind != PathKind::Absent && facts.behind != PathKind::Folder) {
      report(codes::kNotAFile, path,
             json::quote(name) + " cannot be made: " + json::quote(folder.string()) + " is " +
                 std::string(kindText(facts.behind)) + ", not a folder.",
             "Name another path.");
      return false;
    }
    reportRefused(path, json::quote(name) + " cannot be made", facts.unwritable);
    return true;
  }

  bool checkWritten(const NamedPath& path, const std::string& name,
                    const std::vector<std::pair<const NamedPath*, std::string>>& patterns,
                    std::map<std::string, const NamedPath*>& written) {
    if (namesFolder(path, name) || !checkFolder(path, name)) return false;
    const PathKind kind = lookup_(name).own;
    if (kind != PathKind::Absent && kind != PathKind::File) {
      report(codes::kNotAFile, path,
             json::quote(name) + " is " + std::string(kindText(kind)) + ", and a sink writes regular files only.",
             kind == PathKind::Link ? "Name the file that it leads to, or another path." : "Name another path.");
      return false;
    }
    const std::string canonical = canonicalName(name);
    for (const auto& [read, pattern] : patterns) {
      if (!(isPathPattern(read->text) ? matchesPath(pattern, canonical) : pattern == canonical)) continue;
      report(codes::kWritesInput, path,
             json::quote(path.node->id()) + " writes " + json::quote(name) + ", which " +
                 json::quote(read->node->id()) + " reads (" + json::quote(read->text) +
                 "): it would destroy its own input, or feed itself for ever.",
             "Name a path outside of what the drawing reads.");
      return false;
    }
    const auto [first, fresh] = written.emplace(canonical, &path);
    if (fresh) return true;
    report(codes::kWrittenTwice, path,
           json::quote(path.node->id()) + " and " + json::quote(first->second->node->id()) +
               " write one file: " + json::quote(name) + ".",
           "Give one of them another path, or draw both edges to one sink.");
    return false;
  }

  const Cut& cut_;
  PathLookup lookup_;
  Problems& problems_;
  std::vector<NamedPath> reads_;
  std::vector<NamedPath> writes_;
  const NamedPath* toldRefused_ = nullptr;
};

}  // namespace

void checkPaths(const TypedGraph& graph, const Cut& cut, const PathLookup& lookup, Problems& problems) {
  PathCheck(graph, cut, lookup ? lookup : pathsAsWritten(), problems).run();
}

}  // namespace weir::topology
