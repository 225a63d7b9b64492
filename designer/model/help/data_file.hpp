// A file of data as `weir infer` sees it, and the source that reads it.
#pragma once

#include <QByteArray>
#include <QString>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

// A column that says when something happened.
struct EventTime {
  std::string field;
  std::string disorder;  // a duration that covers what was seen
};

struct DataFile {
  std::string format;
  json::Value schema = json::Value::list();  // as a topology file has it
  std::vector<EventTime> times;              // best first; those that can be declared as they stand
  std::vector<QString> doubts;               // sentences about rows that are not alike
};

// What `weir infer` printed.
Result<DataFile> dataFileFromJson(const QByteArray& text);

// Whether its name says that it holds rows that can be looked into.
bool isDataFile(const QString& path);

// As a topology in `folder` names it, so that both can be moved together; empty: the topology has no folder yet.
std::string pathBeside(const QString& folder, const QString& file);

// The operator that reads files.
inline constexpr std::string_view kFileSource = "file.source";

// Adds a source that reads the file, called as the file is; one step. Without `data` only its path is known.
Edit addFileSource(const topology::Topology& topology, const std::string& path, const DataFile* data, Point at);
// Lets a node that is there read the file: its path, format, columns and event time. One step.
Result<Edit> readFrom(const topology::Topology& topology, const std::string& node, const std::string& path,
                      const DataFile* data);

// Another column says when the rows of a source happened.
Result<Edit> takeEventTime(const topology::Topology& topology, const std::string& node, const EventTime& time);

}  // namespace weir::designer
