#include "core/topology/check/check_paths.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/topology/check/named_paths.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "weir/sdk/home_folder.hpp"
#include "weir/sdk/path_pattern.hpp"

namespace weir::topology {

namespace {

namespace fs = std::filesystem;

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

// What a sink with the path `out` has not committed yet.
bool isUncommittedOf(std::string_view out, std::string_view path) {
  return path.starts_with(out) && path.substr(out.size()).starts_with('.') && path.ends_with(kUncommitted);
}

// Whether a pattern would meet that, if any did.
bool wouldMeetUncommittedOf(const fs::path& out, const fs::path& pattern) {
  const std::string part = pattern.filename().string();
  const std::string name = out.filename().string() + ".0123456789abcdef" + std::string(kUncommitted);
  return (part.starts_with('.') || !name.starts_with('.')) && detail::matchesText(part, name) &&
         matchesPath((pattern.parent_path() / "x").string(), (out.parent_path() / "x").string());
}

// Who writes what: a sink, or the command itself.
struct Writer {
  std::string name;       // "\"out\"", "--summary"
  const NamedPath* sink;  // null: the command
  std::string path;       // as it is named
  std::string canonical;  // of what is made or written over
  std::string file;       // PathFacts::file
  std::string home;       // PathFacts::home
};

class PathCheck {
 public:
  PathCheck(const NamedPaths& paths, const Cut& cut, const Surroundings& around, Problems& problems)
      : paths_(paths),
        cut_(cut),
        around_(around),
        lookup_(around.paths ? around.paths : pathsAsWritten()),
        problems_(problems) {
    for (const NamedPath& path : paths.reads) reads_.emplace_back(&path, lookup_(path.text));
    if (!around.home.empty()) home_ = lookup_(around.home).canonical;
    if (!around.file.empty()) topology_ = lookup_(around.file);
  }

  void checkTopology() {
    for (const auto& [path, facts] : reads_) checkRead(*path, facts);
    for (const NamedPath& path : paths_.writes) checkWrite(path);
    for (const auto& [path, facts] : reads_) checkUncommitted(*path, facts);
  }
  // After the topology.
  void checkOutputs() {
    for (const CommandOutput& output : around_.outputs) checkOutput(output);
  }

 private:
  Problem& report(std::string_view code, const NamedPath* path, std::string message, std::string help) {
    Reporter reporter(problems_, path == nullptr ? "" : path->node->id(),
                      path == nullptr ? json::Position() : path->node->position());
    return reporter.report(code, path == nullptr ? json::Position() : path->position,
                           path == nullptr ? "" : path->param, std::move(message), std::move(help));
  }

  // By its last name: one that is not there yet is none, either.
  bool namesFolder(const NamedPath& path, const std::string& name) {
    const std::string last = fs::path(name).filename().string();
    if (!last.empty() && last != "." && last != "..") return false;
    report(codes::kNotAFile, &path, json::quote(name) + " names a folder, not a file.", "Name a file in it.");
    return true;
  }

  void reportRefused(const NamedPath& path, const std::string& what, const std::string& why) {
    if (why.empty() || toldRefused_ == &path) return;  // once for all tasks
    toldRefused_ = &path;
    report(codes::kNotPermitted, &path, what + ": " + why, "Check it as the user who will start it.").severity =
        Severity::Warning;
  }

  // The home to which a path belongs, as it is named; empty: to none. Of one that is not there yet only the names are
  // known.
  std::string homeWith(const std::string& canonical, const std::string& known) const {
    if (!known.empty()) return nameOf(known);
    if (home_.empty() || !canonical.starts_with(home_ + "/")) return "";
    const std::string part = canonical.substr(home_.size() + 1);
    return isHomePart(part.substr(0, part.find('/'))) ? around_.home : "";
  }
  const std::string& nameOf(const std::string& home) const { return home == home_ ? around_.home : home; }

  void checkRead(const NamedPath& path, const PathFacts& facts) {
    if (namesFolder(path, path.text)) return;
    if (const std::string home = homeWith(facts.canonical, facts.home); !home.empty()) {
      report(codes::kOfAHome, &path,
             json::quote(path.node->id()) + " reads " + json::quote(path.text) + ", which belongs to the home " +
                 json::quote(home) + ".",
             "Name files outside of it: what Weir keeps there is no input.");
      return;
    }
    const std::string& unreadable = isPathPattern(path.text) ? facts.unreadablePath : path.text;
    reportRefused(path, json::quote(unreadable) + " cannot be read", facts.unreadable);
    if (isPathPattern(path.text)) return tellOfHomes(path, facts);
    const PathKind kind = facts.behind;
    if (kind == PathKind::Folder || kind == PathKind::Disk) {
      report(codes::kNotAFile, &path, json::quote(path.text) + " is " + std::string(kindText(kind)) + ", not a file.",
             "Name a file, or files with * and ?.");
    }
    if (kind == PathKind::Memory) {
      report(codes::kNotAFile, &path, json::quote(path.text) + " leads to a device that has no rows, or no end.",
             path.text == "/dev/stdin"
                 ? "The standard input is closed, or is /dev/null: give it rows, as in weir run FILE < rows."
                 : "Name a file, a FIFO, or /dev/stdin.");
    }
    if (kind != PathKind::Stream) return;
    const bool exact = path.subTopology == kNone || cut_.guarantees[path.subTopology] == Guarantee::ExactlyOnce;
    report(codes::kNoPositions, &path,
           json::quote(path.text) + " is a stream without positions: what was read and not committed when a run fails" +
               " cannot be read again" + (exact ? ", so that exactly_once is not kept." : "."),
           "Let something write its rows into a file, or say \"guarantee\": \"at_least_once\" where this will do.")
        .severity = exact ? Severity::Warning : Severity::Info;
  }

  void tellOfHomes(const NamedPath& path, const PathFacts& facts) {
    std::vector<std::string> homes = facts.homesMet;
    const bool meetsOwn = !home_.empty() && reachesInto(facts.canonical, home_ + "/" + std::string(kHomeLog));
    if (meetsOwn && std::find(homes.begin(), homes.end(), home_) == homes.end()) homes.push_back(home_);
    for (const std::string& home : homes) {
      passOver(path, "what the home " + json::quote(nameOf(home)) + " keeps");
    }
  }

  // A pattern meets what a sink keeps beside its place until its first commit.
  void checkUncommitted(const NamedPath& path, const PathFacts& facts) {
    for (const auto& [written, sink] : written_) {
      if (isPathPattern(path.text)) {
        if (!wouldMeetUncommittedOf(written, facts.canonical)) continue;
        return passOver(path, "what " + json::quote(sink->node->id()) + " has not committed yet");
      }
      if (!isUncommittedOf(written, facts.canonical)) continue;
      report(codes::kWritesInput, &path,
             json::quote(path.node->id()) + " reads " + json::quote(path.text) + ", in which " +
                 json::quote(sink->node->id()) + " keeps what it has not committed yet.",
             "Name another file.");
      return;
    }
  }

  void passOver(const NamedPath& path, const std::string& what) {
    report(codes::kPassedOver, &path,
           json::quote(path.text) + " meets " + what + ": " + json::quote(path.node->id()) + " passes it over.",
           "Nothing, or a pattern that does not meet it.")
        .severity = Severity::Info;
  }

  void checkWrite(const NamedPath& path) {
    const std::int32_t tasks = path.subTopology == kNone ? 1 : cut_.tasks[path.subTopology];
    if (tasks > 1 && path.text.find(kTaskInPath) == std::string::npos) return reportNoTask(path, tasks);
    for (std::int32_t task = 0; task < tasks; ++task) {
      if (!checkWritten(path, withTask(path.text, task))) return;
    }
  }

  void reportNoTask(const NamedPath& path, std::int32_t tasks) {
    const fs::path whole(path.text);
    const std::string each =
        (whole.parent_path() / (whole.stem().string() + "-" + std::string(kTaskInPath) + whole.extension().string()))
            .string();
    const Reporter reporter(problems_, path.node->id(), path.node->position());
    report(codes::kWrittenTwice, &path,
           json::quote(path.text) + " is written by " + std::to_string(tasks) + " tasks, which need a file each.",
           "Put {task} into the path, as in " + json::quote(each) + ".")
        .fix = changeTo(path.node->id(), reporter.place(path.param), each);
  }

  // Missing folders are made, in the lowest one that is there.
  bool checkFolder(const NamedPath& path, const std::string& name) {
    fs::path folder(name);
    PathFacts facts;
    do {
      if (!folder.has_relative_path()) return true;
      folder = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
      facts = lookup_(folder.string());
    } while (facts.behind == PathKind::Absent && facts.unwritable.empty() && folder != ".");
    if (facts.behind != PathKind::Absent && facts.behind != PathKind::Folder) {
      report(codes::kNotAFile, &path,
             json::quote(name) + " cannot be made: " + json::quote(folder.string()) + " is " +
                 std::string(kindText(facts.behind)) + ", not a folder.",
             "Name another path.");
      return false;
    }
    reportRefused(path, json::quote(name) + " cannot be made", facts.unwritable);
    return true;
  }

  // Only the folder: what a written name leads to is not written.
  std::string canonicalName(const std::string& path) const {
    const fs::path whole(path);
    const fs::path folder = whole.has_parent_path() ? whole.parent_path() : fs::path(".");
    return (fs::path(lookup_(folder.string()).canonical) / whole.filename()).lexically_normal().string();
  }

  bool checkWritten(const NamedPath& path, const std::string& name) {
    if (namesFolder(path, name) || !checkFolder(path, name)) return false;
    const PathFacts facts = lookup_(name);
    if (facts.own != PathKind::Absent && facts.own != PathKind::File) {
      report(codes::kNotAFile, &path,
             json::quote(name) + " is " + std::string(kindText(facts.own)) + ", and a sink writes regular files only.",
             facts.own == PathKind::Link ? "Name the file that it leads to, or another path." : "Name another path.");
      return false;
    }
    const Writer sink{json::quote(path.node->id()), &path, name, canonicalName(name), facts.file, facts.home};
    if (!checkInputs(sink)) return false;
    const auto [first, fresh] = written_.emplace(sink.canonical, &path);
    if (!fresh) reportTwo(sink, *first->second);
    return fresh;
  }

  // It writes through links, and destroys nothing in what is no file.
  void checkOutput(const CommandOutput& output) {
    const PathFacts facts = lookup_(output.path);
    if (facts.behind != PathKind::Absent && facts.behind != PathKind::File) return;
    const Writer command{output.option, nullptr, output.path, facts.canonical, facts.file, facts.home};
    if (!checkInputs(command)) return;
    for (const auto& [written, sink] : written_) {
      if (written == command.canonical || isUncommittedOf(written, command.canonical) ||
          isFile(command, lookup_(written))) {
        return reportTwo(command, *sink);
      }
    }
  }

  void reportTwo(const Writer& writer, const NamedPath& sink) {
    report(codes::kWrittenTwice, writer.sink == nullptr ? &sink : writer.sink,
           writer.name + " and " + json::quote(sink.node->id()) + " write one file: " + json::quote(writer.path) + ".",
           writer.sink == nullptr ? "Name another file."
                                  : "Give one of them another path, or draw both edges to one sink.");
  }

  static bool isFile(const Writer& writer, const PathFacts& facts) {
    return writer.canonical == facts.canonical || (!facts.file.empty() && writer.file == facts.file);
  }

  // Whether nothing is written that is read, or that is Weir's own.
  bool checkInputs(const Writer& writer) {
    const std::string writes = writer.name + " writes " + json::quote(writer.path) + ", which ";
    if (topology_ && isFile(writer, *topology_)) {
      report(codes::kWritesInput, writer.sink, writes + "is the topology itself.", "Name another path.");
      return false;
    }
    const bool isOwnHome = writer.canonical == home_;
    if (const std::string home = isOwnHome ? around_.home : homeWith(writer.canonical, writer.home); !home.empty()) {
      report(codes::kOfAHome, writer.sink, writes + "belongs to the home " + json::quote(home) + ".",
             "Name a path outside of it: what Weir keeps there nobody else may write.");
      return false;
    }
    const auto destroys = [&](const NamedPath& read, const std::string& how) {
      report(codes::kWritesInput, writer.sink == nullptr ? &read : writer.sink,
             writes + json::quote(read.node->id()) + how + " (" + json::quote(read.text) +
                 "): it would destroy the input, or feed itself for ever.",
             "Name a path outside of what the topology reads.");
      return false;
    };
    for (const auto& [read, facts] : reads_) {
      const bool pattern = isPathPattern(read->text);
      if (pattern ? matchesPath(facts.canonical, writer.canonical) : isFile(writer, facts)) {
        return destroys(*read, " reads");
      }
    }
    for (const NamedPath& reference : paths_.references) {
      if (isFile(writer, lookup_(reference.text))) return destroys(reference, " refers to");
    }
    return true;
  }

  const NamedPaths& paths_;
  const Cut& cut_;
  const Surroundings& around_;
  const PathLookup lookup_;
  Problems& problems_;
  std::vector<std::pair<const NamedPath*, PathFacts>> reads_;
  std::map<std::string, const NamedPath*> written_;  // by canonical name
  std::optional<PathFacts> topology_;
  std::string home_;  // canonical; empty: not known
  const NamedPath* toldRefused_ = nullptr;
};

}  // namespace

void checkPaths(const TypedGraph& graph, const Cut& cut, const Surroundings& around, Problems& problems) {
  const NamedPaths paths = namedPaths(graph, cut);
  PathCheck check(paths, cut, around, problems);
  check.checkTopology();
  check.checkOutputs();
}

Problems checkOutputs(const TypedGraph& graph, const Cut& cut, const Surroundings& around) {
  const NamedPaths paths = namedPaths(graph, cut);
  Problems problems;
  PathCheck check(paths, cut, around, problems);
  check.checkTopology();
  problems.clear();
  check.checkOutputs();
  return problems;
}

}  // namespace weir::topology
