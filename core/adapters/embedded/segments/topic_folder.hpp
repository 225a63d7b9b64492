// Topics on disk: names of folders, and the file that keeps what a topic was created with.
#pragma once

#include <optional>
#include <string>

#include "core/runtime/ports/files.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::embedded {

// Letters, digits, '-', '_' and inner '.' stand for themselves, other bytes as %XX: safe on every file system, and
// no name leads out of the folder.
std::string folderNameOf(const std::string& topic);

// Writes `<folder>/topic`, durably and at once, and makes a folder for each partition.
Result<void> writeTopic(runtime::Files& files, const std::string& folder, const runtime::TopicSpec& spec);
// Nothing when the creation of the topic did not come to its end.
Result<std::optional<runtime::TopicSpec>> readTopic(runtime::Files& files, const std::string& folder);

}  // namespace weir::embedded
