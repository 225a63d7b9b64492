// Names of topics: which a topology may use, and which the log keeps for itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace weir::topology {

inline constexpr std::string_view kChangelogPrefix = "changelog.";
inline constexpr std::string_view kRepartitionPrefix = "repartition.";
inline constexpr const char* kDeadLetterTopic = "dead-letters";

// As long as a name may be that becomes part of names of topics: an id of a node, the name of a topology.
inline constexpr std::size_t kLongestName = 100;
inline constexpr std::size_t kLongestTopicName = 200;

// Whether a text can be the name of a topology or an id: a letter or '_', then letters, digits, '_' and '-'.
bool isName(std::string_view text);

// Made and read by the runtime alone: not for people to see, unless they ask.
bool isInternalTopic(std::string_view name);

// The topic that a reader of a repartition reads, "repartition.<node>.<port>", from the name under which the home keeps
// its position, "<node>.<port>.repartition" and perhaps a number; nothing of any other name.
std::optional<std::string> repartitionTopicOf(std::string_view reader);

// Why a topology cannot call a topic so, as the end of a sentence about the name; nothing when it can. What Kafka and
// every file system take is allowed.
std::optional<std::string> whyNoTopicName(std::string_view name);

}  // namespace weir::topology
